import Coaching
import Foundation
import TalkAnalysis
import Testing

/// The last meeting that still meets a condition and the first that does not; what may not be concluded; and where the
/// figures come from.
@Suite struct BoundaryTests {
  @Test func `an answer counts in the third turn after the challenge, not in the fourth`() {
    let between = [c(.question), t(.context, new: true)]
    #expect(found(.challengeUnanswered, meeting([c(.challenge)] + between + [t(.dissonance)])) == nil)
    #expect(
      found(.challengeUnanswered, meeting([c(.challenge)] + between + [c(.question), t(.dissonance)]))?.times == [0])
  }

  @Test func `the coachee may challenge, and the observer may answer`() {
    let observer = Turn(by: .observer, functions: [.acceptance])
    #expect(found(.challengeUnanswered, meeting([t(.challenge), t(.defence)]))?.times == [0])
    #expect(found(.challengeUnanswered, meeting([t(.challenge), observer])) == nil)
  }

  @Test func `dissonance may be taken up within six turns`() {
    #expect(found(.dissonanceLeft, meeting([t(.dissonance)] + repeated(5, t()) + [c(time: .future)])) == nil)
    #expect(
      found(.dissonanceLeft, meeting([t(.dissonance)] + repeated(6, t()) + [c(time: .future)]))?.times == [0])
    #expect(found(.dissonanceLeft, meeting([t(.dissonance, time: .past), c()])) == nil)
    #expect(found(.dissonanceLeft, meeting([t(.dissonance), c(time: .lesson)]))?.times == [0])
  }

  @Test(arguments: [(180.0, true), (180.5, false)])
  func `the talk may come back to a moment for three minutes`(after: Double, inTime: Bool) {
    let measures = meeting(
      [c(.question)], others: [(5, .moment(text: nil)), (5 + after, .turn(t(scale: .moment)))])
    #expect((found(.momentLeft, measures) == nil) == inTime)
  }

  @Test func `nothing was left when no turn was tagged after it`() {
    #expect(found(.challengeUnanswered, meeting(chat + [c(.challenge)])) == nil)
    #expect(found(.dissonanceLeft, meeting(chat + [t(.dissonance)])) == nil)
    #expect(found(.momentLeft, meeting(chat, others: [(70, .moment(text: nil))])) == nil)
    #expect(found(.momentLeft, meeting(chat, others: [(69, .moment(text: nil))]))?.times == [69])
  }

  @Test func `a challenge among the questions ends their run`() {
    #expect(found(.questionsInARow, meeting(repeated(5, c(.question)) + [c(.question, .challenge)])) == nil)
    let two = repeated(6, c(.question)) + [c(.summary)] + repeated(7, c(.question))
    #expect(found(.questionsInARow, meeting(two))?.times.first == 70)
    #expect(found(.questionsInARow, meeting(repeated(6, t(.question)))) == nil)
  }

  @Test(arguments: [
    [c(.question), c(.explanation), c(.evaluation)], [t(.question), t(.explanation), c(.evaluation)],
    [c(.question), t(.explanation), t(.evaluation)], [c(.question), t(.explanation), c(.acceptance)],
  ])
  func `only the coach's question and verdict make a round`(round: [Turn]) {
    #expect(found(.routineRound, meeting(round + round)) == nil)
  }

  @Test(arguments: [InteractionFunction.explanation, .justification, .clarification, .evaluation])
  func `any account may stand in a round`(account: InteractionFunction) {
    let round = [c(.question), t(account), c(.evaluation)]
    #expect(found(.routineRound, meeting(round + round))?.count == 2)
  }

  @Test func `too few to say anything of their share`() {
    #expect(found(.wholeLessonOnly, meeting(repeated(3, c(scale: .lesson)) + repeated(6, t()))) == nil)
    #expect(found(.wholeLessonOnly, meeting(repeated(4, c(scale: .lesson)) + repeated(6, t())))?.count == 4)
    #expect(found(.cosy, meeting(repeated(3, c(tone: .positive)) + repeated(6, t()))) == nil)
    #expect(found(.cosy, meeting(repeated(4, c(tone: .veryPositive)) + repeated(6, t())))?.count == 4)
    #expect(found(.coachStartsEverything, meeting(repeated(2, c(new: true)) + repeated(6, t()))) == nil)
    #expect(found(.coachStartsEverything, meeting(repeated(3, c(new: true)) + repeated(6, t())))?.count == 3)
    #expect(found(.talkUnbalanced, meeting(repeated(7, t()))) == nil)
    #expect(found(.talkUnbalanced, meeting(repeated(8, t())))?.count == 8)
    #expect(found(.talkUnbalanced, meeting(repeated(7, t()) + [Turn(by: .both)])) == nil)
  }

  @Test func `shares are met exactly and missed by one`() {
    #expect(found(.talkUnbalanced, meeting(repeated(7, t()) + repeated(3, c())))?.count == 7)
    #expect(found(.talkUnbalanced, meeting(repeated(9, t()) + repeated(4, c()))) == nil)
    #expect(found(.cosy, meeting(repeated(8, c(tone: .positive)) + repeated(2, t(tone: .neutral))))?.count == 8)
    #expect(found(.cosy, meeting(repeated(7, c(tone: .positive)) + repeated(2, t(tone: .neutral)))) == nil)
  }

  @Test(arguments: [InteractionFunction.challenge, .dissonance, .defence])
  func `talk in which something was tested is not cosy`(function: InteractionFunction) {
    #expect(found(.cosy, meeting(repeated(8, c(tone: .positive)) + [t(function)])) == nil)
  }

  @Test func `before the lesson nobody is told that nothing came after it`() {
    let missing: Set<Condition> = [.noMoment, .noFuture, .noAction]
    #expect(Set(meeting(chat, stage: .post).findings().map(\.condition)).isSuperset(of: missing))
    #expect(Set(meeting(chat, stage: .pre).findings().map(\.condition)).isDisjoint(with: missing))
    #expect(meeting([], stage: .pre).findings().map(\.condition) == [.fewTags])
  }

  @Test func `findings come in their order, with times that ascend and belong to the meeting`() {
    let turns =
      repeated(6, c(.question, new: true)) + [t(.challenge), t(), t(.dissonance), t(), c(co: true), t(co: true)]
    let measures = meeting(
      turns, others: [(33, .moment(text: nil)), (12, .moment(text: nil)), (4, .turn(c(.question, new: true)))])
    let findings = measures.findings()
    #expect(findings.map(\.condition) == Condition.allCases.filter { found($0, measures) != nil })
    #expect(
      Set(findings.map(\.condition)).isSuperset(
        of: [
          .challengeUnanswered, .dissonanceLeft, .momentLeft, .coachStartsEverything, .questionsInARow,
          .coConstructionFound,
        ]))
    let known = Set(measures.turns.map(\.t) + measures.moments.map(\.t))
    for finding in findings {
      #expect(finding.times == finding.times.sorted(), "\(finding)")
      #expect(known.isSuperset(of: finding.times), "\(finding)")
      #expect(finding.times.count == finding.count, "\(finding)")
    }
    #expect(found(.questionsInARow, measures)?.times == [0, 4, 10, 20, 30, 40, 50])
    #expect(found(.momentLeft, measures)?.times == [12, 33])
  }

  @Test func `what was taken out counts no longer`() {
    let first = chat.count + 3
    let measures = meeting(
      chat,
      others: [
        (90, .turn(c(.challenge))), (91, .moment(text: nil)), (92, .action(text: "x")), (93, .undone(first)),
        (94, .undone(first + 1)), (95, .undone(first + 2)),
      ])
    let before = meeting(chat)
    #expect(measures.turns == before.turns && measures.moments.isEmpty && measures.actions.isEmpty)
    #expect(measures.findings() == before.findings())
  }

  @Test func `a profile has the turns that carry each value and no others`() {
    let silence = InteractionFunction(rawValue: "silence")
    let turns = [
      t(.question, .context, subject: "pace", tone: .veryNegative), t(silence, subject: "groups"),
      c(.question, new: true, time: .past, stimulus: .pupilWork), t(subject: "pace", scale: .society),
      Turn(by: .both, co: true),
    ]
    let measures = meeting(turns)
    for dimension in Coaching.Dimension.allCases {
      for row in measures.profile(dimension) {
        #expect(row.turns == measures.turns.filter { $0.turn.codes(dimension).contains(row.code) }, "\(row.code)")
      }
    }
    func times(_ dimension: Coaching.Dimension, _ code: String) -> [Double]? {
      measures.profile(dimension).first { $0.code == code }?.turns.map(\.t)
    }
    #expect(measures.profile(.subject).map(\.code) == ["pace", "groups"])
    #expect(times(.subject, "pace") == [0, 30])
    #expect(times(.function, "question") == [0, 20])
    #expect(measures.profile(.function).last?.code == "silence")
    #expect(measures.profile(.function, functions: [silence]).map(\.code) == ["silence", "question", "context"])
    #expect(times(.initiation, "coach") == [20])
    #expect(times(.coConstruction, "both") == [40])
    #expect(times(.tone, "--") == [0] && times(.tone, "++") == [])
    #expect(times(.stimulus, "pupil-work") == [20])
    #expect(times(.time, "past") == [20])
    #expect(times(.scale, "society") == [30])
    #expect(measures.bySpeaker.map { $0.turns.map(\.t) } == [[20], [0, 10, 30], [], [40]])
  }
}

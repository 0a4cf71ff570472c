import Coaching
import TalkAnalysis
import Testing

/// Each condition: a meeting that meets it, and one that only just does not.
@Suite struct ConditionTests {
  @Test func `with few tags nothing is said about what was absent`() {
    let few = meeting(Array(chat.prefix(7)))
    #expect(found(.fewTags, few)?.count == 7)
    #expect(found(.noChallenge, few) == nil)
    let enough = meeting(chat)
    #expect(found(.fewTags, enough) == nil)
    #expect(found(.noChallenge, enough) != nil)
    #expect(meeting([]).findings().map(\.condition) == [.fewTags, .noAction])
  }

  @Test func `a challenge that got no answer`() {
    let elsewhere = t(.explanation, new: true)
    #expect(found(.challengeUnanswered, meeting([c(.challenge), c(.question), elsewhere]))?.times == [0])
    #expect(found(.challengeUnanswered, meeting([c(.challenge), t(.acceptance)])) == nil)
    // An explanation answers too; a nod does not, nor the challenger's own acceptance, nor what comes four turns later.
    #expect(found(.challengeUnanswered, meeting([c(.challenge), t(.explanation)])) == nil)
    #expect(found(.challengeUnanswered, meeting([c(.challenge), t(.continuity)])) != nil)
    #expect(found(.challengeUnanswered, meeting([c(.challenge), c(.acceptance), elsewhere])) != nil)
    #expect(
      found(.challengeUnanswered, meeting([c(.challenge), elsewhere, c(.question), t(.continuity), t(.defence)])) != nil
    )
  }

  @Test func `challenges met by defence alone`() {
    #expect(found(.challengeDefended, meeting([c(.challenge), t(.defence)]))?.times == [0])
    #expect(found(.challengeDefended, meeting([c(.challenge), t(.defence), c(.challenge), t(.dissonance)])) == nil)
  }

  @Test func `dissonance that was left`() {
    #expect(found(.dissonanceLeft, meeting([t(.dissonance), c(.question)]))?.times == [0])
    for taken in [t(.generalisation), c(.question, time: .past), t(.newIdea, time: .future)] {
      #expect(found(.dissonanceLeft, meeting([t(.dissonance), taken])) == nil)
    }
  }

  @Test func `a coach who starts everything`() {
    let starts = (0..<4).map { _ in c(.question, new: true) }
    #expect(found(.coachStartsEverything, meeting(starts + [t(.question, new: true)]))?.count == 4)
    #expect(found(.coachStartsEverything, meeting(Array(starts.prefix(3)) + [t(.question, new: true)])) == nil)
    #expect(found(.coachStartsEverything, meeting(Array(starts.prefix(2)))) == nil)
  }

  @Test func `six questions running, whatever is answered between them`() {
    let six = (0..<6).flatMap { _ in [c(.question), t(.explanation)] }
    #expect(found(.questionsInARow, meeting(six))?.count == 6)
    #expect(found(.questionsInARow, meeting(Array(six.prefix(10)) + [c(.summary), c(.question)])) == nil)
  }

  @Test func `the routine round, twice`() {
    let round = [c(.question), t(.explanation), c(.evaluation)]
    #expect(found(.routineRound, meeting(round + round))?.times == [20, 50])
    #expect(found(.routineRound, meeting(round)) == nil)
    #expect(found(.routineRound, meeting(round + [c(.question), t(.newIdea), c(.evaluation)])) == nil)
  }

  @Test func `only the whole lesson`() {
    let lesson = (0..<8).map { _ in c(.question, scale: .lesson) }
    #expect(found(.wholeLessonOnly, meeting(lesson))?.count == 8)
    #expect(found(.wholeLessonOnly, meeting(lesson + [t(.explanation, scale: .episode)])) == nil)
  }

  @Test func `critical moments: none, one left, one stayed with`() {
    #expect(found(.noMoment, meeting(chat)) != nil)
    #expect(found(.noMoment, meeting(chat + [t(.explanation, scale: .moment)])) == nil)
    let left = meeting(chat, others: [(5, .moment(text: nil))])
    #expect(found(.noMoment, left) == nil)
    #expect(found(.momentLeft, left)?.times == [5])
    let stayed = meeting([c(.question), t(.explanation, scale: .moment)], others: [(5, .moment(text: nil))])
    #expect(found(.momentLeft, stayed) == nil)
    // Taken to other lessons or to the next one, it was not left.
    for taken in [t(.generalisation), c(.suggestion), t(time: .past)] {
      #expect(found(.momentLeft, meeting(chat + [taken], others: [(75, .moment(text: nil))])) == nil)
    }
    let elsewhere = chat + [t(.suggestion, new: true)]
    #expect(found(.momentLeft, meeting(elsewhere, others: [(75, .moment(text: nil))]))?.times == [75])
  }

  @Test func `evidence beyond memory`() {
    #expect(found(.noEvidence, meeting(chat + [t(.context, stimulus: .recall)])) != nil)
    #expect(found(.noEvidence, meeting(chat + [t(.context, stimulus: .notes)])) == nil)
    let shown = meeting(chat, others: [(5, .stimulus(.video, text: nil, from: nil, to: nil))])
    #expect(found(.noEvidence, shown) == nil)
    #expect(found(.noEvidence, meeting(chat, others: [(5, .stimulus(.recall, text: nil, from: nil, to: nil))])) != nil)
  }

  @Test func `the future, and a next step`() {
    #expect(found(.noFuture, meeting(chat)) != nil)
    for future in [t(.explanation, time: .future), t(.newIdea), c(.suggestion)] {
      #expect(found(.noFuture, meeting(chat + [future])) == nil)
    }
    #expect(found(.noAction, meeting(chat)) != nil)
    #expect(found(.noAction, meeting(chat, others: [(70, .action(text: "wait"))])) == nil)
  }

  @Test func `building together is sought, and celebrated when it is there`() {
    #expect(found(.noCoConstruction, meeting(chat)) != nil)
    let building = meeting(chat + [c(.newIdea, co: true), t(.newIdea, co: true)])
    #expect(found(.noCoConstruction, building) == nil)
    #expect(found(.coConstructionFound, building)?.times == [70, 80, 90])
    #expect(found(.coConstructionFound, meeting(chat + [c(.newIdea, co: true)])) == nil)
    // Where building was inferred, it is not missed.
    let inferred = meeting(chat + [t(.newIdea), c(.suggestion), t(.acceptance), c(.explanation), t(.context)])
    #expect(!inferred.patterns.buildings.isEmpty && found(.noCoConstruction, inferred) == nil)
  }

  @Test func `one of the two taking most of the turns`() {
    let most = (0..<7).map { _ in c(.question) } + [t(.explanation), t(.explanation), t(.explanation)]
    #expect(found(.talkUnbalanced, meeting(most))?.count == 7)
    #expect(found(.talkUnbalanced, meeting(chat)) == nil)
  }

  @Test func `only warm agreement`() {
    let warm = (0..<8).map { _ in c(.evaluation, tone: .positive) }
    #expect(found(.cosy, meeting(warm))?.count == 8)
    #expect(found(.cosy, meeting(warm + [c(.challenge)])) == nil)
    #expect(found(.cosy, meeting(warm + (0..<3).map { _ in t(.context, tone: .negative) })) == nil)
  }

  @Test func `every figure is the meeting's own turns`() {
    let measures = meeting(chat + [c(.newIdea, .question, scale: .moment)])
    for dimension in Coaching.Dimension.allCases {
      for row in measures.profile(dimension) { #expect(row.turns.allSatisfy(measures.turns.contains)) }
    }
    let counts = Dictionary(uniqueKeysWithValues: measures.profile(.function).map { ($0.code, $0.turns.count) })
    #expect(counts["question"] == 5 && counts["explanation"] == 4 && counts["new-idea"] == 1 && counts["defence"] == 0)
    #expect(measures.profile(.function).map(\.code) == InteractionFunction.standard.map(\.rawValue))
    #expect(measures.bySpeaker.map(\.turns.count) == [5, 4, 0, 0])
  }
}

import Coaching
import Foundation
import TalkAnalysis
import Testing

/// Hand-coded talk, one piece for each pattern that the guide describes, and what a reader of it would say.
@Suite struct PatternTests {
  private func times(_ places: [Place]) -> [Double] { places.map(\.t) }

  @Test func `a turn lasts until the next one, the pair goes off the record, or the meeting ends`() {
    let measures = meeting([c(.question), t(.explanation), c(.evaluation)], others: [(15, .paused), (18, .resumed)])
    #expect(measures.ends == [10, 15, 20])
    let long = TalkMeasures(MeetingState(events: events([t(.explanation)]))!, duration: 42.5)
    #expect(long.ends == [42.5] && long.duration == 42.5)
  }

  @Test func `the routine round is found with its three turns`() {
    let patterns = meeting([
      c(.question), t(.explanation), c(.evaluation), t(.context), c(.question), t(.justification),
      c(.evaluation, .question),
      t(.explanation), c(.evaluation),
    ]).patterns
    #expect(times(patterns.rounds.map(\.question)) == [0, 40, 60])
    #expect(times(patterns.rounds.map(\.account)) == [10, 50, 70])
    #expect(times(patterns.rounds.map(\.verdict)) == [20, 60, 80])
    #expect(meeting([t(.question), c(.explanation), t(.evaluation)]).patterns.rounds.isEmpty)
  }

  @Test func `what answered a challenge`() {
    func answers(_ after: Turn...) -> [Patterns.Answer] {
      meeting([c(.challenge)] + after).patterns.challenges[0].answers
    }
    #expect(answers(t(.defence)) == [.defence])
    #expect(answers(t(.defence), c(.question), t(.dissonance)) == [.defence, .dissonance])
    #expect(answers(t(.explanation)) == [.other])
    #expect(answers(t(.explanation), c(.question), t(.acceptance)) == [.acceptance])
    #expect(answers(t(.continuity)) == [] && answers(c(.acceptance)) == [] && answers() == [])
    #expect(answers(t(.explanation, new: true)) == [])
  }

  @Test(arguments: [
    ("are we sure they heard it?", Patterns.Voice.we), ("Let's suppose they had not", .we), ("you never waited", .you),
    ("your task, our idea", nil), ("is it true?", nil), (nil, nil),
  ])
  func `a challenge put as we or as you, where its note shows it`(note: String?, voice: Patterns.Voice?) {
    var challenge = c(.challenge)
    challenge.note = note
    #expect(meeting([challenge]).patterns.challenges[0].voice == voice)
  }

  @Test func `dissonance from within and from without, and where it was taken`() {
    let within = meeting([t(.explanation), t(.dissonance), t(.generalisation), c(.question), t(time: .future)])
    #expect(within.patterns.dissonances.map(\.isFromOutside) == [false])
    #expect(within.patterns.dissonances.map { [$0.past?.t, $0.future?.t] } == [[20, 40]])
    for outside in [[c(.challenge), t(.dissonance)], [t(.dissonance, stimulus: .video)]] {
      #expect(meeting(outside).patterns.dissonances[0].isFromOutside)
    }
    let evidence = meeting([t(), t(.dissonance)], others: [(5, .stimulus(.pupilWork, text: nil, from: nil, to: nil))])
    #expect(evidence.patterns.dissonances[0].isFromOutside)
    #expect(meeting([t(.dissonance)]).patterns.dissonances.map(\.hadTime) == [false])
  }

  @Test func `what became of a critical moment`() {
    let measures = meeting(
      [t(scale: .moment), c(.question, scale: .moment), t(.generalisation, scale: .theme), c(.suggestion)],
      others: [(5, .moment(text: "nobody spoke")), (35, .moment(text: nil))])
    let moments = measures.patterns.moments
    #expect(moments.map { times($0.stayed) } == [[10], []])
    #expect(moments[0].generalised?.t == 20 && moments[0].future?.t == 30 && moments[0].hadTime)
    #expect(moments[1].hadTime == false)
  }

  @Test func `building is found by its tags, and by short turns that alternate and build`() {
    let tagged = meeting([t(.newIdea), c(.newIdea, co: true), t(.suggestion, co: true), c(.question)]).patterns
      .buildings
    #expect(tagged.map { times($0.turns) } == [[0, 10, 20]])
    #expect(tagged[0].isTagged && tagged[0].end == 30)
    let short = [t(.newIdea), c(.suggestion), t(.acceptance), c(.explanation)]
    #expect(meeting(short + [c(.question)]).patterns.buildings.map(\.isTagged) == [false])
    // Three are too few to infer it from, and so are four without an idea, by one person, or with a long turn.
    #expect(meeting(short.dropLast() + [c(.question)]).patterns.buildings.isEmpty)
    #expect(meeting([t(.explanation), c(.acceptance), t(.explanation), c(.clarification)]).patterns.buildings.isEmpty)
    #expect(meeting([t(.newIdea), t(.suggestion), t(.acceptance), t(.explanation)]).patterns.buildings.isEmpty)
    #expect(meeting(short, others: [(60, .resumed)]).patterns.buildings.isEmpty)
  }

  @Test func `nothing is put together across what was off the record`() {
    func paused(_ turns: [Turn]) -> TalkMeasures { meeting(turns, others: [(5, .paused), (8, .resumed)]) }
    #expect(paused([c(.challenge), t(.acceptance)]).patterns.challenges.map(\.answers) == [[]])
    #expect(paused([c(.question), t(.explanation), c(.evaluation)]).patterns.rounds.isEmpty)
    #expect(paused([t(.dissonance), t(time: .future)]).patterns.dissonances[0].future == nil)
    #expect(paused([t(.newIdea, co: true), c(.newIdea, co: true)]).patterns.buildings.isEmpty)
    #expect(Analysis(paused([c(.question), t(.explanation)])).transitions.isEmpty)
    #expect(Analysis(paused(repeated(3, c(.question)))).transitions.map(\.count) == [1])
  }

  @Test func `what stood last before a pause was not left, nor unanswered`() {
    func paused(_ turns: [Turn]) -> TalkMeasures { meeting(turns, others: [(5, .paused), (8, .resumed)]) }
    let talk = paused([c(.challenge)] + repeated(9, t(.context)))
    #expect(talk.patterns.challenges.map(\.hadTime) == [false])
    #expect(!talk.findings().contains { $0.condition == .challengeUnanswered })
    #expect(paused([t(.dissonance), t(.context)]).patterns.dissonances.map(\.hadTime) == [false])
    let marked = meeting([c(), t()], others: [(1, .moment(text: nil)), (5, .paused), (8, .resumed)])
    #expect(marked.patterns.moments.map(\.wasLeft) == [false])
  }

  @Test func `a run of building begins with the idea that it builds on, however long that took to say`() {
    let measures = meeting(
      [t(.explanation), c(.suggestion, co: true), t(.newIdea, co: true)], others: [(1000, .resumed)])
    #expect(times(measures.patterns.buildings[0].turns) == [0, 10, 20])
  }

  @Test func `talk, evidence and actions that come back to the focus`() {
    let measures = TalkMeasures(
      MeetingState(
        events: events(
          [t(.explanation, subject: "questioning"), c(.question), t(.context, subject: "homework")],
          others: [(25, .action(text: "ask three questions fewer")), (26, .moment(text: "nobody asked"))],
          focus: "Better questions, and fewer of them"))!)
    #expect(times(measures.patterns.focusLinks) == [0, 25])
    #expect(meeting([t(.explanation, subject: "them")]).patterns.focusLinks.isEmpty)
    // Words that stand in any sentence are no link.
    let common = events([t(subject: "they were still doing some of these")], focus: "who does some of the thinking")
    #expect(TalkMeasures(MeetingState(events: common)!).patterns.focusLinks.isEmpty)
  }

  @Test func `a cosy chat is warm, and tests nothing`() {
    let warm = repeated(4, t(.evaluation, tone: .positive))
    #expect(meeting(warm).patterns.cosyTurns.count == 4)
    #expect(meeting(warm + [c(.challenge)]).patterns.cosyTurns.isEmpty)
    #expect(meeting(Array(warm.dropLast())).patterns.cosyTurns.isEmpty)
  }

  private func events(_ turns: [Turn], others: [(Double, Event.Kind)] = [], focus: String? = nil) -> [Event] {
    let began = Event.Kind.began(stage: .post, people: People(coach: "A", coachee: "B"), focus: focus)
    let timed = turns.enumerated().map { (Double($0.offset) * 10, Event.Kind.turn($0.element)) }
    return ([(0, began)] + timed + others).enumerated().map {
      Event(number: $0 + 2, t: $1.0, at: Date(timeIntervalSince1970: 0), kind: $1.1)
    }
  }
}

import Coaching
import Testing

@Suite struct AmendingTests {
  private let question = Turn(by: .coach, functions: [.question])
  private let challenge = Turn(by: .coach, functions: [.question, .challenge], note: "we, not you")
  private let summary = Turn(by: .coachee, functions: [.summary])

  private func state(_ kinds: Event.Kind...) throws -> MeetingState {
    let began = meeting()
    let more = kinds.enumerated().map { Event(number: $0 + 3, t: Double($0 + 1), at: began[0].at, kind: $1) }
    return try #require(MeetingState(events: began + more))
  }

  @Test func `an amended turn keeps its line and its time, and the last amendment counts`() throws {
    let state = try state(
      .turn(question), note("a"), .amended(line: 3, challenge), .turn(Turn(by: .coachee)), .amended(line: 3, summary))
    #expect(state.turns.map(\.number) == [3, 6])
    #expect(state.turns.map(\.t) == [1, 4])
    #expect(state.turns.first?.turn == summary)
    #expect(state.entries.count == 3)
    #expect(state.turn(3) == state.turns.first)
    #expect(state.lastTurn() == state.turns.last)
    #expect(state.lastTurn(after: 6) == nil)
  }

  @Test func `what is undone is the last amendment, then the one before, then the turn`() throws {
    var state = try state(.turn(question), .amended(line: 3, challenge), .amended(line: 3, summary))
    let expected: [(Int, Turn?)] = [(5, challenge), (4, question), (3, nil)]
    for (line, turn) in expected {
      #expect(state.nextUndo?.number == line)
      state.apply(Event(number: state.lastLine + 1, at: state.began, kind: .undone(line)))
      #expect(state.turn(3)?.turn == turn)
      #expect(state.turns.first?.turn == turn)
    }
    #expect(state.nextUndo == nil)
    for (line, turn) in [(3, question), (4, challenge), (5, summary)] {
      #expect(state.nextRedo?.number == line)
      state.apply(Event(number: state.lastLine + 1, at: state.began, kind: .redone(line)))
      #expect(state.turn(3)?.turn == turn)
    }
    #expect(state.nextRedo == nil)
  }

  @Test func `a turn that was taken out takes its amendments with it, and brings them back`() throws {
    var state = try state(note("a"), .turn(question), .amended(line: 4, challenge), .undone(4))
    #expect(state.turns.isEmpty && state.turn(4) == nil && state.lastTurn() == nil)
    #expect(state.nextUndo?.number == 3)
    state.apply(Event(number: 7, at: state.began, kind: .redone(4)))
    #expect(state.turn(4)?.turn == challenge)
    #expect(state.nextUndo?.number == 5)
  }

  @Test func `what amends no turn is passed over`() throws {
    let state = try state(
      note("a"), .amended(line: 3, question), .amended(line: 99, question), .amended(line: 6, question),
      .amended(line: 8, question), .turn(summary))
    #expect(state.turns.map(\.turn) == [summary])
    #expect(state.entries.count == 2)
    #expect(state.nextUndo?.number == 8)
    #expect(state.count(in: Redaction(from: 0, to: 100)) == 2)
  }

  @Test func `an amendment takes away what could be put back, as anything does that is set down`() throws {
    let state = try state(.turn(question), note("a"), .undone(4), .amended(line: 3, summary))
    #expect(state.nextRedo == nil)
  }

  @Test func `what is said of a turn counts where the turn is, and where it was said`() throws {
    let state = try state(note("a"), .turn(question), .amended(line: 4, challenge))
    #expect(state.count(in: Redaction(from: 1.5, to: 2.5)) == 2)
    #expect(state.count(in: Redaction(from: 2.9, to: 3.1)) == 1)
    #expect(state.count(in: Redaction(from: 3.9, to: 4.1)) == 0)
  }

  @Test func `an excerpt has the turn as it was amended`() throws {
    let state = try state(.turn(question), .amended(line: 3, challenge))
    let events = state.excerpt(Redaction(from: 0, to: 1.5), withWords: true, isAnonymous: false, at: state.began)
    #expect(events.map(\.kind).dropFirst() == [.turn(challenge)])
    let bare = state.excerpt(Redaction(from: 0, to: 1.5), withWords: false, isAnonymous: false, at: state.began)
    #expect(bare.map(\.kind).dropFirst() == [.turn(Turn(by: .coach, functions: [.question, .challenge]))])
  }
}

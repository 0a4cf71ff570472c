import Coaching
import Foundation
import Testing

@Suite struct MovedTagsTests {
  private func events(_ kinds: [(Double, Event.Kind)]) -> [Event] {
    kinds.enumerated().map { Event(number: $0 + 2, t: $1.0, at: .distantPast, kind: $1.1) }
  }

  @Test func `what was taken back points to its new line, and goes with what is left out`() {
    let meeting = MeetingState(
      events: events([
        (0, .began(stage: .post, people: People(coach: "A", coachee: "B"), focus: nil)), (20, .paused), (30, .resumed),
        (100, .ended(.closed)), (100, .takenOut(from: 50, to: 60)),
      ]))!
    let tags = events([
      (0, .began(stage: .post, people: People(coach: "a", coachee: "b"), focus: nil)),
      (0, .observing(name: "C", how: .away)), (1, .mark), (9.8, .moment(text: "on the edge of the pause")),
      (15, .note(text: "paused", prompt: nil)), (16, .undone(6)), (17, .redone(6)), (25, .turn(Turn(by: .coach))),
      (26, .undone(9)), (27, .redone(9)), (28, .undone(9)), (45.5, .feedback(text: "taken out")),
      (46, .action(text: "kept")),
      (200, .turn(Turn(by: .both))), (89.9, .feedback(text: "at the very end")),
      (300, .chosen(prompt: "p", choices: [])),
    ])
    let moved = MovedTags(tags, into: meeting, until: 100, meetingTime: { $0 + 10 }, error: { _ in 0.3 })
    #expect(
      moved.events.map(\.kind) == [
        .turn(Turn(by: .coach)), .undone(4), .redone(4), .undone(4), .feedback(text: "at the very end"),
      ])
    #expect(moved.events.map(\.number) == [4, 5, 6, 7, 8])
    #expect((moved.turns, moved.feedbacks, moved.others) == (0, 1, 0))
    #expect((moved.outside, moved.offRecord) == (1, 4))
    #expect(moved.events.allSatisfy { (0...100).contains($0.t) })
  }

  @Test func `an amendment goes with its turn, unless it was made off the record`() {
    let meeting = MeetingState(
      events: events([
        (0, .began(stage: .post, people: People(coach: "A", coachee: "B"), focus: nil)), (20, .paused), (30, .resumed),
        (100, .ended(.closed)),
      ]))!
    let turn = Turn(by: .coach, functions: [.question])
    let tags = events([
      (0, .began(stage: .post, people: People(coach: "a", coachee: "b"), focus: nil)),
      (0, .observing(name: "C", how: .away)), (22, .turn(Turn(by: .both))), (23, .amended(line: 4, turn)),
      (40, .turn(Turn(by: .coach))), (25, .amended(line: 6, Turn(by: .coach, note: "SECRET"))),
      (120, .amended(line: 6, turn)), (121, .undone(8)), (122, .redone(8)),
    ])
    let moved = MovedTags(tags, into: meeting, until: 100, meetingTime: { $0 }, error: { _ in 0.3 })
    #expect(
      moved.events.map(\.kind) == [
        .turn(Turn(by: .coach)), .amended(line: 4, turn), .undone(5), .redone(5),
      ])
    #expect((moved.turns, moved.outside, moved.offRecord) == (1, 0, 1))
  }
}

import Coaching
import Foundation
import Testing

@Suite struct ExcerptTests {
  private static let people = People(coach: "Anna van der Berg", coachee: "Ben", observer: "Zoë")
  private let at = Date(timeIntervalSince1970: 1_800_000_000)

  private func state(_ kinds: [(Double, Event.Kind)]) -> MeetingState {
    let began = (0.0, Event.Kind.began(stage: .post, people: Self.people, focus: "Ben's questions"))
    return MeetingState(
      events: ([began] + kinds).enumerated().map { Event(number: $0 + 2, t: $1.0, at: .distantPast, kind: $1.1) })!
  }

  private var talk: MeetingState {
    state([
      (5, .turn(Turn(by: .coach, note: "before"))),
      (10, .turn(Turn(by: .coach, functions: [.question], subject: "Ben at the back", note: "Anna asks"))),
      (11, .moment(text: "zoë laughed")), (12, .note(text: "a secret", prompt: nil)), (13, .action(text: "wait")),
      (14, .turn(Turn(by: .both))), (14.5, .undone(8)), (18, .paused), (25, .resumed),
      (20, .turn(Turn(by: .coachee, note: "after"))),
    ])
  }

  @Test func `it holds what was tagged in the stretch, from 0, without words and as if typed today`() {
    let events = talk.excerpt(Redaction(from: 10, to: 20), withWords: false, isAnonymous: false, at: at)
    #expect(
      events.map(\.kind) == [
        .began(stage: .post, people: Self.people, focus: nil), .turn(Turn(by: .coach, functions: [.question])),
        .moment(text: nil), .paused, .resumed,
      ])
    #expect(events.map(\.t) == [0, 0, 1, 8, 10])
    #expect(events.allSatisfy { $0.at == at })
    #expect(MeetingState(events: events) != nil)
  }

  @Test func `with its words and without its names`() {
    let events = talk.excerpt(Redaction(from: 10, to: 15), withWords: true, isAnonymous: true, at: at)
    #expect(
      events.map(\.kind) == [
        .began(stage: .post, people: Self.people.anonymous, focus: "Teacher's questions"),
        .turn(
          Turn(by: .coach, functions: [.question], subject: "Teacher at the back", note: "Coach asks")),
        .moment(text: "Observer laughed"), .note(text: "a secret", prompt: nil), .action(text: "wait"),
      ])
  }

  @Test(arguments: [
    ("Anna van der Berg asked", "Coach van der Coach asked"), ("ANNA and ben", "Coach and Teacher"),
    ("Bench, Benny, Annabel", "Bench, Benny, Annabel"),
    ("Ben’s, “Ben”; Ben-like", "Teacher’s, “Teacher”; Teacher-like"),
    ("Anna  Berg", "Coach"), ("Anna, Berg", "Coach, Coach"), ("", ""), ("zoe\u{308}", "Observer"),
    ("🙂Ben🙂", "🙂Teacher🙂"),
  ])
  func `names go where they stand as whole words`(text: String, anonymous: String) {
    #expect(Naming(Self.people).anonymous(text) == anonymous)
  }
}

import AudioCapture
import Coaching
import Foundation

@testable import SessionJournal

extension FuzzTarget {
  /// The bytes are what an observer brings from another laptop: marks that give its clock or none, and tags that are moved
  /// by it into a meeting of an hour.
  static let away = FuzzTarget(name: "away", corpus: "journal") { bytes in
    let events = JournalContents(bytes: bytes).events
    let other = try meeting(events)
    if let found = ClockAlignment(marks: other.marks, meeting: [95, 1800, 3595]) {
      try require(abs(found.drift) <= 500, "two quartzes never drift apart like that")
      try require(found.meetingTime(0).isFinite && found.error(at: 1e7) >= 0, "a clock stands nowhere")
    }
    let near = 0.5
    let moved = MovedTags(
      events, into: hour, until: 3600, meetingTime: { 90 + $0 * 1.0001 }, error: { _ in near })
    try require(
      moved.events.map(\.number) == Array(MovedTags.firstLine..<MovedTags.firstLine + moved.events.count),
      "lines are missing")
    try require(moved.turns + moved.feedbacks + moved.others <= moved.events.count, "more stands than is there")
    for event in moved.events {
      try require((0...3600).contains(event.t), "a tag lies outside the meeting")
      let isCorrection =
        switch event.kind {
        case .undone, .redone: true
        default: false
        }
      try require(isCorrection || !(1000 - near...1100 + near).contains(event.t), "a tag lies off the record")
      try require(JournalCoding.decode(JournalCoding.encode(event)) == event.rounded, "a tag is read as another one")
    }
  }

  /// Off the record from 1000 s to 1100 s.
  private static let hour: MeetingState = {
    let kinds: [(Double, Event.Kind)] = [
      (0, .began(stage: .post, people: People(coach: "Anna", coachee: "Ben", observer: "Cleo"), focus: nil)),
      (1000, .paused), (1100, .resumed), (3600, .ended(.closed)),
    ]
    return MeetingState(
      events: kinds.enumerated().map {
        Event(number: $0 + 2, t: $1.0, at: Date(timeIntervalSince1970: 0), kind: $1.1)
      })!
  }()
}

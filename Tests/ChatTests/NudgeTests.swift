import Coaching
import Synchronization
import Testing

@testable import Chat

/// Quiet words in a meeting: only when they fit, seldom, and never twice of the same.
@Suite struct NudgeTests {
  /// Lets seconds pass, and gives what is said by itself.
  private func nudge(_ room: Room, after seconds: Int = 3) -> String {
    _ = room.heard()
    room.clock.withLock { $0 = $0.advanced(by: .seconds(seconds)) }
    room.facilitator.nudge(at: room.now)
    return room.heard()
  }

  private func ask(_ room: Room, _ count: Int = 6) { for _ in 0..<count { room.type("/c question", "/t explanation") } }

  @Test func `six questions in a row are worth a word, once, and then there is quiet for a while`() {
    let room = Room()
    room.meet()
    ask(room, 5)
    #expect(nudge(room) == "")
    ask(room, 1)
    #expect(nudge(room).contains("After 6 questions in a row, Anna"))
    #expect(nudge(room, after: 400) == "")
    // Another occasion waits until three minutes are over.
    let other = Room()
    other.meet()
    ask(other)
    #expect(nudge(other) != "")
    other.type("/c challenge", "/t context new")
    #expect(nudge(other) == "")
    #expect(nudge(other, after: 178).contains("challenge is still on the table"))
  }

  @Test
  func `there is none off the record, while a question is open, at the closing questions, or when it is not wanted`() {
    let room = Room()
    room.meet()
    ask(room)
    room.type("/pause")
    #expect(nudge(room) == "")
    room.type("/resume", "/nudges off")
    #expect(nudge(room) == "")
    room.type("/nudges on", "/action")
    #expect(nudge(room) == "")
    room.type("count to seven", "/end")
    #expect(nudge(room) == "")
  }

  @Test func `the time that was planned is told, and what is left of it`() {
    let room = Room()
    room.type("/new coach=Anna coachee=Ben", "/consent Anna no", "/consent Ben no", "/begin post minutes=10")
    #expect(nudge(room, after: 200).contains("minutes left and"))
    room.type("/status")
    #expect(room.heard().contains("7 minutes left."))
    room.type("/end", "/end", "/begin post minutes=soon")
    #expect(room.heard().contains("minutes= is a whole number"))
    // The question for the stage keeps what was typed with it; a /begin that failed leaves nothing behind.
    room.type("/begin minutes=10", "lesson")
    #expect(room.facilitator.meeting?.plannedEnd == 600)
    room.type("/end", "/end", "/begin nonsense minutes=10", "/begin lesson")
    #expect(room.facilitator.meeting != nil && room.facilitator.meeting?.plannedEnd == nil)
  }

  @Test func `minutes without evidence are told from the last of it`() {
    let room = Room()
    room.meet()
    #expect(nudge(room, after: 300) == "")
    room.type("/stimulus notes the seating plan")
    #expect(nudge(room, after: 400) == "")
    #expect(nudge(room, after: 250).contains("For 10 minutes nothing has been on the table"))
  }

  @Test func `a lesson and a review have none`() {
    let room = Room()
    room.type("/new coach=Anna coachee=Ben", "/consent Anna no", "/consent Ben no", "/begin lesson minutes=5")
    #expect(nudge(room, after: 200) == "")
  }
}

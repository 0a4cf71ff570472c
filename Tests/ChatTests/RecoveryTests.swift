import Coaching
import PromptLibrary
import SessionJournal
import Terminal
import Testing

@testable import Chat

@Suite struct RecoveryTests {
  /// A meeting that its program left without a word: the journal has no end.
  private func cutOff() -> Room {
    let room = Room()
    room.meet()
    room.type("/t explanation", "/next", "A note")
    room.facilitator.meeting = nil
    return room
  }

  @Test func `a person may carry on where it was cut off`() throws {
    let before = cutOff()
    let room = Room(restarting: before)
    room.facilitator.open()
    #expect(room.heard().hasSuffix(Speech.askCarryOn))
    room.type("yes")
    let meeting = try #require(room.facilitator.meeting)
    #expect(meeting.state.entries.count == 2)
    #expect(meeting.time(at: room.now) == 3)
    #expect(room.heard().contains(meeting.prompts[1].title))
    room.type("/t summary")
    #expect(meeting.state.turns.last?.t == 4)
  }

  @Test func `beginning something else in place of the answer leaves it open and the pair known`() {
    let before = cutOff()
    let room = Room(restarting: before)
    room.facilitator.open()
    room.type("/next", "/new")
    #expect(room.facilitator.cycle?.state.people.coach == "Anna")
    #expect(room.facilitator.meeting == nil)
    let again = Room(isInteractive: false, restarting: before)
    again.facilitator.open()
    #expect(again.heard().contains("I have closed 1-post."))
  }

  @Test func `no closes it`() {
    let before = cutOff()
    let room = Room(restarting: before)
    room.facilitator.open()
    room.type("no")
    #expect(room.journal.last?.kind == .ended(.recovered))
    #expect(room.heard().contains("Welcome back, Anna and Ben"))
  }

  @Test func `with nobody to ask it is closed and said so`() {
    let before = cutOff()
    let room = Room(isInteractive: false, restarting: before)
    room.facilitator.open()
    #expect(room.journal.last?.kind == .ended(.recovered))
    #expect(room.heard().contains("I have closed 1-post."))
  }

  @Test func `a meeting cut off while off the record stays off the record`() throws {
    let before = Room()
    before.meet()
    before.type("/pause")
    before.facilitator.meeting = nil
    let room = Room(restarting: before)
    room.facilitator.open()
    room.type("yes")
    #expect(room.facilitator.meeting?.state.isPaused == true)
    room.type("/resume")
    #expect(room.facilitator.meeting?.state.isPaused == false)
  }

  @Test func `the state is the events, replayed`() throws {
    let room = Room()
    room.meet()
    room.type("/c question new", "/undo", "/redo", "/moment", "/pause", "/resume", "/action wait", "/skip", "a note")
    let live = try #require(room.facilitator.meeting?.state)
    #expect(MeetingState(events: room.journal) == live)
  }
}

import Coaching
import PromptLibrary
import SessionJournal
import Terminal
import Testing

@testable import Chat

@Suite struct RecoveryTests {
  private func running() -> Room {
    let room = Room()
    room.meet()
    room.type("/t explanation", "/next", "A note")
    return room
  }

  /// A meeting that its program left without a word: the journal has no end.
  private func cutOff() -> Room {
    let room = running()
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

  /// A meeting whose window was closed, or whose program was told to stop.
  private func interrupted(offTheRecord: Bool = false) -> Room {
    let room = running()
    if offTheRecord { room.type("/pause") }
    room.facilitator.close(.interrupted, at: room.now)
    return room
  }

  @Test func `a meeting whose window was closed may be carried on, and has one end then`() throws {
    let before = interrupted()
    let room = Room(restarting: before)
    room.facilitator.open()
    #expect(room.heard().hasSuffix(Speech.askCarryOn))
    room.type("yes")
    let meeting = try #require(room.facilitator.meeting)
    #expect(meeting.state.entries.count == 2 && !meeting.state.hasEnded)
    room.type("/t summary", "/end")
    while room.facilitator.meeting != nil { room.type("/end") }
    let kinds = room.journal.map(\.kind)
    #expect(kinds.last == .ended(.closed) && kinds.contains(.carriedOn))
    #expect(MeetingState(events: room.journal)?.turns.count == 2)
  }

  @Test func `it stays closed when nobody wants to, and that is asked once`() {
    let before = interrupted()
    let room = Room(restarting: before)
    room.facilitator.open()
    room.type("no")
    #expect(room.journal.last?.kind == .ended(.closed))
    #expect(room.heard().contains("Welcome back, Anna and Ben"))
    let again = Room(restarting: before)
    again.facilitator.open()
    #expect(!again.heard().contains(Speech.askCarryOn))
  }

  @Test func `off the record, or with nobody to ask, what was closed stays closed`() {
    let paused = interrupted(offTheRecord: true)
    let quiet = Room(restarting: paused)
    quiet.facilitator.open()
    #expect(!quiet.heard().contains(Speech.askCarryOn))
    let before = interrupted()
    let script = Room(isInteractive: false, restarting: before)
    script.facilitator.open()
    #expect(script.journal.last?.kind == .ended(.interrupted))
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

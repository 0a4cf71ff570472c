import Coaching
import Testing

import struct Foundation.Date

/// Events of a meeting, a second apart; the first begins it and is on line 2, as in a journal.
func meeting(_ kinds: Event.Kind...) -> [Event] {
  let began = Event.Kind.began(stage: .post, people: People(coach: "Anna", coachee: "Ben"), focus: "questions")
  return ([began] + kinds).enumerated().map { index, kind in
    Event(number: index + 2, t: Double(index), at: Date(timeIntervalSince1970: 1_000_000), kind: kind)
  }
}

func note(_ text: String, prompt: String? = nil) -> Event.Kind { .note(text: text, prompt: prompt) }

@Suite struct MeetingStateTests {
  @Test func `a meeting begins with its beginning`() throws {
    let state = try #require(MeetingState(events: meeting()))
    #expect(state.stage == .post)
    #expect(state.people == People(coach: "Anna", coachee: "Ben"))
    #expect(state.focus == "questions")
    #expect(state.began == Date(timeIntervalSince1970: 1_000_000))
    #expect(!state.hasEnded && !state.isPaused && !state.isRecording)
    #expect(state.eventCount == 1)
    #expect(MeetingState(events: []) == nil)
    #expect(MeetingState(events: Array(meeting(note("a")).dropFirst())) == nil)
  }

  @Test func `each event applied as it happens gives what replaying them all gives`() throws {
    let events = meeting(
      .recording(file: "audio.flac", device: "default", sampleRate: 48_000, channels: 1), .prompt(id: "p1"),
      note("a", prompt: "p1"), .turn(Turn(by: .coach, functions: [.question])), .undone(6), .moment(text: nil),
      .stimulus(.video, text: nil, from: 1, to: 2), .undone(9), .undone(8), .redone(8), .paused, .resumed,
      .gap(seconds: 0.5, why: .overrun), .skipped(id: "p2"), .silentMicrophone, .torn(line: 17), .unknown(name: "new"),
      .consent(.coach, given: false), .recordingStopped(seconds: 4, why: .consentWithdrawn), .audioDeleted,
      .feedback(text: "f"), .action(text: "x"), .ended(.interrupted), .carriedOn, .paused, .ended(.closed))
    var live = try #require(MeetingState(events: [events[0]]))
    for (index, event) in events.enumerated().dropFirst() {
      live.apply(event)
      #expect(live == MeetingState(events: Array(events[...index])))
    }
    #expect(live.eventCount == events.count)
    #expect(live.entries.map(\.number) == [5, 8, 23, 24])
  }

  @Test func `prompts are listed once, in the order they were shown, and a skipped one can come back`() throws {
    var state = try #require(
      MeetingState(
        events: meeting(.prompt(id: "a"), .skipped(id: "a"), .prompt(id: "b"), .prompt(id: "a"), .skipped(id: "c"))))
    #expect(state.shownPrompts == ["a", "b"])
    #expect(state.skippedPrompts == ["c"])
    #expect(state.currentPrompt == "a")
    state.apply(Event(number: 9, at: state.began, kind: .prompt(id: "c")))
    #expect(state.skippedPrompts.isEmpty)
  }

  @Test func `notes are found by their prompt`() throws {
    let state = try #require(
      MeetingState(events: meeting(note("a", prompt: "p"), note("b"), note("c", prompt: "q"), note("d", prompt: "p"))))
    #expect(state.notes(prompt: "p") == ["a", "d"])
    #expect(state.notes(prompt: "r") == [])
  }

  @Test func `entries and turns are in the order of their times, whatever their lines are`() throws {
    var events = meeting(note("first"), .turn(Turn(by: .coach)), .turn(Turn(by: .coachee)), note("last"))
    events[2].t = 50
    events[3].t = 0.5
    events[4].t = 50
    let state = try #require(MeetingState(events: events))
    #expect(state.entries.map(\.number) == [5, 3, 4, 6])
    #expect(state.turns.map(\.turn.by) == [.coachee, .coach])
    #expect(state.turns.map(\.t) == [0.5, 50])
    #expect(state.lastTime == 50)
  }

  // MARK: - Pauses

  @Test func `pauses are stretches, and the last may still go on`() throws {
    let state = try #require(
      MeetingState(events: meeting(.paused, .resumed, note("a"), .paused)))
    #expect(state.pauses == [.init(from: 1, to: 2), .init(from: 4, to: nil)])
    #expect(state.isPaused)
  }

  @Test func `a second pause in a pause, and a second resume, change nothing`() throws {
    let state = try #require(MeetingState(events: meeting(.paused, .paused, .resumed, .resumed)))
    #expect(state.pauses == [.init(from: 1, to: 3)])
    #expect(!state.isPaused)
    #expect(MeetingState(events: meeting(.resumed))?.pauses == [])
  }

  @Test func `the end of the meeting is the end of its pause`() throws {
    let state = try #require(MeetingState(events: meeting(.paused, .ended(.recovered), .carriedOn)))
    #expect(state.pauses == [.init(from: 1, to: 2)])
    #expect(!state.isPaused)
  }

  // MARK: - Recordings

  func recording(_ file: String) -> Event.Kind {
    .recording(file: file, device: "default", sampleRate: 48_000, channels: 2)
  }

  @Test func `a recording lasts from its start for as long as its sound`() throws {
    let state = try #require(
      MeetingState(events: meeting(recording("audio.flac"), .recordingStopped(seconds: 9.5, why: .ended))))
    #expect(state.recordings.map(\.stretch) == [.init(from: 1, to: 10.5)])
    #expect(state.recordings.first?.channels == 2)
    #expect(!state.isRecording)
    #expect(state.lastTime == 10.5)
  }

  @Test func `a stop without a recording changes nothing`() throws {
    let stop = Event.Kind.recordingStopped(seconds: 100, why: .ended)
    #expect(MeetingState(events: meeting(stop))?.recordings == [])
    let state = try #require(
      MeetingState(events: meeting(recording("a"), stop, .recordingStopped(seconds: 1, why: .failed))))
    #expect(state.recordings.map(\.stretch) == [.init(from: 1, to: 101)])
  }

  @Test func `a crash and a second recording give two, and the second is the one that stops`() throws {
    let state = try #require(
      MeetingState(
        events: meeting(recording("a"), .carriedOn, recording("b"), .recordingStopped(seconds: 2, why: .ended))))
    #expect(state.recordings.map(\.file) == ["a", "b"])
    #expect(state.recordings.map(\.stretch) == [.init(from: 1, to: nil), .init(from: 3, to: 5)])
  }

  @Test func `gaps have their place, and deleted sound is gone`() throws {
    let state = try #require(MeetingState(events: meeting(.gap(seconds: 0.25, why: .slowDisk), .audioDeleted)))
    #expect(state.gaps.map(\.from) == [1])
    #expect(state.gaps.map(\.seconds) == [0.25])
    #expect(state.gaps.map(\.why) == [.slowDisk])
    #expect(state.audioDeleted)
    #expect(MeetingState(events: meeting())?.audioDeleted == false)
  }

  // MARK: - Closing

  @Test func `a closed meeting is open again when somebody carries on`() throws {
    #expect(MeetingState(events: meeting(.ended(.interrupted)))?.ending == .interrupted)
    #expect(MeetingState(events: meeting(.ended(.interrupted), .carriedOn))?.hasEnded == false)
    #expect(MeetingState(events: meeting(.ended(.recovered), .carriedOn, .ended(.closed)))?.ending == .closed)
  }
}

@Suite struct UndoTests {
  func state(_ kinds: Event.Kind...) -> MeetingState? {
    var all = meeting(note("a"), note("b"), note("c"))
    for kind in kinds {
      all.append(Event(number: all.count + 2, t: Double(all.count), at: all[0].at, kind: kind))
    }
    return MeetingState(events: all)
  }

  @Test func `undo takes out the last entry, then the one before, and redo puts them back in turn`() {
    #expect(state()?.nextUndo?.number == 5)
    #expect(state()?.nextRedo == nil)
    let one = state(.undone(5))
    #expect(one?.entries.map(\.number) == [3, 4])
    #expect(one?.nextUndo?.number == 4)
    #expect(one?.nextRedo?.number == 5)
    let two = state(.undone(5), .undone(4))
    #expect(two?.nextUndo?.number == 3)
    #expect(two?.nextRedo?.number == 4)
    let back = state(.undone(5), .undone(4), .redone(4))
    #expect(back?.entries.map(\.number) == [3, 4])
    #expect(back?.nextUndo?.number == 4)
    #expect(back?.nextRedo?.number == 5)
    let all = state(.undone(5), .undone(4), .redone(4), .redone(5))
    #expect(all?.entries == state()?.entries)
    #expect(all?.nextRedo == nil)
    let none = state(.undone(5), .undone(4), .undone(3))
    #expect(none?.entries == [])
    #expect(none?.nextUndo == nil)
  }

  @Test func `after a new entry there is nothing to redo`() {
    let after = state(.undone(5), note("d"))
    #expect(after?.nextRedo == nil)
    #expect(after?.nextUndo?.number == 7)
    #expect(after?.entries.map(\.number) == [3, 4, 7])
    let further = state(.undone(5), note("d"), .undone(7))
    #expect(further?.nextRedo?.number == 7)
    #expect(further?.nextUndo?.number == 4)
  }

  @Test(arguments: [
    Event.Kind.prompt(id: "p"), .paused, .ended(.closed), .carriedOn, .gap(seconds: 1, why: .overrun),
    .unknown(name: "x"),
  ])
  func `what only the program noted leaves redo as it is`(kind: Event.Kind) {
    #expect(state(.undone(5), kind)?.nextRedo?.number == 5)
    #expect(state(kind)?.nextUndo?.number == 5)
  }

  @Test(arguments: [
    note("d"), .turn(Turn(by: .both)), .moment(text: nil), .stimulus(.notes, text: nil, from: nil, to: nil),
    .feedback(text: "f"), .action(text: "x"),
  ])
  func `everything people set down can be undone, and clears redo`(kind: Event.Kind) {
    let after = state(.undone(5), kind)
    #expect(after?.nextUndo?.kind == kind)
    #expect(after?.nextRedo == nil)
  }

  /// The line of an entry that was taken out may be damaged; what was taken out before can still be put back.
  @Test(arguments: [99, 2, 6]) func `undoing what is not there hides nothing that can be redone`(number: Int) {
    let after = state(.undone(5), .undone(number))
    #expect(after?.nextRedo?.number == 5)
    #expect(after?.entries.map(\.number) == [3, 4])
  }

  @Test func `undoing twice what is out already is redone once`() {
    let after = state(.undone(5), .undone(5), .redone(5))
    #expect(after?.entries.map(\.number) == [3, 4, 5])
    #expect(after?.nextRedo == nil)
  }
}

@Suite struct CycleStateTests {
  func cycle(_ kinds: Event.Kind..., people: People = People(coach: "A", coachee: "B")) -> CycleState? {
    let all = [Event.Kind.cycle(people: people, focus: "f", theme: "t")] + kinds
    return CycleState(
      events: all.enumerated().map { Event(number: $0 + 2, at: Date(timeIntervalSince1970: 0), kind: $1) })
  }

  @Test func `a cycle begins with its beginning`() {
    #expect(cycle()?.focus == "f")
    #expect(cycle()?.theme == "t")
    #expect(CycleState(events: []) == nil)
    #expect(CycleState(events: meeting()) == nil)
  }

  @Test func `sound is recorded with everybody's yes, and with nothing less`() {
    #expect(cycle()?.mayRecord == false)
    #expect(cycle(.consent(.coach, given: true))?.mayRecord == false)
    #expect(cycle(.consent(.coach, given: true))?.withoutConsent == [.coachee])
    #expect(cycle(.consent(.coach, given: true), .consent(.coachee, given: true))?.mayRecord == true)
    #expect(
      cycle(.consent(.coach, given: true), .consent(.coachee, given: true), .consent(.coach, given: false))?
        .withoutConsent
        == [.coach])
  }

  @Test func `the observer is asked too, and nobody who is not there`() {
    let triad = People(coach: "A", coachee: "B", observer: "C")
    let both = (Event.Kind.consent(.coach, given: true), Event.Kind.consent(.coachee, given: true))
    #expect(cycle(both.0, both.1, people: triad)?.withoutConsent == [.observer])
    #expect(cycle(both.0, both.1, .consent(.observer, given: true), people: triad)?.mayRecord == true)
    #expect(cycle(both.0, both.1, .consent(.observer, given: false))?.mayRecord == true)
  }
}

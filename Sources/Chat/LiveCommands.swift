import Coaching
import PromptLibrary
import SessionJournal
import Terminal

/// `/live` and `/amend` in a meeting, and the rows along the bottom.
extension Facilitator: LiveDesk {
  var tagged: MeetingState? { meeting?.state }

  var live: LiveTagging? {
    get { meeting?.live }
    set { meeting?.live = newValue }
  }

  var canTagLive: Bool {
    guard takesKeys, let meeting, meeting.state.stage.isTalkAboutALesson else { return false }
    return !meeting.isClosing && questions.isEmpty
  }

  func makesSense(_ meaning: KeyMeaning) -> Bool {
    switch meaning {
    case .next: commands.contains(.next)
    case .back: commands.contains(.back)
    default: true
    }
  }

  func attempt(_ work: () throws -> Void) { attempt(orElse: .inputOutput, work) }

  func live(_ rest: Substring) throws {
    guard takesKeys else { throw Complaint(.data, Speech.liveNeedsKeys) }
    let meeting = try running()
    guard meeting.state.stage.isTalkAboutALesson else { throw Complaint(.data, Speech.noTurns(meeting.state.stage)) }
    guard !meeting.isClosing else { throw Complaint(.data, Speech.liveClosing) }
    try toggleLive(rest.trimmed)
  }

  func perform(_ deed: LiveTagging.Deed, at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    switch deed {
    case .set where meeting.isOffRecord:
      live?.message = isObserver ? Speech.pairOffRecord : Speech.offRecord
    case .set(let kind):
      if case .turn = kind { tellTurn() }
      let event = try meeting.record(kind, at: moment)
      if case .moment = kind { say(Speech.moment(event.t), .acknowledgement) }
    case .undo: try undo(at: moment)
    case .redo: try redo(at: moment)
    case .next where commands.contains(.next): try nextPrompt(at: moment)
    case .back where commands.contains(.back): try previousPrompt(at: moment)
    case .next, .back: live?.message = Speech.promptsAreThePairs
    case .keys: say(allKeys, .speech)
    case .nothing: break
    }
  }

  /// A note on the turn whose codes are being set down, without leaving the keys.
  func noteLive(_ text: String, at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    guard !text.isEmpty, let live else { return }
    let event = try meeting.record(live.noted(text, in: meeting.state), at: moment)
    say(Speech.note(event.t), .acknowledgement)
  }

  func amend(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    let amending = try Amending(rest, in: meeting.state, functions: library.vocabulary.functions)
    guard let kind = amending.event else { return say(amending.withoutChange(line), .speech) }
    try meeting.record(kind, at: moment)
    if let turn = meeting.state.turn(amending.turn.number) { say(line(turn, Speech.amended), .acknowledgement) }
  }

  /// How an entry that was taken back or put back reads; of an amendment, the turn as it is now.
  func corrected(
    _ entry: MeetingState.Entry, _ said: (Double, String) -> String, _ turnSaid: (Double, String, String) -> String
  ) -> String {
    if case .amended(let number, _) = entry.kind, let turn = meeting?.state.turn(number) { return line(turn, turnSaid) }
    return said(entry.t, name(entry.kind))
  }

  /// What stands above the edited row in a meeting: how loud it is, which prompt, what time is left, the turn; and while one
  /// key tags, the keys.
  func footer(width: Int, height: Int, at now: SuspendingClock.Instant) -> [[Span]] {
    guard let meeting, height >= 6 else { return [] }
    let isNarrow = width < 50
    let count = (meeting.isClosing ? meeting.closingPrompts : meeting.prompts).count
    let left = meeting.plannedEnd.map { Int((($0 - meeting.time(at: now)) / 60).rounded(.up)) }
    let isHeard = meeting.isRecording && !meeting.isOffRecord && !meeting.microphoneIsAway
    var facts = [
      isHeard ? meeting.level.map(Speech.meter) : nil,
      meeting.promptIndex.map { Speech.shortPlace($0 + 1, of: count, isNarrow: isNarrow) },
      left.map { Speech.shortTimeLeft($0, isNarrow: isNarrow) },
    ].compactMap(\.self)
    let rows = liveRows(width: width, height: height)
    if rows.isEmpty, let turn = meeting.state.lastTurn() { facts.append(line(turn)) }
    return rows + (facts.isEmpty ? [] : [[Span(facts.joined(separator: "  "), .dim)]])
  }
}

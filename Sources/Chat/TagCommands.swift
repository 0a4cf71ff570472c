import Coaching
import PromptLibrary
import SessionJournal

/// What people set down in a meeting, and taking it back. An acknowledgement is said only when the event is on the disk.
extension Facilitator {
  func note(_ text: String, at moment: SuspendingClock.Instant) throws {
    guard meeting != nil else { throw Complaint(.data, Speech.noteWithoutMeeting(isBegun: cycle != nil)) }
    let meeting = try onRecord()
    let prompt = meeting.state.currentPrompt
    let event = try meeting.record(.note(text: text, prompt: prompt), at: moment)
    say(Speech.note(event.t), .acknowledgement)
    if let command = Command(rawValue: text.lowercased()) { say(Speech.meantCommand(command), .quiet) }
    if meeting.isClosing { try nextClosingPrompt() }
  }

  func tag(_ speaker: Speaker, _ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    if speaker == .observer, meeting.state.people.observer == nil { throw Complaint(.data, Speech.noObserver) }
    let turn = try TagParser(functions: library.vocabulary.functions).turn(by: speaker, rest)
    let event = try meeting.record(.turn(turn), at: moment)
    say(Speech.turn(event.t, meeting.state.people.name(speaker), describe(turn)), .acknowledgement)
  }

  /// A turn's tags in words, without its note.
  private func describe(_ turn: Turn) -> String {
    let vocabulary = library.vocabulary
    var words = turn.functions.map { vocabulary.title(.function, $0.rawValue).lowercased() }
    if turn.new { words.append("new topic") }
    if turn.co { words.append("building together") }
    let values = [
      turn.scale.map { "scale " + $0.rawValue }, turn.time.map { "time " + $0.rawValue },
      turn.tone.map { "tone " + $0.rawValue }, turn.stimulus.map { "stimulus " + $0.rawValue }, turn.subject,
    ].compactMap(\.self)
    return ([words.joined(separator: ", ")] + values).filter { !$0.isEmpty }.joined(separator: " · ")
  }

  func markMoment(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let text = String(rest.trimmed)
    let event = try onRecord().record(.moment(text: text.isEmpty ? nil : text), at: moment)
    say(Speech.moment(event.t), .acknowledgement)
  }

  func stimulus(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    var words = try Arguments(rest).words
    guard !words.isEmpty else { throw Complaint(.data, Speech.needed("a kind", .stimulus)) }
    let kind: Stimulus? = try TagParser(functions: []).code(words.removeFirst(), of: "stimulus")
    guard let kind else { return }
    var range: (from: Double, to: Double)?
    if let last = words.last, last.contains("-"), last.first?.isNumber ?? false {
      let ends = last.split(separator: "-", maxSplits: 1).map { Timecode.seconds($0) }
      guard ends.count == 2, let from = ends[0], let to = ends[1], from <= to else {
        throw Complaint(.data, Speech.badRange)
      }
      range = (from, to)
      words.removeLast()
    }
    let text = words.joined(separator: " ")
    let event = try meeting.record(
      .stimulus(kind, text: text.isEmpty ? nil : text, from: range?.from, to: range?.to), at: moment)
    say(
      Speech.stimulus(event.t, library.vocabulary.title(.stimulus, kind.rawValue).lowercased()), .acknowledgement)
  }

  func feedback(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    guard let observer = meeting.state.people.observer else { throw Complaint(.data, Speech.noObserver) }
    try setDown(rest, .feedback, at: moment) {
      .feedback(text: $0)
    } said: {
      Speech.feedback($0, observer)
    }
  }

  func action(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    try setDown(rest, .action, at: moment) {
      .action(text: $0)
    } said: {
      Speech.action($0)
    }
  }

  /// Sets down what was typed behind a command, or asks for it.
  private func setDown(
    _ rest: Substring, _ command: Command, at moment: SuspendingClock.Instant, kind: @escaping (String) -> Event.Kind,
    said: @escaping (Double) -> String
  ) throws {
    let meeting = try onRecord()
    let text = String(rest.trimmed)
    guard text.isEmpty else {
      return say(said(try meeting.record(kind(text), at: moment).t), .acknowledgement)
    }
    guard isInteractive else { throw Complaint(.data, Speech.needed("some text", command)) }
    ask(Speech.askText(command)) { text in
      self.say(said(try meeting.record(kind(text), at: moment).t), .acknowledgement)
    }
  }

  // MARK: - Taking back

  func undo(at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    guard let entry = meeting.state.nextUndo else { return say(Speech.nothingToUndo, .speech) }
    try meeting.record(.undone(entry.number), at: moment)
    say(Speech.undone(entry.t, name(entry.kind)), .acknowledgement)
  }

  func redo(at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    guard let entry = meeting.state.nextRedo else { return say(Speech.nothingToRedo, .speech) }
    try meeting.record(.redone(entry.number), at: moment)
    say(Speech.redone(entry.t, name(entry.kind)), .acknowledgement)
  }

  private func name(_ kind: Event.Kind) -> String {
    switch kind {
    case .turn(let turn):
      "\((meeting?.state.people.name(turn.by) ?? ""))'s turn" + (turn.functions.isEmpty ? "" : " (\(describe(turn)))")
    case .moment: "the critical moment"
    case .stimulus: "the evidence"
    case .feedback: "the feedback"
    case .action: "the action"
    default: "the note"
    }
  }
}

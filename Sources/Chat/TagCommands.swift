import Coaching
import PromptLibrary
import SessionJournal

/// What people set down in a meeting, and taking it back. An acknowledgement is said only when the event is on the disk.
extension Facilitator {
  func note(_ text: String, at moment: SuspendingClock.Instant) throws {
    guard meeting != nil else { throw Complaint(.data, Speech.noteWithoutMeeting(isBegun: cycle != nil)) }
    let meeting = try onRecord()
    let prompt = meeting.currentPrompt
    if let prompt, let choices = prompt.choices, let keys = choices.keys(in: text) {
      let event = try meeting.record(.chosen(prompt: prompt.id, choices: keys), at: moment)
      say(Speech.chosen(event.t, keys.map { names.plain(choices.text($0)) }), .acknowledgement)
      if !choices.isMany, let remark = choices.remark(keys.first) { say(names.plain(remark), .speech) }
      if meeting.isClosing { try nextClosingPrompt() }
      return
    }
    if let choices = prompt?.choices, choices.isNumbers(text) {
      throw Complaint(.data, Speech.noSuchChoice(choices.options.count, isMany: choices.isMany))
    }
    let event = try meeting.record(.note(text: text, prompt: meeting.state.currentPrompt), at: moment)
    say(Speech.note(event.t), .acknowledgement)
    if let command = Command(rawValue: text.lowercased()) { say(Speech.meantCommand(command), .quiet) }
    if meeting.isClosing { try nextClosingPrompt() }
  }

  func tag(_ speaker: Speaker, _ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    guard meeting.state.stage.isTalkAboutALesson else { throw Complaint(.data, Speech.noTurns(meeting.state.stage)) }
    if speaker == .observer, meeting.state.people.observer == nil { throw Complaint(.data, Speech.noObserver) }
    let turn = try TagParser(functions: library.vocabulary.functions).turn(by: speaker, rest)
    let event = try meeting.record(.turn(turn), at: moment)
    say(Speech.turn(event.t, meeting.state.people.name(speaker), library.describe(turn)), .acknowledgement)
  }

  func markMoment(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let text = String(rest.trimmed)
    let event = try onRecord().record(.moment(text: text.isEmpty ? nil : text), at: moment)
    say(Speech.moment(event.t), .acknowledgement)
  }

  /// `/mark`: a moment that is marked at another laptop, too.
  func mark(at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    let event = try meeting.record(.mark, at: moment)
    say(Speech.marked(event.t, meeting.state.marks.count), .acknowledgement)
  }

  func stimulus(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    guard meeting.state.stage.isTalkAboutALesson else { throw Complaint(.data, Speech.noTurns(meeting.state.stage)) }
    let noted = meeting.plan.history.evidence
    var words = try Arguments(rest).words
    if words.isEmpty, !noted.isEmpty {
      return say(noted.enumerated().map { "  \($0 + 1)  \(evidenceLine($1))" }.joined(separator: "\n"), .speech)
    }
    let record = { (kind: Stimulus, text: String?, range: (from: Double, to: Double?)?) in
      let event = try meeting.record(.stimulus(kind, text: text, from: range?.from, to: range?.to), at: moment)
      let shown = Event.Kind.evidence(kind, text: text ?? "", from: range?.from, to: range?.to)
      self.say(Speech.stimulus(event.t, self.evidenceLine(shown)), .acknowledgement)
    }
    // A number brings in what was noted in the lesson.
    if words.count == 1, let number = Int(words[0]) {
      guard number > 0, noted.indices.contains(number - 1),
        case .evidence(let kind, let text, let from, let to) = noted[number - 1]
      else { throw Complaint(.data, Speech.noSuchEvidence(noted.count)) }
      return try record(kind, text, from.map { ($0, to) })
    }
    guard !words.isEmpty else { throw Complaint(.data, Speech.needed("a kind", .stimulus)) }
    let kind = try stimulusKind(words.removeFirst())
    let range = try words.last.flatMap(self.range)
    if range != nil { words.removeLast() }
    try record(kind, words.isEmpty ? nil : words.joined(separator: " "), range)
  }

  /// `/evidence KIND [TIME or FROM-TO] TEXT`: something noticed in the lesson; the time may stand at either end.
  func evidence(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    guard meeting.state.stage == .lesson else { throw Complaint(.data, Speech.evidenceElsewhere) }
    var words = try Arguments(rest).words
    guard !words.isEmpty else {
      let lines = meeting.state.entries.map(\.kind).filter(\.isEvidence).enumerated().map {
        "  \($0 + 1)  \(evidenceLine($1))"
      }
      return say(lines.isEmpty ? Speech.noEvidence : lines.joined(separator: "\n"), .speech)
    }
    // What begins with a time, or with a word that is no kind, is a note like any other.
    var kind = Stimulus.notes
    let kinds = Stimulus.allCases.filter { $0 != .recall }.map(\.rawValue)
    if let name = oneMatch(words[0], kinds) {
      kind = Stimulus(rawValue: name) ?? .notes
      words.removeFirst()
      if kind == .pupilWork, words.first?.lowercased() == "work" { words.removeFirst() }
    } else if words[0].nearest(in: kinds) != nil {
      throw Complaint(.data, Speech.unknownEvidence(words[0], names: kinds))
    }
    var range: (from: Double, to: Double?)?
    if let first = try words.first.flatMap(self.range) {
      range = first
      words.removeFirst()
    } else if let last = try words.last.flatMap(self.range) {
      range = last
      words.removeLast()
    }
    guard !words.isEmpty else { throw Complaint(.data, Speech.needed("what you noticed", .evidence)) }
    let event = try meeting.record(
      .evidence(kind, text: words.joined(separator: " "), from: range?.from, to: range?.to), at: moment)
    let number = meeting.state.entries.count { $0.kind.isEvidence }
    say(Speech.evidence(number, evidenceLine(event.kind)), .acknowledgement)
  }

  private func stimulusKind(_ word: String) throws(Complaint) -> Stimulus {
    let kind: Stimulus? = try TagParser(functions: []).code(word, of: "stimulus")
    return kind ?? .other
  }

  /// A time such as `12:40`, or a stretch such as `12:40-13:10`; `nil` when the word is no time at all, as in "rows 2-3".
  func range(_ word: String) throws(Complaint) -> (from: Double, to: Double?)? {
    guard word.first?.isNumber ?? false, word.contains(":"),
      word.allSatisfy({ $0.isNumber || ":.-".contains($0) })
    else { return nil }
    let ends = word.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Timecode.seconds($0) }
    guard let from = ends[0] else { throw Complaint(.data, Speech.badRange) }
    guard ends.count == 2 else { return (from, nil) }
    guard let to = ends[1] else { throw Complaint(.data, Speech.badRange) }
    guard from <= to else { throw Complaint(.data, Speech.backwards) }
    return (from, to)
  }

  private func evidenceLine(_ kind: Event.Kind) -> String {
    guard case .evidence(let kind, let text, let from, let to) = kind else { return "" }
    let time = from.map { Timecode.text($0) + (to.map { "-" + Timecode.text($0) } ?? "") + " " } ?? ""
    let name = library.vocabulary.title(.stimulus, kind.rawValue).lowercased()
    return text.isEmpty ? time + name : "\(time)\(text) (\(name))"
  }

  func feedback(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    guard let observer = meeting.state.observer?.name ?? meeting.state.people.observer else {
      throw Complaint(.data, Speech.noObserver)
    }
    try setDown(rest, .feedback, at: moment) {
      .feedback(text: $0)
    } said: { t, _ in
      Speech.feedback(t, observer)
    }
  }

  func action(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    try setDown(rest, .action, at: moment) {
      .action(text: $0)
    } said: {
      Speech.action($0, $1)
    }
  }

  /// Sets down what was typed behind a command, or asks for it.
  private func setDown(
    _ rest: Substring, _ command: Command, at moment: SuspendingClock.Instant, kind: @escaping (String) -> Event.Kind,
    said: @escaping (Double, String) -> String
  ) throws {
    let meeting = try onRecord()
    let text = String(rest.trimmed)
    guard text.isEmpty else {
      return say(said(try meeting.record(kind(text), at: moment).t, text), .acknowledgement)
    }
    guard isInteractive else { throw Complaint(.data, Speech.needed("some text", command)) }
    ask(Speech.askText(command), isPassing: true, whenEmpty: "") { text in
      guard !text.isEmpty else { return }
      // They may have gone off the record since they were asked.
      self.say(said(try self.onRecord().record(kind(text), at: moment).t, text), .acknowledgement)
    }
  }

  // MARK: - Taking back

  func undo(at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    guard let entry = meeting.state.nextUndo else { return say(Speech.nothingToUndo, .speech) }
    try meeting.record(.undone(entry.number), at: moment)
    say(corrected(entry, Speech.undone, Speech.asBefore), .acknowledgement)
  }

  func redo(at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    guard let entry = meeting.state.nextRedo else { return say(Speech.nothingToRedo, .speech) }
    try meeting.record(.redone(entry.number), at: moment)
    say(corrected(entry, Speech.redone, Speech.amended), .acknowledgement)
  }

  func name(_ kind: Event.Kind) -> String {
    switch kind {
    case .turn(let turn):
      "\((meeting?.state.people.name(turn.by) ?? ""))'s turn"
        + (turn.functions.isEmpty ? "" : " (\(library.describe(turn)))")
    case .moment: "the critical moment"
    case .stimulus, .evidence: "the evidence"
    case .chosen: "the choice"
    case .feedback: "the feedback"
    case .action: "the action"
    default: "the note"
    }
  }
}

extension Library {
  /// A turn's tags in words, without its note.
  func describe(_ turn: Turn) -> String {
    var words = turn.functions.map { vocabulary.title(.function, $0.rawValue).lowercased() }
    if turn.new { words.append("new topic") }
    if turn.co { words.append("building together") }
    let values = [
      turn.scale.map { "scale " + $0.rawValue }, turn.time.map { "time " + $0.rawValue },
      turn.tone.map { "tone " + $0.rawValue }, turn.stimulus.map { "stimulus " + $0.rawValue }, turn.subject,
    ].compactMap(\.self)
    return ([words.joined(separator: ", ")] + values).filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

import struct FoundationEssentials.Date

/// An event is one flat JSON object: `n`, `t`, `at`, `event`, and the fields of that kind. Unknown fields are ignored and
/// unknown events kept as ``Event/Kind/unknown(name:)``, so that an older program can read a newer one's journal.
extension Event: Decodable {
  private enum Key: String, CodingKey {
    case n, t, at, event
    case coach, coachee, observer, group, key, choices, collection, focus, theme, role, given, stage, how, id, level,
      text, prompt, kind, from, to
    case file, device, rate, channels, seconds, why, line, drift, error, name, roles, anonymous
  }

  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: Key.self)
    number = try c.decode(Int.self, forKey: .n)
    // A time that no meeting reaches is damage, and would be taken for hours of silence.
    func seconds(_ key: Key) throws -> Double {
      let value = try c.decode(Double.self, forKey: key)
      guard (0...1e7).contains(value) else {
        throw DecodingError.dataCorruptedError(forKey: key, in: c, debugDescription: "no meeting is so long")
      }
      return value
    }
    func optionalSeconds(_ key: Key) throws -> Double? { c.contains(key) ? try seconds(key) : nil }
    t = try optionalSeconds(.t) ?? 0
    // Another program may have written parts of a second; here the calendar has none. Nor has it a time that no computer's
    // clock shows: before 1582 people, and Foundation, count by another calendar.
    at = Date(timeIntervalSince1970: max(0, try c.decode(Date.self, forKey: .at).timeIntervalSince1970.rounded(.down)))
    let name = try c.decode(String.self, forKey: .event)
    func text(_ key: Key) throws -> String { try c.decode(String.self, forKey: key) }
    func optionalText(_ key: Key) throws -> String? { try c.decodeIfPresent(String.self, forKey: key) }
    func people() throws -> People {
      if let group = try c.decodeIfPresent([String].self, forKey: .group), !group.isEmpty {
        return People(group: group)
      }
      return People(coach: try text(.coach), coachee: try text(.coachee), observer: try optionalText(.observer))
    }
    /// A name in the meeting's own folder, as it is opened and deleted by it.
    func soundFile() throws -> String {
      let file = try text(.file)
      guard file.hasPrefix("audio"), file.hasSuffix(".flac"), !file.contains("/") else {
        throw DecodingError.dataCorruptedError(forKey: .file, in: c, debugDescription: "not a meeting's sound")
      }
      return file
    }
    kind =
      switch name {
      case "cycle": .cycle(people: try people(), focus: try optionalText(.focus), theme: try optionalText(.theme))
      case "consent": .consent(try c.decode(Role.self, forKey: .role), given: try c.decode(Bool.self, forKey: .given))
      case "agreed":
        .agreed(
          key: try text(.key), choices: try c.decodeIfPresent([String].self, forKey: .choices) ?? [],
          text: try optionalText(.text))
      case "theme-entry": .themeEntry(collection: try text(.collection), text: try text(.text))
      case "began":
        .began(stage: try c.decode(Stage.self, forKey: .stage), people: try people(), focus: try optionalText(.focus))
      case "carried-on": .carriedOn
      case "ended": .ended(try c.decode(Ending.self, forKey: .how))
      case "paused": .paused
      case "resumed": .resumed
      case "prompt": .prompt(id: try text(.id), level: try c.decodeIfPresent(Int.self, forKey: .level))
      case "skipped": .skipped(id: try text(.id))
      case "note": .note(text: try text(.text), prompt: try optionalText(.prompt))
      case "turn": .turn(try Turn(from: decoder))
      case "moment": .moment(text: try optionalText(.text))
      case "stimulus":
        .stimulus(
          try c.decode(Stimulus.self, forKey: .kind), text: try optionalText(.text),
          from: try optionalSeconds(.from), to: try optionalSeconds(.to))
      case "feedback": .feedback(text: try text(.text))
      case "action": .action(text: try text(.text))
      case "chosen": .chosen(prompt: try text(.prompt), choices: try c.decode([String].self, forKey: .choices))
      case "evidence":
        .evidence(
          try c.decode(Stimulus.self, forKey: .kind), text: try text(.text),
          from: try optionalSeconds(.from), to: try optionalSeconds(.to))
      case "amended": .amended(line: try c.decode(Int.self, forKey: .line), try Turn(from: decoder))
      case "undone": .undone(try c.decode(Int.self, forKey: .line))
      case "redone": .redone(try c.decode(Int.self, forKey: .line))
      case "recording":
        .recording(
          file: try soundFile(), device: try text(.device), sampleRate: try c.decode(Int.self, forKey: .rate),
          channels: try c.decode(Int.self, forKey: .channels))
      case "recording-stopped":
        .recordingStopped(
          seconds: try seconds(.seconds), why: try c.decode(RecordingEnd.self, forKey: .why))
      case "gap":
        .gap(seconds: try seconds(.seconds), why: try c.decode(GapReason.self, forKey: .why))
      case "silent-microphone": .silentMicrophone
      case "clock": .clock(drift: try c.decode(Double.self, forKey: .drift), error: try seconds(.error))
      case "slept": .slept(seconds: try seconds(.seconds))
      case "audio-deleted": .audioDeleted
      case "taken-out": .takenOut(from: try seconds(.from), to: try seconds(.to))
      case "redacted": .redacted
      case "observing": .observing(name: try text(.name), how: try c.decode(Observing.self, forKey: .how))
      case "mark": .mark
      case "shared":
        .shared(
          from: try seconds(.from), to: try seconds(.to), roles: try c.decode([Role].self, forKey: .roles),
          anonymous: try c.decode(Bool.self, forKey: .anonymous))
      case "suggested": .suggested(try c.decode([String].self, forKey: .choices))
      case "torn": .torn(line: try c.decode(Int.self, forKey: .line))
      default: .unknown(name: name)
      }
  }

  /// The event as it stands in a journal, without the end of the line.
  public var line: [UInt8] {
    var c = EventLine()
    let event = rounded
    c.encode(number, forKey: Key.n)
    c.encode(event.t, forKey: Key.t)
    c.encode(at.inUTC, forKey: Key.at)
    func name(_ event: String) { c.encode(event, forKey: Key.event) }
    func people(_ people: People) {
      guard !people.isGroup else { return c.encode(people.group, forKey: Key.group) }
      c.encode(people.coach, forKey: Key.coach)
      c.encode(people.coachee, forKey: Key.coachee)
      c.encodeIfPresent(people.observer, forKey: Key.observer)
    }
    switch event.kind {
    case .cycle(let who, let focus, let theme):
      name("cycle")
      people(who)
      c.encodeIfPresent(focus, forKey: Key.focus)
      c.encodeIfPresent(theme, forKey: Key.theme)
    case .consent(let role, let given):
      name("consent")
      c.encode(role, forKey: Key.role)
      c.encode(given, forKey: Key.given)
    case .agreed(let key, let choices, let text):
      name("agreed")
      c.encode(key, forKey: Key.key)
      if !choices.isEmpty { c.encode(choices, forKey: Key.choices) }
      c.encodeIfPresent(text, forKey: Key.text)
    case .themeEntry(let collection, let text):
      name("theme-entry")
      c.encode(collection, forKey: Key.collection)
      c.encode(text, forKey: Key.text)
    case .began(let stage, let who, let focus):
      name("began")
      c.encode(stage, forKey: Key.stage)
      people(who)
      c.encodeIfPresent(focus, forKey: Key.focus)
    case .carriedOn: name("carried-on")
    case .ended(let how):
      name("ended")
      c.encode(how, forKey: Key.how)
    case .paused: name("paused")
    case .resumed: name("resumed")
    case .prompt(let id, let level):
      name("prompt")
      c.encode(id, forKey: Key.id)
      c.encodeIfPresent(level, forKey: Key.level)
    case .skipped(let id):
      name("skipped")
      c.encode(id, forKey: Key.id)
    case .note(let text, let prompt):
      name("note")
      c.encode(text, forKey: Key.text)
      c.encodeIfPresent(prompt, forKey: Key.prompt)
    case .turn(let turn):
      name("turn")
      turn.encode(to: &c)
    case .moment(let text):
      name("moment")
      c.encodeIfPresent(text, forKey: Key.text)
    case .stimulus(let kind, let text, let from, let to):
      name("stimulus")
      c.encode(kind, forKey: Key.kind)
      c.encodeIfPresent(text, forKey: Key.text)
      c.encodeIfPresent(from, forKey: Key.from)
      c.encodeIfPresent(to, forKey: Key.to)
    case .feedback(let text):
      name("feedback")
      c.encode(text, forKey: Key.text)
    case .action(let text):
      name("action")
      c.encode(text, forKey: Key.text)
    case .chosen(let prompt, let choices):
      name("chosen")
      c.encode(prompt, forKey: Key.prompt)
      c.encode(choices, forKey: Key.choices)
    case .evidence(let kind, let text, let from, let to):
      name("evidence")
      c.encode(kind, forKey: Key.kind)
      c.encode(text, forKey: Key.text)
      c.encodeIfPresent(from, forKey: Key.from)
      c.encodeIfPresent(to, forKey: Key.to)
    case .amended(let line, let turn):
      name("amended")
      c.encode(line, forKey: Key.line)
      turn.encode(to: &c)
    case .undone(let line):
      name("undone")
      c.encode(line, forKey: Key.line)
    case .redone(let line):
      name("redone")
      c.encode(line, forKey: Key.line)
    case .recording(let file, let device, let rate, let channels):
      name("recording")
      c.encode(file, forKey: Key.file)
      c.encode(device, forKey: Key.device)
      c.encode(rate, forKey: Key.rate)
      c.encode(channels, forKey: Key.channels)
    case .recordingStopped(let seconds, let why):
      name("recording-stopped")
      c.encode(seconds, forKey: Key.seconds)
      c.encode(why, forKey: Key.why)
    case .gap(let seconds, let why):
      name("gap")
      c.encode(seconds, forKey: Key.seconds)
      c.encode(why, forKey: Key.why)
    case .silentMicrophone: name("silent-microphone")
    case .clock(let drift, let error):
      name("clock")
      c.encode(drift, forKey: Key.drift)
      c.encode(error, forKey: Key.error)
    case .slept(let seconds):
      name("slept")
      c.encode(seconds, forKey: Key.seconds)
    case .audioDeleted: name("audio-deleted")
    case .takenOut(let from, let to):
      name("taken-out")
      c.encode(from, forKey: Key.from)
      c.encode(to, forKey: Key.to)
    case .redacted: name("redacted")
    case .observing(let who, let how):
      name("observing")
      c.encode(who, forKey: Key.name)
      c.encode(how, forKey: Key.how)
    case .mark: name("mark")
    case .shared(let from, let to, let roles, let anonymous):
      name("shared")
      c.encode(from, forKey: Key.from)
      c.encode(to, forKey: Key.to)
      c.encode(roles, forKey: Key.roles)
      c.encode(anonymous, forKey: Key.anonymous)
    case .suggested(let ids):
      name("suggested")
      c.encode(ids, forKey: Key.choices)
    case .torn(let line):
      name("torn")
      c.encode(line, forKey: Key.line)
    case .unknown(let event): name(event)
    }
    return c.bytes
  }
}

extension Event {
  /// Measured times as they are written: to a tenth of a millisecond, so that a line of a journal stays one that people
  /// can read.
  public var rounded: Event {
    func round(_ value: Double, _ parts: Double) -> Double { (value * parts).rounded() / parts }
    var event = self
    event.t = round(t, 10_000)
    switch kind {
    case .recordingStopped(let seconds, let why):
      event.kind = .recordingStopped(seconds: round(seconds, 10_000), why: why)
    case .gap(let seconds, let why): event.kind = .gap(seconds: round(seconds, 10_000), why: why)
    case .clock(let drift, let error): event.kind = .clock(drift: round(drift, 100), error: round(error, 1e6))
    case .slept(let seconds): event.kind = .slept(seconds: seconds.rounded())
    default: break
    }
    return event
  }
}

import struct FoundationEssentials.Date

/// An event is one flat JSON object: `n`, `t`, `at`, `event`, and the fields of that kind. Unknown fields are ignored and
/// unknown events kept as ``Event/Kind/unknown(name:)``, so that an older program can read a newer one's journal.
extension Event: Codable {
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
    // Another program may have written parts of a second; here the calendar has none.
    at = Date(timeIntervalSince1970: try c.decode(Date.self, forKey: .at).timeIntervalSince1970.rounded(.down))
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

  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: Key.self)
    let event = rounded
    try c.encode(number, forKey: .n)
    try c.encode(event.t, forKey: .t)
    try c.encode(at, forKey: .at)
    func name(_ event: String) throws { try c.encode(event, forKey: .event) }
    func people(_ people: People) throws {
      guard !people.isGroup else { return try c.encode(people.group, forKey: .group) }
      try c.encode(people.coach, forKey: .coach)
      try c.encode(people.coachee, forKey: .coachee)
      try c.encodeIfPresent(people.observer, forKey: .observer)
    }
    switch event.kind {
    case .cycle(let who, let focus, let theme):
      try name("cycle")
      try people(who)
      try c.encodeIfPresent(focus, forKey: .focus)
      try c.encodeIfPresent(theme, forKey: .theme)
    case .consent(let role, let given):
      try name("consent")
      try c.encode(role, forKey: .role)
      try c.encode(given, forKey: .given)
    case .agreed(let key, let choices, let text):
      try name("agreed")
      try c.encode(key, forKey: .key)
      if !choices.isEmpty { try c.encode(choices, forKey: .choices) }
      try c.encodeIfPresent(text, forKey: .text)
    case .themeEntry(let collection, let text):
      try name("theme-entry")
      try c.encode(collection, forKey: .collection)
      try c.encode(text, forKey: .text)
    case .began(let stage, let who, let focus):
      try name("began")
      try c.encode(stage, forKey: .stage)
      try people(who)
      try c.encodeIfPresent(focus, forKey: .focus)
    case .carriedOn: try name("carried-on")
    case .ended(let how):
      try name("ended")
      try c.encode(how, forKey: .how)
    case .paused: try name("paused")
    case .resumed: try name("resumed")
    case .prompt(let id, let level):
      try name("prompt")
      try c.encode(id, forKey: .id)
      try c.encodeIfPresent(level, forKey: .level)
    case .skipped(let id):
      try name("skipped")
      try c.encode(id, forKey: .id)
    case .note(let text, let prompt):
      try name("note")
      try c.encode(text, forKey: .text)
      try c.encodeIfPresent(prompt, forKey: .prompt)
    case .turn(let turn):
      try name("turn")
      try turn.encode(to: encoder)
    case .moment(let text):
      try name("moment")
      try c.encodeIfPresent(text, forKey: .text)
    case .stimulus(let kind, let text, let from, let to):
      try name("stimulus")
      try c.encode(kind, forKey: .kind)
      try c.encodeIfPresent(text, forKey: .text)
      try c.encodeIfPresent(from, forKey: .from)
      try c.encodeIfPresent(to, forKey: .to)
    case .feedback(let text):
      try name("feedback")
      try c.encode(text, forKey: .text)
    case .action(let text):
      try name("action")
      try c.encode(text, forKey: .text)
    case .chosen(let prompt, let choices):
      try name("chosen")
      try c.encode(prompt, forKey: .prompt)
      try c.encode(choices, forKey: .choices)
    case .evidence(let kind, let text, let from, let to):
      try name("evidence")
      try c.encode(kind, forKey: .kind)
      try c.encode(text, forKey: .text)
      try c.encodeIfPresent(from, forKey: .from)
      try c.encodeIfPresent(to, forKey: .to)
    case .amended(let line, let turn):
      try name("amended")
      try c.encode(line, forKey: .line)
      try turn.encode(to: encoder)
    case .undone(let line):
      try name("undone")
      try c.encode(line, forKey: .line)
    case .redone(let line):
      try name("redone")
      try c.encode(line, forKey: .line)
    case .recording(let file, let device, let rate, let channels):
      try name("recording")
      try c.encode(file, forKey: .file)
      try c.encode(device, forKey: .device)
      try c.encode(rate, forKey: .rate)
      try c.encode(channels, forKey: .channels)
    case .recordingStopped(let seconds, let why):
      try name("recording-stopped")
      try c.encode(seconds, forKey: .seconds)
      try c.encode(why, forKey: .why)
    case .gap(let seconds, let why):
      try name("gap")
      try c.encode(seconds, forKey: .seconds)
      try c.encode(why, forKey: .why)
    case .silentMicrophone: try name("silent-microphone")
    case .clock(let drift, let error):
      try name("clock")
      try c.encode(drift, forKey: .drift)
      try c.encode(error, forKey: .error)
    case .slept(let seconds):
      try name("slept")
      try c.encode(seconds, forKey: .seconds)
    case .audioDeleted: try name("audio-deleted")
    case .takenOut(let from, let to):
      try name("taken-out")
      try c.encode(from, forKey: .from)
      try c.encode(to, forKey: .to)
    case .redacted: try name("redacted")
    case .observing(let who, let how):
      try name("observing")
      try c.encode(who, forKey: .name)
      try c.encode(how, forKey: .how)
    case .mark: try name("mark")
    case .shared(let from, let to, let roles, let anonymous):
      try name("shared")
      try c.encode(from, forKey: .from)
      try c.encode(to, forKey: .to)
      try c.encode(roles, forKey: .roles)
      try c.encode(anonymous, forKey: .anonymous)
    case .suggested(let ids):
      try name("suggested")
      try c.encode(ids, forKey: .choices)
    case .torn(let line):
      try name("torn")
      try c.encode(line, forKey: .line)
    case .unknown(let event): try name(event)
    }
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

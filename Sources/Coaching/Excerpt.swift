public import struct FoundationEssentials.Date

/// A stretch of a meeting as a meeting of its own, to be given to others: a development group that practises on it.
extension MeetingState {
  /// What was tagged in `stretch`, its end not included, as the events of a meeting that begins with it. Everything that was
  /// typed freely is left out, unless `withWords`; corrections have been applied. `at` is the calendar time of all of it:
  /// when it really was is nobody's business. The people are called by what they were there when it is anonymous, in
  /// the words as well.
  public func excerpt(_ stretch: Redaction, withWords: Bool, isAnonymous: Bool, at: Date) -> [Event] {
    let length = stretch.to - stretch.from
    let naming = isAnonymous ? Naming(people) : nil
    let said = { (text: String) in naming?.anonymous(text) ?? text }
    let who = isAnonymous ? people.anonymous : people
    var kinds: [(t: Double, kind: Event.Kind)] = []
    for entry in entries where stretch.from <= entry.t && entry.t < stretch.to {
      // What was picked at a prompt is the pair's own.
      if case .chosen = entry.kind { continue }
      let kind = withWords ? entry.kind.mappingWords(said) : entry.kind.withoutWords
      if kind != .redacted { kinds.append((entry.t - stretch.from, kind)) }
    }
    for pause in pauses {
      let (from, to) = (max(pause.from, stretch.from), min(pause.to ?? stretch.to, stretch.to))
      if from < to { kinds += [(from - stretch.from, .paused), (to - stretch.from, .resumed)] }
    }
    for redaction in redactions {
      let (from, to) = (max(redaction.from, stretch.from), min(redaction.to, stretch.to))
      if from < to {
        kinds.append((length, .takenOut(from: from - stretch.from, to: to - stretch.from)))
      }
    }
    let ordered = kinds.enumerated().sorted { ($0.element.t, $0.offset) < ($1.element.t, $1.offset) }.map(\.element)
    let began = Event.Kind.began(stage: stage, people: who, focus: withWords ? focus.map(said) : nil)
    return ([(0, began)] + ordered).enumerated().map { Event(number: $0 + 2, t: $1.t, at: at, kind: $1.kind) }
  }
}

extension People {
  /// By what they were there.
  public var anonymous: People {
    People(coach: "Coach", coachee: "Teacher", observer: observer == nil ? nil : "Observer")
  }
}

/// Finds people's names in what others typed.
public struct Naming: Sendable {
  /// What stands for each word of a name, in small letters.
  private var words: [String: String] = [:]

  public init(_ people: People) {
    for role in people.roles {
      guard let name = people.name(role), let other = people.anonymous.name(role) else { continue }
      let parts = Self.parts(of: name)
      // The small words of a long name, as in "van der Berg", are anybody's.
      let telling = parts.filter { $0.count > 1 && !($0.first?.isLowercase ?? true) }
      for part in telling.isEmpty ? parts : telling { words[part.lowercased()] = other }
    }
  }

  /// `text` with every whole word that is one of a name, however it is written, replaced: "Anna's" is "Coach's".
  public func anonymous(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    /// What was put in last, and whether only spaces follow it: of a name of two words one is enough.
    var last: String?
    while let first = rest.first {
      guard Self.isPart(first) else {
        if !first.isWhitespace { last = nil }
        result.append(rest.removeFirst())
        continue
      }
      let word = rest.prefix(while: Self.isPart)
      rest = rest[word.endIndex...]
      let other = words[word.lowercased()]
      if let other, other == last {
        while result.last?.isWhitespace ?? false { result.removeLast() }
      } else {
        result += other ?? String(word)
      }
      last = other
    }
    return result
  }

  private static func parts(of name: String) -> [String] { name.split { !isPart($0) }.map(String.init) }
  private static func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}

extension Event.Kind {
  /// With everything in it that was typed freely put through `map`.
  func mappingWords(_ map: (String) -> String) -> Event.Kind {
    switch self {
    case .note(let text, let prompt): return .note(text: map(text), prompt: prompt)
    case .turn(var turn):
      (turn.subject, turn.note) = (turn.subject.map(map), turn.note.map(map))
      return .turn(turn)
    case .amended(let line, var turn):
      (turn.subject, turn.note) = (turn.subject.map(map), turn.note.map(map))
      return .amended(line: line, turn)
    case .moment(let text): return .moment(text: text.map(map))
    case .stimulus(let kind, let text, let from, let to):
      return .stimulus(kind, text: text.map(map), from: from, to: to)
    case .feedback(let text): return .feedback(text: map(text))
    case .action(let text): return .action(text: map(text))
    case .evidence(let kind, let text, let from, let to): return .evidence(kind, text: map(text), from: from, to: to)
    default: return self
    }
  }
}

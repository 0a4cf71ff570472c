public import Coaching

/// What a key of `/live` sets down or does.
public enum KeyMeaning: Hashable, Sendable {
  case speaker(Speaker)
  case function(InteractionFunction)
  /// The turn opens a new topic; it builds on the partner's words.
  case new, co
  case scale(Scale)
  case time(TimeFrame)
  case tone(Tone)
  case stimulus(Stimulus)
  case moment, note, undo, redo, next, back
  /// Show all keys.
  case keys
}

/// Which keys stand for what.
public struct KeyLayout: Equatable, Sendable {
  /// A key as the file has it: one character, or one of ``names``.
  public typealias Stroke = String

  public struct Binding: Equatable, Sendable {
    public var meaning: KeyMeaning
    /// One key, or two that are pressed one after the other.
    public var strokes: [Stroke]
  }

  public static let names = ["space", "backspace", "delete", "left", "right", "up", "down"]

  public var id: String
  public var title: String
  /// In the order of the file; no one's strokes begin another's, and a speaker's is no other's second.
  public internal(set) var bindings: [Binding]

  /// What stands for these strokes, or begins with them.
  public func bindings(beginning strokes: [Stroke]) -> [Binding] {
    bindings.filter { $0.strokes.starts(with: strokes) }
  }

  public func strokes(for meaning: KeyMeaning) -> [Stroke]? { bindings.first { $0.meaning == meaning }?.strokes }
}

extension KeyMeaning {
  /// As the file calls it, with `functions` being those that may be tagged.
  static func all(_ functions: [InteractionFunction]) -> [(name: String, meaning: KeyMeaning)] {
    let fixed: [(String, KeyMeaning)] =
      Speaker.allCases.map { ($0.rawValue, .speaker($0)) } + [("new", .new), ("co", .co)]
      + Scale.allCases.map { ("scale \($0.rawValue)", .scale($0)) }
      + TimeFrame.allCases.map { ("time \($0.rawValue)", .time($0)) }
      + Tone.allCases.map { ("tone \($0.inWords)", .tone($0)) }
      + Stimulus.allCases.map { ("stimulus \($0.rawValue)", .stimulus($0)) }
      + [
        ("moment", .moment), ("note", .note), ("undo", .undo), ("redo", .redo), ("next", .next), ("back", .back),
        ("keys", .keys),
      ]
    return fixed
      + functions.filter { function in !fixed.contains { $0.0 == function.rawValue } }
      .map { ($0.rawValue, .function($0)) }
  }
}

extension Tone {
  fileprivate var inWords: String {
    switch self {
    case .veryNegative: "very negative"
    case .negative: "negative"
    case .neutral: "neutral"
    case .positive: "positive"
    case .veryPositive: "very positive"
    }
  }
}

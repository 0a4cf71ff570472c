public import Coaching

/// Something that people who tag a turn can agree on: who spoke, each of the guide's eight dimensions (F1), and each
/// function by itself.
public enum Aspect: Hashable, Sendable {
  case speaker
  /// For ``Dimension/function`` all functions of the turn together, in any order.
  case dimension(Dimension)
  /// Whether the turn has this function.
  case function(InteractionFunction)

  /// Speaker, dimensions in the guide's order, then those of `functions`.
  static func all(_ functions: [InteractionFunction]) -> [Aspect] {
    [.speaker] + Dimension.allCases.map(Aspect.dimension) + functions.map(Aspect.function)
  }

  /// Whether a tag can only say yes: then leaving it out says no, as soon as one of two people uses it at all. Any other
  /// aspect is not said when it is left out.
  var isYesOrNo: Bool {
    switch self {
    case .function, .dimension(.initiation), .dimension(.coConstruction): true
    case .speaker, .dimension: false
    }
  }

  /// What stands in a comparison for a tag that was left out.
  var leftOut: String { isYesOrNo ? "no" : "not said" }

  /// What a tag says here; `nil` when it was left out. Subjects are taken without regard to case and spaces.
  func said(_ turn: Turn) -> String? {
    switch self {
    case .speaker: turn.by.rawValue
    case .function(let function): turn.has(function) ? "yes" : nil
    case .dimension(let dimension):
      switch dimension {
      case .initiation, .coConstruction: turn.codes(dimension).isEmpty ? nil : "yes"
      case .subject: turn.subject.flatMap(Self.folded)
      default: turn.codes(dimension).isEmpty ? nil : Set(turn.codes(dimension)).sorted().joined(separator: ", ")
      }
    }
  }

  private static func folded(_ text: String) -> String? {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}

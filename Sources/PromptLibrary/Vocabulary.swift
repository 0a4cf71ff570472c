public import Coaching

/// The words for what is tagged: the eight dimensions and their values.
public struct Vocabulary: Equatable, Sendable {
  public struct Entry: Equatable, Sendable {
    public var dimension: Dimension
    public var title: String
    public var meaning: String
    public var significance: String
    public var guide: [String]
    public var values: [Value]
  }

  public struct Value: Equatable, Sendable {
    /// As it is typed: `new-idea`.
    public var id: String
    public var title: String
    public var meaning: String
    public var example: String
    public var guide: [String]
  }

  public var entries: [Entry]

  public func entry(_ dimension: Dimension) -> Entry? { entries.first { $0.dimension == dimension } }

  /// The functions that may be tagged: the guide's fifteen, and the school's own.
  public var functions: [InteractionFunction] {
    let named = entry(.function)?.values.map { InteractionFunction(rawValue: $0.id) } ?? []
    return InteractionFunction.standard + named.filter { !InteractionFunction.standard.contains($0) }
  }

  /// What a value is called; its own code when the file does not name it.
  public func title(_ dimension: Dimension, _ code: String) -> String {
    entry(dimension)?.values.first { $0.id == code }?.title ?? code
  }
}

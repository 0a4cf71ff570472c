/// How the signs of the guide's levels are worded. Guide Table 1 (G1–G4).
public struct LevelSigns: Equatable, Sendable {
  public struct Sign: Equatable, Sendable {
    /// The name of a sign that the analysis looks for.
    public var id: String
    public var title: String
    /// True when the sign is seen.
    public var sentence: String
    /// How it is looked for.
    public var rule: String
    public var guide: [String]
  }

  /// 1 to 4.
  public var level: Int
  public var title: String
  public var sentence: String
  public var guide: [String]
  public var signs: [Sign]
}

/// A quiet word in the middle of a meeting, said when `condition` holds.
public struct Nudge: Equatable, Sendable {
  public var id: String
  public var title: String
  public var condition: String
  public var guide: [String]
  public var sentence: String
}

/// Names that the prompt files may use because the analysis knows them; an empty set is not checked against.
public struct AnalysisNames: Sendable {
  public var conditions: Set<String>
  public var signs: Set<String>
  public var nudges: Set<String>

  public init(conditions: Set<String> = [], signs: Set<String> = [], nudges: Set<String> = []) {
    (self.conditions, self.signs, self.nudges) = (conditions, signs, nudges)
  }
}

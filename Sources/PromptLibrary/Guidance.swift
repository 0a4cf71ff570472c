/// A part of the guide in short.
public struct GuideChapter: Equatable, Sendable {
  public var id: String
  public var title: String
  public var guide: [String]
  public var about: [String]
  public var topics: [GuideTopic]
}

/// One idea of the guide, to be read in half a minute.
public struct GuideTopic: Equatable, Sendable {
  public var id: String
  public var title: String
  public var guide: [String]
  public var paragraphs: [String]
  /// Asked at the beginning of a section, and at its end. Guide throughout (I1).
  public var triggerQuestions: [String]
  public var reviewQuestions: [String]
}

/// What a pair's agreement is written into. Guide §9.4 (C8).
public struct Contract: Equatable, Sendable {
  public struct Section: Equatable, Sendable {
    public var title: String
    public var when: [Circumstance]
    public var paragraphs: [String]
  }

  public var title: String
  public var guide: [String]
  public var opening: [String]
  public var sections: [Section]
}

/// The elements of the guide, by which prompts name their source.
public enum GuideElement {
  /// How many there are under each letter: A what coaching is, B reviewing it, C the cycle, D video and evidence, E themes,
  /// F the talk, G levels, H leading it, I the questions that open and close its sections.
  private static let counts: [(letter: String, count: Int)] = [
    ("A", 5), ("B", 7), ("C", 8), ("D", 5), ("E", 4), ("F", 6), ("G", 7), ("H", 6), ("I", 1),
  ]

  public static let all: [String] = counts.flatMap { part in (1...part.count).map { "\(part.letter)\($0)" } }
}

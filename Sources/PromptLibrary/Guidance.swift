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

  /// Without the paragraphs that are nothing but a name in braces other than `names`, the line above that leads up to one,
  /// and sections that have nothing else.
  func leavingOutAllBut(_ names: [String]) -> Contract {
    let isEmpty = { (paragraph: String) in
      paragraph.hasPrefix("{") && paragraph.hasSuffix("}") && !names.contains(String(paragraph.dropFirst().dropLast()))
    }
    var contract = self
    for (index, section) in sections.enumerated().reversed() where section.paragraphs.contains(where: isEmpty) {
      let next = section.paragraphs.dropFirst() + [""]
      contract.sections[index].paragraphs = zip(section.paragraphs, next).compactMap { paragraph, next in
        isEmpty(paragraph) || paragraph.hasSuffix(":") && isEmpty(next) ? nil : paragraph
      }
      if contract.sections[index].paragraphs.isEmpty { contract.sections.remove(at: index) }
    }
    return contract
  }
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

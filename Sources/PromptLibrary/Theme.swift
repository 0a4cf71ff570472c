/// A guide to talking about one theme of teaching: prompts for its meetings, and what is known about it, which a pair adds
/// to. Guide §6 (E1–E4).
public struct Theme: Equatable, Sendable {
  /// What a guide collects (E3).
  public enum Collection: String, CaseIterable, Sendable {
    case principles, misconceptions, strategies, barriers, resources
  }

  public var id: String
  public var title: String
  public var guide: [String]
  public var about: [String]
  public var prompts: [Prompt]
  public var sections: [Section]

  /// One collection: what it is called in the file, and its entries.
  public struct Section: Equatable, Sendable {
    public var collection: Collection
    public var title: String
    public var entries: [String]
  }

  /// With what another file, or a pair, has to say about the same theme.
  public func adding(_ other: Theme) -> Theme {
    var theme = self
    theme.about += other.about
    theme.prompts += other.prompts
    for section in other.sections {
      if let index = theme.sections.firstIndex(where: { $0.collection == section.collection }) {
        theme.sections[index].entries += section.entries.filter { !theme.sections[index].entries.contains($0) }
      } else {
        theme.sections.append(section)
      }
    }
    return theme
  }

  /// The same theme with nothing in it but `entries`.
  public func holding(_ entries: [(collection: Collection, text: String)]) -> Theme {
    var theme = Theme(id: id, title: title, guide: ["E3"], about: [], prompts: [], sections: [])
    for collection in Collection.allCases {
      let texts = entries.filter { $0.collection == collection }.map(\.text)
      let title = sections.first { $0.collection == collection }?.title ?? collection.rawValue
      if !texts.isEmpty { theme.sections.append(Section(collection: collection, title: title, entries: texts)) }
    }
    return theme
  }

  /// The collections as a prompt file, which adds them to the theme when it is put into `Prompts/themes`.
  public var file: String {
    var lines = ["# \(title)", "", "- id: \(id)", "- guide: \(guide.joined(separator: ", "))"]
    for section in sections {
      lines += ["", "## \(section.title)", "", "- id: \(section.collection.rawValue)", "- guide: E3"]
      // A mark at its beginning would make a setting or a heading of it.
      for entry in section.entries { lines += ["", String(entry.drop { "-#*> ".contains($0) })] }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// A Markdown file as the prompts use it: headings, under each `- key: value` lines, then text, quotes and lists.
struct MarkdownOutline {
  struct Section: Equatable {
    /// 1 for `#`, 2 for `##`, 3 for `###`.
    var level: Int
    var title: String
    var line: Int
    var fields: [Field] = []
    /// Paragraphs of running text, each joined into one line.
    var paragraphs: [String] = []
    /// Text behind `>`, a quote a line.
    var quotes: [String] = []

    func field(_ key: String) -> Field? { fields.first { $0.key == key } }
  }

  /// A line `- key: value`. Keys are compared without case; the key of a line that is no such pair is empty.
  struct Field: Equatable {
    var key: String
    var value: String
    var line: Int
  }

  var sections: [Section] = []

  init(_ text: String) {
    var paragraph: [String] = []
    var lastField: Int?
    func endParagraph(_ sections: inout [Section]) {
      if !paragraph.isEmpty, !sections.isEmpty {
        sections[sections.count - 1].paragraphs.append(paragraph.joined(separator: " "))
      }
      paragraph = []
    }
    for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let indented = raw.first == " " || raw.first == "\t"
      let line = raw.trimmingSpace
      if let (level, title) = Self.heading(line) {
        endParagraph(&sections)
        lastField = nil
        sections.append(Section(level: level, title: title, line: index + 1))
      } else if line.isEmpty {
        endParagraph(&sections)
        lastField = nil
      } else if sections.isEmpty {
        continue
      } else if line.first == ">" {
        endParagraph(&sections)
        lastField = nil
        sections[sections.count - 1].quotes.append(String(line.dropFirst().trimmingSpace).unquoted)
      } else if let (key, value) = Self.field(line) {
        endParagraph(&sections)
        sections[sections.count - 1].fields.append(Field(key: key, value: value, line: index + 1))
        lastField = sections[sections.count - 1].fields.count - 1
      } else if indented, let lastField {
        sections[sections.count - 1].fields[lastField].value += " " + line
      } else {
        lastField = nil
        paragraph.append(String(line))
      }
    }
    endParagraph(&sections)
  }

  private static func heading(_ line: Substring) -> (Int, String)? {
    let level = line.prefix { $0 == "#" }.count
    guard (1...6).contains(level), line.dropFirst(level).first == " " else { return nil }
    return (level, String(line.dropFirst(level).trimmingSpace))
  }

  private static func field(_ line: Substring) -> (String, String)? {
    guard line.hasPrefix("- ") || line.hasPrefix("* ") else { return nil }
    let item = line.dropFirst(2)
    guard let colon = item.firstIndex(of: ":") else { return ("", String(item)) }
    let key = item[..<colon].trimmingSpace.lowercased()
    guard key.count <= 20, key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }) else {
      return ("", String(item))
    }
    return (key, String(item[item.index(after: colon)...].trimmingSpace))
  }
}

extension StringProtocol {
  var trimmingSpace: SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return self[startIndex..<startIndex]
    }
    return self[first...last]
  }

  /// Without the quotation marks that stand around the whole.
  var unquoted: String {
    guard count > 1, let first, let last, "\"“".contains(first), "\"”".contains(last) else { return String(self) }
    return String(dropFirst().dropLast())
  }
}

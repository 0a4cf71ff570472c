/// A Markdown file as the prompts use it: headings, under each `- key: value` lines, then text, quotes and lists.
struct MarkdownOutline {
  struct Section: Equatable {
    /// 1 for `#`, 2 for `##`, 3 for `###`.
    var level: Int
    var title: String
    var line: Int
    var fields: [Field] = []
    /// Paragraphs of running text, each joined into one line, and the lines that they begin in.
    var paragraphs: [String] = []
    var paragraphLines: [Int] = []
    /// Text behind `>`, a quote a line.
    var quotes: [String] = []

    /// Whether one of its settings could not be made out, so that what seems to be missing may be there.
    var isUnclear = false

    func field(_ key: String) -> Field? { fields.first { $0.key == key } }
  }

  /// A line `- key: value`. Keys are compared without case; the key of a line that is no such pair is empty.
  struct Field: Equatable {
    var key: String
    var value: String
    var line: Int
  }

  private(set) var sections: [Section] = []
  /// What is not written as it should be, and was read as it was meant.
  private(set) var slips: [(line: Int, message: String)] = []
  private var paragraph: [String] = []
  /// Whether the line above is a setting, which an indented line carries on.
  private var isAfterField = false

  /// `starting` is the setting that stands first in a section, by which a missing heading is noticed. Where sections
  /// within sections have it as well, `outer` are its values in the outer ones.
  init(_ text: String, starting: String = "id", outer: [String] = []) {
    for (index, raw) in text.lines.enumerated() {
      let (line, slip) = Self.mended(raw.trimmingSpace, in: sections.last, isAfterField: isAfterField)
      if let slip { slips.append((index + 1, slip)) }
      if let (level, title) = Self.heading(line) {
        endParagraph()
        sections.append(Section(level: level, title: title, line: index + 1))
      } else if line.isEmpty {
        endParagraph()
      } else if sections.isEmpty {
        beginUntitled(line, at: index + 1)
      } else if line.first == ">" {
        endParagraph()
        sections[sections.count - 1].quotes.append(String(line.dropFirst().trimmingSpace).unquoted)
      } else if let (key, value) = Self.field(line) {
        add(Field(key: key, value: value, line: index + 1), starting: starting, outer: outer)
      } else if raw.first?.isWhitespace == true, isAfterField {
        sections[sections.count - 1].fields[sections[sections.count - 1].fields.count - 1].value += " " + line
      } else {
        addText(line, at: index + 1)
      }
    }
    endParagraph()
    // "## Why" where "### Why" is meant.
    for (index, section) in sections.enumerated().dropFirst()
    where section.level < 3 && Self.parts.contains(section.title.lowercased()) && section.field("id") == nil {
      sections[index].level = 3
      slips.append((section.line, "this heading should have three marks: '### \(section.title)'"))
    }
    if let first = sections.first, first.title.isEmpty { sections[0].title = first.field("id")?.value ?? "" }
  }

  private mutating func endParagraph() {
    if !paragraph.isEmpty { sections[sections.count - 1].paragraphs.append(paragraph.joined(separator: " ")) }
    paragraph = []
    isAfterField = false
  }

  private mutating func addText(_ line: String, at number: Int) {
    if paragraph.isEmpty { sections[sections.count - 1].paragraphLines.append(number) }
    paragraph.append(line)
    isAfterField = false
  }

  /// The file's title without its mark, or a setting where the title is missing.
  private mutating func beginUntitled(_ line: String, at number: Int) {
    slips.append((number, Self.titleMissing))
    let field = Self.field(line)
    sections.append(Section(level: 1, title: field == nil ? line : "", line: number))
    if let (key, value) = field { add(Field(key: key, value: value, line: number), starting: "", outer: []) }
  }

  private mutating func add(_ field: Field, starting: String, outer: [String]) {
    if field.key == starting, isHeadingMissing(above: field) {
      endParagraph()
      let level = outer.isEmpty || outer.contains(field.value) ? 2 : 3
      let marks = String(repeating: "#", count: level)
      if let (title, line) = takeTitle() {
        slips.append((line, "this line should be a heading: '\(marks) \(title)'"))
        sections.append(Section(level: level, title: title, line: line))
      } else {
        slips.append((field.line, "a heading such as '\(marks) Its title' seems to be missing above this line"))
        sections.append(Section(level: level, title: field.value, line: field.line))
      }
    }
    endParagraph()
    sections[sections.count - 1].fields.append(field)
    isAfterField = true
  }

  /// Whether `field` belongs to something new, because what came before has one already, or cannot have one.
  private func isHeadingMissing(above field: Field) -> Bool {
    guard let section = sections.last, !isAfterField, paragraph.isEmpty else { return false }
    let hasText = !section.paragraphs.isEmpty
    if field.key != "id" { return hasText }
    return section.field("id") != nil || Self.parts.contains(section.title.lowercased()) && section.level > 2
      || section.level == 1 && hasText
  }

  /// The title of what begins here, when it stands as text at the end of what came before.
  private mutating func takeTitle() -> (String, Int)? {
    guard let section = sections.last, let line = section.paragraphLines.last else { return nil }
    let text = (section.paragraphs.last ?? "").trimming("*_")
    guard line > section.fields.last?.line ?? 0, text.count <= 60, let end = text.last, end.isLetter || end.isNumber
    else { return nil }
    sections[sections.count - 1].paragraphs.removeLast()
    sections[sections.count - 1].paragraphLines.removeLast()
    return (text, line)
  }

  static func heading(_ line: String) -> (Int, String)? {
    let level = line.prefix { $0 == "#" }.count
    guard (1...6).contains(level), line.dropFirst(level).first == " " else { return nil }
    return (level, String(line.dropFirst(level).trimmingSpace))
  }

  static func field(_ line: String) -> (String, String)? {
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

extension String {
  /// Its lines, empty ones included.
  var lines: [Substring] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
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

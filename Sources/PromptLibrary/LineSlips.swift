/// Lines that are not quite written as they should be, and can be read as they were meant.
extension MarkdownOutline {
  static let titleMissing = "the file should begin with a title: a line such as '# Post-lesson meeting'"

  /// The parts of a section that have a line for each level.
  static let levelLists = ["listen for", "to take it further", "wording"]
  static let choiceLists = ["choose one", "choose any", "checklist", "about the choices", "last days"]
  /// The parts of a section, by what their headings are.
  static let parts =
    levelLists + choiceLists + ["why", "while you watch", "try", "trigger question", "review questions"]

  /// Every setting there is in any file.
  private static let settings = [
    "id", "asked", "level", "guide", "part", "when", "fades", "recalls", "heading", "stage", "after", "condition",
    "for",
  ]
  /// What an editor or the fingers make of '-'.
  private static let dashes = "-–—−‐‑‒―•·▪◦‣●+\\"

  /// `line` as it was meant, and what is wrong with it. `section` is the one that it stands in.
  static func mended(_ line: Substring, in section: Section?, isAfterField: Bool) -> (line: String, slip: String?) {
    // Nearly every line is as it should be.
    let written = String(line)
    if let (key, _) = field(written), settings.contains(key) || isLevel(key) { return (written, nil) }
    let marks = line.prefix { $0 == "#" }
    if marks.count > 1 || marks.count == 1 && section == nil, let next = line.dropFirst(marks.count).first,
      next.isLetter || next.isWhitespace && next != " "
    {
      let title = line.dropFirst(marks.count).trimmingSpace
      return ("\(marks) \(title)", "a plain space is missing after '\(marks)'")
    }
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return withColon(line, in: section) }
    let bare = line.utf8.count < 30 ? line.trimming("*_:") : ""
    if section != nil, parts.contains(bare.lowercased()) {
      return ("### \(bare)", "this line should be a heading: '### \(bare)'")
    }
    let part = section.map { $0.level > 2 ? $0.title.lowercased() : "" } ?? ""
    let isList = levelLists.contains(part) || choiceLists.contains(part)
    let isFirst = section.map { $0.fields.isEmpty && $0.paragraphLines.isEmpty } ?? false
    guard let first = line.first, dashes.contains(first) || isAfterField || isList || isFirst else {
      return (String(line), nil)
    }
    let mark = line.prefix { dashes.contains($0) }
    let item = "- " + line.dropFirst(mark.count).trimmingSpace
    guard let (key, value) = field(item), key.first?.isLetter == true, isLevel(key) || !key.contains(" ") else {
      return (String(line), nil)
    }
    if mark.isEmpty {
      guard isList || settings.contains(key) && (isAfterField || !value.contains(" ")) else {
        return (String(line), nil)
      }
      return (item, "a '-' and a space are missing before '\(key)'")
    }
    return (
      item,
      mark == "-"
        ? "a plain space is missing after '-'" : "this line begins with '\(mark)'; type a plain '-' and a space"
    )
  }

  /// With the colon after its key, where the key is one that can stand there.
  private static func withColon(_ line: Substring, in section: Section?) -> (line: String, slip: String?) {
    let part = section.map { $0.level > 2 ? $0.title.lowercased() : "" } ?? ""
    let isLevels = levelLists.contains(part)
    let item = line.dropFirst(2).trimmingSpace
    let words = item.split(maxSplits: isLevels ? 2 : 1, whereSeparator: \.isWhitespace)
    let count = isLevels ? 2 : 1
    let key = words.prefix(count).joined(separator: " ").lowercased().withoutEnd(";=.,：")
    let value = words.dropFirst(count).joined().drop { ";=-–：".contains($0) || $0.isWhitespace }
    let written = field(String(line))?.0 ?? ""
    guard !choiceLists.contains(part), isLevels ? isLevel(key) : settings.contains(key), written != key,
      !isLevel(written),
      // "for example" is no setting.
      key != "for" || !value.contains(" ")
    else { return (String(line), nil) }
    return ("- \(key): \(value)", value.isEmpty ? nil : "a colon is missing after '\(key)'")
  }

  private static func isLevel(_ key: String) -> Bool { (1...4).contains { key == "level \($0)" } }
}

extension StringProtocol {
  /// Without those of `marks` that stand at its ends.
  func trimming(_ marks: String) -> String { String(withoutEnd(marks).drop { marks.contains($0) }) }

  /// Without those of `marks` that stand at its end.
  func withoutEnd(_ marks: String) -> String {
    String(prefix(upTo: lastIndex { !marks.contains($0) }.map(index(after:)) ?? startIndex))
  }

  /// The nearest that can be an id: letters, figures and hyphens. Capitals are told, but stay where they are all that is
  /// wrong: saved meetings may have them.
  var asID: String {
    if allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" }) { return String(self) }
    let marks = lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return String(marks).split(separator: "-").joined(separator: "-")
  }
}

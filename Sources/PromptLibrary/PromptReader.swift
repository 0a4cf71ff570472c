import Coaching

/// Turns one prompt file into values. What is sound is kept; each thing that is not becomes a problem with its line.
struct PromptReader {
  let file: String
  private(set) var problems: [PromptProblem] = []
  /// The ids that other files may name, with their lines.
  private(set) var defined: [(id: String, line: Int)] = []
  /// Where this file names prompts that may stand in another.
  private(set) var mentioned: [(id: String, key: String, line: Int)] = []
  private var seen: [String: Int] = [:]

  init(file: String) { self.file = file }

  mutating func define(_ id: String, at line: Int) { defined.append((id, line)) }

  mutating func mention(_ id: String, as key: String, at line: Int) { mentioned.append((id, key, line)) }

  mutating func problem(_ line: Int, _ message: String) {
    problems.append(PromptProblem(file: file, line: line, message: message))
  }

  mutating func title(_ sections: [MarkdownOutline.Section]) -> MarkdownOutline.Section? {
    guard let head = sections.first, head.level == 1 else {
      problem(1, "the file should begin with a title: a line such as '# Post-lesson meeting'")
      return nil
    }
    return head
  }

  /// The sections of `level`, each with the deeper ones under it.
  func groups(_ sections: [MarkdownOutline.Section], level: Int) -> [[MarkdownOutline.Section]] {
    var groups: [[MarkdownOutline.Section]] = []
    for section in sections.dropFirst() {
      if section.level <= level {
        groups.append([section])
      } else if !groups.isEmpty {
        groups[groups.count - 1].append(section)
      }
    }
    return groups
  }

  /// Tells of settings and parts that are none, so that a slip of the fingers is not passed over.
  mutating func check(
    _ group: [MarkdownOutline.Section], settings: [String], texts: [String] = [], lists: [String] = []
  ) {
    for field in group[0].fields where !settings.contains(field.key) {
      if settings.isEmpty {
        problem(field.line, "a heading such as '## Its title' is missing above this line")
      } else if field.key.isEmpty {
        problem(field.line, "a line with '-' should be a setting, such as '- id: …'")
      } else {
        problem(field.line, unknown("setting", field.key, settings))
      }
    }
    for section in group {
      var keys: Set<String> = []
      for field in section.fields where !keys.insert(field.key).inserted && !field.key.isEmpty {
        problem(field.line, "'\(field.key)' is here twice; is a heading missing above it?")
      }
    }
    for part in group.dropFirst() {
      if texts.contains(part.title.lowercased()) {
        if let item = part.fields.first { problem(item.line, "a list is not shown here; write it as a sentence") }
      } else if lists.contains(part.title.lowercased()) {
        if !part.paragraphs.isEmpty { problem(part.line, "text is not shown here; only lines with '-' are") }
      } else {
        problem(part.line, unknown("part", part.title, texts + lists))
      }
    }
  }

  /// Tells of names in braces that nothing is filled in for.
  mutating func check(_ text: String, names: [String]) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for piece in line.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
        guard let close = piece.firstIndex(of: "}") else { continue }
        let name = String(piece[..<close])
        if !names.contains(name) { problem(index + 1, unknown("name in braces", name, names)) }
      }
    }
  }

  /// Whether `id` stands in the file for the first time, or under the heading that `scope` names.
  mutating func isNew(_ id: String, _ section: MarkdownOutline.Section, within scope: String = "") -> Bool {
    if let first = seen["\(scope)/\(id)"] {
      problem(section.line, "the id '\(id)' is already used in line \(first); each needs its own")
      return false
    }
    seen["\(scope)/\(id)"] = section.line
    return true
  }

  /// Whether `key` is there; it can have only one value.
  mutating func isSet(_ key: String, to value: String, in section: MarkdownOutline.Section) -> Bool {
    guard let field = section.field(key) else { return false }
    if field.value != value { problem(field.line, "'\(key)' can only be '\(value)'; leave the line out otherwise") }
    return field.value == value
  }

  mutating func id(_ section: MarkdownOutline.Section) -> String? {
    guard let field = section.field("id"), !field.value.isEmpty else {
      problem(section.line, "'\(section.title)' needs a line '- id: …' under its heading")
      return nil
    }
    guard !field.value.contains(where: \.isWhitespace) else {
      problem(field.line, "the id '\(field.value)' has a space in it; use a hyphen")
      return nil
    }
    return field.value
  }

  mutating func guide(_ section: MarkdownOutline.Section, required: Bool = true) -> [String] {
    let ids = section.field("guide")?.items ?? []
    for id in ids where !GuideElement.all.contains(id) {
      problem(section.field("guide")?.line ?? section.line, Self.unknownElement(id))
    }
    if required, ids.isEmpty { problem(section.line, "'\(section.title)' needs a line '- guide: …' naming its source") }
    return ids
  }

  private static func unknownElement(_ id: String) -> String {
    let upper = id.uppercased()
    if GuideElement.all.contains(upper) { return "the guide's parts are written with a capital: '\(upper)'" }
    let under = GuideElement.all.filter { $0.first == upper.first }
    return "the guide has no part '\(id)'; "
      + (under.isEmpty ? "the parts are A1 to I1" : "under \(under[0].prefix(1)) it has \(under[0]) to \(under.last!)")
  }

  mutating func level(_ section: MarkdownOutline.Section) -> Int {
    guard let field = section.field("level") else { return 1 }
    if let level = Int(field.value), (1...4).contains(level) { return level }
    problem(field.line, "the level is '\(field.value)'; it should be 1, 2, 3 or 4")
    return 1
  }

  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, in section: MarkdownOutline.Section
  ) -> Choice? {
    let names = Choice.allCases.map(\.rawValue)
    guard let field = section.field(key) else {
      problem(section.line, "'\(section.title)' needs a line '- \(key): …', one of \(names.joined(separator: ", "))")
      return nil
    }
    if let choice = Choice(rawValue: field.value) { return choice }
    problem(field.line, unknown(key, field.value, names))
    return nil
  }

  func unknown(_ key: String, _ value: String, _ names: [String]) -> String {
    if let near = value.nearest(in: names) {
      return "the \(key) '\(value)' is not known; did you mean '\(near)'?"
    }
    return "the \(key) '\(value)' is not known; it is one of \(names.joined(separator: ", "))"
  }
}

import Coaching

/// Turns one prompt file into values. What is sound is kept; each thing that is not becomes a problem with its line.
struct PromptReader {
  let file: String
  private(set) var problems: [PromptProblem] = []
  /// The ids that other files may name, with their lines.
  private(set) var defined: [(id: String, line: Int)] = []
  /// The ids of what is left out because something in it is wrong: no fault of those who name them.
  private(set) var dropped: [String] = []
  /// Where this file names prompts that may stand in another.
  private(set) var mentioned: [(id: String, key: String, line: Int)] = []
  private var seen: [String: Int] = [:]

  init(file: String) { self.file = file }

  mutating func define(_ id: String, at line: Int) { defined.append((id, line)) }

  mutating func drop(_ id: String) { dropped.append(id) }

  /// Nothing that the file defines is used.
  mutating func dropAll() {
    dropped += defined.map(\.id)
    (defined, mentioned) = ([], [])
  }

  mutating func mention(_ id: String, as key: String, at line: Int) { mentioned.append((id, key, line)) }

  mutating func problem(_ line: Int, _ message: String) {
    problems.append(PromptProblem(file: file, line: line, message: message))
  }

  /// The sections of a file; see ``MarkdownOutline/init(_:starting:outer:)``.
  mutating func outline(_ text: String, starting: String = "id", outer: [String] = []) -> [MarkdownOutline.Section] {
    let outline = MarkdownOutline(text, starting: starting, outer: outer)
    for slip in outline.slips { problem(slip.line, slip.message) }
    return outline.sections
  }

  /// Tells of something that `section` needs, unless one of its settings could not be made out and may be that.
  mutating func missing(_ setting: String, _ section: MarkdownOutline.Section) {
    if !section.isUnclear { problem(section.line, "'\(section.title)' needs a line '- \(setting)") }
  }

  /// The section that a file begins with, whose settings are `settings`.
  mutating func title(_ sections: [MarkdownOutline.Section], settings: [String]) -> MarkdownOutline.Section? {
    guard let head = sections.first, head.level == 1 else {
      problem(1, MarkdownOutline.titleMissing)
      return nil
    }
    return check([head], settings: settings)[0]
  }

  /// The sections of `level`, each with the deeper ones under it.
  mutating func groups(_ sections: [MarkdownOutline.Section], level: Int) -> [[MarkdownOutline.Section]] {
    var groups: [[MarkdownOutline.Section]] = []
    for section in sections.dropFirst() {
      if section.level <= level {
        groups.append([section])
      } else if !groups.isEmpty {
        groups[groups.count - 1].append(section)
      } else {
        problem(section.line, "there is nothing that '\(section.title)' could belong to; begin it with '## Its title'")
      }
    }
    return groups
  }

  /// Whether `id` stands in the file for the first time, or under the heading that `scope` names.
  mutating func isNew(_ id: String, _ section: MarkdownOutline.Section, within scope: String = "") -> Bool {
    let line = section.field("id")?.line ?? section.line
    if let first = seen["\(scope)/\(id)"] {
      problem(line, "the id '\(id)' is already used in line \(first); each needs its own")
      return false
    }
    seen["\(scope)/\(id)"] = line
    return true
  }

  /// Whether `key` is there; it can have only one value.
  mutating func isSet(_ key: String, to value: String, in section: MarkdownOutline.Section) -> Bool {
    guard let field = section.field(key), !field.value.isEmpty else { return false }
    if field.value != value { problem(field.line, "'\(key)' can only be '\(value)'; leave the line out otherwise") }
    return field.value == value
  }

  /// Any of `names`, or what can be an id.
  mutating func id(_ section: MarkdownOutline.Section, or names: [String] = []) -> String? {
    guard let field = section.field("id") else {
      missing("id: …' under its heading", section)
      return nil
    }
    let id = field.value.asID
    if id == field.value && id == id.lowercased() || names.contains(field.value) {
      return field.value.isEmpty ? nil : field.value
    }
    let near = id.isEmpty ? "" : "; write '\(id.lowercased())'"
    problem(field.line, "the id '\(field.value)' should have only small letters, figures and hyphens\(near)")
    return id.isEmpty ? nil : id
  }

  /// The id at the top of a file; what the file is called, where that is missing.
  mutating func fileID(_ head: MarkdownOutline.Section) -> String {
    id(head) ?? (file.split(separator: "/").last ?? "").split(separator: ".").first?.asID ?? ""
  }

  mutating func guide(_ section: MarkdownOutline.Section, required: Bool = true) -> [String] {
    guard let field = section.field("guide") else {
      if required { missing("guide: …' naming its source", section) }
      return []
    }
    for id in field.items where !GuideElement.all.contains(id) { problem(field.line, Self.unknownElement(id)) }
    return field.items
  }

  private static func unknownElement(_ id: String) -> String {
    let upper = id.uppercased()
    if GuideElement.all.contains(upper) { return "the guide's parts are written with a capital: '\(upper)'" }
    let under = GuideElement.all.filter { $0.first == upper.first }
    return "the guide has no part '\(id)'; "
      + (under.isEmpty ? "the parts are A1 to I1" : "under \(under[0].prefix(1)) it has \(under[0]) to \(under.last!)")
  }

  mutating func level(_ section: MarkdownOutline.Section) -> Int {
    guard let field = section.field("level"), !field.value.isEmpty else { return 1 }
    if let level = Int(field.value), (1...4).contains(level) { return level }
    problem(field.line, "the level is '\(field.value)'; it should be 1, 2, 3 or 4")
    return 1
  }

  /// One of `allowed`.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable & Equatable>(
    _ key: String, in section: MarkdownOutline.Section, among allowed: [Choice] = Array(Choice.allCases)
  ) -> Choice? {
    let names = allowed.map(\.rawValue)
    guard let field = section.field(key) else {
      missing("\(key): …', \(names.count > 1 ? "one of " : "")\(names.joined(separator: ", "))", section)
      return nil
    }
    if let choice = Choice(rawValue: field.value), allowed.contains(choice) { return choice }
    if !field.value.isEmpty { problem(field.line, notAValue(of: key, field.value, names)) }
    return nil
  }

  func notAValue(of key: String, _ value: String, _ names: [String]) -> String {
    let instead =
      value.nearest(in: names).map { "did you mean '\($0)'?" }
      ?? (names.count > 1 ? "they are \(names.joined(separator: ", "))" : "it can only be '\(names.joined())'")
    return "'\(value)' is not one of the values of '\(key)'; \(instead)"
  }

  func unknown(_ kind: String, _ value: String, _ names: [String]) -> String {
    let instead =
      value.nearest(in: names).map { "did you mean '\($0)'?" }
      ?? (names.isEmpty ? "there can be none here" : "it is one of \(names.joined(separator: ", "))")
    return "the \(kind) '\(value)' is not known; \(instead)"
  }
}

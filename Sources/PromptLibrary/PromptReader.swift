import Coaching

/// Turns one prompt file into values. What is sound is kept; each thing that is not becomes a problem with its line.
struct PromptReader {
  let file: String
  private(set) var problems: [PromptProblem] = []

  init(file: String) { self.file = file }

  private mutating func problem(_ line: Int, _ message: String) {
    problems.append(PromptProblem(file: file, line: line, message: message))
  }

  // MARK: - Meetings

  /// The script of the meeting that the file is for.
  mutating func script(_ text: String, for stage: Stage) -> MeetingScript? {
    let sections = MarkdownOutline(text).sections
    guard let head = title(sections) else { return nil }
    guard let named: Stage = choice("stage", in: head) else { return nil }
    guard named == stage else {
      let line = head.field("stage")?.line ?? head.line
      problem(line, "the stage is '\(named.rawValue)'; in this file it should be '\(stage.rawValue)'")
      return nil
    }
    check([head], settings: ["id", "stage", "guide"])
    check(text, names: Placeholders.names)
    var script = MeetingScript(
      id: head.field("id")?.value ?? stage.rawValue, stage: stage, title: head.title, guide: guide(head),
      opening: head.paragraphs.joined(separator: "\n\n"), prompts: [])
    var seen: [String: Int] = [:]
    for group in groups(sections, level: 2) {
      guard let prompt = prompt(group) else { continue }
      if isNew(prompt.id, group[0], &seen) { script.prompts.append(prompt) }
    }
    if script.prompts.isEmpty { problem(head.line, "there is no prompt in this file; begin one with '## Its title'") }
    script.prompts = script.prompts.filter { !$0.isClosing } + script.prompts.filter(\.isClosing)
    return script.prompts.isEmpty ? nil : script
  }

  private mutating func prompt(_ group: [MarkdownOutline.Section]) -> Prompt? {
    let head = group[0]
    check(
      group, settings: ["id", "asked", "level", "guide", "part", "when"],
      texts: ["why"], levels: ["listen for", "to take it further"])
    guard let id = id(head) else { return nil }
    guard !head.paragraphs.isEmpty else {
      problem(head.line, "the prompt '\(id)' has no question under it")
      return nil
    }
    guard let asked: Prompt.Asked = choice("asked", in: head) else { return nil }
    let part = group.dropFirst()
    let section = { (title: String) in part.first { $0.title.lowercased() == title } }
    return Prompt(
      id: id, title: head.title, asked: asked, level: level(head), guide: guide(head),
      isClosing: isSet("part", to: "closing", in: head), needsObserver: isSet("when", to: "observer", in: head),
      question: head.paragraphs.joined(separator: "\n\n"),
      why: section("why")?.paragraphs.joined(separator: "\n\n") ?? "",
      listenFor: levels(section("listen for")), further: levels(section("to take it further")))
  }

  private mutating func levels(_ section: MarkdownOutline.Section?) -> [Int: String] {
    var result: [Int: String] = [:]
    for field in section?.fields ?? [] {
      if field.key.hasPrefix("level "), let level = Int(field.key.dropFirst(6)), (1...4).contains(level) {
        result[level] = field.value
      } else {
        let wrong = field.key.isEmpty ? "what stands behind '-'" : "'\(field.key)'"
        problem(field.line, "\(wrong) should be 'level 1', 'level 2', 'level 3' or 'level 4', and a colon")
      }
    }
    return result
  }

  // MARK: - Vocabulary

  mutating func vocabulary(_ text: String) -> Vocabulary? {
    let sections = MarkdownOutline(text).sections
    guard let head = title(sections) else { return nil }
    check([head], settings: [])
    var entries: [Vocabulary.Entry] = []
    var seenDimensions: [String: Int] = [:]
    for group in groups(sections, level: 2) {
      check([group[0]], settings: ["id", "guide"])
      guard let dimension: Dimension = choice("id", in: group[0]),
        isNew(dimension.rawValue, group[0], &seenDimensions)
      else { continue }
      var values: [Vocabulary.Value] = []
      var seen: [String: Int] = [:]
      for section in group.dropFirst() {
        check([section], settings: ["id", "guide"])
        guard let id = id(section) else { continue }
        guard isKnown(id, in: dimension) else {
          problem(section.line, "'\(id)' is not a value of \(dimension.rawValue); only functions can be added")
          continue
        }
        guard isNew(id, section, &seen) else { continue }
        values.append(
          Vocabulary.Value(
            id: id, title: section.title, meaning: section.paragraphs.joined(separator: " "),
            example: section.quotes.first ?? "", guide: guide(section, required: false)))
      }
      entries.append(
        Vocabulary.Entry(
          dimension: dimension, title: group[0].title, meaning: group[0].paragraphs.first ?? "",
          significance: group[0].paragraphs.dropFirst().joined(separator: " "), guide: guide(group[0]), values: values))
    }
    for missing in Dimension.allCases where seenDimensions[missing.rawValue] == nil {
      problem(
        head.line, "nothing is said about '\(missing.rawValue)'; it needs a heading with '- id: \(missing.rawValue)'")
    }
    return entries.isEmpty ? nil : Vocabulary(entries: entries)
  }

  private func isKnown(_ id: String, in dimension: Dimension) -> Bool {
    switch dimension {
    case .function: true
    case .scale: Scale(rawValue: id) != nil
    case .time: TimeFrame(rawValue: id) != nil
    case .tone: Tone(rawValue: id) != nil
    case .stimulus: Stimulus(rawValue: id) != nil
    case .subject, .initiation, .coConstruction: false
    }
  }

  // MARK: - Challenges

  /// `conditions` are the names the analysis knows.
  mutating func challenges(_ text: String, conditions: Set<String>) -> [Challenge]? {
    let sections = MarkdownOutline(text).sections
    guard let title = title(sections) else { return nil }
    check([title], settings: [])
    check(text, names: Placeholders.names + Placeholders.findingNames)
    var challenges: [Challenge] = []
    var seen: [String: Int] = [:]
    for group in groups(sections, level: 2) {
      let head = group[0]
      check(group, settings: ["id", "condition", "for", "level", "guide"], texts: ["try"])
      guard let id = id(head), let audience: Challenge.Audience = choice("for", in: head) else { continue }
      guard let condition = head.field("condition") else {
        problem(head.line, "the challenge '\(id)' needs a line '- condition: …'")
        continue
      }
      guard conditions.contains(condition.value) else {
        problem(condition.line, unknown("condition", condition.value, conditions.sorted()))
        continue
      }
      guard isNew(id, head, &seen) else { continue }
      let attempt = group.dropFirst().first { $0.title.lowercased() == "try" }
      if attempt?.paragraphs.isEmpty ?? true {
        problem(head.line, "the challenge '\(id)' says nothing under '### Try'")
      }
      challenges.append(
        Challenge(
          id: id, title: head.title, condition: condition.value, audience: audience, level: level(head),
          guide: guide(head), reason: head.paragraphs.joined(separator: " "),
          attempt: attempt?.paragraphs.joined(separator: " ") ?? "",
          sentence: attempt?.quotes.first ?? head.quotes.first ?? ""))
    }
    if challenges.isEmpty { problem(title.line, "there is no challenge in this file; begin one with '## Its title'") }
    return challenges.isEmpty ? nil : challenges
  }

  // MARK: - What all files have in common

  private mutating func title(_ sections: [MarkdownOutline.Section]) -> MarkdownOutline.Section? {
    guard let head = sections.first, head.level == 1 else {
      problem(1, "the file should begin with a title: a line such as '# Post-lesson meeting'")
      return nil
    }
    return head
  }

  /// The sections of `level`, each with the deeper ones under it.
  private func groups(_ sections: [MarkdownOutline.Section], level: Int) -> [[MarkdownOutline.Section]] {
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
  private mutating func check(
    _ group: [MarkdownOutline.Section], settings: [String], texts: [String] = [], levels: [String] = []
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
      } else if !levels.contains(part.title.lowercased()) {
        problem(part.line, unknown("part", part.title, texts + levels))
      }
    }
  }

  /// Tells of names in braces that nothing is filled in for.
  private mutating func check(_ text: String, names: [String]) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for piece in line.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
        guard let close = piece.firstIndex(of: "}") else { continue }
        let name = String(piece[..<close])
        if !names.contains(name) { problem(index + 1, unknown("name in braces", name, names)) }
      }
    }
  }

  private mutating func isNew(_ id: String, _ section: MarkdownOutline.Section, _ seen: inout [String: Int]) -> Bool {
    if let first = seen[id] {
      problem(section.line, "the id '\(id)' is already used in line \(first); each needs its own")
      return false
    }
    seen[id] = section.line
    return true
  }

  /// Whether `key` is there; it can have only one value.
  private mutating func isSet(_ key: String, to value: String, in section: MarkdownOutline.Section) -> Bool {
    guard let field = section.field(key) else { return false }
    if field.value != value { problem(field.line, "'\(key)' can only be '\(value)'; leave the line out otherwise") }
    return field.value == value
  }

  private mutating func id(_ section: MarkdownOutline.Section) -> String? {
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

  private mutating func guide(_ section: MarkdownOutline.Section, required: Bool = true) -> [String] {
    let ids = section.field("guide")?.value.split(separator: ",").map { String($0.trimmingSpace) } ?? []
    if required, ids.isEmpty { problem(section.line, "'\(section.title)' needs a line '- guide: …' naming its source") }
    return ids
  }

  private mutating func level(_ section: MarkdownOutline.Section) -> Int {
    guard let field = section.field("level") else { return 1 }
    if let level = Int(field.value), (1...4).contains(level) { return level }
    problem(field.line, "the level is '\(field.value)'; it should be 1, 2, 3 or 4")
    return 1
  }

  private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
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

  private func unknown(_ key: String, _ value: String, _ names: [String]) -> String {
    if let near = value.nearest(in: names) {
      return "the \(key) '\(value)' is not known; did you mean '\(near)'?"
    }
    return "the \(key) '\(value)' is not known; it is one of \(names.joined(separator: ", "))"
  }
}

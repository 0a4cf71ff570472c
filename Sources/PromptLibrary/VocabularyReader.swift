import Coaching

/// The words for tagging, and the challenges.
extension PromptReader {
  mutating func vocabulary(_ text: String) -> Vocabulary? {
    let sections = MarkdownOutline(text).sections
    guard let head = title(sections) else { return nil }
    check([head], settings: [])
    var entries: [Vocabulary.Entry] = []
    for group in groups(sections, level: 2) {
      check([group[0]], settings: ["id", "guide"])
      guard let dimension: Dimension = choice("id", in: group[0]),
        isNew(dimension.rawValue, group[0])
      else { continue }
      var values: [Vocabulary.Value] = []
      for section in group.dropFirst() {
        check([section], settings: ["id", "guide"])
        guard let id = id(section) else { continue }
        guard isKnown(id, in: dimension) else {
          problem(section.line, "'\(id)' is not a value of \(dimension.rawValue); only functions can be added")
          continue
        }
        guard isNew(id, section, within: dimension.rawValue) else { continue }
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
    for missing in Dimension.allCases where !entries.contains(where: { $0.dimension == missing }) {
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

  /// `conditions` are the names the analysis knows.
  mutating func challenges(_ text: String, conditions: Set<String>) -> [Challenge]? {
    let sections = MarkdownOutline(text).sections
    guard let title = title(sections) else { return nil }
    check([title], settings: [])
    check(text, names: Placeholders.names + Placeholders.findingNames)
    var challenges: [Challenge] = []
    for group in groups(sections, level: 2) {
      let head = group[0]
      check(group, settings: ["id", "condition", "for", "level", "guide"], texts: ["try"])
      guard let id = id(head), let audience: Challenge.Audience = choice("for", in: head) else { continue }
      guard let condition = head.field("condition") else {
        problem(head.line, "the challenge '\(id)' needs a line '- condition: …'")
        continue
      }
      guard conditions.isEmpty || conditions.contains(condition.value) else {
        problem(condition.line, unknown("condition", condition.value, conditions.sorted()))
        continue
      }
      guard isNew(id, head) else { continue }
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
}

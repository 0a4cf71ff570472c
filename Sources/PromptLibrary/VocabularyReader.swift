import Coaching

/// The words for tagging, and the challenges.
extension PromptReader {
  mutating func vocabulary(_ text: String) -> Vocabulary? {
    let sections = outline(text, outer: Dimension.allCases.map(\.rawValue))
    guard let head = title(sections, settings: []) else { return nil }
    check(text, names: Placeholders.names)
    var entries: [Vocabulary.Entry] = []
    for group in groups(sections, level: 2) {
      let head = check([group[0]], settings: ["id", "guide"])[0]
      guard let dimension: Dimension = choice("id", in: head), isNew(dimension.rawValue, head) else { continue }
      let known = self.values(of: dimension)
      var missing = known
      var values: [Vocabulary.Value] = []
      for section in group.dropFirst() {
        let section = check([section], settings: ["id", "guide"])[0]
        guard let id = id(section, or: known) else { continue }
        let near = id.nearest(in: known)
        missing.removeAll { $0 == id || !known.contains(id) && $0 == near }
        guard known.contains(id) || dimension == .function && near == nil else {
          problem(
            section.field("id")?.line ?? section.line,
            "'\(id)' is not a value of \(dimension.rawValue); "
              + (near.map { "did you mean '\($0)'?" } ?? "only functions can be added"))
          continue
        }
        guard isNew(id, section, within: dimension.rawValue) else { continue }
        values.append(
          Vocabulary.Value(
            id: id, title: section.title, meaning: section.paragraphs.joined(separator: " "),
            example: section.quotes.first ?? "", guide: guide(section, required: false)))
      }
      if !missing.isEmpty {
        problem(
          head.line,
          "'\(dimension.rawValue)' should also have \(missing.map { "'\($0)'" }.inSentence), each with a heading and its id"
        )
      }
      entries.append(
        Vocabulary.Entry(
          dimension: dimension, title: head.title, meaning: head.paragraphs.first ?? "",
          significance: head.paragraphs.dropFirst().joined(separator: " "), guide: guide(head), values: values))
    }
    for missing in Dimension.allCases where !entries.contains(where: { $0.dimension == missing }) {
      problem(
        head.line, "nothing is said about '\(missing.rawValue)'; it needs a heading with '- id: \(missing.rawValue)'")
    }
    return entries.isEmpty ? nil : Vocabulary(entries: entries)
  }

  private func values(of dimension: Dimension) -> [String] {
    switch dimension {
    case .function: InteractionFunction.standard.map(\.rawValue)
    case .scale: Scale.allCases.map(\.rawValue)
    case .time: TimeFrame.allCases.map(\.rawValue)
    case .tone: Tone.allCases.map(\.rawValue)
    case .stimulus: Stimulus.allCases.map(\.rawValue)
    case .subject, .initiation, .coConstruction: []
    }
  }

  /// `conditions` are the names the analysis knows.
  mutating func challenges(_ text: String, conditions: Set<String>) -> [Challenge]? {
    let sections = outline(text)
    guard let title = title(sections, settings: []) else { return nil }
    check(text, names: Placeholders.names + Placeholders.findingNames)
    var challenges: [Challenge] = []
    let groups = groups(sections, level: 2)
    for group in groups {
      let group = check(group, settings: ["id", "condition", "for", "level", "guide"], texts: ["try"])
      let head = group[0]
      guard let id = id(head), let audience: Challenge.Audience = choice("for", in: head) else { continue }
      guard let condition = head.field("condition") else {
        missing("condition: …'", head)
        continue
      }
      guard conditions.isEmpty || conditions.contains(condition.value) else {
        if !condition.value.isEmpty {
          problem(condition.line, notAValue(of: "condition", condition.value, conditions.sorted()))
        }
        continue
      }
      guard isNew(id, head) else { continue }
      let attempt = group.dropFirst().first { $0.title.lowercased() == "try" }
      if attempt?.paragraphs.isEmpty ?? true {
        problem(head.line, "the challenge '\(id)' says nothing under '### Try'")
      }
      if head.paragraphs.isEmpty { problem(head.line, "the challenge '\(id)' has no reason under its heading") }
      let sentence = attempt?.quotes.first ?? head.quotes.first ?? ""
      if sentence.isEmpty {
        problem(head.line, "the challenge '\(id)' has no line with '>' that somebody could say")
      }
      challenges.append(
        Challenge(
          id: id, title: head.title, condition: condition.value, audience: audience, level: level(head),
          guide: guide(head), reason: head.paragraphs.joined(separator: " "),
          attempt: attempt?.paragraphs.joined(separator: " ") ?? "",
          sentence: sentence))
    }
    if groups.isEmpty { problem(title.line, "there is no challenge in this file; begin one with '## Its title'") }
    return challenges.isEmpty ? nil : challenges
  }
}

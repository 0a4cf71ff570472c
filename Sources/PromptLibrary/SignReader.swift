/// The signs of the levels, and nudges.
extension PromptReader {
  /// What is said above the signs, and the signs; `known` are those that the analysis looks for.
  mutating func levels(_ text: String, known: Set<String>) -> (about: [String], levels: [LevelSigns])? {
    let names = (1...4).map { "level-\($0)" }
    let sections = outline(text, outer: names)
    guard let head = title(sections, settings: ["id", "guide"]) else { return nil }
    check(text, names: Placeholders.names)
    _ = guide(head)
    let groups = groups(sections, level: 2)
    var levels: [LevelSigns] = []
    for group in groups {
      let head = check([group[0]], settings: ["id", "guide"])[0]
      guard let id = id(head), isNew(id, head) else { continue }
      guard let index = names.firstIndex(of: id) else {
        problem(head.field("id")?.line ?? head.line, unknown("level", id, names))
        continue
      }
      var signs: [LevelSigns.Sign] = []
      for section in group.dropFirst() {
        let section = check([section], settings: ["id", "guide"])[0]
        guard let id = self.id(section), isNew(id, section) else { continue }
        guard known.isEmpty || known.contains(id) else {
          problem(section.field("id")?.line ?? section.line, unknown("sign", id, known.sorted()))
          continue
        }
        signs.append(
          LevelSigns.Sign(
            id: id, title: section.title, sentence: section.paragraphs.joined(separator: " "),
            rule: section.quotes.joined(separator: " "), guide: guide(section)))
      }
      levels.append(
        LevelSigns(
          level: index + 1, title: head.title, sentence: head.paragraphs.joined(separator: " "), guide: guide(head),
          signs: signs))
    }
    if groups.isEmpty { problem(head.line, "there is no level in this file; begin one with '## Its title'") }
    return levels.isEmpty ? nil : (head.paragraphs, levels)
  }

  /// `conditions` are those that the program watches for.
  mutating func nudges(_ text: String, conditions: Set<String>) -> [Nudge]? {
    let sections = outline(text)
    guard let head = title(sections, settings: ["id", "guide"]) else { return nil }
    check(text, names: ["coach", "coachee", "count", "minutes"])
    _ = guide(head)
    let groups = groups(sections, level: 2)
    var nudges: [Nudge] = []
    for group in groups {
      let group = check(group, settings: ["id", "condition", "guide"])
      guard let id = id(group[0]), isNew(id, group[0]) else { continue }
      let condition = group[0].field("condition")
      guard let condition, conditions.isEmpty || conditions.contains(condition.value) else {
        if let condition, !condition.value.isEmpty {
          problem(condition.line, notAValue(of: "condition", condition.value, conditions.sorted()))
        } else if condition == nil {
          missing("condition: …'", group[0])
        }
        continue
      }
      if group[0].paragraphs.isEmpty { problem(group[0].line, "the nudge '\(id)' says nothing") }
      nudges.append(
        Nudge(
          id: id, title: group[0].title, condition: condition.value, guide: guide(group[0]),
          sentence: group[0].paragraphs.joined(separator: " ")))
    }
    if groups.isEmpty { problem(head.line, "there is no nudge in this file; begin one with '## Its title'") }
    return nudges.isEmpty ? nil : nudges
  }
}

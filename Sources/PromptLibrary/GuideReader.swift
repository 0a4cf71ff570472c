import Coaching

/// The guide's topics, and the contract.
extension PromptReader {
  mutating func chapter(_ text: String) -> GuideChapter? {
    let sections = outline(text)
    guard let head = title(sections, settings: ["id", "guide"]) else { return nil }
    let id = fileID(head)
    check(text, names: Placeholders.names)
    let groups = groups(sections, level: 2)
    var topics: [GuideTopic] = []
    for group in groups {
      let group = check(group, settings: ["id", "guide"], texts: ["trigger question", "review questions"])
      guard let id = self.id(group[0]), isNew(id, group[0]) else { continue }
      define("guide/" + id, at: group[0].field("id")?.line ?? group[0].line)
      let part = { (title: String) in group.dropFirst().first { $0.title.lowercased() == title }?.paragraphs ?? [] }
      let topic = GuideTopic(
        id: id, title: group[0].title, guide: guide(group[0]), paragraphs: group[0].paragraphs,
        triggerQuestions: part("trigger question"), reviewQuestions: part("review questions"))
      if topic.paragraphs.isEmpty, topic.triggerQuestions.isEmpty, topic.reviewQuestions.isEmpty {
        problem(group[0].line, "the topic '\(id)' says nothing")
      }
      topics.append(topic)
    }
    if groups.isEmpty { problem(head.line, "there is no topic in this file; begin one with '## Its title'") }
    return topics.isEmpty
      ? nil : GuideChapter(id: id, title: head.title, guide: guide(head), about: head.paragraphs, topics: topics)
  }

  /// `keys` are the answers of the agreement that can be filled in anywhere, `lost` those that this folder's agreement
  /// does not ask for; a paragraph that is only one of them is left out when all files have been read.
  mutating func contract(_ text: String, keys: [String], lost: [String] = []) -> Contract? {
    let sections = outline(text, starting: "when")
    guard let head = title(sections, settings: ["id", "guide"]) else { return nil }
    check(text, names: Placeholders.names + keys + lost)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for key in lost where line.contains("{\(key)}") && line.trimmingSpace != "{\(key)}" {
        problem(index + 1, "the agreement here has no question '\(key)', so nothing is filled in for '{\(key)}'")
      }
    }
    var contract = Contract(title: head.title, guide: guide(head), opening: head.paragraphs, sections: [])
    for group in groups(sections, level: 2) {
      let group = check(group, settings: ["when"])
      if group[0].paragraphs.isEmpty { problem(group[0].line, "'\(group[0].title)' says nothing") }
      contract.sections.append(
        Contract.Section(
          title: group[0].title, when: circumstances(group[0]), paragraphs: group[0].paragraphs))
    }
    if contract.sections.isEmpty {
      problem(head.line, "there is nothing to agree in this file; begin a part with '## Its title'")
    }
    return contract.sections.isEmpty ? nil : contract
  }
}

import Coaching

/// The guide's topics, and the contract.
extension PromptReader {
  mutating func chapter(_ text: String) -> GuideChapter? {
    let sections = MarkdownOutline(text).sections
    guard let head = title(sections), let id = id(head) else { return nil }
    check([head], settings: ["id", "guide"])
    var topics: [GuideTopic] = []
    for group in groups(sections, level: 2) {
      check(group, settings: ["id", "guide"], texts: ["trigger question", "review questions"])
      guard let id = self.id(group[0]), isNew(id, group[0]) else { continue }
      define("guide/" + id, at: group[0].line)
      let part = { (title: String) in group.dropFirst().first { $0.title.lowercased() == title }?.paragraphs ?? [] }
      let topic = GuideTopic(
        id: id, title: group[0].title, guide: guide(group[0]), paragraphs: group[0].paragraphs,
        triggerQuestions: part("trigger question"), reviewQuestions: part("review questions"))
      if topic.paragraphs.isEmpty, topic.triggerQuestions.isEmpty, topic.reviewQuestions.isEmpty {
        problem(group[0].line, "the topic '\(id)' says nothing")
      }
      topics.append(topic)
    }
    if topics.isEmpty { problem(head.line, "there is no topic in this file; begin one with '## Its title'") }
    return topics.isEmpty
      ? nil : GuideChapter(id: id, title: head.title, guide: guide(head), about: head.paragraphs, topics: topics)
  }

  /// `keys` are the answers of the agreement that can be filled in.
  mutating func contract(_ text: String, keys: [String]) -> Contract? {
    let sections = MarkdownOutline(text).sections
    guard let head = title(sections) else { return nil }
    check([head], settings: ["id", "guide"])
    check(text, names: Placeholders.names + keys)
    var contract = Contract(title: head.title, guide: guide(head), opening: head.paragraphs, sections: [])
    for group in groups(sections, level: 2) {
      check(group, settings: ["when"])
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

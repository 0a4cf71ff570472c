import Coaching

/// Meetings, and the prompts that themes and techniques put into them.
extension PromptReader {
  /// What a meeting's file says it is for.
  private enum ScriptStage: String, CaseIterable { case agreement, pre, lesson, post, review }

  /// The script of the meeting that the file is for; `nil` stands for the agreement.
  mutating func script(_ text: String, for stage: Stage?) -> MeetingScript? {
    let sections = outline(text)
    guard let head = title(sections, settings: ["id", "stage", "guide"]) else { return nil }
    let named: ScriptStage? = choice("stage", in: head)
    guard named == nil || named?.rawValue == stage?.rawValue ?? "agreement" else {
      let line = head.field("stage")?.line ?? head.line
      problem(
        line, "the stage is '\(named?.rawValue ?? "")'; in this file it should be '\(stage?.rawValue ?? "agreement")'")
      return nil
    }
    check(text, names: Placeholders.names)
    var script = MeetingScript(
      id: head.field("id")?.value ?? stage?.rawValue ?? "agreement", stage: stage, title: head.title,
      guide: guide(head),
      opening: head.paragraphs.joined(separator: "\n\n"), prompts: [])
    let groups = groups(sections, level: 2)
    script.prompts = prompts(groups, of: stage == .review ? .review : .meeting)
    if groups.isEmpty { problem(head.line, "there is no prompt in this file; begin one with '## Its title'") }
    script.prompts = script.prompts.filter { !$0.isClosing } + script.prompts.filter(\.isClosing)
    return script.prompts.isEmpty ? nil : script
  }

  /// The video techniques, each a prompt for the post-lesson meeting. Guide Fig 9 (D5).
  mutating func techniques(_ text: String) -> [Prompt]? {
    let sections = outline(text)
    guard let head = title(sections, settings: ["id", "guide"]) else { return nil }
    check(text, names: Placeholders.names)
    _ = guide(head)
    let groups = groups(sections, level: 2)
    let techniques = prompts(groups, of: .technique)
    if groups.isEmpty { problem(head.line, "there is no technique in this file; begin one with '## Its title'") }
    return techniques.isEmpty ? nil : techniques
  }

  mutating func theme(_ text: String) -> Theme? {
    let sections = outline(text)
    guard let head = title(sections, settings: ["id", "guide"]) else { return nil }
    let id = fileID(head)
    check(text, names: Placeholders.names + ["theme"])
    var theme = Theme(
      id: id, title: head.title, guide: guide(head), about: head.paragraphs, prompts: [], sections: [])
    var prompts: [[MarkdownOutline.Section]] = []
    for group in groups(sections, level: 2) {
      guard let collection = group[0].field("id").flatMap({ Theme.Collection(rawValue: $0.value) }) else {
        let names = Theme.Collection.allCases.map(\.rawValue)
        if group[0].field("asked") == nil, let id = group[0].field("id"), id.value.nearest(in: names) != nil {
          problem(id.line, unknown("collection", id.value, names))
        } else {
          prompts.append(group)
        }
        continue
      }
      let group = check(group, settings: ["id", "guide"])
      _ = guide(group[0])
      guard isNew(collection.rawValue, group[0]) else { continue }
      theme.sections.append(
        Theme.Section(collection: collection, title: group[0].title, entries: group[0].paragraphs))
    }
    theme.prompts = self.prompts(prompts, of: .theme)
    return theme.about.isEmpty && theme.prompts.isEmpty && theme.sections.isEmpty ? nil : theme
  }

  private enum Place { case meeting, review, theme, technique }

  private mutating func prompts(_ groups: [[MarkdownOutline.Section]], of place: Place) -> [Prompt] {
    var prompts: [Prompt] = []
    for group in groups {
      let id = group[0].field("id")
      guard let prompt = prompt(group, of: place), isNew(prompt.id, group[0]) else {
        if let id { drop(id.value.asID) }
        continue
      }
      define(prompt.id, at: id?.line ?? group[0].line)
      if let choices = prompt.choices, choices.options.isEmpty, !Library.offered.contains(prompt.id) {
        problem(
          group[0].line, "the prompt '\(prompt.id)' offers choices and has none; write '- its-name: what it says'")
      }
      prompts.append(prompt)
    }
    return prompts
  }

  private mutating func prompt(_ group: [MarkdownOutline.Section], of place: Place) -> Prompt? {
    let settings =
      switch place {
      case .meeting, .review: ["part", "heading"]
      case .theme: ["stage", "after"]
      case .technique: ["after"]
      }
    let group = check(
      group, settings: ["id", "asked", "level", "guide", "when", "fades", "recalls"] + settings,
      texts: place == .technique ? ["why", "while you watch"] : ["why"],
      lists: MarkdownOutline.levelLists
        // Only how long recordings are kept depends on the calendar.
        + MarkdownOutline.choiceLists.filter { $0 != "last days" || group[0].field("id")?.value == "keep" })
    let head = group[0]
    guard let id = id(head) else { return nil }
    guard !head.paragraphs.isEmpty else {
      problem(head.line, "the prompt '\(id)' has no question under it")
      return nil
    }
    let askable = Prompt.Asked.allCases.filter { ($0 == .group) == (place == .review) }
    guard let asked = choice("asked", in: head, among: askable) else { return nil }
    var stage: Stage?
    if place == .theme {
      guard let named: Stage = choice("stage", in: head, among: [.pre, .lesson, .post]) else { return nil }
      stage = named
    }
    let parts = group.dropFirst()
    let part = { (title: String) in parts.first { $0.title.lowercased() == title } }
    let text = { (title: String) in part(title)?.paragraphs.joined(separator: "\n\n") ?? "" }
    return Prompt(
      id: id, title: head.title, asked: asked, level: level(head), guide: guide(head),
      isClosing: isSet("part", to: "closing", in: head), when: circumstances(head), fades: fades(head),
      recalls: mentions("recalls", in: head, of: id), heading: head.field("heading")?.value,
      question: head.paragraphs.joined(separator: "\n\n"), why: text("why"), listenFor: levels(part("listen for")),
      further: levels(part("to take it further")), wording: levels(part("wording")),
      choices: choices(
        one: part("choose one"), any: part("choose any"), checklist: part("checklist"),
        remarks: part("about the choices"), lastDays: part("last days")),
      stage: stage, after: mentions("after", in: head, of: id).first, whileWatching: text("while you watch"))
  }

  private mutating func levels(_ section: MarkdownOutline.Section?) -> [Int: String] {
    var result: [Int: String] = [:]
    for field in section?.fields ?? [] {
      if field.key.hasPrefix("level "), let level = Int(field.key.dropFirst(6)), (1...4).contains(level) {
        if field.value.isEmpty { problem(field.line, "there is nothing after '\(field.key):'") }
        if result[level] == nil, !field.value.isEmpty { result[level] = field.value }
      } else {
        let wrong = field.key.isEmpty ? "what stands behind '-'" : "'\(field.key)'"
        problem(field.line, "\(wrong) should be 'level 1', 'level 2', 'level 3' or 'level 4', and a colon")
      }
    }
    return result
  }

  mutating func circumstances(_ section: MarkdownOutline.Section) -> [Circumstance] {
    guard let field = section.field("when") else { return [] }
    let found: [Circumstance] = field.items.compactMap { word in
      if let circumstance = Circumstance(rawValue: word) { return circumstance }
      problem(field.line, notAValue(of: "when", word, Circumstance.allCases.map(\.rawValue)))
      return nil
    }
    for (one, other) in [(Circumstance.pre, Circumstance.noPre), (.focus, .noFocus)]
    where Set(found).isSuperset(of: [one, other]) {
      problem(field.line, "'\(one.rawValue)' and '\(other.rawValue)' never hold together; leave one of them out")
    }
    return found
  }

  private mutating func fades(_ section: MarkdownOutline.Section) -> Int? {
    guard let field = section.field("fades"), !field.value.isEmpty else { return nil }
    if let level = Int(field.value), (2...4).contains(level) { return level }
    problem(field.line, "it fades at '\(field.value)'; it should be at level 2, 3 or 4")
    return nil
  }

  /// The ids of other prompts that a setting names; whether they exist is known when all files have been read.
  private mutating func mentions(_ key: String, in section: MarkdownOutline.Section, of id: String) -> [String] {
    guard let field = section.field(key) else { return [] }
    let named = field.items.map(\.asID)
    if named.contains(id) { problem(field.line, "'\(key)' names this prompt itself; it should be another one") }
    for other in named where other != id { mention(other, as: key, at: field.line) }
    return named.filter { $0 != id }
  }

  private mutating func choices(
    one: MarkdownOutline.Section?, any: MarkdownOutline.Section?, checklist: MarkdownOutline.Section?,
    remarks: MarkdownOutline.Section?, lastDays: MarkdownOutline.Section?
  ) -> Choices? {
    let sections = [one, any, checklist].compactMap(\.self)
    guard let section = sections.first else {
      for part in [remarks, lastDays].compactMap(\.self) {
        problem(part.line, "there are no choices to say something about")
      }
      return nil
    }
    if sections.count > 1 {
      problem(sections[1].line, "it is one of 'Choose one', 'Choose any' and 'Checklist', not several")
    }
    var isUnclear = !section.paragraphs.isEmpty
    var options: [Choices.Option] = []
    for field in section.fields {
      if field.key.isEmpty || field.key.contains(" ") || field.value.isEmpty {
        problem(field.line, "a choice should be written '- its-name: what it says'")
        isUnclear = true
      } else if Int(field.key) != nil {
        problem(field.line, "the name of a choice cannot be a number; the program numbers them")
        isUnclear = true
      } else if options.contains(where: { $0.key == field.key }) {
        problem(field.line, "there is a choice '\(field.key)' already; each needs a name of its own")
      } else {
        options.append(Choices.Option(key: field.key, text: field.value))
      }
    }
    for field in remarks?.fields ?? [] where !options.isEmpty {
      guard let index = options.firstIndex(where: { $0.key == field.key }) else {
        if !isUnclear { problem(field.line, unknown("choice", field.key, options.map(\.key))) }
        continue
      }
      if field.value.isEmpty { problem(field.line, "there is nothing after '\(field.key):'") }
      options[index].remark = field.value
    }
    for field in lastDays?.fields ?? [] where !options.isEmpty {
      guard let index = options.firstIndex(where: { $0.key == field.key }) else {
        if !isUnclear { problem(field.line, unknown("choice", field.key, options.map(\.key))) }
        continue
      }
      if field.value.isEmpty { problem(field.line, "there is nothing after '\(field.key):'") }
      for item in field.items {
        if let day = DayOfYear(item) {
          options[index].lastDays.append(day)
        } else {
          problem(field.line, "'\(item)' is not a day of every year; write it like '31 August'")
        }
      }
    }
    return Choices(isMany: one == nil, isChecklist: section == checklist, options: options)
  }
}

extension MarkdownOutline.Field {
  /// The words of a list with commas.
  var items: [String] { value.split(separator: ",").map { String($0.trimmingSpace) }.filter { !$0.isEmpty } }
}

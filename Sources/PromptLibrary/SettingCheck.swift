import Coaching

/// Tells of settings, parts and names in braces that are none, so that a slip of the fingers is not passed over.
extension PromptReader {
  /// `group` with its settings and parts as they were meant, where a slip of the fingers has made another word of one.
  mutating func check(
    _ group: [MarkdownOutline.Section], settings: [String], texts: [String] = [], lists: [String] = []
  ) -> [MarkdownOutline.Section] {
    var group = group
    let (fields, isUnclear) = check(group[0].fields, settings: settings)
    (group[0].fields, group[0].isUnclear) = (fields, isUnclear)
    var titles: Set<String> = []
    for index in group.indices.dropFirst() {
      let part = group[index]
      var title = part.title.lowercased()
      if !(texts + lists).contains(title) {
        problem(part.line, unknown("part", part.title, texts + lists))
        guard let near = title.nearest(in: texts + lists), !group.contains(where: { $0.title.lowercased() == near })
        else { continue }
        title = near
        group[index].title = near
      }
      if !titles.insert(title).inserted {
        problem(part.line, "'\(part.title)' is here twice; only the first is used")
      } else if texts.contains(title) {
        if let item = part.fields.first { problem(item.line, "a list is not shown here; write it as a sentence") }
      } else {
        if let line = part.paragraphLines.first { problem(line, "text is not shown here; only lines with '-' are") }
        if let field = twice(part.fields) {
          problem(field.line, "'\(field.key)' is here twice; is a heading missing above it?")
        }
      }
    }
    return group
  }

  private mutating func check(_ fields: [MarkdownOutline.Field], settings: [String]) -> (
    fields: [MarkdownOutline.Field], isUnclear: Bool
  ) {
    if settings.isEmpty, let field = fields.first {
      problem(field.line, "a heading such as '## Its title' seems to be missing above this line")
      return ([], true)
    }
    // Lines of a list whose heading is gone.
    if let level = fields.first(where: { $0.key.hasPrefix("level ") }) {
      problem(level.line, "a heading such as '### Listen for' seems to be missing above this line")
    }
    var fields = fields.filter { !$0.key.hasPrefix("level ") }
    var isUnclear = false
    for index in fields.indices {
      let field = fields[index]
      if field.key.isEmpty {
        problem(field.line, "a line with '-' should be a setting, such as '- id: …'")
        isUnclear = true
      } else if !settings.contains(field.key) {
        problem(field.line, unknown("setting", field.key, settings))
        if let near = field.key.nearest(in: settings), !fields.contains(where: { $0.key == near }) {
          fields[index].key = near
        } else {
          isUnclear = true
        }
      } else if field.value.isEmpty {
        problem(field.line, "there is nothing after '\(field.key):'")
      }
    }
    if let field = twice(fields.filter { settings.contains($0.key) }) {
      problem(field.line, "'\(field.key)' is here twice; only the first is used")
    }
    return (fields, isUnclear)
  }

  private func twice(_ fields: [MarkdownOutline.Field]) -> MarkdownOutline.Field? {
    var keys: Set<String> = []
    return fields.first { !keys.insert($0.key).inserted && !$0.key.isEmpty }
  }

  /// Tells of names in braces that nothing is filled in for.
  mutating func check(_ text: String, names: [String]) {
    for (index, line) in text.lines.enumerated() where line.utf8.contains(UInt8(ascii: "{")) {
      var rest = line
      while let open = rest.firstIndex(of: "{") {
        let braces = rest[open...].prefix { $0 == "{" }
        let name = rest[braces.endIndex...].prefix { !"{}".contains($0) }
        rest = rest[name.endIndex...]
        if rest.first != "}" {
          problem(index + 1, "a '}' is missing after '{\(name.prefix { $0.isLetter || $0.isNumber || $0 == "-" })'")
        } else if braces.count > 1 {
          problem(index + 1, "one brace on each side is enough: '{\(name)}'")
        } else if !names.contains(String(name)) {
          problem(index + 1, unknown("name in braces", String(name), names))
        }
      }
    }
  }
}

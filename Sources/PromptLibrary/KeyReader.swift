import Coaching

/// The keys of `/live`.
extension PromptReader {
  /// `functions` are those that may be tagged; one of the school's own needs no key.
  mutating func layouts(_ text: String, functions: [InteractionFunction]) -> [KeyLayout]? {
    let sections = outline(text)
    guard let head = title(sections, settings: []) else { return nil }
    let known = KeyMeaning.all(functions)
    let names = known.map(\.name)
    var layouts: [KeyLayout] = []
    let groups = groups(sections, level: 2)
    for group in groups {
      let section = check(group, settings: ["id"] + names)[0]
      guard let id = id(section), isNew(id, section) else { continue }
      var layout = KeyLayout(id: id, title: section.title, bindings: [])
      var missing = known.filter { $0.meaning.isNeeded }.map(\.name)
      // The speakers' first, as no other may have theirs; then pairs, of which one key could shut out many.
      let fields = section.fields.filter { names.contains($0.key) }
      let rank = { (field: MarkdownOutline.Field) in
        Speaker(rawValue: field.key) != nil ? 0 : field.value.contains(where: \.isWhitespace) ? 1 : 2
      }
      for field in (0...2).flatMap({ step in fields.filter { rank($0) == step } }) {
        missing.removeAll { $0 == field.key }
        guard let meaning = known.first(where: { $0.name == field.key })?.meaning,
          layout.strokes(for: meaning) == nil, let strokes = strokes(field),
          isFree(strokes, for: meaning, field, in: layout, known)
        else { continue }
        layout.bindings.append(KeyLayout.Binding(meaning: meaning, strokes: strokes))
      }
      if !missing.isEmpty, !section.isUnclear {
        problem(
          section.line,
          "'\(section.title)' has no key for \(missing.map { "'\($0)'" }.inSentence); write 'none' where you want none")
      }
      // In the order of the file.
      layout.bindings = fields.compactMap { field in
        layout.bindings.first { binding in known.contains { $0.name == field.key && $0.meaning == binding.meaning } }
      }
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
      layouts.append(layout)
    }
    if groups.isEmpty { problem(head.line, "there is no layout in this file; begin one with '## Its title'") }
    return layouts.isEmpty ? nil : layouts
  }

  /// The keys in `field`; `nil` when there are none to be used.
  private mutating func strokes(_ field: MarkdownOutline.Field) -> [KeyLayout.Stroke]? {
    let words = field.value.split(whereSeparator: \.isWhitespace).map(String.init)
    guard !words.isEmpty, words.map({ $0.lowercased() }) != ["none"] else { return nil }
    guard words.count <= 2 else {
      problem(field.line, "'\(field.key)' has \(words.count) keys; one or two can be pressed for it")
      return nil
    }
    var strokes: [KeyLayout.Stroke] = []
    for word in words {
      let name = word.lowercased()
      if word.unicodeScalars.count == 1 {
        strokes.append(word)
      } else if KeyLayout.names.contains(name) {
        strokes.append(name)
      } else {
        let near = name.nearest(in: KeyLayout.names).map { "did you mean '\($0)'?" }
        problem(
          field.line,
          "'\(word)' is no key; \(near ?? "write one character, or one of \(KeyLayout.names.joined(separator: ", "))")")
        return nil
      }
    }
    guard strokes[0] != "/" else {
      problem(field.line, "'/' begins a command; choose another key for '\(field.key)'")
      return nil
    }
    return strokes
  }

  /// Whether `strokes` can stand for `meaning` beside what is in `layout`.
  private mutating func isFree(
    _ strokes: [KeyLayout.Stroke], for meaning: KeyMeaning, _ field: MarkdownOutline.Field, in layout: KeyLayout,
    _ known: [(name: String, meaning: KeyMeaning)]
  ) -> Bool {
    if case .speaker = meaning, strokes.count > 1 {
      problem(field.line, "'\(field.key)' should have one key: it is when the turn begins")
      return false
    }
    let other = layout.bindings.first { binding in
      if binding.strokes.starts(with: strokes) || strokes.starts(with: binding.strokes) { return true }
      if case .speaker = binding.meaning { return strokes.contains(binding.strokes[0]) }
      return false
    }
    guard let other else { return true }
    let name = known.first { $0.meaning == other.meaning }?.name ?? ""
    problem(
      field.line,
      "'\(strokes.joined(separator: " "))' cannot be '\(field.key)' beside '\(other.strokes.joined(separator: " "))' for '\(name)'"
    )
    return false
  }
}

extension KeyMeaning {
  /// A layout that has no key for it has forgotten it.
  fileprivate var isNeeded: Bool {
    if case .function(let function) = self { return InteractionFunction.standard.contains(function) }
    return true
  }
}

public import Terminal

/// A reflection's Markdown set for reading on a screen: headings and emphasis are shown instead of their marks, tables in
/// columns where they fit. It knows what ``Reports`` writes, and no more of Markdown.
public func reading(_ markdown: String, width: Int) -> [Span] {
  var spans: [Span] = []
  var table: [[String]] = []
  for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.hasPrefix("|") {
      if !line.hasPrefix("|-") && !line.hasPrefix("| -") { table.append(cells(line)) }
      continue
    }
    spans += columns(table, width: width)
    table = []
    if line.hasPrefix("#") {
      let level = line.prefix { $0 == "#" }.count
      let style: Style = level == 1 ? [.bold, .underlined] : level == 2 ? .bold : .underlined
      spans.append(Span(inline(line.dropFirst(level + 1)).map(\.text).joined(), style))
    } else if line.hasPrefix("> ") {
      spans += [Span("    ")] + inline(line.dropFirst(2))
    } else {
      spans += inline(line)
    }
    spans.append(Span("\n"))
  }
  return spans + columns(table, width: width)
}

/// A line with its emphasis as styles, and without the backslashes before what stands for itself.
private func inline(_ line: Substring) -> [Span] {
  var spans: [Span] = []
  var text = ""
  var style = Style.normal
  var rest = line
  func finish() {
    if !text.isEmpty { spans.append(Span(text, style)) }
    text = ""
  }
  while let character = rest.popFirst() {
    switch character {
    case "\\": if let literal = rest.popFirst() { text.append(literal) }
    case "*":
      finish()
      let isStrong = rest.first == "*"
      if isStrong { rest.removeFirst() }
      style.formSymmetricDifference(isStrong ? .bold : .dim)
    default: text.append(character)
    }
  }
  finish()
  return spans
}

/// The cells of a row, as plain text.
private func cells(_ row: Substring) -> [String] {
  var cells = [""]
  var rest = row.dropFirst()
  while let character = rest.popFirst() {
    if character == "|" {
      cells.append("")
    } else {
      cells[cells.count - 1].append(character)
      if character == "\\", let next = rest.popFirst() { cells[cells.count - 1].append(next) }
    }
  }
  return cells.dropLast().map { inline($0.trimmed).map(\.text).joined() }
}

/// A table's rows, the first as a heading: in columns, or where those are too wide, one after the other.
private func columns(_ rows: [[String]], width: Int) -> [Span] {
  guard let heading = rows.first else { return [] }
  let widths = heading.indices.map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
  let fits = widths.reduce(0) { $0 + $1 + 2 } <= width + 2
  return rows.enumerated().map { index, row in
    let text =
      fits
      ? zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
      : (index == 0 ? "" : "- ") + row.filter { !$0.isEmpty }.joined(separator: " · ")
    return Span(text + "\n", index == 0 ? .bold : .normal)
  }
}

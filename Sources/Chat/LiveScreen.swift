import Terminal

/// The rows that are shown while one key tags.
enum LiveScreen {
  /// The keys, as many as fit.
  static func keys(_ items: [LiveTagging.Item], width: Int, rows: Int) -> [[Span]] {
    var lines: [[Span]] = []
    var used = width
    for item in items {
      let key = Speech.key(item.stroke)
      let length = key.count + 1 + item.label.count
      if used + 2 + length > width - 1 {
        guard lines.count < rows else {
          lines[lines.count - 1].append(Span(" …", .dim))
          break
        }
        lines.append([])
        used = 0
      } else {
        lines[lines.count - 1].append(Span("  "))
        used += 2
      }
      lines[lines.count - 1] += [Span(key, .bold), Span(" " + item.label, item.isFading ? .dim : .normal)]
      used += length
    }
    return lines
  }

  /// The turn that codes are added to, and what was wrong with the last key.
  static func turn(_ live: LiveTagging, _ turn: String?) -> [Span] {
    let half = live.half.isEmpty ? [] : [Span(live.half.joined(separator: " ") + " …  ", .bold)]
    let message = live.message.map { [Span($0 + "  ", .yellow)] } ?? []
    return half + message + [turn.map { Span($0, .green) } ?? Span(Speech.noTurnYet, .dim)]
  }
}

import Coaching
import TalkAnalysis

/// Patterns, signs and comparisons as HTML.
extension Reflection {
  func html(_ pattern: Page.Pattern) -> Markup {
    tag(
      "div", ["class": "pattern"],
      [
        pattern.title.map { tag("h3", [:], .text($0)) },
        tag("p", ["dir": "auto"], .text(pattern.text)),
        pattern.places.isEmpty ? nil : tag("p", ["class": "behind"], links(pattern.places)),
      ].compactMap(\.self))
  }

  /// Each sign opens to what it is, how it is looked for, and where it was.
  func html(_ level: Page.SignLevel) -> Markup {
    let signs = level.signs.map { sign in
      tag(
        "li", ["class": sign.verdict.rawValue],
        tag(
          "details", [:],
          [
            tag(
              "summary", [:], tag("span", ["class": "verdict", "aria-hidden": "true"], .text(sign.verdict.mark)),
              tag("strong", [:], .text(sign.title)), .text(" "), tag("small", [:], .text(sign.verdict.words))),
            tag("p", [:], .text(sign.sentence)), tag("p", ["class": "aside"], .text(sign.rule)),
            sign.places.isEmpty ? nil : tag("p", ["class": "behind"], links(sign.places)),
          ].compactMap(\.self)))
    }
    return tag(
      "div", ["class": "level"], tag("h3", [:], .text(level.title)),
      tag("p", ["class": "aside"], .text(level.sentence)),
      tag("ul", ["class": "signs"], signs))
  }

  func html(_ comparison: Page.Comparison) -> Markup {
    table(
      "side-by-side", caption: comparison.caption, comparison.headings,
      comparison.rows.map { row in
        tag(
          "tr", ["role": "row"],
          [tag("th", ["scope": "row", "role": "rowheader", "dir": "auto"], .text(row[0]))]
            + zip(row.dropFirst(), comparison.headings.dropFirst()).map { cell, heading in
              tag("td", ["role": "cell", "data-label": heading], .text(cell))
            })
      })
  }

  // MARK: - What followed what

  /// A picture with a circle for each pair of functions, its area the count; and the same in a list for those who read.
  func html(_ matrix: Page.Matrix) -> Markup {
    let count = matrix.names.count
    let (left, top, pitch) = (128.0, 112.0, 34.0)
    let most = matrix.cells.joined().map(\.count).max() ?? 1
    var shapes: [Markup] = []
    for index in 0..<count {
      let middle = (Double(index) + 0.5) * pitch
      shapes.append(
        tag(
          "text", ["x": coordinate(left - 10), "y": coordinate(top + middle + 4), "text-anchor": "end"],
          .text(matrix.names[index])))
      shapes.append(
        tag(
          "text", ["transform": "translate(\(coordinate(left + middle + 4)) \(coordinate(top - 10))) rotate(-60)"],
          .text(matrix.names[index])))
      for end in [left, top] {
        let isRow = end == left
        let (fixed, from, to) = ((isRow ? top : left) + middle, end, end + Double(count) * pitch)
        shapes.append(
          tag(
            "line",
            [
              "class": "tick", "x1": coordinate(isRow ? from : fixed), "x2": coordinate(isRow ? to : fixed),
              "y1": coordinate(isRow ? fixed : from), "y2": coordinate(isRow ? fixed : to),
            ]))
      }
    }
    for row in 0..<count {
      for column in 0..<count where matrix.cells[row][column].count > 0 {
        let cell = matrix.cells[row][column]
        let radius = 3 + 12 * (Double(cell.count) / Double(max(most, 4))).squareRoot()
        let mostly: Speaker =
          cell.fromCoach > cell.fromCoachee ? .coach : cell.fromCoachee > cell.fromCoach ? .coachee : .both
        shapes.append(
          tag(
            "circle",
            [
              "class": "dot \(mostly.rawValue)", "cx": coordinate(left + (Double(column) + 0.5) * pitch),
              "cy": coordinate(top + (Double(row) + 0.5) * pitch), "r": coordinate(radius),
            ],
            tag("title", [:], .text("\(matrix.names[row]), then \(matrix.names[column].lowercased()): \(cell.count)"))))
      }
    }
    let (width, height) = (left + Double(count) * pitch + 60, top + Double(count) * pitch + 6)
    let list = matrix.names.indices.compactMap { row -> Markup? in
      let next = matrix.names.indices.filter { matrix.cells[row][$0].count > 0 }
        .sorted { (matrix.cells[row][$1].count, $0) < (matrix.cells[row][$0].count, $1) }
      guard !next.isEmpty else { return nil }
      let words = next.map { "\(matrix.names[$0].lowercased()) \(matrix.cells[row][$0].count)" }.joined(separator: ", ")
      return tag("li", [:], .text("After \(matrix.names[row].lowercased()): \(words)"))
    }
    return tag(
      "figure", [:],
      tag(
        "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Picture of what followed what"],
        tag(
          "svg",
          [
            "class": "matrix", "viewBox": "0 0 \(coordinate(width)) \(coordinate(height))", "width": coordinate(width),
            "height": coordinate(height), "role": "img",
            "aria-label": "How often a turn of each function was followed by each. The same is in the list below.",
          ], shapes)),
      tag(
        "figcaption", [:],
        tag("p", ["class": "sideways"], .text("The picture is wider than a small screen: it moves sideways.")),
        tag(
          "p", [:],
          .text(
            "A row is what came first, a column what followed; the larger the circle, the oftener. Its colour says who mostly "
              + "spoke first.")),
        tag(
          "ul", ["class": "key"],
          [Speaker.coach, .coachee].map { speaker in
            tag(
              "li", [:],
              tag(
                "svg", ["viewBox": "-9 -9 18 18", "aria-hidden": "true"],
                tag("circle", ["class": "dot \(speaker.rawValue)", "r": "7"])),
              .text(people.name(speaker)))
          })),
      tag("details", [:], tag("summary", [:], .text("The same in words")), tag("ul", [:], list)))
  }
}

extension SignFinding.Verdict {
  var mark: String {
    switch self {
    case .seen: "●"
    case .partly: "◐"
    case .notSeen: "○"
    case .cannotTell: "?"
    }
  }

  var words: String {
    switch self {
    case .seen: "seen"
    case .partly: "partly"
    case .notSeen: "not seen"
    case .cannotTell: "cannot tell"
    }
  }
}

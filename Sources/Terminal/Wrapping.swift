/// Columns of the longest line of text: longer ones are hard to read, however wide the window.
let longestLine = 100

/// Lays `spans` out in lines of at most `width` columns, broken at spaces (inside a word only where it is longer than a
/// line). A line that goes on is indented as it began, past its list mark if it has one; one that is
/// indented and in columns goes on in the second. Returns the lines with the escape sequences of their styles; the text must
/// already be safe.
func wrap(_ spans: [Span], width: Int, styled: Bool) -> [String] {
  var lines: [String] = []
  var paragraph = Paragraph(width: width, styled: styled)
  for span in spans {
    for character in span.text {
      if character == "\n" {
        lines += paragraph.finish()
      } else {
        paragraph.append(character, span.style)
      }
    }
  }
  return lines + paragraph.finish()
}

/// A stretch of text between two line ends.
private struct Paragraph {
  private struct StyledCell {
    let cell: Cell
    let style: Style
    var isSpace: Bool { cell.character == " " }
  }

  private var cells: [StyledCell] = []
  private var column = 0
  private let width: Int
  private let styled: Bool

  init(width: Int, styled: Bool) {
    self.width = width
    self.styled = styled
  }

  mutating func append(_ character: Character, _ style: Style) {
    if character == "\t" {
      let spaces = 8 - column % 8
      cells += Array(repeating: StyledCell(cell: Cell(" "), style: style), count: spaces)
      column += spaces
    } else {
      let cell = Cell(character)
      cells.append(StyledCell(cell: cell, style: style))
      column += cell.columns
    }
  }

  mutating func finish() -> [String] {
    defer {
      cells = []
      column = 0
    }
    while cells.last?.isSpace == true { cells.removeLast() }
    let (indent, mark) = leading
    let hanging = min(cells[..<mark].reduce(0) { $0 + $1.cell.columns }, mark > indent ? width * 3 / 5 : width / 2)
    var lines: [String] = []
    var start = 0
    var column = 0
    var lastSpace: Int?
    var index = 0
    while index < cells.count {
      let cell = cells[index]
      if column + cell.cell.columns > width, index > start {
        var end = index
        if !cell.isSpace, let lastSpace { end = lastSpace }
        var next = end
        while next < cells.count, cells[next].isSpace { next += 1 }
        while end > start + 1, cells[end - 1].isSpace { end -= 1 }
        lines.append(draw(start..<end, indent: lines.isEmpty ? 0 : hanging))
        (start, index, column, lastSpace) = (next, next, hanging, nil)
        continue
      }
      if cell.isSpace, index >= max(indent, mark), index > start { lastSpace = index }
      column += cell.cell.columns
      index += 1
    }
    if start < cells.count || lines.isEmpty {
      lines.append(draw(start..<cells.count, indent: lines.isEmpty ? 0 : hanging))
    }
    return lines
  }

  /// Where the text begins after its spaces, and after its list mark (`- `, `* `, `• `, `· `, `1. `, `12) `) if it has one.
  private var leading: (indent: Int, mark: Int) {
    let indent = cells.firstIndex { !$0.isSpace } ?? cells.count
    var end = indent
    if end < cells.count, "-*•·".contains(cells[end].cell.character) {
      end += 1
    } else {
      while end < cells.count, end < indent + 3, cells[end].cell.character.isWholeNumber { end += 1 }
      guard end > indent, end < cells.count, ".)".contains(cells[end].cell.character) else {
        return (indent, firstColumn(after: indent) ?? indent)
      }
      end += 1
    }
    guard end < cells.count, cells[end].isSpace else { return (indent, indent) }
    return (indent, end + 1)
  }

  /// Where the second column begins in an indented row of columns, if that leaves room for it.
  private func firstColumn(after indent: Int) -> Int? {
    guard indent > 1,
      let gap = cells.indices.dropLast().first(where: {
        $0 > indent && cells[$0].isSpace && cells[$0 + 1].isSpace
      })
    else { return nil }
    let column = cells[gap...].firstIndex { !$0.isSpace } ?? 0
    return column * 5 <= width * 3 ? column : nil
  }

  private func draw(_ range: Range<Int>, indent: Int) -> String {
    var line = String(repeating: " ", count: indent)
    var style = Style.normal
    for cell in cells[range] {
      if styled, cell.style != style {
        style = cell.style
        line += style.escape
      }
      line.append(cell.cell.character)
    }
    return style == .normal ? line : line + Style.normal.escape
  }
}

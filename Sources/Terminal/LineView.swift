/// The part of a line that fits on one screen row, and where the cursor stands in it.
struct LineView: Equatable {
  var text: String
  /// Columns before the cursor.
  var cursorColumn: Int
}

extension LineEditor {
  /// What to show of the line in `width` columns; the text leaves the last one to the cursor. A line that is too long
  /// is scrolled by half the width at a time, with `<` and `>` where it goes on; below 8 columns, a column at a time and
  /// without marks. `width` is 2 at least.
  func render(width: Int) -> LineView {
    let room = width - 1
    let cursorColumn =
      cursor < cells.count / 2 ? cells[..<cursor].columns : columns - cells[cursor...].columns
    if columns <= room { return LineView(text: text, cursorColumn: cursorColumn) }

    // The cursor keeps clear of both marks, with room for a wide character under it.
    let isMarked = width >= 8
    let step = isMarked ? width / 2 : 1
    let beyond = cursorColumn - (isMarked ? width - 4 : room)
    let offset = beyond > 0 ? (beyond + step - 1) / step * step : 0
    let isScrolled = isMarked && offset > 0
    let isCut = isMarked && columns > offset + room
    let visible = offset + (isScrolled ? 1 : 0)..<offset + room - (isCut ? 1 : 0)

    var shown = isScrolled ? "<" : ""
    var column = cursorColumn
    var start = cursor
    while column > offset {
      start -= 1
      column -= cells[start].columns
    }
    for cell in cells[start...] {
      let next = column + cell.columns
      if column >= visible.lowerBound, next <= visible.upperBound {
        shown.append(cell.character)
      } else if column < visible.upperBound, next > visible.lowerBound {
        // Half of a wide character.
        let part = max(column, visible.lowerBound)..<min(next, visible.upperBound)
        shown += String(repeating: " ", count: part.count)
      }
      if next > visible.upperBound { break }
      column = next
    }
    if isCut { shown += ">" }
    return LineView(text: shown, cursorColumn: cursorColumn - offset)
  }
}

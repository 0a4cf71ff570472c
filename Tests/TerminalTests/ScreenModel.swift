import Glibc

@testable import Terminal

/// The C library's own; its header hides it from Swift.
@_silgen_name("wcwidth") private func wcwidth(_ scalar: wchar_t) -> Int32

/// What a terminal makes of what a program writes: rows of columns, and a cursor. It knows what the console uses, and takes
/// characters in one of two ways, as terminals do.
struct ScreenModel {
  /// How many columns a character takes that is made of several scalars.
  enum Kind: CaseIterable {
    /// What a reader sees as one is one, as in tmux, kitty or foot.
    case clusters
    /// Each scalar takes its own columns, by `wcwidth`, as in xterm or on the Linux console.
    case scalars
  }

  let kind: Kind
  let columns: Int
  /// Each place holds what is drawn there; the second half of a wide character is empty.
  private(set) var rows: [[String]]
  private(set) var cursor = (row: 0, column: 0)
  /// The last column was filled: the next character wraps.
  private var wraps = false

  init(_ kind: Kind, columns: Int, rows: Int) {
    setlocale(LC_CTYPE, "C.UTF-8")
    (self.kind, self.columns) = (kind, columns)
    self.rows = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows that hold something, without space at their ends.
  var text: [String] {
    let lines = rows.map { row in
      var line = row.joined()
      while line.last == " " { line.removeLast() }
      return line
    }
    return Array(lines[...(lines.lastIndex { !$0.isEmpty } ?? 0)])
  }

  mutating func write(_ output: String) {
    var rest = output[...]
    while let character = rest.first {
      if character == "\u{1B}" {
        rest = act(on: rest.dropFirst(2))
      } else {
        rest.removeFirst()
        switch character {
        case "\r\n":
          goTo(cursor.row, 0)
          feed()
        case "\n": feed()
        case "\r": goTo(cursor.row, 0)
        default: put(character)
        }
      }
    }
  }

  /// A control sequence without its beginning; gives what follows it.
  private mutating func act(on text: Substring) -> Substring {
    let parameters = text.prefix { !$0.isLetter }
    let number = Int(parameters)
    switch text[parameters.endIndex] {
    case "A": goTo(max(0, cursor.row - (number ?? 1)), cursor.column)
    case "G": goTo(cursor.row, (number ?? 1) - 1)
    case "H": goTo(0, 0)
    case "K": clear(cursor.row, from: cursor.column)
    case "J":
      clear(cursor.row, from: number == 2 ? 0 : cursor.column)
      for row in rows.indices where row > cursor.row || number == 2 { clear(row, from: 0) }
    default: break
    }
    return text[text.index(after: parameters.endIndex)...]
  }

  private mutating func goTo(_ row: Int, _ column: Int) {
    cursor = (row, min(column, columns - 1))
    wraps = false
  }

  private mutating func feed() {
    if cursor.row + 1 < rows.count { return goTo(cursor.row + 1, cursor.column) }
    rows.removeFirst()
    rows.append(Array(repeating: " ", count: columns))
  }

  private mutating func clear(_ row: Int, from column: Int) {
    for place in column..<columns { rows[row][place] = " " }
  }

  private mutating func put(_ character: Character) {
    switch kind {
    case .clusters: draw(String(character), columns: character.columns)
    case .scalars:
      for scalar in character.unicodeScalars { draw(String(scalar), columns: Int(wcwidth(wchar_t(scalar.value)))) }
    }
  }

  private mutating func draw(_ text: String, columns width: Int) {
    guard width > 0 else {
      // A mark goes onto what stands before the cursor.
      var place = cursor.column - (wraps ? 0 : 1)
      if place >= 0, rows[cursor.row][place].isEmpty { place -= 1 }
      if place >= 0 { rows[cursor.row][place] += text }
      return
    }
    if wraps || cursor.column + width > columns {
      goTo(cursor.row, 0)
      feed()
    }
    for place in cursor.column..<cursor.column + width {
      // Half of a wide character that is overwritten goes as a whole.
      if rows[cursor.row][place].isEmpty, place > 0 { rows[cursor.row][place - 1] = " " }
      if place + 1 < columns, rows[cursor.row][place + 1].isEmpty { rows[cursor.row][place + 1] = " " }
      rows[cursor.row][place] = place == cursor.column ? text : ""
    }
    wraps = cursor.column + width == columns
    cursor.column = min(cursor.column + width, columns - 1)
  }
}

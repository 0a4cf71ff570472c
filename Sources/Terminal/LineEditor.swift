/// A line being typed: what it holds, where the cursor is, and what each key does to it. Knows nothing of the screen.
///
/// A position is a count of characters as a reader sees them (grapheme clusters), never of bytes or scalars.
struct LineEditor {
  /// What a key asks of the world outside the line.
  enum Outcome: Equatable {
    case line(TypedLine)
    /// Ctrl-C, with the text it abandons.
    case interrupt(String)
    case endOfInput, quit, suspend, clearScreen
    /// There is more than one way to go on.
    case choices([Completion])
  }

  private(set) var cells: [Cell] = []
  private(set) var cursor = 0
  /// What ``cells`` take on the screen, kept so that typing into a very long line stays quick.
  private(set) var columns = 0
  /// Finds completions for a line and a cursor position in it.
  var completer: (_ line: String, _ cursor: Int) -> [Completion] = { _, _ in [] }

  /// Escape kills the whole line.
  var dropsOnEscape = false

  private var began: SuspendingClock.Instant?
  private var history: [String] = []
  /// The line of history on show; `history.count` for the new one.
  private var recalled = 0
  private var draft = ""
  private var killed = ""
  private var killsInARow = false

  var text: String { Self.text(cells[...]) }

  /// Makes `line` the newest that Up brings back; blank lines and repetitions are left out.
  mutating func addHistory(_ line: String) {
    let wasNew = recalled == history.count
    if line.contains(where: { $0 != " " }), line != history.last { history.append(line) }
    if wasNew { recalled = history.count }
  }

  mutating func handle(_ key: Key, at now: SuspendingClock.Instant) -> Outcome? {
    let killedBefore = killsInARow
    killsInARow = false
    let outcome = apply(key, at: now, killedBefore: killedBefore)
    began = cells.isEmpty ? nil : began ?? now
    return outcome
  }

  private mutating func apply(_ key: Key, at now: SuspendingClock.Instant, killedBefore: Bool) -> Outcome? {
    switch key {
    case .character(let scalar): insert(String(scalar))
    case .paste(let text): insert(text)
    case .enter:
      let line = TypedLine(text: text, began: began ?? now, ended: now)
      clear()
      return .line(line)
    case .tab: return complete()
    case .control("c"):
      let abandoned = text
      clear()
      return .interrupt(abandoned)
    case .control("d"):
      if cells.isEmpty { return .endOfInput }
      deleteForward()
    case .control("z"): return .suspend
    case .control("\\"): return .quit
    case .control("l"): return .clearScreen

    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(cells.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = cells.count
    case .wordLeft, .alt("b"): cursor = wordStart(\.isInWord)
    case .wordRight, .alt("f"): cursor = wordEnd
    case .up, .control("p"): recall(recalled - 1)
    case .down, .control("n"): recall(recalled + 1)

    case .backspace, .control("h"): if cursor > 0 { replace(cursor - 1..<cursor, with: "") }
    case .delete: deleteForward()
    case .control("k"): kill(cursor..<cells.count, appending: killedBefore)
    case .control("u"): kill(0..<cursor, appending: killedBefore)
    case .control("w"): kill(wordStart { $0.character != " " }..<cursor, appending: killedBefore)
    case .wordBackspace: kill(wordStart(\.isInWord)..<cursor, appending: killedBefore)
    case .alt("d"): kill(cursor..<wordEnd, appending: killedBefore)
    case .control("y"): insert(killed)
    case .control("t"): transpose()
    case .escape where dropsOnEscape: kill(0..<cells.count, appending: false)
    case .control, .alt, .escape, .pageUp, .pageDown, .other: break
    }
    return nil
  }

  // MARK: Changing the line

  private static func text(_ cells: ArraySlice<Cell>) -> String { String(cells.map(\.character)) }

  private mutating func insert(_ text: String) {
    replace(cursor..<cursor, with: text.safeOnOneLine)
  }

  /// Puts `text` in place of `range`, the cursor after it. A combining mark joins the character before it, so both
  /// neighbours are cut into characters anew.
  private mutating func replace(_ range: Range<Int>, with text: String) {
    let before = max(0, range.lowerBound - 1)
    let after = min(cells.count, range.upperBound + 1)
    let head = Self.text(cells[before..<range.lowerBound]) + text
    let joined = (head + Self.text(cells[range.upperBound..<after])).map { Cell($0) }
    columns += joined.columns - cells[before..<after].columns
    cells.replaceSubrange(before..<after, with: joined)
    cursor = before + min(head.count, joined.count)
  }

  private mutating func deleteForward() {
    guard cursor < cells.count else { return }
    let place = cursor
    replace(cursor..<cursor + 1, with: "")
    cursor = min(place, cells.count)
  }

  private mutating func kill(_ range: Range<Int>, appending: Bool) {
    let text = Self.text(cells[range])
    if !appending {
      killed = text
    } else if range.lowerBound < cursor {
      killed = text + killed
    } else {
      killed += text
    }
    killsInARow = true
    if !range.isEmpty { replace(range, with: "") }
  }

  private mutating func transpose() {
    guard cells.count > 1, cursor > 0 else { return }
    let second = min(cursor, cells.count - 1)
    let swapped = Self.text(cells[second...second]) + Self.text(cells[second - 1..<second])
    replace(second - 1..<second + 1, with: swapped)
  }

  private mutating func set(_ text: String) {
    cells = text.safeOnOneLine.map { Cell($0) }
    columns = cells.columns
    cursor = cells.count
  }

  private mutating func clear() {
    set("")
    recalled = history.count
  }

  // MARK: Words, history, completion

  /// Where the word before the cursor begins.
  private func wordStart(_ isWord: (Cell) -> Bool) -> Int {
    let gap = cells[..<cursor].lastIndex(where: isWord).map { $0 + 1 } ?? 0
    return cells[..<gap].lastIndex { !isWord($0) }.map { $0 + 1 } ?? 0
  }

  /// Where the word at or after the cursor ends.
  private var wordEnd: Int {
    let start = cells[cursor...].firstIndex(where: \.isInWord) ?? cells.count
    return cells[start...].firstIndex { !$0.isInWord } ?? cells.count
  }

  private mutating func recall(_ index: Int) {
    guard (0...history.count).contains(index), index != recalled else { return }
    if recalled == history.count { draft = text }
    recalled = index
    set(index == history.count ? draft : history[index])
  }

  private mutating func complete() -> Outcome? {
    let choices = completer(text, cursor)
    guard let first = choices.first else { return nil }
    let common = choices.dropFirst().reduce(first.text) { Self.commonPrefix($0, $1.text) }
    let start = max(0, cursor - first.replacing)
    if choices.count == 1 || common.count > cursor - start {
      replace(start..<cursor, with: common.safeOnOneLine)
      return nil
    }
    return .choices(choices)
  }

  private static func commonPrefix(_ one: String, _ other: String) -> String {
    String(zip(one, other).prefix { $0 == $1 }.map(\.0))
  }
}

extension Cell {
  fileprivate var isInWord: Bool { character.isLetter || character.isNumber }
}

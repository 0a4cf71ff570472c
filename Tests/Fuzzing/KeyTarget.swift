import Foundation

@testable import Terminal

extension FuzzTarget {
  /// The first byte says in what pieces, and how wide a screen; the rest are the bytes of a terminal.
  static let keys = FuzzTarget(name: "keys", corpus: "keys") { bytes in
    guard let first = bytes.first else { return }
    let typed = Array(bytes.dropFirst())
    let piece = 1 + Int(first & 7)
    let now = SuspendingClock.now
    var whole = KeyDecoder()
    var cut = KeyDecoder()
    let keys = whole.decode(typed, at: now)
    let pieces = stride(from: 0, to: typed.count, by: piece).map { Array(typed[$0..<min($0 + piece, typed.count)]) }
    let again = pieces.flatMap { cut.decode($0, at: now) }
    try require(keys == again, "the same bytes in pieces of \(piece) are other keys")
    try requireLine(keys, width: 2 + Int(first >> 3), at: now)
    try requireLines(typed, pieces, at: now)
  }
}

/// The line that is typed is whole after every key, and fits its row.
private func requireLine(_ keys: [Key], width: Int, at now: SuspendingClock.Instant) throws {
  var editor = LineEditor()
  editor.completer = { line, cursor in
    let found = [
      Completion("\(line.suffix(2))é ", replacing: min(cursor, 2)), Completion("/end", replacing: cursor % 2),
    ]
    return Array(found.prefix(cursor % 3))
  }
  for (index, key) in keys.enumerated() {
    if case .line(let line)? = editor.handle(key, at: now) { editor.addHistory(line.text) }
    // Whoever takes out a line and puts it back twice, again and again, gets one as long as they like.
    if editor.cells.count > 10_000 { return }
    // A long line is looked at now and then, so that it does not take the square of its length.
    if editor.cells.count > 300, index % 97 > 0 { continue }
    try require((0...editor.cells.count).contains(editor.cursor), "the cursor is outside the line")
    try require(editor.columns == editor.cells.columns, "the columns are miscounted")
    let view = editor.render(width: width)
    try require((0..<width).contains(view.cursorColumn), "the cursor is in column \(view.cursorColumn) of \(width)")
    try require(view.text.map { Cell($0) }.columns < width, "the line is wider than its row of \(width)")
  }
  try requirePrintable(editor.text, "the line")
}

/// Lines are the same however they come.
private func requireLines(_ typed: [UInt8], _ pieces: [[UInt8]], at now: SuspendingClock.Instant) throws {
  var whole = LineSplitter()
  var cut = LineSplitter()
  let lines = whole.receive(.bytes(typed, at: now)) + whole.receive(.end(at: now))
  let again = pieces.flatMap { cut.receive(.bytes($0, at: now)) } + cut.receive(.end(at: now))
  try require(lines == again, "the same bytes in pieces are other lines")
}

/// Cuts input that is not typed at a terminal, or is edited by the terminal itself, into lines.
///
/// Lines end with LF or CRLF; the last one may lack it. What is not UTF-8 becomes U+FFFD. A byte order mark at the very
/// beginning is dropped. Takes time in proportion to the input, however long a line is.
struct LineSplitter {
  private var partial: [UInt8] = []
  private var began: SuspendingClock.Instant?
  private var isFirst = true

  /// Whether a line has begun and not ended.
  var isInsideLine: Bool { began != nil }

  mutating func receive(_ input: Input) -> [TerminalEvent] {
    switch input {
    case .bytes(let bytes, let now):
      var events: [TerminalEvent] = []
      var rest = bytes[...]
      while let end = rest.firstIndex(of: 0x0A) {
        partial += rest[..<end]
        if partial.last == 0x0D { partial.removeLast() }
        events.append(.line(finish(at: now)))
        rest = rest[(end + 1)...]
      }
      if !rest.isEmpty {
        partial += rest
        began = began ?? now
      }
      return events
    case .end(let now):
      return began == nil ? [.endOfInput] : [.line(finish(at: now)), .endOfInput]
    }
  }

  private mutating func finish(at now: SuspendingClock.Instant) -> TypedLine {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = isFirst && partial.starts(with: mark) ? partial.dropFirst(mark.count) : partial[...]
    let line = TypedLine(text: String(decoding: bytes, as: UTF8.self), began: began ?? now, ended: now)
    partial.removeAll()
    began = nil
    isFirst = false
    return line
  }
}

/// Turns the bytes of a terminal into keys; a sequence may be split between calls at any byte.
///
/// Sequences are ECMA-48 control sequences as sent by xterm and its relatives, the Linux console, tmux and screen.
struct KeyDecoder {
  /// Bytes of a sequence that is not complete yet.
  private var pending: [UInt8] = []
  /// What came of a paste so far.
  private var paste: [UInt8]?
  private var lastTime: SuspendingClock.Instant?
  private var lastWasReturn = false

  /// Terminals send a sequence at once; what follows an unfinished one later than this is another key.
  private static let patience = Duration.milliseconds(100)
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// The key that is there when nothing has followed an Escape for longer than a sequence takes.
  mutating func decodeNothing(at now: SuspendingClock.Instant) -> [Key] {
    guard pending == [0x1B], let lastTime, lastTime.duration(to: now) > Self.patience else { return [] }
    pending = []
    return [.escape]
  }

  mutating func decode(_ bytes: [UInt8], at now: SuspendingClock.Instant) -> [Key] {
    var keys: [Key] = []
    if pending.first == 0x1B, let lastTime, lastTime.duration(to: now) > Self.patience {
      keys.append(pending.count == 1 ? .escape : .other)
      pending = []
    }
    lastTime = now
    var rest = (pending + bytes)[...]
    pending = []
    while !rest.isEmpty {
      if paste != nil {
        guard let text = takePaste(&rest) else { break }
        keys.append(.paste(text))
        continue
      }
      guard let (key, length) = Self.next(rest) else {
        pending = Array(rest)
        break
      }
      let byte = rest[rest.startIndex]
      rest = rest.dropFirst(length)
      defer { lastWasReturn = byte == 0x0D }
      switch key {
      case .key(let key):
        if byte == 0x0A, lastWasReturn { continue }
        keys.append(key)
      case .pasteBegins: paste = []
      }
    }
    return keys
  }

  /// Moves bytes into the paste; its text when it is complete.
  private mutating func takePaste(_ rest: inout ArraySlice<UInt8>) -> String? {
    var collected = paste ?? []
    paste = nil  // so that appending does not copy
    // The end mark may have begun in what came before.
    let from = max(0, collected.count - Self.pasteEnd.count + 1)
    let before = collected.count
    collected += rest
    var index = from
    while index + Self.pasteEnd.count <= collected.count {
      guard let escape = collected[index...].firstIndex(of: 0x1B) else { break }
      if collected[escape...].starts(with: Self.pasteEnd) {
        rest = rest.dropFirst(escape + Self.pasteEnd.count - before)
        return String(decoding: collected[..<escape], as: UTF8.self)
      }
      index = escape + 1
    }
    paste = collected
    rest = []
    return nil
  }

  private enum Decoded {
    case key(Key)
    case pasteBegins
  }

  /// The first key in `bytes` and its length; nil when more bytes are needed.
  private static func next(_ bytes: ArraySlice<UInt8>) -> (Decoded, Int)? {
    let first = bytes[bytes.startIndex]
    switch first {
    case 0x1B: return escape(bytes)
    case 0x0D, 0x0A: return (.key(.enter), 1)
    case 0x09: return (.key(.tab), 1)
    case 0x08, 0x7F: return (.key(.backspace), 1)
    case 0..<0x20:
      return (.key(.control(Character(Unicode.Scalar(first + 0x40)).lowercased().first ?? "@")), 1)
    case 0x20..<0x7F: return (.key(.character(Unicode.Scalar(first))), 1)
    default: return character(bytes)
    }
  }

  /// One scalar of more than one byte; U+FFFD for what is not UTF-8.
  private static func character(_ bytes: ArraySlice<UInt8>) -> (Decoded, Int)? {
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch bytes[bytes.startIndex] {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: (1, 0...0)
      }
    var count = 1
    for byte in bytes.dropFirst().prefix(length - 1) {
      guard (count == 1 ? second : 0x80...0xBF).contains(byte) else { return (.key(.character("\u{FFFD}")), count) }
      count += 1
    }
    if length == 1 { return (.key(.character("\u{FFFD}")), 1) }
    guard count == length else { return nil }
    let text = String(decoding: bytes.prefix(length), as: UTF8.self)
    return (.key(.character(text.unicodeScalars.first ?? "\u{FFFD}")), length)
  }

  /// What begins with ESC.
  private static func escape(_ bytes: ArraySlice<UInt8>) -> (Decoded, Int)? {
    guard let second = bytes.dropFirst().first else { return nil }
    switch second {
    case 0x1B:
      return (.key(.escape), 1)
    case UInt8(ascii: "["):
      return controlSequence(bytes)
    case UInt8(ascii: "O"):
      guard let third = bytes.dropFirst(2).first else { return nil }
      return (.key(cursorKey(third, modified: false)), 3)
    case 0x08, 0x7F:
      return (.key(.wordBackspace), 2)
    case 0x20..<0x7F:
      return (.key(.alt(Character(Unicode.Scalar(second)).lowercased().first ?? " ")), 2)
    default:
      return (.key(.escape), 1)
    }
  }

  /// `ESC [ parameters final`.
  private static func controlSequence(_ bytes: ArraySlice<UInt8>) -> (Decoded, Int)? {
    let body = bytes.dropFirst(2)
    // The Linux console sends `ESC [ [ A` for F1.
    if body.first == UInt8(ascii: "[") { return body.count < 2 ? nil : (.key(.other), 4) }
    guard let end = body.firstIndex(where: { !(0x20...0x3F).contains($0) }) else { return nil }
    guard (0x40...0x7E).contains(body[end]) else { return (.key(.other), end - bytes.startIndex) }
    let length = end - bytes.startIndex + 1
    let parameters = String(decoding: body[..<end], as: UTF8.self).split(
      separator: ";", omittingEmptySubsequences: false)
    // Modifiers are 1 plus a bit set: 1 Shift, 2 Alt, 4 Ctrl.
    let modifiers = max(1, parameters.count > 1 ? Int(parameters[1]) ?? 1 : 1) - 1
    let modified = modifiers & 6 != 0
    guard body[end] == UInt8(ascii: "~") else { return (.key(cursorKey(body[end], modified: modified)), length) }
    switch parameters.first {
    case "1", "7": return (.key(.home), length)
    case "4", "8": return (.key(.end), length)
    case "3": return (.key(.delete), length)
    case "5": return (.key(.pageUp), length)
    case "6": return (.key(.pageDown), length)
    case "200": return (.pasteBegins, length)
    default: return (.key(.other), length)
    }
  }

  private static func cursorKey(_ final: UInt8, modified: Bool) -> Key {
    switch Character(Unicode.Scalar(final)) {
    case "A": .up
    case "B": .down
    case "C": modified ? .wordRight : .right
    case "D": modified ? .wordLeft : .left
    case "H": .home
    case "F": .end
    case "M": .enter
    default: .other
    }
  }
}

extension String {
  /// The text with U+FFFD for every character that could act on a terminal instead of being shown: the control
  /// characters (C0 but for newline and tab, DEL, C1) and the ones that reorder text (U+202A–202E, U+2066–2069).
  /// A CRLF becomes a newline.
  var safeForTerminal: String {
    guard unicodeScalars.contains(where: \.actsOnTerminal) else { return self }
    var safe = String.UnicodeScalarView()
    var rest = unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "\r", rest.first == "\n" { continue }
      safe.append(scalar.actsOnTerminal ? "\u{FFFD}" : scalar)
    }
    return String(safe)
  }

  /// As ``safeForTerminal``, with a space for each line end (CR too, as terminals paste) and tab.
  var safeOnOneLine: String {
    String(map { $0 == "\n" || $0 == "\r\n" || $0 == "\r" || $0 == "\t" ? " " : $0 }).safeForTerminal
  }
}

extension Unicode.Scalar {
  fileprivate var actsOnTerminal: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

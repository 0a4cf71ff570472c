extension String {
  /// This text without what would not be seen and could mislead: control characters, marks that turn the direction of
  /// the text round, and code points that XML forbids. Line ends become `\n`; a tab becomes a space.
  var printable: String {
    var result = String.UnicodeScalarView()
    for scalar in replacing("\r\n", with: "\n").unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append("\n")
      case 0x09: result.append(" ")
      case 0x00...0x1F, 0x7F...0x9F: continue
      case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: continue
      case 0xFEFF, 0xFFF9...0xFFFB: continue
      case let value where value & 0xFFFE == 0xFFFE: continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// ``printable`` on one line.
  var oneLine: String { printable.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

/// `text` as the content of an HTML or XML element, or of an attribute in double quotes.
func escapeHTML(_ text: String) -> String {
  // Nearly all of a page is plain, and there is a lot of it.
  let isPlain = text.utf8.allSatisfy { byte in
    byte >= 0x20 && byte < 0x7F
      && !(byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
        || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"))
  }
  if isPlain { return text }
  var result = ""
  for character in text.printable.unicodeScalars {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}

/// `text` as literal text anywhere in a line of Markdown, in a table too (CommonMark §2.4; GitHub's links and tables).
/// It becomes one line.
func escapeMarkdown(_ text: String) -> String {
  let scalars = Array(text.oneLine.unicodeScalars)
  var result = String.UnicodeScalarView()
  var isNumberSoFar = true
  for (index, scalar) in scalars.enumerated() {
    let before = index > 0 ? scalars[index - 1] : nil
    let after = index + 1 < scalars.count ? scalars[index + 1] : nil
    let special =
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "$", "=", "%", "@", "{", "}", "^": true
      case "#", "+", "-": before == nil || before == " "
      case "!": after == "["
      // `1. `, `1) ` at the start of a line; `www.` anywhere.
      case ".", ")": isNumberSoFar || scalars[..<index].suffix(3).allW
      // `https://`, `:smile:`; times stay as they are.
      case ":": after.map { $0 != " " } ?? false && !(before.isDigit && after.isDigit)
      default: false
      }
    if special { result.append("\\") }
    result.append(scalar)
    isNumberSoFar = isNumberSoFar && scalar.isDigit
  }
  return String(result)
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}

extension ArraySlice<Unicode.Scalar> {
  fileprivate var allW: Bool { count == 3 && allSatisfy { $0 == "w" || $0 == "W" } }
}

extension Unicode.Scalar? {
  fileprivate var isDigit: Bool { map { ("0"..."9").contains($0) } ?? false }
}

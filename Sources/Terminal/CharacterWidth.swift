/// A character as it takes its place on the screen.
struct Cell: Equatable {
  let character: Character
  /// Columns it takes: 0, 1, 2, or more for a cluster that terminals spread out.
  let columns: Int

  init(_ character: Character) {
    self.character = character
    columns = character.columns
  }
}

extension Sequence<Cell> {
  /// Columns of all of them.
  var columns: Int { reduce(0) { $0 + $1.columns } }
}

extension Character {
  /// The columns a terminal gives this grapheme cluster: the sum over its scalars, as `wcwidth` counts them, but an
  /// emoji sequence (joined with ZWJ, with a skin tone, or asked for with U+FE0F) is one picture of two columns.
  var columns: Int {
    let scalars = unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.count == 1 { return first.columns }
    let isEmoji = first.properties.isEmoji
    if isEmoji, scalars.contains(where: { $0 == "\u{FE0F}" || $0 == "\u{200D}" || $0.properties.isEmojiModifier }) {
      return 2
    }
    return scalars.reduce(0) { $0 + $1.columns }
  }
}

extension String {
  /// The text of a row that begins in column `start` of `columns`, so that each character stands in its own column also on a
  /// terminal that spreads some out over more, or fewer: a family into its heads. Where that would not fit, its first
  /// scalar stands for it.
  func inPlace(from start: Int, of columns: Int) -> String {
    var (shown, column) = ("", start)
    for character in self {
      let next = column + character.columns
      let spread = character.unicodeScalars.reduce(0) { $0 + $1.columns }
      if spread == next - column {
        shown.append(character)
      } else {
        let space = String(repeating: " ", count: next - column)
        let drawn = column + spread < columns ? String(character) : String(character.unicodeScalars.first!)
        shown += space + "\u{1B}[\(column + 1)G" + drawn + "\u{1B}[\(next + 1)G"
      }
      column = next
    }
    return shown
  }
}

extension Unicode.Scalar {
  /// Columns as `wcwidth` counts them: 0 for marks and format characters, 2 for East Asian wide and fullwidth ones and
  /// for emoji, else 1.
  var columns: Int {
    if value < 0x300 { return value == 0xAD || value < 0x20 ? 0 : 1 }
    // Vowels and finals of conjoining Hangul combine with the (wide) initial before them.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // Half a flag; a pair of them is one character of two columns.
    if (0x1F1E6...0x1F1FF).contains(value) { return 1 }
    return isWide || properties.isEmojiPresentation ? 2 : 1
  }

  private var isWide: Bool {
    var low = 0
    var high = Self.wide.count
    while low < high {
      let middle = (low + high) / 2
      if Self.wide[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < Self.wide.count && Self.wide[low].contains(value)
  }

  /// East_Asian_Width W and F in EastAsianWidth.txt of Unicode 16 (UAX #11), without those that have
  /// Emoji_Presentation, which the standard library knows. Ranges run on over characters that are not assigned.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x3247,
    0x3250...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x18D00...0x18D08, 0x1AFF0...0x1B2FB, 0x1D300...0x1D356,
    0x1D360...0x1D376, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}

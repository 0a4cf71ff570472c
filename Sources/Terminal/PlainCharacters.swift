/// A terminal whose locale is not UTF-8 shows anything but ASCII as several wrong characters.
enum PlainCharacters {
  /// Whether text may hold more than ASCII, as POSIX has the locale told: the first of these that is set.
  static func suffices(_ environment: [String: String]) -> Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return !["utf-8", "utf8"].contains { locale.lowercased().contains($0) }
  }

  fileprivate static let likeness: [Character: Character] = [
    "…": ".", "“": "\"", "”": "\"", "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "·": "|", "•": "*", "§": "S",
    "→": ">", "▸": ">", "▲": "^", "✓": "x", "○": "o", "◐": "o", "●": "*",
  ]
}

extension String {
  /// The text in ASCII, each character in as many columns as it had: what looks alike, else a question mark. Nothing but the
  /// screen is poorer for it.
  var inASCII: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    var text = ""
    for character in self {
      if character.unicodeScalars.allSatisfy(\.isASCII) {
        text.append(character)
      } else {
        let columns = character.columns
        text += String((String(PlainCharacters.likeness[character] ?? "?") + " ").prefix(columns))
      }
    }
    return text
  }
}

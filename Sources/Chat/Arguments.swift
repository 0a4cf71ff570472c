/// What stands after a command's name: words, `key=value` pairs, and a note after a colon.
struct Arguments: Equatable {
  var words: [String] = []
  var values: [String: String] = [:]
  /// The text after a colon that stands at a word's end; only when asked for.
  var note: String?

  /// Reads `text`. Quotes (`"…"` or `'…'`) keep spaces together and may stand anywhere in a word. Keys are those of `keys`;
  /// any other word with `=` is an error that suggests the nearest. With `takesNote`, a colon at the end of a word, or
  /// alone, begins the note.
  init(_ text: Substring, keys: [String] = [], takesNote: Bool = false) throws(Complaint) {
    var rest = text[...]
    while true {
      rest = rest.drop(while: \.isWhitespace)
      if rest.isEmpty { return }
      var word = ""
      var quoted = false
      var ended = false
      scan: while let character = rest.first, !ended {
        switch character {
        case "\"", "'":
          // An apostrophe inside a word is a letter of it.
          guard character == "\"" || word.isEmpty || word.hasSuffix("="),
            let close = rest.dropFirst().firstIndex(of: character)
          else {
            if character == "\"" { throw Complaint(.data, Speech.openQuote) }
            fallthrough
          }
          word += rest[rest.index(after: rest.startIndex)..<close]
          quoted = true
          rest = rest[rest.index(after: close)...]
        default:
          if character.isWhitespace { break scan }
          rest = rest.dropFirst()
          if takesNote, character == ":", rest.first?.isWhitespace ?? true {
            let note = rest.drop(while: \.isWhitespace)
            self.note = note.isEmpty ? nil : String(note)
            rest = rest[rest.endIndex...]
            ended = true
          } else {
            word.append(character)
          }
        }
      }
      if word.isEmpty, !quoted { continue }
      if let equals = word.firstIndex(of: "="), !keys.isEmpty {
        let key = word[..<equals].lowercased()
        guard let known = oneMatch(key, keys) else { throw Complaint(.data, Speech.unknownKey(key, keys: keys)) }
        values[known] = String(word[word.index(after: equals)...])
      } else {
        words.append(word)
      }
    }
  }
}

/// The one of `names` that `text` is, or is the beginning of; `nil` when none or several are.
func oneMatch(_ text: String, _ names: [String]) -> String? {
  let found = matches(text, names)
  return found.count == 1 ? found[0] : nil
}

/// The whole name when `text` is one, else all that begin with it. Case is ignored.
func matches(_ text: String, _ names: [String]) -> [String] {
  let wanted = text.lowercased()
  if names.contains(wanted) { return [wanted] }
  return names.filter { $0.hasPrefix(wanted) }
}

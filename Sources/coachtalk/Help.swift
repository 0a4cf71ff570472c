/// `--help`.
extension CommandTable {
  /// What the words in capitals mean.
  static let placeholders = """
    MEETING is as list prints it, such as 1-post, or latest; CYCLE a number, or cycle-1; FROM-TO two times, such as \
    12:40-13:10, in minutes, in hours (1:02:40) or in seconds.
    """

  static var help: String {
    let left = ((commands.map(\.shown) + options.map(\.shown)).map(\.count).max() ?? 0) + 2
    func row(_ name: String, _ words: String) -> String {
      let lines = words.filled(to: 78 - left)
      let space = String(repeating: " ", count: 2 + left)
      return "  " + name.padded(left) + lines.joined(separator: "\n" + space)
    }
    let commandRows = commands.map { command in
      row(
        command.shown,
        ([command.summary] + options(of: command).map { "[\($0.shown.replacing(" ", with: "\u{A0}"))]" }).joined(
          separator: " "))
    }
    let common = self.common
    let special = options.filter { option in !common.contains { $0.name == option.name } }
    let optionRows = { (options: [Option]) in options.map { row($0.shown, $0.summary) }.joined(separator: "\n") }
    return """
      coachtalk keeps two teachers (and an observer) company through a coaching cycle.

      usage: coachtalk [options] [command]

      With no command it starts the chat. Commands:
      \(commandRows.joined(separator: "\n"))

      \(placeholders.filled(to: 80).joined(separator: "\n"))

      Options:
      \(optionRows(common))

      Options of single commands:
      \(optionRows(special))
      """
  }
}

extension String {
  /// In lines of at most `width` characters, broken at spaces; a no-break space becomes one.
  func filled(to width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { $0.replacing("\u{A0}", with: " ") }
  }
}

import Coaching
import PromptLibrary

/// `/help`: the commands, one command, or one of the words that turns are tagged with.
extension Facilitator {
  func help(_ topic: String) {
    guard !topic.isEmpty else { return say(commandList, .speech) }
    let name = topic.hasPrefix("/") ? String(topic.dropFirst()) : topic
    if let command = Command(rawValue: name)
      ?? (topic.hasPrefix("/") ? try? self.command(name[...]) : nil)
    {
      return say([command.usage, command.summary, command.details].compactMap(\.self).joined(separator: "\n"), .speech)
    }
    if let entry = library.vocabulary.entries.first(where: {
      $0.title.lowercased() == name.lowercased() || $0.dimension.rawValue == name
    }) {
      let values = entry.values.map { "  \($0.id): \($0.meaning)" }
      return say(([entry.title, entry.meaning] + values).joined(separator: "\n"), .speech)
    }
    for entry in library.vocabulary.entries {
      if let value = entry.values.first(where: { $0.id == name.lowercased() }) {
        let example = value.example.isEmpty ? "" : " “\(value.example)”"
        return say("\(value.title) (\(entry.title.lowercased())): \(value.meaning)\(example)", .speech)
      }
    }
    if let command = try? self.command(name[...]) { return help("/" + command.rawValue) }
    if case .entries = library.lookUp(name) { return attempt { try guide(Substring(name)) } }
    complain(Complaint(.data, Speech.noHelp))
  }

  private var commandList: String {
    let groups: [(String, [Command])] = [
      ("To begin", [.practise, .new, .consent, .agree, .begin]),
      ("Prompts", [.next, .back, .skip, .goto, .prompts, .why]),
      ("Who speaks, and what the turn does", [.c, .t, .o, .b, .live]),
      ("To set down", [.moment, .stimulus, .play, .evidence, .feedback, .action, .undo, .redo, .amend, .mark]),
      ("To read", [.guide, .theme]),
      ("Sound and time", [.pause, .resume, .status, .level, .nudges]),
      ("To finish", [.end, .quit]),
    ]
    var lines: [String] = []
    for (title, group) in groups {
      let mine = group.filter(commands.contains)
      if !mine.isEmpty { lines.append(title) }
      for command in mine {
        lines.append("  /" + command.rawValue.padded(to: 10) + command.summary)
      }
    }
    lines.append(
      "Anything without a slash is a note. A command may be shortened as long as it is the only one: /mo for /moment.\nMore: /help c, or any word a turn is tagged with: /help scale, /help dissonance."
    )
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// With spaces behind it to the width, and always one.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}

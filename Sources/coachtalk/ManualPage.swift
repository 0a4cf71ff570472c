import Chat

/// `coachtalk manual`: the page for man(7), from the same table as `--help`.
enum ManualPage {
  static var text: String {
    let commands = CommandTable.commands.map { command in
      let head = command.arguments.isEmpty ? bold(command.name) : "\(bold(command.name)) \(typed(command.arguments))"
      return item(head, command.summary.asSentence)
        + CommandTable.options(of: command).map { ".br\n\(title(of: $0)): \(escaped($0.summary)).\n" }.joined()
    }
    return """
      .\\" Made by `coachtalk manual`, from what `coachtalk --help` is made from.
      .TH COACHTALK 1 "\(Program.released)" "coachtalk \(Program.version)" "User Commands"
      .SH NAME
      coachtalk \\- keeps two teachers company through a coaching cycle
      .SH SYNOPSIS
      .B coachtalk
      .RI [ options ]
      .RI [ command ]
      .SH DESCRIPTION
      .B coachtalk
      sits beside two teachers (a coach and a coached teacher, and an observer
      if they want one) while they talk.
      It puts questions to them, records the talk when everybody has said yes,
      keeps the time of what they mark, and afterwards writes a private
      reflection for the two of them.
      Nothing leaves the computer.
      .PP
      With no command it starts the chat, in which
      .B /help
      lists what can be typed.
      Standard input that is no terminal is read a line at a time, with the
      same commands.
      .PP
      \(lines(CommandTable.placeholders))
      .SH COMMANDS
      \(commands.joined()).SH OPTIONS
      \(CommandTable.common.map { item(title(of: $0), $0.summary.asSentence) }.joined()).SH ENVIRONMENT
      \(environment.map { item(bold($0), $1) }.joined()).SH FILES
      \(files.map { item("\\fI\(escaped($0))\\fR", $1) }.joined()).SH EXIT STATUS
      \(statuses.map { item(bold("\($0.rawValue)"), $1) }.joined()).SH EXAMPLES
      \(examples.map { item(bold($0), $1) }.joined())
      """
  }

  private static let environment = [
    ("COACHTALK_RECORDINGS", "Where meetings are kept, when --recordings does not say."),
    ("COACHTALK_PROMPTS", "Where the prompts are, when --prompts does not say."),
    (
      "XDG_DATA_HOME",
      "Where coachtalk/Recordings is, when the folder one is in has no Recordings; else ~/.local/share."
    ),
    ("PAGER", "What show and guide are read with on a terminal; else less."),
    ("NO_COLOR", "When it is set and not empty, no colour and no other style is used."),
    ("TERM", "dumb, or nothing, is as good as --plain."),
  ]

  private static let files = [
    ("Recordings/cycle-1/1-post/journal.jsonl", "What happened, each tag on the disk before it is acknowledged."),
    ("Recordings/cycle-1/1-post/audio.flac", "The sound. What is off the record is silence."),
    ("Recordings/cycle-1/1-post/reflection.html", "The private reflection, and as reflection.md the same as Markdown."),
  ]

  private static let statuses: [(ExitStatus, String)] = [
    (.done, "Done."), (.usage, "The command line was wrong."),
    (.data, "Data is damaged or cannot be read, or a line of a script was wrong."),
    (.noInput, "There is no such meeting or file."), (.unavailable, "A device is not available."),
    (.cannotCreate, "A file cannot be created."), (.inputOutput, "Reading or writing failed."),
    (.interrupted, "Interrupted."),
  ]

  private static let examples = [
    ("coachtalk demo", "See it work, with no microphone and no typing."),
    ("coachtalk show latest", "Read the newest reflection."),
    ("coachtalk redact 1-post 12:40-13:10", "Take half a minute out for good."),
  ]

  // MARK: - man(7)

  private static func item(_ title: String, _ text: String) -> String { ".TP\n\(title)\n\(lines(text))\n" }

  private static func title(of option: CommandTable.Option) -> String {
    bold(option.name) + (option.value.isEmpty ? "" : " \\fI\(escaped(option.value))\\fR")
  }

  /// Arguments with what stands for something else in italics.
  private static func typed(_ arguments: String) -> String {
    var text = ""
    var isItalic = false
    for character in arguments {
      let wanted = character.isUppercase || character == "-" && isItalic
      if wanted != isItalic { text += wanted ? "\\fI" : "\\fR" }
      isItalic = wanted
      text += escaped(String(character))
    }
    return text + (isItalic ? "\\fR" : "")
  }

  private static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }

  private static func lines(_ text: String) -> String {
    text.filled(to: 70).map(escaped).joined(separator: "\n")
  }

  /// What stands for itself in roff: no escape, no request at the start of a line, and hyphens that can be copied.
  private static func escaped(_ text: String) -> String {
    var safe = ""
    for character in text {
      switch character {
      case "\\": safe += "\\e"
      case "-": safe += "\\-"
      case "~": safe += "\\(ti"
      case "'": safe += "\\(aq"
      case "…": safe += "..."
      default: safe.append(character)
      }
    }
    return safe.hasPrefix(".") ? "\\&" + safe : safe
  }
}

extension String {
  /// With a capital and a full stop.
  fileprivate var asSentence: String {
    prefix(1).uppercased() + dropFirst() + (last.map { ".?!".contains($0) } ?? true ? "" : ".")
  }
}

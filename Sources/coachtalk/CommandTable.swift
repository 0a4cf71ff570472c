/// What may stand on the command line, said once: reading it, `--help`, the manual page and the shells' completions all go
/// by this.
enum CommandTable {
  /// A command, with what belongs to it.
  struct Command {
    let name: String
    /// What follows it, as it is shown: `MEETING [FILE…]`. Lower case is typed as it stands.
    let arguments: String
    let summary: String
    /// The names of the options that are its own.
    let options: [String]

    init(_ name: String, takes arguments: String = "", _ summary: String, _ options: [String] = []) {
      (self.name, self.arguments, self.summary, self.options) = (name, arguments, summary, options)
    }

    var shown: String { arguments.isEmpty ? name : "\(name) \(arguments)" }

    /// What each place may hold.
    var places: [Place] { arguments.split(separator: " ").map { Place(shown: String($0)) } }
  }

  /// An option, and where in an ``Invocation`` what it says is kept.
  struct Option {
    enum Target {
      case flag(WritableKeyPath<Invocation, Bool>)
      case value(WritableKeyPath<Invocation, String?>)
      case values(WritableKeyPath<Invocation, [String]>)
    }

    let name: String
    /// What its value is called; empty for a flag.
    let value: String
    let summary: String
    let target: Target

    init(_ name: String, _ flag: WritableKeyPath<Invocation, Bool>, _ summary: String) {
      (self.name, value, self.summary, target) = (name, "", summary, .flag(flag))
    }

    init(_ name: String, _ value: String, _ target: WritableKeyPath<Invocation, String?>, _ summary: String) {
      (self.name, self.value, self.summary, self.target) = (name, value, summary, .value(target))
    }

    init(_ name: String, _ value: String, each target: WritableKeyPath<Invocation, [String]>, _ summary: String) {
      (self.name, self.value, self.summary, self.target) = (name, value, summary, .values(target))
    }

    var shown: String { value.isEmpty ? name : "\(name) \(value)" }
    var place: Place? { value.isEmpty ? nil : Place(shown: value) }
  }

  /// A place for one word, and what it may be, so that a shell can offer it.
  struct Place {
    enum Kind: Hashable {
      case meeting, cycle, topic, file, folder, device
      /// Typed as it stands.
      case word(String)
    }

    let kinds: [Kind]
    /// More of the same may follow.
    let isRepeated: Bool

    init(shown: String) {
      isRepeated = shown.contains("…")
      kinds = shown.filter { !"[]…".contains($0) }.split(separator: "|").compactMap { name in
        switch name {
        case "MEETING": .meeting
        case "CYCLE": .cycle
        case "TOPIC": .topic
        case "FILE": .file
        case "DIR": .folder
        case "DEVICE": .device
        default: name.allSatisfy(\.isLowercase) ? .word(String(name)) : nil
        }
      }
    }
  }

  static let commands = [
    Command("doctor", "can a meeting be recorded here, and what to do about it", ["--json"]),
    Command("demo", "watch it work through a sample conversation", ["--fast"]),
    Command("list", "cycles and meetings", ["--json"]),
    Command("show", takes: "MEETING", "read a meeting's private reflection", ["--for"]),
    Command("reflect", takes: "MEETING", "write the reflection again"),
    Command("analyse", takes: "MEETING", "every figure behind it, as JSON", ["--json"]),
    Command("review", takes: "MEETING", "listen again and tag", ["--by", "--again"]),
    Command("agree", takes: "MEETING [FILE…]", "how far people who tagged it agree", ["--json"]),
    Command(
      "observe", takes: "[MEETING]", "the observer's own window beside a running meeting; --away on another laptop",
      ["--name", "--away", "--record", "--output"]),
    Command("merge", takes: "MEETING FILE", "bring in what was observed on another laptop", ["--yes"]),
    Command("recover", "close what a crash left open"),
    Command("redact", takes: "MEETING FROM-TO", "silence a stretch for good, and the words typed in it", ["--yes"]),
    Command("forget", takes: "MEETING|CYCLE", "delete for good, or only the sound", ["--sound", "--yes"]),
    Command(
      "excerpt", takes: "MEETING FROM-TO",
      "give a stretch of it to others: the sound and tags of that alone, when everybody agrees",
      ["--output", "--anonymous", "--notes", "--yes-of"]),
    Command("guide", takes: "[TOPIC]", "the ideas behind it, in short; or look any word up"),
    Command("prompts", takes: "check [DIR]", "are the prompt files sound?"),
    Command("completions", takes: "bash|zsh|fish", "let your shell complete all this"),
    Command("manual", "the manual page, for man to read"),
  ]

  /// Those for every command come first.
  static var options: [Option] {
    [
      Option("--recordings", "DIR", \.recordings, "where meetings are kept"),
      Option("--prompts", "DIR", \.prompts, "where the prompts are"),
      Option(
        "--device", "DEVICE", \.device,
        "the microphone, an ALSA name; none records no sound. Two of them, a channel each: --device 'hw:1 + hw:2'. For review, the loudspeaker"
      ),
      Option("--plain", \.plain, "plain lines: no colour, no moving cursor"),
      Option("--help", \.help, "the commands and options"),
      Option("--version", \.version, "the version"),
      Option("--json", \.json, "as JSON, for other programs"),
      Option("--fast", \.fast, "without waiting for the talk"),
      Option("--by", "NAME", \.by, "who listens again"),
      Option("--again", \.again, "a second pass, in a journal of its own"),
      Option("--for", "coach|coachee|observer", \.viewer, "no more of it than is that person's"),
      Option("--name", "NAME", \.name, "who observes"),
      Option("--away", \.away, "on another laptop than the pair's"),
      Option("--record", \.record, "that laptop records, too: everybody has agreed"),
      Option("--yes", \.yes, "answers the question that is asked first"),
      Option("--sound", \.sound, "the sound alone; tags and words stay"),
      Option("--output", "DIR", \.output, "the folder to be made"),
      Option("--anonymous", \.anonymous, "other names in place of yours"),
      Option("--notes", \.notes, "with what was typed"),
      Option("--yes-of", "NAME", each: \.yesOf, "who has said yes; may be said again for each of you"),
    ]
  }

  /// The options that belong to every command.
  static var common: [Option] {
    let owned = Set(commands.flatMap(\.options))
    return options.filter { !owned.contains($0.name) }
  }

  static func options(of command: Command) -> [Option] { options.filter { command.options.contains($0.name) } }
}

extension String {
  /// What a summary says before it goes into detail.
  var inShort: String { String(prefix { !";:.".contains($0) }) }
}

import Coaching

/// Reads what stands after `/c`, `/t`, `/o` or `/b`:
/// `FUNCTION[,FUNCTION…] [new] [co] [subject=TEXT] [stimulus=KIND] [scale=…] [time=…] [tone=…] [: NOTE]`.
struct TagParser {
  static let keys = ["subject", "stimulus", "scale", "time", "tone"]

  /// The functions that may be tagged.
  let functions: [InteractionFunction]

  /// Throws a complaint that names the word that was not understood, and what it may have been.
  func turn(by speaker: Speaker, _ text: Substring) throws(Complaint) -> Turn {
    try codes(Arguments(text, keys: Self.keys, takesNote: true), in: Turn(by: speaker))
  }

  /// `turn` as the codes in `text` change it. A speaker's letter in front is whose turn it is; functions take the place of
  /// those there were; what else is given is set; `-WORD` takes one away, and so does `scale=` with nothing behind it.
  func amended(_ turn: Turn, _ text: Substring) throws(Complaint) -> Turn {
    var turn = turn
    var arguments = try Arguments(text, keys: Self.keys, takesNote: true)
    if let speaker = arguments.words.first.flatMap(Speaker.init(letter:)) {
      turn.by = speaker
      arguments.words.removeFirst()
    }
    let words = arguments.words.flatMap { $0.split(separator: ",") }
    for word in words where word.hasPrefix("-") {
      switch word.dropFirst().lowercased() {
      case "new": turn.new = false
      case "co": turn.co = false
      case let name:
        let function = try value(name, turn.functions.map(\.rawValue), of: "function")
        turn.functions.removeAll { $0.rawValue == function }
      }
    }
    for key in arguments.values.keys where arguments.values[key] == "" {
      switch key {
      case "subject": turn.subject = nil
      case "stimulus": turn.stimulus = nil
      case "scale": turn.scale = nil
      case "time": turn.time = nil
      default: turn.tone = nil
      }
      arguments.values[key] = nil
    }
    arguments.words = words.filter { !$0.hasPrefix("-") }.map(String.init)
    return try codes(arguments, in: turn)
  }

  private func codes(_ arguments: Arguments, in turn: Turn) throws(Complaint) -> Turn {
    var turn = turn
    var named: [InteractionFunction] = []
    for word in arguments.words.flatMap({ $0.split(separator: ",") }) {
      switch word.lowercased() {
      case "new": turn.new = true
      case "co": turn.co = true
      case let name:
        let function = try value(name, functions.map(\.rawValue), of: "function")
        named.append(InteractionFunction(rawValue: function))
      }
    }
    if !named.isEmpty { turn.functions = named.reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
    if let subject = arguments.values["subject"], !subject.isEmpty { turn.subject = subject }
    if let stimulus: Stimulus = try code(arguments.values["stimulus"], of: "stimulus") { turn.stimulus = stimulus }
    if let scale: Scale = try code(arguments.values["scale"], of: "scale") { turn.scale = scale }
    if let time: TimeFrame = try code(arguments.values["time"], of: "time") { turn.time = time }
    if let tone = arguments.values["tone"] {
      guard let known = Tone(rawValue: tone) else { throw Complaint(.data, Speech.unknownTone) }
      turn.tone = known
    }
    if let note = arguments.note { turn.note = note }
    return turn
  }

  /// A value of a dimension from its name or the beginning of it; `nil` for `nil`.
  func code<Code: RawRepresentable<String> & CaseIterable>(_ text: String?, of dimension: String) throws(Complaint)
    -> Code?
  {
    guard let text else { return nil }
    return Code(rawValue: try value(text, Code.allCases.map(\.rawValue), of: dimension))
  }

  private func value(_ text: String, _ names: [String], of dimension: String) throws(Complaint) -> String {
    let found = matches(text, names)
    if found.count == 1 { return found[0] }
    throw Complaint(
      .data,
      found.isEmpty ? Speech.unknownValue(text, of: dimension, names: names) : Speech.ambiguous(text, found))
  }
}

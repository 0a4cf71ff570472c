import Coaching

/// Reads what stands after `/c`, `/t`, `/o` or `/b`:
/// `FUNCTION[,FUNCTION…] [new] [co] [subject=TEXT] [stimulus=KIND] [scale=…] [time=…] [tone=…] [: NOTE]`.
struct TagParser {
  static let keys = ["subject", "stimulus", "scale", "time", "tone"]

  /// The functions that may be tagged.
  let functions: [InteractionFunction]

  /// Throws a complaint that names the word that was not understood, and what it may have been.
  func turn(by speaker: Speaker, _ text: Substring) throws(Complaint) -> Turn {
    let arguments = try Arguments(text, keys: Self.keys, takesNote: true)
    var turn = Turn(by: speaker, note: arguments.note)
    for word in arguments.words.flatMap({ $0.split(separator: ",") }) {
      switch word.lowercased() {
      case "new": turn.new = true
      case "co": turn.co = true
      case let name:
        let function = try value(name, functions.map(\.rawValue), of: "function")
        turn.functions.append(InteractionFunction(rawValue: function))
      }
    }
    turn.functions = turn.functions.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    if let subject = arguments.values["subject"], !subject.isEmpty { turn.subject = subject }
    turn.stimulus = try code(arguments.values["stimulus"], of: "stimulus")
    turn.scale = try code(arguments.values["scale"], of: "scale")
    turn.time = try code(arguments.values["time"], of: "time")
    if let tone = arguments.values["tone"] {
      guard let known = Tone(rawValue: tone) else { throw Complaint(.data, Speech.unknownTone) }
      turn.tone = known
    }
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

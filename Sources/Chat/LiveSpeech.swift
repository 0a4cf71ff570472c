import AudioCapture
import Coaching
import PromptLibrary

/// What the program says while one key tags, and in the rows along the bottom.
extension Speech {
  static let liveNeedsKeys =
    "/live takes keys one by one and needs a terminal that shows them; here, type /c question, /t explanation and so on."
  static let liveClosing = "You are closing the meeting; /live is for the talk before."
  static func noLayout(_ layouts: [KeyLayout]) -> String {
    "There is no layout of that name; there \(layouts.count == 1 ? "is" : "are") \(layouts.map(\.id).inSentence)."
  }
  static func liveBegun(_ layout: KeyLayout) -> String {
    let keys = layout.strokes(for: .keys).map { ", \($0.joined(separator: " ")) shows every key" } ?? ""
    return
      "From here on one key tags (\(layout.title.lowercased())). Enter writes a note on the turn, / a command\(keys); Tab or Escape leaves."
  }
  static let liveLeft = "You are typing again; Tab brings the single keys back."
  static func noMeaning(_ keys: String) -> String { "\(keys): no meaning here" }
  static func whoseTurn(_ keys: [(key: String, name: String)]) -> String {
    "whose turn is it? " + keys.map { "\($0.key) \($0.name)" }.joined(separator: ", ")
  }
  static let promptsAreThePairs = "the prompts are the pair's"

  // MARK: - Keys

  /// A key in few letters.
  static func key(_ stroke: KeyLayout.Stroke) -> String {
    switch stroke {
    case "backspace": "bksp"
    case "delete": "del"
    case "space": "spc"
    default: stroke
    }
  }
  /// What a key sets down or does, in a word or two.
  static func label(_ meaning: KeyMeaning, _ vocabulary: Vocabulary, name: (Speaker) -> String) -> String {
    switch meaning {
    case .speaker(.both): "both"
    case .speaker(let speaker): name(speaker)
    case .function(let function): vocabulary.title(.function, function.rawValue).lowercased()
    case .new: "new topic"
    case .co: "together"
    case .scale(let scale): "scale " + scale.rawValue
    case .time(let time): "time " + time.rawValue
    case .tone(let tone): "tone " + tone.rawValue
    case .stimulus(let stimulus): "on " + vocabulary.title(.stimulus, stimulus.rawValue).lowercased()
    case .moment: "critical moment"
    case .note: "note"
    case .undo: "undo"
    case .redo: "redo"
    case .next: "next prompt"
    case .back: "prompt before"
    case .keys: "all keys"
    }
  }
  static func pair(_ first: KeyLayout.Stroke, _ second: String) -> String { "\(key(first)) and then: \(second)" }
  /// What the second of two keys chooses among.
  static func group(_ meanings: [KeyMeaning]) -> String {
    let kinds = meanings.map { meaning in
      switch meaning {
      case .scale: "scale"
      case .time: "time"
      case .tone: "tone"
      case .stimulus: "evidence"
      default: "more"
      }
    }
    return kinds.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: ", ") + "…"
  }

  // MARK: - The rows along the bottom

  /// How loud it is, in a row of eight: -60 dBFS is a quiet room, and -20 loud speech.
  static func meter(_ level: Level) -> String {
    let bars = level.rms.isFinite ? min(8, max(0, Int((level.rms + 60) / 5))) : 0
    return "[" + String(repeating: "=", count: bars) + String(repeating: " ", count: 8 - bars) + "]"
  }
  static func shortPlace(_ number: Int, of count: Int, isNarrow: Bool) -> String {
    isNarrow ? "\(number)/\(count)" : "prompt \(number) of \(count)"
  }
  static func shortTimeLeft(_ minutes: Int, isNarrow: Bool) -> String {
    if minutes <= 0 { return isNarrow ? "0 min" : "your time is up" }
    return isNarrow ? "\(minutes) min" : "\(minutes) min left"
  }
  static let noTurnYet = "no turn yet"

  // MARK: - Amending

  static let noTurnToAmend = "No turn is tagged yet; /c or /t tags one."
  static func noTurnBefore(_ t: Double) -> String { "No turn was tagged by \(Timecode.text(t))." }
  static let badTurnTime = "A turn's time is as it was shown, such as 3:12."
  static func amended(_ t: Double, _ name: String, _ codes: String) -> String { "Now \(turn(t, name, codes))" }
  static func unchanged(_ t: Double, _ name: String, _ codes: String) -> String {
    "As it was: \(turn(t, name, codes))"
  }
  static let howToAmend = "Say what it should be: /amend challenge new, or /help amend."
  static func asBefore(_ t: Double, _ name: String, _ codes: String) -> String {
    "Taken back: now \(turn(t, name, codes))"
  }
}

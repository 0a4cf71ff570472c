import Coaching
import PromptLibrary

/// `/amend`: a turn that was tagged otherwise than it was.
struct Amending {
  let turn: TaggedTurn
  /// `nil` when nothing was said of it.
  let amended: Turn?

  /// Reads `[TIME] [c|t|o|b] CODES…`. Throws a complaint when there is no such turn, or a word is not understood.
  init(_ rest: Substring, in state: MeetingState, functions: [InteractionFunction]) throws(Complaint) {
    let text = rest.trimmed
    let word = text.prefix { !$0.isWhitespace }
    var codes = text
    if word.first?.isNumber ?? false {
      guard let time = Timecode.seconds(word) else { throw Complaint(.data, Speech.badTurnTime) }
      // People know times to the second that they saw.
      let whole = time == time.rounded(.down) ? time + 1 : time.nextUp
      guard let found = state.turns.last(where: { $0.t < whole }) else {
        throw Complaint(.data, state.turns.isEmpty ? Speech.noTurnToAmend : Speech.noTurnBefore(time))
      }
      turn = found
      codes = text[word.endIndex...].trimmed
    } else {
      guard let last = state.lastTurn() else { throw Complaint(.data, Speech.noTurnToAmend) }
      turn = last
    }
    amended = codes.isEmpty ? nil : try TagParser(functions: functions).amended(turn.turn, codes)
    if amended?.by == .observer, state.people.observer == nil { throw Complaint(.data, Speech.noObserver) }
  }

  /// What is said when nothing is to be written down.
  func withoutChange(_ line: (TaggedTurn, (Double, String, String) -> String) -> String) -> String {
    amended == nil ? line(turn, Speech.turn) + "\n" + Speech.howToAmend : line(turn, Speech.unchanged)
  }

  /// What to write down; `nil` when it is as it was.
  var event: Event.Kind? {
    amended.flatMap { $0 == turn.turn ? nil : .amended(line: turn.number, $0) }
  }
}

extension Speaker {
  /// The command that tags a turn of theirs.
  var letter: Character {
    switch self {
    case .coach: "c"
    case .coachee: "t"
    case .observer: "o"
    case .both: "b"
    }
  }

  init?(letter text: String) {
    guard let speaker = Self.allCases.first(where: { String($0.letter) == text.lowercased() }) else { return nil }
    self = speaker
  }
}

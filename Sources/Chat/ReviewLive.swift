import Coaching
import PromptLibrary
import Terminal

/// One key tags when listening again, too, with the same keys.
extension ReviewDesk: LiveDesk {
  var tagged: MeetingState? { own }
  var canTagLive: Bool { takesKeys }

  func makesSense(_ meaning: KeyMeaning) -> Bool { meaning != .next && meaning != .back }

  func perform(_ deed: LiveTagging.Deed, at moment: SuspendingClock.Instant) throws {
    switch deed {
    case .set(.amended(let line, let turn)):
      // It belongs where the turn is, wherever one listens by now.
      if let t = own.turn(line)?.t { try write(.amended(line: line, turn), t: t) }
    case .set(let kind):
      if case .turn = kind { tellTurn() }
      let t = tagTime(at: moment)
      if let silence = noTag(at: t) {
        live?.message = Speech.noTagThere(silence)
      } else if case .moment = kind {
        try set(kind, t: t)
      } else {
        try write(kind, t: t)
      }
    case .undo: _ = handle("/undo", at: moment)
    case .redo: _ = handle("/redo", at: moment)
    case .next: _ = handle("/seek +5", at: moment)
    case .back: _ = handle("/seek -5", at: moment)
    case .keys: say(allKeys, .speech)
    case .nothing: break
    }
  }

  /// A note on the turn whose codes are being set down.
  func noteLive(_ text: String, t: Double) throws {
    guard !text.isEmpty, let live else { return }
    let t = live.current(own)?.t ?? t
    try set(live.noted(text, in: own), t: t)
  }

  func amend(_ rest: Substring) throws {
    let amending = try Amending(rest, in: own, functions: library.vocabulary.functions)
    guard let kind = amending.event else { return say(amending.withoutChange(line), .speech) }
    try write(kind, t: amending.turn.t)
    if let turn = own.turn(amending.turn.number) { say(line(turn, Speech.amended), .acknowledgement) }
  }
}

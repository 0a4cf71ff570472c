import Coaching
import PromptLibrary
import TalkAnalysis

/// Quiet words in the middle of a meeting: one at a time, seldom, and never while somebody types.
extension Facilitator {
  /// Between two of them, in seconds of meeting.
  private static let restBetween = 180.0

  /// Says what may help now, if anything does. To be called when nobody is typing.
  public func nudge(at now: SuspendingClock.Instant) {
    guard let meeting, isNudging, questions.isEmpty, !meeting.isClosing, !meeting.state.isPaused,
      meeting.state.stage.isTalkAboutALesson
    else { return }
    let t = meeting.time(at: now)
    guard t >= meeting.quietUntil else { return }
    let left = meeting.prompts.count { !meeting.state.shownPrompts.contains($0.id) }
    let found = TalkMeasures(meeting.state, duration: t).occasions(at: t, promptsLeft: left, end: meeting.plannedEnd)
    for occasion in found where !meeting.nudged.contains("\(occasion.occasion) \(occasion.about)") {
      guard let nudge = library.nudges.first(where: { $0.condition == occasion.occasion.rawValue }) else { continue }
      meeting.nudged.insert("\(occasion.occasion) \(occasion.about)")
      meeting.quietUntil = t + Self.restBetween
      let filled = names.with("count", "\(occasion.count)").with("minutes", "\(occasion.minutes)")
      return say(Speech.nudge(filled.plain(nudge.sentence)), .quiet)
    }
    // Nothing changes within a few seconds that a nudge could be about.
    meeting.quietUntil = t + 2
  }

  func nudges(_ rest: Substring) throws {
    if !rest.trimmed.isEmpty {
      guard let answer = oneMatch(String(rest.trimmed), ["on", "off"]) else {
        throw Complaint(.data, Speech.needed("on or off", .nudges))
      }
      isNudging = answer == "on"
    }
    say(Speech.nudges(isNudging), .speech)
  }
}

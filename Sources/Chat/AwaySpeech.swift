import AudioCapture
import Coaching

/// What an observer on a laptop of their own is told.
extension Speech {
  static let anyCoach = "the coach"
  static let anyCoachee = "the teacher"
  static let nameYourself =
    "Say who observes, by the name that the pair has given: coachtalk observe --away --name NAME"
  static let observingAway =
    "You are observing from your own laptop. It need not be joined to the pair's: afterwards they bring in what you set down here."
  static let askOwnName = "Your name, as the pair has typed it?"
  static let askRecordAway =
    "May this laptop record the talk, too? Then it finds the pair's clock by itself. Everybody in the room has to say yes. Once your tags are with the pair, coachtalk offers to delete the sound there; what is left on this laptop is for you to delete. (yes or no)"
  static func awayBegun(hasSound: Bool) -> String {
    hasSound
      ? "When the pair goes off the record, /pause here, too, and /resume when they go on: this laptop hears them."
      : "No sound is recorded here, so your clock is found by marks: clap once, so that both sides see or hear it, and type /mark at that moment on both laptops. Do it now, and again at the end. While the pair is off the record, /pause."
  }
  static func awayStatus(t: Double, _ state: MeetingState, level: Level?, mine: Int) -> String {
    let sound = state.isPaused ? paused : level.map { "Recording: \(self.level($0))" } ?? "No sound is recorded here."
    let marks = state.marks.count == 1 ? "1 moment marked" : "\(state.marks.count) moments marked"
    return
      "\(Timecode.text(t)) by this laptop. \(sound) \(marks). You have set down \(mine == 1 ? "1 thing" : "\(mine) things")."
  }
  static let awayStillRunning =
    "You are still observing. /quit ends it; the same key once more does, too. What you set down is kept."
  static let tooFewMarks =
    "Fewer than two moments are marked here and nothing was recorded, so the pair's laptop has no way to tell when your tags were made."
  static func takeItAlong(_ folder: String) -> String {
    "What you set down is in \(folder), and nowhere else. Take the folder to the pair's laptop; there: coachtalk merge 1-post FOLDER, with their meeting's name. Delete yours when it is brought in: you keep no copy unless the pair agrees."
  }
}

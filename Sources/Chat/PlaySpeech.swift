import AudioCapture
import Coaching
import SessionJournal

/// What is said when a pair hears something again in its meeting.
extension Speech {
  static func playing(_ t: Double, _ name: String, _ stretch: Redaction) -> String {
    "\(Timecode.text(t)) playing \(name), \(Timecode.text(stretch.from))-\(Timecode.text(stretch.to))"
  }
  static func playedAgain(_ name: String, _ times: Int, _ perspective: String) -> String {
    "\(name), heard again (\(times)): \(perspective)"
  }
  static func howToPlay(isLong: Bool) -> String {
    "Enter stops it. Say what each of you noticed; /play plays it again, from another side."
      + (isLong ? " A minute or two is easier to talk about than so much." : "")
  }
  static let played = "That was it. What did each of you notice? /play plays it again, from another side."
  static let playedStopped = "Stopped. /play plays it again."
  static let nothingPlays = "Nothing is being played."
  static let playsItself = "That is this meeting itself, which is still going on. Name a file, or an earlier meeting."
  static func notYours(_ id: MeetingID) -> String {
    "\(id) is not a meeting of the two of you, so it is not played here."
  }
  static func notInSound(_ name: String, _ length: Double) -> String {
    "\(name) is \(Timecode.text(length)) long; that stretch is not in it."
  }
  static let noSoundThere =
    "There is no such file here. Type where it is, such as /play lesson.mp3, or name an earlier meeting, such as 1-pre."
  static func hasNoRecording(_ meeting: String) -> String { "\(meeting) has no recording, so it cannot be played." }
  static func notASound(_ name: String, _ failure: AudioFailure) -> String {
    let reason = failure.reason.hasSuffix(".") ? String(failure.reason.dropLast()) : failure.reason
    return
      "\(name) cannot be played: \(reason). It needs to be a sound file, such as WAV, FLAC, MP3 or Ogg; a film's sound can be saved as one."
  }
  static func cannotBeHeard(_ failure: AudioFailure) -> String {
    "The loudspeaker cannot be used (\(failure.reason)). What you look at is noted all the same; play it from where you have it."
  }
}

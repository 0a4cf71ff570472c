import AudioCapture
import AudioPlayback
import Coaching

/// What the program says when somebody listens again.
extension Speech {
  static func nothingToReview(_ stage: Stage) -> String {
    "There is nothing to listen to again: a \(stage.title) is not recorded. Name a meeting before or after a lesson."
  }
  static func reviewWhileOpen(_ id: MeetingID) -> String {
    "\(id) is open in another window: a meeting can be listened to when it is closed, and by one person at a time."
  }
  static func reviewWithoutSound(deleted: Bool) -> String {
    (deleted ? "The recording was deleted" : "No sound was recorded")
      + ", so only the clock goes: turns and moments are where they were."
  }
  static func reviewUnreadable(_ path: String, _ failure: AudioFailure) -> String {
    "\(path) cannot be played (\(failure.reason)), so only the clock goes."
  }
  static func noSpeaker(_ device: String, _ failure: AudioFailure) -> String {
    "Nothing can be heard: \(device) cannot be opened (\(failure.reason)). The clock goes all the same; --device names another."
  }
  static let speakerSwitchedOff = "Nothing is played, as you asked; the clock goes all the same."
  static func speakerLost(_ failure: AudioFailure) -> String {
    "The loudspeaker is gone (\(failure.reason)). The clock goes on without sound; start again to hear it."
  }
  static func reviewBegun(_ id: MeetingID, _ name: String, length: Double, tags: Int) -> String {
    "You are listening to \(id), \(name): \(Timecode.words(length)). What you tag is yours, and beside what was tagged before."
      + (tags == 0
        ? ""
        : " Your \(tags == 1 ? "tagged turn" : "\(tags) tagged turns") from before \(tags == 1 ? "is" : "are") here; --again begins a second pass.")
  }
  static let reviewKeys =
    "Space plays and stops, the arrows go back and forward, n and p from turn to turn, c and t tag; ? shows every key."
  static let reviewLines =
    "/play plays, /stop stops, /next turn goes on, /c question tags what is heard; /help shows everything, /quit leaves."
  static let reviewAtEnd = "That is the end of it; space, or /play, begins again."
  static func nothingToHear(_ silence: ReviewPlaces.Silence) -> String {
    "\(Timecode.text(silence.from))-\(Timecode.text(silence.to)) is silent: \(why(silence))."
  }
  static func noTagThere(_ silence: ReviewPlaces.Silence) -> String {
    "Nothing is set down there: \(why(silence)) from \(Timecode.text(silence.from)) to \(Timecode.text(silence.to))."
  }
  private static func why(_ silence: ReviewPlaces.Silence) -> String {
    switch silence.why {
    case .offRecord: "the pair was off the record"
    case .takenOut: "it was taken out for good"
    case .lost: "the microphone was lost"
    }
  }
  static func reviewMoment(_ t: Double, _ text: String?) -> String {
    "\(Timecode.text(t)) a critical moment" + (text.map { ": \($0)" } ?? "")
  }
  static let noObserverHere = "There was no observer in this meeting."
  static func reviewNeeds(_ what: String, _ command: ReviewCommand) -> String {
    "/\(command.rawValue) needs \(what): \(command.usage)"
  }
  static let badSpeed = "The speed goes from 0.75 to 2; 1 is as it was."
  static let badLoop = "That stretch is too short, or not in the recording."
  static let loopNeedsStart = "Set the beginning of the stretch first, with [ or /loop 12:40-13:10."
  static let badPreroll = "That is a number of seconds, from 0 to 2, such as 0.5."
  static func preroll(_ seconds: Double) -> String {
    "While it plays, a tag counts from \(seconds) s before your key: so long from hearing to pressing. /preroll changes it."
  }
  static func noPlace(_ kind: ReviewPlaces.Kind, forward: Bool, any: Bool) -> String {
    let name =
      switch kind {
      case .turn: "tagged turn"
      case .moment: "critical moment"
      case .challenge: "challenge that nothing answered"
      case .untagged: "long talk without a turn"
      }
    return any ? "There is no \(name) \(forward ? "after" : "before") here." : "There is no \(name) in this meeting."
  }
  private static func speed(_ speed: Double) -> String {
    speed == speed.rounded() ? "\(Int(speed))x" : "\((speed * 100).rounded() / 100)x"
  }
  static func reviewPosition(_ transport: Transport) -> String {
    let loop = transport.loop.map {
      ", again and again \(Timecode.text($0.lowerBound))-\(Timecode.text($0.upperBound))"
    }
    return
      "\(Timecode.text(transport.position)) of \(Timecode.text(transport.length)), \(transport.isPlaying ? "playing" : "stopped")"
      + (transport.speed == 1 ? "" : " at \(speed(transport.speed))") + (loop ?? "")
  }
  static func reviewPrompt(_ transport: Transport, isLive: Bool) -> String {
    "\(transport.isPlaying ? "playing" : "stopped") \(Timecode.text(transport.position))/\(Timecode.text(transport.length))"
      + (transport.speed == 1 ? "" : " \(speed(transport.speed))") + (transport.loop == nil ? "" : " loop")
      + (isLive ? " live" : "") + " > "
  }
  static func reviewCounts(turns: Int, entries: Int) -> String {
    entries == 0
      ? "You have set down nothing yet."
      : "You have tagged \(turns == 1 ? "one turn" : "\(turns) turns")"
        + (entries > turns ? ", and set down \(entries - turns) more." : ".")
  }
  static func reviewOver(_ id: MeetingID, _ path: String, tags: Int, _ program: String) -> String {
    tags == 0
      ? goodbye
      : "Your tags are in \(path). \(program) agree \(id) shows where you saw the same as others, and where not; \(program) reflect \(id) takes them into the reflection's page. \(goodbye)"
  }
  static let reviewHelp =
    """
    Keys, while no line is being typed:
      space         play, stop
      left, right   5 seconds back, on (also j, l); 2 seconds: , and .   30 seconds: J and L, page up and down
      n p           next turn, the one before
      m M           next critical moment, the one before
      u U           next challenge that nothing answered, the one before
      g G           next long talk without a turn, the one before
      [ ] \\         a loop's beginning, its end, no loop
      - +           slower, faster
      c t o b       tag a turn: the line begins, go on typing what it does
      Tab           one key tags, as in a meeting; what has no other use there still moves the sound
      / or :        a command
      q             leave
    Below the sound: small letters are turns that were tagged before, capitals your own, ! a critical moment, \
    ? a challenge that nothing answered. x is where there is nothing to hear.
    Commands:
    """ + ReviewCommand.allCases.map { "\n  \($0.usage)   \($0.summary)" }.joined()
}

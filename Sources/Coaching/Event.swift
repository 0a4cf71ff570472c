public import struct FoundationEssentials.Date

/// Something that happened: the only thing ever written down. What a cycle or a meeting looks like is its events,
/// replayed (``CycleState``, ``MeetingState``).
public struct Event: Equatable, Sendable {
  /// The line it stands on in its journal (the header is line 1); undo and the reflection refer to it by this.
  public var number: Int
  /// Seconds from the start of the meeting's audio; 0 in a cycle's own journal.
  public var t: Double
  /// The calendar time, for people; nothing is computed from it.
  public var at: Date
  public var kind: Kind

  public init(number: Int, t: Double = 0, at: Date, kind: Kind) {
    self.number = number
    self.t = t
    self.at = at
    self.kind = kind
  }

  /// What can happen.
  public enum Kind: Equatable, Sendable {
    // In a cycle's journal.
    case cycle(people: People, focus: String?, theme: String?)
    case consent(Role, given: Bool)
    /// An answer of the agreement, by the key of its question: what was picked, or the pair's own words.
    case agreed(key: String, choices: [String], text: String?)
    /// Something the pair adds to its theme's guide, under one of the guide's collections.
    case themeEntry(collection: String, text: String)

    // In a meeting's journal: the frame.
    case began(stage: Stage, people: People, focus: String?)
    case carriedOn
    case ended(Ending)
    case paused
    case resumed

    // What the pair did with the prompts.
    /// `level` is the guide's level that its wording aimed at.
    case prompt(id: String, level: Int? = nil)
    case skipped(id: String)

    // What people set down. These can be undone.
    case note(text: String, prompt: String?)
    case turn(Turn)
    case moment(text: String?)
    case stimulus(Stimulus, text: String?, from: Double?, to: Double?)
    case feedback(text: String)
    case action(text: String)
    /// What was picked at a prompt that offers choices.
    case chosen(prompt: String, choices: [String])
    /// Something noticed in the lesson; `from` and `to` are times of a recording of it, in seconds.
    case evidence(Stimulus, text: String, from: Double?, to: Double?)

    // Corrections.
    /// The turn on that line is this one, as a whole; its time stays. It can be undone like what people set down.
    case amended(line: Int, Turn)
    // The event of that number is taken out, or put back.
    case undone(Int)
    case redone(Int)

    // The recording.
    case recording(file: String, device: String, sampleRate: Int, channels: Int)
    case recordingStopped(seconds: Double, why: RecordingEnd)
    case gap(seconds: Double, why: GapReason)
    case silentMicrophone
    /// How well the recording that just stopped could be tied to the clock: the device's drift against it in parts per
    /// million, and the 99th percentile of the error, in seconds.
    case clock(drift: Double, error: Double)
    /// The computer was asleep for so long; neither the meeting's time nor its sound went on.
    case slept(seconds: Double)
    case audioDeleted

    // Taken out for good.
    /// From one second of the audio to another there is silence now, and the words that were typed there are gone.
    case takenOut(from: Double, to: Double)
    /// Stands where something was that made no sense without its words.
    case redacted

    /// Whose journal this is, where it is not the meeting's own: somebody who tags beside the pair.
    case observing(name: String, how: Observing)
    /// A shared moment, such as a clap: at another computer the same key was pressed for it.
    case mark
    /// A stretch was written out to be given to others, with the yes of everybody in `roles`.
    case shared(from: Double, to: Double, roles: [Role], anonymous: Bool)

    /// Challenges that were suggested at the end, by their ids.
    case suggested([String])

    /// The line of this number was torn by a crash and is to be passed over.
    case torn(line: Int)
    /// Written by a newer version: kept, counted, and passed over.
    case unknown(name: String)
  }

  /// How a meeting came to its end.
  public enum Ending: String, Codable, Sendable {
    case closed
    /// Input ended or the program was told to stop; everything was closed properly.
    case interrupted
    /// Found open at a later start and closed then.
    case recovered
  }

  /// How somebody tags a meeting in a journal of their own.
  public enum Observing: String, Codable, Sendable {
    /// Beside the running meeting.
    case live
    /// Listening again.
    case review
    /// On another laptop.
    case away
  }

  /// Why a recording stopped.
  public enum RecordingEnd: String, Codable, Sendable {
    case ended
    case consentWithdrawn = "consent-withdrawn"
    case diskFull = "disk-full"
    case failed, crashed
  }

  /// Why a stretch of the audio is silence although the meeting went on.
  public enum GapReason: String, Codable, Sendable {
    case overrun
    case deviceLost = "device-lost"
    case slowDisk = "slow-disk"
    /// Left out without a word by the device or the sound server; the clock shows it.
    case unreported
  }
}

extension Event.Kind {
  /// What a person set down or amended, and can take back.
  public var isEntry: Bool {
    switch self {
    case .note, .turn, .amended, .moment, .stimulus, .feedback, .action, .chosen, .evidence: true
    default: false
    }
  }

  /// Something noticed in the lesson.
  public var isEvidence: Bool { if case .evidence = self { true } else { false } }
}

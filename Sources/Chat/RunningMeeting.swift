import AudioCapture
import Coaching
import PromptLibrary
import SessionJournal

/// The meeting that is going on: its journal, the state its events add up to, and the sound.
final class RunningMeeting {
  let id: MeetingID
  /// Where its files are.
  let folder: String
  private let journal: Journal
  private(set) var state: MeetingState
  /// Which prompts are put, and how.
  var plan: Plan
  /// The sound, while it is recorded.
  private var recorder: Recorder?
  /// Meeting time that had passed when `since` was.
  private var base: Double
  private var since: SuspendingClock.Instant
  /// The questions after `/end` have begun.
  var isClosing = false
  /// The observer has a window open beside it.
  var isObserved = false
  /// One key tags, or did before.
  var live: LiveTagging?
  /// Quiet words that were said, and the meeting's time before which there is no other.
  var nudged: Set<String> = []
  var quietUntil = 0.0
  /// What the pair looks back at.
  var clip: Clip?
  /// When to look around again.
  var lookAgain: SuspendingClock.Instant
  /// How long the computer had slept when that was last looked at.
  var slept = Duration.zero
  /// The fewest minutes of recording that the people were told the disk has room for.
  var toldMinutes = Int.max
  /// When the pair wanted to be done, in seconds of meeting; `nil` when they did not say.
  var plannedEnd: Double?
  /// The device went away and has not come back.
  var microphoneIsAway = false
  /// Carried on while off the record: recording begins with `/resume`.
  var awaitsResume = false
  /// The pair's meeting, where this is the journal of somebody who observes it.
  private let watched: WatchedMeeting?
  /// The people know that the file could not be written to the end.
  var toldOfFailure = false

  init(
    id: MeetingID, folder: String, journal: Journal, state: MeetingState, plan: Plan,
    watching watched: WatchedMeeting? = nil,
    at now: SuspendingClock.Instant
  ) {
    self.watched = watched
    self.id = id
    self.folder = folder
    self.journal = journal
    self.state = state
    self.plan = plan
    base = state.lastTime
    since = now
    lookAgain = now
  }

  var prompts: [Prompt] { plan.prompts }
  var closingPrompts: [Prompt] { plan.closing }

  var isRecording: Bool { recorder != nil }
  var level: Level? { recorder?.level }

  /// Seconds of meeting at `moment`. With sound, the place in the audio; without, the time since the meeting began.
  func time(at moment: SuspendingClock.Instant) -> Double {
    if let watched { return watched.time(at: moment) }
    if let recorder { return base + recorder.time(at: moment) }
    return base + max(0, since.duration(to: moment).seconds)
  }

  /// The time as other windows are to know it.
  func clock(at now: SuspendingClock.Instant) -> MeetingClock {
    let (t, later) = (time(at: now), time(at: now.advanced(by: .seconds(10))))
    return MeetingClock(t: t, rate: (later - t) / 10, at: now)
  }

  /// Nothing is kept now: neither sound nor words.
  var isOffRecord: Bool { watched?.state.isPaused ?? state.isPaused }

  /// Puts an event on the disk, then into the state. When it throws, nothing has changed.
  @discardableResult
  func record(_ kind: Event.Kind, at moment: SuspendingClock.Instant) throws(FileFailure) -> Event {
    try record(kind, t: time(at: moment))
  }

  @discardableResult
  func record(_ kind: Event.Kind, t: Double) throws(FileFailure) -> Event {
    let event = try journal.append(kind, t: t)
    state.apply(event)
    return event
  }

  // MARK: - Sound

  /// From now on `recorder` gives the time; it has just started.
  func attach(_ recorder: Recorder, at now: SuspendingClock.Instant) {
    // A meeting that has just begun begins with its sound.
    if base > 0 { base = time(at: now) - recorder.time(at: now) }
    self.recorder = recorder
    lookAgain = now
  }

  /// Where in the meeting the running recording begins, in seconds.
  var soundBegins: Double { base }

  /// From `moment` on no sound is kept; gives the meeting's time from which that is so.
  func pauseSound(at moment: SuspendingClock.Instant) -> Double {
    recorder.map { base + $0.pause(at: moment) } ?? time(at: moment)
  }

  func resumeSound(at moment: SuspendingClock.Instant) { recorder?.resume(at: moment) }

  /// Ends the recording at `moment`; the clock goes on from there. `nil` when there was none.
  func stopSound(at moment: SuspendingClock.Instant) -> RecordingSummary? {
    guard let recorder else { return nil }
    let asked = recorder.time(at: moment)
    let summary = recorder.stop(at: moment)
    self.recorder = nil
    base += summary.seconds
    // What was in the file by the time it was asked to stop is not taken back: the clock goes on from its end.
    since = moment.advanced(by: .seconds(max(0, summary.seconds - asked)))
    lookAgain = moment
    return summary
  }

  /// Takes what was set down in `stretch` out of the journal for good, and gives how much that was.
  func takeOut(_ stretch: Redaction) throws(FileFailure) -> Int {
    let count = state.count(in: stretch)
    guard count > 0 else { return 0 }
    try journal.redact(stretch, entirely: true)
    state = MeetingState(events: try JournalContents.read(journal.path).events) ?? state
    return count
  }

  func releaseReserve() { journal.releaseReserve() }

  // MARK: - Prompts

  /// The prompt on the screen.
  var currentPrompt: Prompt? {
    guard let id = state.currentPrompt else { return nil }
    return (prompts + closingPrompts).first { $0.id == id }
  }

  /// The place of the current prompt among its kind, from 0.
  var promptIndex: Int? {
    (isClosing ? closingPrompts : prompts).firstIndex { $0.id == state.currentPrompt }
  }
}

extension Duration {
  /// The length in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

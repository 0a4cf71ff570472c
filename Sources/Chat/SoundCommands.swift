import AudioCapture
import Coaching
internal import Glibc
import PromptLibrary
import SessionJournal

/// Everything about the sound of a meeting: the check before it, pauses, what goes wrong, and its end.
extension Facilitator {
  /// Why no sound is to be recorded, empty where nobody expects any; `nil` when it may be.
  func silenceReason(_ state: CycleState, _ stage: Stage) -> String? {
    // Pupils have not been asked, and a review has no turns.
    if !stage.isTalkAboutALesson { return "" }
    if !state.mayRecord { return Speech.noSound(state) }
    return studio.openMicrophone == nil ? Speech.audioSwitchedOff : nil
  }

  /// Opens the microphone; a failure is told, and `nil` given.
  private func openMicrophone() -> (any AudioSource)? {
    // Somebody may have said no in another window meanwhile.
    catchUp()
    if let state = cycle?.state, !state.mayRecord {
      say(Speech.noSound(state), .speech)
      return nil
    }
    do throws(AudioFailure) {
      return try studio.openMicrophone?()
    } catch {
      complain(Complaint(.unavailable, Speech.microphoneFailed(studio.device, error.reason)))
      return nil
    }
  }

  /// Records the running meeting without a sound check.
  func openAndRecord() {
    if let source = openMicrophone() { startRecording(from: source) }
  }

  /// Listens before the meeting. When all is well, or nobody can be asked, it begins, with what there is to record from.
  func checkSound(then begin: @escaping ((any AudioSource)?) throws -> Void) throws {
    guard let ear = openMicrophone() else { return try begin(nil) }
    guard ear.isLive else { return try begin(ear) }
    say(Speech.soundCheck, .speech)
    let verdict = SoundCheck.listen(to: ear, for: .seconds(5), now: studio.now)
    if case .good = verdict {
      say(Speech.soundCheck(verdict, device: studio.device), .speech)
      return try begin(openMicrophone())
    }
    say(Speech.soundCheck(verdict, device: studio.device), .warning)
    guard isInteractive else {
      say(Speech.soundCheckGoesOn, .speech)
      return try begin(openMicrophone())
    }
    ask(Speech.soundCheckChoice, whenEmpty: "again") { answer in
      switch answer.lowercased() {
      case "go": try begin(self.openMicrophone())
      case "none": try begin(nil)
      case "again": try self.checkSound(then: begin)
      default: throw Complaint(.data, Speech.soundCheckAnswers)
      }
    }
  }

  /// Starts a recording of the running meeting; when it cannot be, that is told and the meeting goes on.
  func startRecording(from source: any AudioSource) {
    guard let meeting else { return source.close() }
    // Only a file that begins with the meeting is the whole; others are joined to it at the end.
    let file = meeting.soundBegins == 0 ? "audio.flac" : "audio-\(meeting.state.recordings.count + 1).flac"
    let path = "\(meeting.folder)/\(file)"
    attempt {
      let sink: any AudioSink
      do throws(AudioFailure) {
        sink = try studio.createFile(path, source.format)
      } catch {
        source.close()
        throw Complaint(.cannotCreate, Speech.fileFailed(error.reason))
      }
      let recorder = Recorder(source: source, sink: sink, now: studio.now, notify: notify)
      do throws(AudioFailure) {
        try recorder.start()
      } catch {
        unlink(path)
        throw Complaint(.unavailable, Speech.microphoneFailed(studio.device, error.reason))
      }
      meeting.attach(recorder, at: studio.now())
      meeting.slept = studio.slept()
      try meeting.record(
        .recording(
          file: file, device: source.name, sampleRate: source.format.sampleRate, channels: source.format.channels),
        t: meeting.soundBegins)
      say(Speech.recording(source.name), .speech)
      lookAtDisk(of: meeting, least: max(60, Int((meeting.plannedEnd ?? 0) / 60)))
    }
  }

  // MARK: - Off the record

  func pause(at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    guard !meeting.state.isPaused else { return say(Speech.alreadyPaused, .speech) }
    // Silence first: it holds even where the journal cannot be written.
    let t = meeting.pauseSound(at: moment)
    try meeting.record(.paused, t: t)
    say(Speech.paused, .acknowledgement)
  }

  func resume(at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    guard meeting.state.isPaused else { return say(Speech.notPaused, .speech) }
    // A typed line takes effect when it is finished. Sound last: while the journal says off the record, nothing is kept.
    let moment = isInteractive ? studio.now() : moment
    try meeting.record(.resumed, at: moment)
    meeting.resumeSound(at: moment)
    if meeting.awaitsResume, let cycle, silenceReason(cycle.state, meeting.state.stage) == nil {
      meeting.awaitsResume = false
      openAndRecord()
    }
    say(Speech.resumed, .acknowledgement)
  }

  // MARK: - What the recorder has to say

  /// Takes a notice of the recorder: written down, and told.
  func handle(_ notice: RecorderNotice) {
    guard let meeting, meeting.isRecording else { return }
    let base = meeting.soundBegins
    attempt {
      switch notice {
      case .silent(let since, let silence):
        say(Speech.silent(silence), .warning)
        try meeting.record(.silentMicrophone, t: base + since)
      case .gap(let from, let seconds, let reason):
        say(Speech.gap(base + from), .warning)
        try meeting.record(.gap(seconds: seconds, why: reason.inJournal), t: base + from)
      case .lost(let at):
        meeting.microphoneIsAway = true
        say(Speech.lost(base + at), .warning)
      case .back(let at, let gap):
        meeting.microphoneIsAway = false
        say(Speech.back(gap), .warning)
        try meeting.record(.gap(seconds: gap, why: .deviceLost), t: base + at - gap)
      case .partLost(let name, let at): say(Speech.partLost(name, base + at), .warning)
      case .partBack(let name, _): say(Speech.partBack(name), .warning)
      case .sinkFailed(let failure, let at):
        tellFailure(failure, at: base + at, in: meeting)
        try endRecording(.failed, at: studio.now())
      }
    }
  }

  private func tellFailure(_ failure: AudioFailure, at t: Double, in meeting: RunningMeeting) {
    guard !meeting.toldOfFailure else { return }
    meeting.toldOfFailure = true
    complain(Complaint(.inputOutput, Speech.recordingFailed(full: failure.kind == .diskFull, t)))
  }

  // MARK: - The end of a recording

  /// Stops the recording, if there is one, and writes down how long it became.
  func endRecording(_ why: Event.RecordingEnd, at moment: SuspendingClock.Instant) throws {
    guard let meeting, let summary = meeting.stopSound(at: moment) else { return }
    if let failure = summary.failure {
      tellFailure(failure, at: meeting.soundBegins - summary.seconds + summary.kept, in: meeting)
    }
    let reason: Event.RecordingEnd =
      switch summary.failure?.kind {
      case nil: why
      case .diskFull?: .diskFull
      default: .failed
      }
    try meeting.record(.recordingStopped(seconds: summary.kept, why: reason), at: moment)
    if let clock = summary.clock { try meeting.record(.clock(drift: clock.drift, error: clock.error), at: moment) }
  }

  /// Deletes the sound of the running meeting for good.
  func deleteSound(of meeting: RunningMeeting) throws {
    for path in archive.soundFiles(meeting.id) { try Archive.eraseFile(path) }
    try meeting.record(.audioDeleted, at: studio.now())
    say(Speech.deleted, .speech)
  }

  // MARK: - How things stand

  func sayStatus(at moment: SuspendingClock.Instant) {
    guard let meeting else { return say(Speech.noMeeting, .speech) }
    let state = meeting.state
    let place = Speech.place(
      meeting.promptIndex.map { $0 + 1 }, of: (meeting.isClosing ? meeting.closingPrompts : meeting.prompts).count)
    let left =
      meeting.plannedEnd.map { Speech.timeLeft(Int((($0 - meeting.time(at: moment)) / 60).rounded(.up))) } ?? ""
    guard state.stage.isTalkAboutALesson else {
      return say(Speech.status(meeting.id, t: meeting.time(at: moment), entries: state.entries.count) + place, .speech)
    }
    let sound =
      meeting.level.map { level in
        if state.isPaused { return Speech.paused }
        return meeting.microphoneIsAway
          ? Speech.microphoneAway : Speech.recordingNow(studio.device, Speech.level(level))
      }
      ?? Speech.noRecording
    say(Speech.status(meeting.id, t: meeting.time(at: moment), state: state, sound: sound) + place + left, .speech)
    let used = Set(state.turns.flatMap(\.turn.functions))
    // What the guide calls most productive, and rare.
    let open = [InteractionFunction.challenge, .dissonance, .generalisation, .newIdea].filter { !used.contains($0) }
    if state.turns.count >= 8, !open.isEmpty {
      say(
        Speech.notYet(open.map { library.vocabulary.title(.function, $0.rawValue).lowercased() }), .quiet)
    }
  }
}

extension RecorderNotice.GapReason {
  fileprivate var inJournal: Event.GapReason {
    switch self {
    case .overrun: .overrun
    case .slowDisk: .slowDisk
    case .unreported: .unreported
    }
  }
}

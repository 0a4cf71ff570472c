import AudioCapture
import Coaching
internal import Glibc
import PromptLibrary
import SessionJournal
import Terminal

/// The observer's window beside a running meeting: shows its time and the prompt on the screen, and sets down what the
/// observer notices, in a journal of their own. What is tagged and how is the ``Facilitator``'s; it knows nothing of the
/// pair's meeting but its time, and whether it is on the record.
final class ObserverDesk: Desk {
  let facilitator: Facilitator
  private let watched: WatchedMeeting
  private let library: Library
  private let studio: Studio
  private let say: (String, Manner) -> Void
  private let path: String
  private let program: String
  /// What the observer was told last.
  private var shownPrompt: String?
  private var wasOffRecord = false
  private var wasRecording = false
  private var end: WatchedMeeting.End?

  /// Takes the observer's place: begins their journal, or goes on with it. Throws a ``Complaint``.
  init(
    _ watched: WatchedMeeting, library: Library, studio: Studio, program: String = "coachtalk", isInteractive: Bool,
    say: @escaping (String, Manner) -> Void
  ) throws(Complaint) {
    (self.watched, self.library, self.studio, self.say, self.program) = (watched, library, studio, say, program)
    let observer = MeetingState.Observer(name: watched.name, how: .live)
    let journal: Journal
    let state: MeetingState
    do throws(FileFailure) {
      (journal, state) = try watched.archive.openObserver(watched.id, observer, of: watched.state)
    } catch {
      throw error.isBusy
        ? Complaint(.inputOutput, Speech.alreadyObserved(watched.id))
        : Complaint(.cannotCreate, Speech.fileProblem(error))
    }
    path = journal.path
    facilitator = Facilitator(
      archive: watched.archive, library: library, studio: studio, program: program, isInteractive: isInteractive,
      commands: Command.ofObservers, say: say, notify: { _ in })
    facilitator.meeting = RunningMeeting(
      id: watched.id, folder: watched.archive.folder(watched.id), journal: journal, state: state, plan: Plan(),
      watching: watched, at: studio.now())
  }

  func open() {
    let state = watched.state
    say(Speech.observing(watched.id, watched.name, state.people, t: watched.time(at: studio.now())), .speech)
    (wasOffRecord, wasRecording) = (state.isPaused, state.isRecording)
    say(Speech.standing(state), .speech)
    let before = facilitator.meeting?.state.entries.count ?? 0
    if before > 0 { say(Speech.observedBefore(before), .speech) }
    showPrompt()
    say(Speech.howToObserve(state.stage), .quiet)
  }

  func handle(_ line: String, at moment: SuspendingClock.Instant) -> Facilitator.Outcome {
    look()
    // A line that was begun before the meeting ended may be finished.
    guard end == nil || end == .ended && watched.time(at: moment) < watched.state.lastTime else {
      facilitator.complain(Complaint(.data, Speech.observedOver))
      return .goOn
    }
    let text = line.trimmed
    if text.hasPrefix("/") {
      let word = text.dropFirst().prefix { !$0.isWhitespace }
      switch try? facilitator.command(word) {
      case .quit?: return .quit
      case .status?:
        sayStatus(at: moment)
        return .goOn
      case nil:
        guard let other = try? Command.named(String(word), inMeeting: true) else { break }
        facilitator.complain(Complaint(.data, Speech.forThePair(other)))
        return .goOn
      default: break
      }
    }
    return facilitator.handle(line, at: moment)
  }

  func lookAround(at now: SuspendingClock.Instant) { look() }

  /// Takes up what has happened in the pair's window, and tells it.
  private func look() {
    guard end == nil else { return }
    watched.look()
    let state = watched.state
    if state.isPaused != wasOffRecord || state.isRecording != wasRecording {
      (wasOffRecord, wasRecording) = (state.isPaused, state.isRecording)
      if !state.hasEnded { say(Speech.standing(state), state.isPaused ? .warning : .speech) }
    }
    takeOutWhatIsOffRecord()
    showPrompt()
    end = watched.end
    switch end {
    case nil: break
    case .ended?: say(Speech.observedEnded(watched.id, watched.state.lastTime), .speech)
    case .stopped?: say(Speech.observedStopped(watched.id), .warning)
    case .refused?: say(Speech.observedRefused, .warning)
    }
  }

  /// What was being typed while the pair went off the record is known to be so only afterwards.
  private func takeOutWhatIsOffRecord() {
    guard let meeting = facilitator.meeting else { return }
    facilitator.attempt {
      for pause in watched.state.pauses {
        let count = try meeting.takeOut(Redaction(from: pause.from, to: pause.to ?? .greatestFiniteMagnitude))
        if count > 0 { say(Speech.takenBackOffRecord(count), .warning) }
      }
    }
  }

  /// The prompt on the pair's screen, when it has changed: the question alone, not what the pair picks or writes.
  private func showPrompt() {
    guard let id = watched.state.currentPrompt, id != shownPrompt, !watched.state.hasEnded else { return }
    shownPrompt = id
    if let question = question(id) { say(question, .prompt) }
  }

  private func question(_ id: String) -> String? {
    let state = watched.state
    guard let found = library.prompts.first(where: { $0.id == id }) else { return nil }
    let prompt = state.stage == .lesson ? found.asTask : found
    let names = Placeholders(people: state.people, focus: state.focus).with("theme", Speech.yourTheme)
    return names.plain(prompt.question(aimingAt: state.promptLevels[id] ?? 0))
  }

  private func sayStatus(at moment: SuspendingClock.Instant) {
    let state = watched.state
    say(
      Speech.observerStatus(
        watched.id, t: watched.time(at: moment), state, mine: facilitator.meeting?.state.entries.count ?? 0), .speech)
    if let question = state.currentPrompt.flatMap(question) { say(Speech.promptNow(question), .quiet) }
  }

  // MARK: - The screen

  func prompt(at now: SuspendingClock.Instant) -> Span {
    let time = Timecode.text(watched.time(at: now))
    let end = liveLayout != nil ? "live >" : facilitator.questions.isEmpty ? ">" : "?"
    if watched.state.isPaused { return Span("OFF THE RECORD \(time) \(end) ", .yellow) }
    return watched.state.isRecording
      ? Span("observing, REC \(time) \(end) ", .red) : Span("observing, no sound \(time) \(end) ", .dim)
  }

  var liveLayout: KeyLayout? { end == nil ? facilitator.liveLayout : nil }
  var offeredLayout: KeyLayout? { end == nil ? facilitator.offeredLayout : nil }

  func press(_ press: LiveKeys.Press) {
    look()
    if end == nil { return facilitator.press(press) }
    // What was pressed before the meeting ended is kept.
    guard end == .ended, case .meaning(_, let moment) = press, watched.time(at: moment) < watched.state.lastTime else {
      return
    }
    facilitator.press(press)
  }

  func handle(_ notice: RecorderNotice) {}
  func interrupt(again: Bool) -> Bool { true }
  var isMeeting: Bool { true }
  var isOver: Bool { end != nil }

  // MARK: - The end

  func close(_ ending: Event.Ending, at moment: SuspendingClock.Instant) {
    guard let meeting = facilitator.meeting else { return }
    look()
    let isEmpty = meeting.state.entries.isEmpty
    facilitator.attempt { try meeting.record(.ended(end == .stopped ? .interrupted : ending), at: moment) }
    facilitator.meeting = nil
    if end == .ended, !isEmpty { bringIn() }
    say(end == nil ? Speech.comeBack(watched.id, program) : Speech.observerKeepsNothing, .speech)
    say(Speech.observerFile(path), .quiet)
  }

  /// Writes the pair's reflection again, with what was set down here, once the pair's own program is done with it.
  private func bringIn() {
    let giveUp = SuspendingClock.now + .seconds(10)
    while SuspendingClock.now < giveUp {
      do throws(FileFailure) {
        let lock = try JournalLock(watched.archive.journalPath(watched.id))
        defer { withExtendedLifetime(lock) {} }
        return facilitator.attempt {
          let writer = ReflectionWriter(archive: watched.archive, library: library, studio: studio)
          let (_, remarks) = try writer.write(watched.id)
          remarks.forEach(facilitator.complain)
          say(Speech.broughtIn, .speech)
        }
      } catch {
        guard error.isBusy else { break }
        usleep(100_000)
      }
    }
    say(Speech.notBroughtIn(watched.id, program), .warning)
  }
}

import AudioCapture
import AudioPlayback
public import Coaching
import FoundationEssentials
import PromptLibrary
import SessionJournal
public import Terminal

/// `coachtalk review`: the loop of listening again. One thread, one mailbox, as in ``Conversation``.
public final class Review {
  private enum Message: Sendable {
    case input(Terminal.Input)
    case signal(Int32)
  }

  /// What waits for its turn, in the order it was typed.
  private enum Typed {
    case line(TypedLine)
    case key(Key, at: SuspendingClock.Instant)
    case press(LiveKeys.Press)
  }

  private let console: Console
  private let mailbox = Mailbox<Message>()
  private let desk: ReviewDesk
  private let waveform: Waveform?
  private let screen: ReviewScreen
  private let writer: ReflectionWriter
  private let meeting: MeetingID
  /// How the program is called here.
  private let program: String
  /// Nobody else opens the meeting's journal meanwhile.
  private let lock: JournalLock
  private let now: @Sendable () -> SuspendingClock.Instant
  private var typed: [Typed] = []
  private var keys = LiveKeys()
  /// What the console's keys are that it has not handed over yet; `nil` for those that do not tag.
  private var presses: [LiveKeys.Press?] = []
  private var inputEnded = false
  private var heldUntil: SuspendingClock.Instant?
  private var notBefore: SuspendingClock.Instant
  private var finished: ExitStatus?
  private var shownAt: SuspendingClock.Instant?

  /// Opens everything. `name` is who listens. Throws a ``Complaint`` when the meeting runs, was not closed, or has no talk.
  public init(
    _ meeting: MeetingID, by name: String, again: Bool, console: Console, writer: ReflectionWriter,
    program: String = "coachtalk"
  ) throws {
    let (state, _) = try writer.load(meeting)
    let archive = writer.archive
    guard state.stage.isTalkAboutALesson else { throw Complaint(.usage, Speech.nothingToReview(state.stage)) }
    do throws(FileFailure) {
      lock = try JournalLock(archive.journalPath(meeting))
    } catch {
      throw Complaint(.inputOutput, error.isBusy ? Speech.reviewWhileOpen(meeting) : Speech.fileProblem(error))
    }
    guard state.hasEnded else { throw Complaint(.data, Speech.neverClosed(meeting)) }
    let name = try Self.person(name, state.people)
    (self.console, self.meeting, self.writer) = (console, meeting, writer)
    self.program = program
    now = writer.studio.now
    notBefore = now()
    screen = ReviewScreen(isASCII: console.isASCII)

    let say = { [console] (text: String, manner: Manner) in console.say(text, manner) }
    let path = archive.audioPath(meeting)
    var sound: (any RecordedSound)?
    if state.audioDeleted || !FileManager.default.fileExists(atPath: path) {
      say(Speech.reviewWithoutSound(deleted: state.audioDeleted), .speech)
    } else {
      do throws(AudioFailure) { sound = try writer.studio.openSound(path) } catch {
        say(Speech.reviewUnreadable(path, error), .warning)
      }
    }
    waveform = console.isInteractive && sound != nil ? (try? writer.studio.openSound(path)).map { Waveform($0) } : nil
    let played = sound ?? RecordedSilence(seconds: state.lastTime)
    var speaker: (any SoundOutput)?
    if sound != nil {
      if let open = writer.studio.openSpeaker {
        do throws(AudioFailure) { speaker = try open(played.format) } catch {
          say(Speech.noSpeaker(writer.studio.device, error), .warning)
        }
      } else {
        say(Speech.speakerSwitchedOff, .speech)
      }
    }
    let player = Player(played, output: speaker, seconds: state.lastTime, now: now) {
      say(Speech.speakerLost($0), .warning)
    }
    let journal: Journal
    let own: MeetingState
    do throws(FileFailure) {
      (journal, own) = try archive.openObserver(
        meeting, MeetingState.Observer(name: name, how: .review), of: state, anotherPass: again)
    } catch {
      throw Complaint(.inputOutput, error.isBusy ? Speech.openElsewhere("\(meeting)") : Speech.fileProblem(error))
    }
    desk = ReviewDesk(
      player: player, meeting: state, journal: journal, own: own, library: writer.library, say: say)
    say(Speech.reviewBegun(meeting, name, length: player.transport.length, tags: own.turns.count), .speech)
    say(console.isInteractive ? Speech.reviewKeys : Speech.reviewLines, .quiet)
  }

  /// A name of the meeting's own people as they write it, or somebody else's.
  private static func person(_ text: String, _ people: People) throws(Complaint) -> String {
    let name = try checkedName(text)
    let roles = people.roles(matching: name)
    return roles.count == 1 ? people.name(roles[0]) ?? name : name
  }

  /// Runs until the person leaves, the input ends or a signal asks.
  public func run() -> ExitStatus {
    let signals = SignalWatch { [mailbox] in mailbox.post(.signal($0)) }
    defer { withExtendedLifetime(signals) {} }
    desk.takesKeys = console.isInteractive
    console.takesKey = { [unowned self] in takes($0, at: $1) }
    InputReader.start { [mailbox] in mailbox.post(.input($0)) }
    while finished == nil {
      desk.pump()
      show()
      if heldUntil == nil, !typed.isEmpty {
        handle(typed.removeFirst())
      } else if inputEnded, typed.isEmpty, heldUntil == nil {
        finished = desk.status
      } else if let message = mailbox.next(until: deadline) {
        handle(message)
      } else if case let events = console.receiveNothing(at: SuspendingClock.now), !events.isEmpty {
        for event in events { handle(event) }
      } else if let waveform, !waveform.isComplete {
        waveform.advance()
      }
      if let until = heldUntil, now() >= until { (heldUntil, notBefore) = (nil, max(notBefore, until)) }
    }
    desk.close()
    console.takesKey = nil
    console.footer = []
    console.say(Speech.reviewOver(meeting, desk.path, tags: desk.own.entries.count, program), .speech)
    return finished ?? .done
  }

  /// Whether a key on an empty line is not typed. Known at once: the next key may come with it.
  private func takes(_ key: Key, at moment: SuspendingClock.Instant) -> Bool {
    let moves = ReviewCommand.line(for: key) != nil || key == .character(" ")
    if let press = keys.take(key, at: moment, offered: desk.offeredLayout) {
      if case .unknown(let strokes) = press, strokes.count == 1, moves {
        presses.append(nil)
        return true
      }
      presses.append(press)
      if press == .note {
        desk.lineBegins(at: moment)
        console.type(": ", at: moment)
      }
      // Escape with a key right behind it came as one.
      if press == .leave, case .alt(let character) = key {
        desk.lineBegins(at: moment)
        console.type(String(character), at: moment)
      }
      return true
    }
    switch key {
    case .character("/"), .character(":"), .paste:
      desk.lineBegins(at: moment)
      return false
    // c begins the line "/c ".
    case .character(let letter) where "ctob".unicodeScalars.contains(letter):
      desk.lineBegins(at: moment)
      console.type("/\(letter) ", at: moment)
    case .character: break
    default: guard moves else { return false }
    }
    presses.append(nil)
    return true
  }

  private func handle(_ typed: Typed) {
    console.isReading = isLong(typed)
    defer { console.isReading = false }
    switch typed {
    case .line(let line):
      let moment = max(line.began, notBefore)
      perform(desk.handle(line.text, at: moment), since: moment)
      // What is noted on a turn while one key tags is no line to come back to.
      if !line.text.hasPrefix(":") { console.addHistory(line.text) }
    case .key(let key, let moment): perform(desk.press(key, at: moment), since: moment)
    case .press(let press): desk.press(press)
    }
  }

  /// The list of keys is longer than many a screen.
  private func isLong(_ typed: Typed) -> Bool {
    switch typed {
    case .line(let line):
      line.text.hasPrefix("/") && (try? ReviewCommand.named(String(line.text.dropFirst().trimmed))) == .help
    case .key(.character("?"), _), .press(.meaning(.keys, _)): true
    case .key, .press: false
    }
  }

  private func perform(_ outcome: ReviewDesk.Outcome, since moment: SuspendingClock.Instant) {
    switch outcome {
    case .goOn: break
    case .wait(let duration): heldUntil = moment.advanced(by: duration)
    case .quit: finished = desk.status
    }
  }

  /// While it plays the device must be given sound; and as long as the picture is not whole, there is always something to
  /// do.
  private var deadline: SuspendingClock.Instant? {
    if let waveform, !waveform.isComplete { return SuspendingClock.now }
    let isPlaying = desk.player.transport.isPlaying
    // An Escape is known by nothing coming after it.
    let pause: Duration? = isPlaying ? .milliseconds(50) : desk.liveLayout == nil ? nil : .milliseconds(250)
    let tick = pause.map(SuspendingClock.now.advanced(by:))
    return [heldUntil, tick].compactMap(\.self).min()
  }

  private func handle(_ message: Message) {
    switch message {
    case .input(let input):
      if typed.isEmpty { keys.use(desk.liveLayout) }
      for event in console.receive(input) { handle(event) }
      guard case .end = input else { return }
      if console.isInteractive { finished = .interrupted } else { inputEnded = true }
    case .signal(let signal): for event in console.receive(signal: signal) { handle(event) }
    }
  }

  private func handle(_ event: TerminalEvent) {
    switch event {
    case .line(let line): typed.append(.line(line))
    case .key(let key, let moment):
      typed.append(presses.removeFirst().map { .press($0) } ?? .key(key, at: moment))
    case .endOfInput: inputEnded = true
    case .resized: break
    case .suspend:
      desk.pause()
      console.suspend(saying: Speech.suspended)
    case .interrupt, .signal: finished = .interrupted
    }
  }

  private func show() {
    guard console.isInteractive else {
      if typed.isEmpty, heldUntil == nil, !inputEnded { console.showPrompt() }
      return
    }
    // While the picture is being made this is asked more often than anybody could see.
    if let waveform, !waveform.isComplete, let shownAt, shownAt.duration(to: now()) < .milliseconds(40) { return }
    shownAt = now()
    console.dropsOnEscape = desk.liveLayout != nil
    let transport = desk.player.transport
    let sound = waveform.map {
      screen.rows(
        width: console.width, height: console.height, waveform: $0, transport: transport, places: desk.places,
        meeting: desk.meeting, own: desk.own)
    }
    let prompt = Speech.reviewPrompt(transport, isLive: desk.liveLayout != nil)
    console.show(
      prompt: Span(prompt, transport.isPlaying ? .green : .normal),
      footer: desk.liveRows(width: console.width, height: console.height) + (sound ?? []))
  }
}

import AudioCapture
import Coaching
public import PromptLibrary
public import SessionJournal
public import Terminal

/// The loop of the chat: one thread, one mailbox. Keys, signals and the recorder's notices arrive in it and are dealt with
/// one after the other; lines go to the ``Host``, what it says goes to the ``Console``.
public final class Conversation {
  /// Where the lines come from.
  public enum Input {
    /// Standard input: a person at a terminal, or a script through a pipe.
    case standardInput
    /// Lines that are known beforehand, shown as if they were typed. `pass` lets an amount of time pass.
    case script([String], pass: (Duration) -> Void)
  }

  private enum Message: Sendable {
    case input(Terminal.Input)
    case signal(Int32)
    case notice(RecorderNotice)
  }

  /// What waits for its turn, in the order it was typed.
  private enum Typed {
    case line(TypedLine)
    case press(LiveKeys.Press)
  }

  private let console: Console
  private let studio: Studio
  private let mailbox = Mailbox<Message>()
  private var host: any Host
  /// Waits while somebody practises.
  private var facilitator: Facilitator?
  private var archive: Archive?
  private var makePractice: (() throws -> PracticeDesk)?
  /// The script is shown as if it were typed.
  private let isShown: Bool
  /// Somebody types, and can be asked.
  private let isPerson: Bool
  private let pass: ((Duration) -> Void)?
  private var lines: [Typed] = []
  private var keys = LiveKeys()
  /// What the console's keys are that it has not handed over yet.
  private var presses: [LiveKeys.Press] = []
  private var inputEnded = false
  /// Nothing was typed since somebody interrupted.
  private var wasInterrupted = false
  /// A script's `/wait`: no line is taken before.
  private var heldUntil: SuspendingClock.Instant?
  /// Lines of a script that came earlier count from here.
  private var notBefore: SuspendingClock.Instant
  private var finished: ExitStatus?

  /// A pair's conversation with the ``Facilitator``.
  public convenience init(
    console: Console, archive: Archive, library: Library, studio: Studio, program: String = "coachtalk",
    input: Input = .standardInput
  ) {
    self.init(console: console, studio: studio, input: input) { isInteractive, say, notify in
      Facilitator(
        archive: archive, library: library, studio: studio, program: program, isInteractive: isInteractive, say: say,
        notify: notify)
    }
    self.archive = archive
    if self.host.takesKeys, let pair = self.host as? Facilitator {
      archive.history.compactMap(pair.ownWords).forEach(console.addHistory)
    }
    makePractice = { [console] in
      try PracticeDesk(library: library, studio: studio, program: program) { console.say($0, $1) }
    }
  }

  /// An observer's beside a running meeting. Throws a ``Complaint`` when somebody else has their place.
  public convenience init(
    console: Console, library: Library, studio: Studio, program: String = "coachtalk", observing watched: WatchedMeeting
  ) throws(Complaint) {
    try self.init(console: console, studio: studio) { (isInteractive, say, _) throws(Complaint) in
      try ObserverDesk(
        watched, library: library, studio: studio, program: program, isInteractive: isInteractive, say: say)
    }
  }

  /// An observer on another laptop.
  public struct Away {
    var name: String?
    var mayRecord: Bool?
    var place: String

    /// `name` is the one that the pair gave; without it, it is asked for. `mayRecord`: everybody in the room said yes to a
    /// recording here, too; without it, that is asked. The observer's folder is made in `place`.
    public init(name: String?, mayRecord: Bool?, place: String) {
      (self.name, self.mayRecord, self.place) = (name, mayRecord, place)
    }
  }

  /// An observer's on another laptop. Throws a ``Complaint`` when there is nobody to ask for the name.
  public convenience init(
    console: Console, library: Library, studio: Studio, program: String = "coachtalk", away: Away
  ) throws(Complaint) {
    try self.init(console: console, studio: studio) { (isInteractive, say, notify) throws(Complaint) in
      try AwayDesk(
        away, library: library, studio: studio, program: program, isInteractive: isInteractive, say: say,
        notify: notify)
    }
  }

  /// With a host that is given whether there is somebody to ask, and how to say something; notices of a recorder it may
  /// post from any thread.
  init<E: Error>(
    console: Console, studio: Studio, input: Input = .standardInput,
    host: (
      _ isInteractive: Bool, _ say: @escaping (String, Manner) -> Void,
      _ notify: @escaping @Sendable (RecorderNotice) -> Void
    ) throws(E) -> any Host
  ) throws(E) {
    self.console = console
    self.studio = studio
    let start = studio.now()
    notBefore = start
    var isScript = false
    switch input {
    case .standardInput: pass = nil
    case .script(let texts, let pass):
      self.pass = pass
      isScript = true
      lines = texts.map { .line(TypedLine(text: $0, began: start, ended: start)) }
      inputEnded = true
    }
    isShown = isScript
    isPerson = !isScript && console.inputIsTerminal
    self.host = try host(
      isPerson, { [console] in console.say($0, $1) }, { [mailbox] in mailbox.post(.notice($0)) })
    console.more = Span(Speech.more, .dim)
    self.host.takesKeys = !isScript && console.isInteractive
    console.completer = { [unowned self] in self.host.completions($0, cursor: $1) }
  }

  /// Runs until the person leaves, the input ends or a signal asks; a running meeting is always closed properly.
  public func run() -> ExitStatus {
    let signals = SignalWatch { [mailbox] in mailbox.post(.signal($0)) }
    defer { withExtendedLifetime(signals) {} }
    console.takesKey = { [unowned self] in takes($0, at: $1) }
    defer { console.takesKey = nil }
    if !isShown { InputReader.start { [mailbox] in mailbox.post(.input($0)) } }
    host.open()
    notBefore = studio.now()
    while finished == nil {
      showState()
      if facilitator != nil, host.isOver {
        endPractice()
        continue
      }
      // Somebody who is typing may finish the line.
      if host.isOver, lines.isEmpty, !console.isInteractive || console.isEmpty {
        finish(.closed)
      } else if isShown, let message = mailbox.next(until: SuspendingClock.now) {
        handle(message)
      } else if let pass, let heldUntil {
        pass(min(.milliseconds(500), studio.now().duration(to: heldUntil)))
        releaseHold()
      } else if let typed = takeTyped() {
        switch typed {
        case .line(let line): handle(line)
        case .press(let press):
          // All keys are more than many a screen has rows.
          if case .meaning(.keys, _) = press { console.isReading = true }
          host.press(press)
          console.isReading = false
        }
      } else if inputEnded, lines.isEmpty, heldUntil == nil {
        finish(.closed)
      } else if let message = mailbox.next(until: deadline) {
        handle(message)
        if host.isPlaying { host.lookAround(at: studio.now()) }
      } else {
        releaseHold()
        for event in console.receiveNothing(at: SuspendingClock.now) { handle(event) }
        if console.isInteractive, console.isEmpty { host.nudge(at: studio.now()) }
        host.lookAround(at: studio.now())
      }
    }
    console.footer = []
    console.say(Speech.goodbye, .speech)
    return finished ?? .done
  }

  // MARK: - Lines

  private func takeTyped() -> Typed? {
    guard heldUntil == nil, !lines.isEmpty else { return nil }
    wasInterrupted = false
    return lines.removeFirst()
  }

  private func handle(_ line: TypedLine) {
    let text = line.text.trimmed
    if !isPerson, text.isEmpty || text.hasPrefix("#") {
      // The comments of a script that is shown tell what is going on.
      if isShown, host.isMeeting, !text.isEmpty {
        console.say("\n" + text.drop { $0 == "#" || $0 == " " }, .quiet)
      }
      return
    }
    if isShown, !text.hasPrefix("/wait") { console.print("> " + text, .bold) }
    let moment = max(line.began, notBefore)
    console.isReading = host.reads(line.text)
    let outcome = host.handle(line.text, at: moment)
    console.isReading = false
    switch outcome {
    case .goOn: break
    case .begun: notBefore = studio.now()
    case .wait(let duration):
      let from = max(moment, notBefore)
      heldUntil = from.advanced(by: duration)
    case .practise: beginPractice()
    case .quit: finish(.closed)
    }
    // What is noted on a turn while one key tags is no line to come back to.
    if !text.hasPrefix(":"), facilitator == nil { console.addHistory(line.text) }
    if host.takesKeys, let own = (host as? Facilitator)?.ownWords(line.text) { archive?.remember(own) }
    // On a plain screen nobody can tell when somebody types; right after a line is as good a time as any.
    if isPerson, !console.isInteractive { host.nudge(at: studio.now()) }
    host.lookAround(at: studio.now())
  }

  private func beginPractice() {
    guard let facilitator = host as? Facilitator, let makePractice else { return }
    facilitator.attempt {
      let practice = try makePractice()
      practice.takesKeys = host.takesKeys
      (self.facilitator, host) = (facilitator, practice)
      practice.open()
    }
  }

  private func endPractice() {
    guard let facilitator else { return }
    host.close(.closed, at: studio.now())
    (host, self.facilitator) = (facilitator, nil)
    if facilitator.questions.isEmpty { facilitator.greet() }
    facilitator.sayQuestion()
  }

  private func releaseHold() {
    guard let until = heldUntil, studio.now() >= until else { return }
    heldUntil = nil
    notBefore = max(notBefore, until)
  }

  /// When to look up again although nothing has come: at the end of a hold, and in a meeting every two seconds, on a screen
  /// more often, and where sound is played all the time.
  private var deadline: SuspendingClock.Instant? {
    let pause: Duration = host.isPlaying ? .milliseconds(50) : console.isInteractive ? .milliseconds(250) : .seconds(2)
    let tick = host.isMeeting ? SuspendingClock.now.advanced(by: pause) : nil
    return [heldUntil, tick].compactMap(\.self).min()
  }

  // MARK: - Messages

  private func handle(_ message: Message) {
    switch message {
    case .notice(let notice): host.handle(notice)
    case .input(let input):
      if lines.isEmpty { keys.use(host.liveLayout) }
      for event in console.receive(input) { handle(event) }
      if !console.isEmpty { wasInterrupted = false }
      guard case .end = input else { return }
      // A terminal on which keys are read one by one ends only by going away; often that is known before its signal comes.
      if console.isInteractive { leave() } else { inputEnded = true }
    case .signal(let signal): for event in console.receive(signal: signal) { handle(event) }
    }
  }

  /// Whether a key on an empty line is one that tags. Known at once: the next key may come with it.
  private func takes(_ key: Key, at moment: SuspendingClock.Instant) -> Bool {
    guard let press = keys.take(key, at: moment, offered: key == .tab ? host.offeredLayout : nil) else { return false }
    presses.append(press)
    if press == .note { console.type(": ", at: moment) }
    // Escape with a key right behind it came as one.
    if press == .leave, case .alt(let character) = key { console.type(String(character), at: moment) }
    return true
  }

  private func handle(_ event: TerminalEvent) {
    switch event {
    case .line(let line): lines.append(.line(line))
    case .key: lines.append(.press(presses.removeFirst()))
    case .endOfInput:
      // Ctrl-D in a meeting is as easily a slip as Ctrl-C.
      if !isPerson || interrupts() { inputEnded = true }
    case .resized: break
    case .suspend:
      let goesOn = host.isMeeting && facilitator == nil
      console.suspend(saying: goesOn ? Speech.suspendedMeeting : Speech.suspended)
    case .interrupt: if interrupts() { finished = .interrupted }
    case .signal: leave()
    }
  }

  private func interrupts() -> Bool {
    defer { wasInterrupted = true }
    return host.interrupt(again: wasInterrupted)
  }

  /// Closes a running meeting without a question.
  private func leave() {
    finish(.interrupted)
    finished = .interrupted
  }

  private func finish(_ ending: Event.Ending) {
    host.close(ending, at: studio.now())
    finished = facilitator?.status ?? host.status
  }

  private func showState() {
    if console.isInteractive {
      let now = studio.now()
      console.dropsOnEscape = host.liveLayout != nil
      console.show(
        prompt: host.prompt(at: now), footer: host.footer(width: console.width, height: console.height, at: now))
    }
    if lines.isEmpty, heldUntil == nil, !inputEnded { console.showPrompt() }
  }
}

extension TerminalKeeper {
  /// Divides the program as ``start(ifCutOff:)`` does.
  public static func start() { start(ifCutOff: Speech.cutOffByItself) }
}

extension Console {
  /// Shows what the program says in its manner; errors go to standard error, as one line.
  public func say(_ text: String, _ manner: Manner) {
    if manner == .error { printError(text) } else { print([manner.span(text)]) }
  }
}

extension Manner {
  /// How `text` looks when it is said so.
  public func span(_ text: String) -> Span {
    switch self {
    case .speech, .error: Span(text)
    case .prompt: Span("\n" + text + "\n", .bold)
    case .heading: Span(text, .bold)
    case .acknowledgement: Span(text, .green)
    case .quiet: Span(text, .dim)
    case .warning: Span("! " + text, .yellow)
    }
  }
}

public import AudioCapture
import Coaching
public import PromptLibrary
public import SessionJournal

/// Leads a pair through its cycle: takes a line, makes it an event, and says what comes next.
///
/// It has no loop, no clock and no screen of its own; ``Conversation`` gives it those.
public final class Facilitator {
  /// What should happen after a line.
  public enum Outcome: Equatable, Sendable {
    case goOn
    /// A meeting has just begun: what was typed before belongs to its beginning.
    case begun
    /// Let this much time pass before the next line of a script.
    case wait(Duration)
    /// Somebody wants to practise first.
    case practise
    case quit
  }

  /// Something that is missing and is asked for; the next line that is no command answers it.
  struct Question {
    var text: String
    var manner: Manner
    /// Where the question stands in the prompt files, for `/why`.
    var prompt: Prompt?
    /// Any other command makes it fall away.
    var isPassing: Bool
    /// What an empty answer means: `nil` asks again.
    var whenEmpty: String?
    var answer: (String) throws -> Void
  }

  let archive: Archive
  let library: Library
  let studio: Studio
  /// Whether there is somebody to ask.
  let isInteractive: Bool
  /// Whether keys can be taken one by one.
  var takesKeys = false
  let say: (String, Manner) -> Void
  let notify: @Sendable (RecorderNotice) -> Void
  /// How this program is called with the same recordings, for hints.
  let program: String

  /// What may be typed.
  let commands: [Command]
  /// It is somebody beside the pair who types.
  var isObserver: Bool { !commands.contains(.begin) }

  var cycle: (number: Int, state: CycleState)?
  var meeting: RunningMeeting?
  var questions: [Question] = []
  /// How long the meeting that is about to begin is to last.
  var plannedMinutes: Int?
  /// Quiet words are wanted.
  var isNudging = true
  /// What went wrong first; a script's exit status.
  public private(set) var status = ExitStatus.done

  /// `notify` takes a recorder's notices from its thread; they are to be handed to ``handle(_:)`` on this one.
  public convenience init(
    archive: Archive, library: Library, studio: Studio, program: String = "coachtalk", isInteractive: Bool,
    say: @escaping (String, Manner) -> Void, notify: @escaping @Sendable (RecorderNotice) -> Void
  ) {
    self.init(
      archive: archive, library: library, studio: studio, program: program, isInteractive: isInteractive,
      commands: Command.allCases, say: say, notify: notify)
  }

  init(
    archive: Archive, library: Library, studio: Studio, program: String, isInteractive: Bool, commands: [Command],
    say: @escaping (String, Manner) -> Void, notify: @escaping @Sendable (RecorderNotice) -> Void
  ) {
    self.commands = commands
    self.archive = archive
    self.library = library
    self.studio = studio
    self.isInteractive = isInteractive
    self.say = say
    self.notify = notify
    self.program = program
  }

  /// What is to be known before the first line: what was left open, who was here last, and what to do next.
  public func open() {
    say(Speech.welcome, .speech)
    for problem in library.problems.prefix(3) { say(problem.description, .warning) }
    if library.problems.count > 3 { say(Speech.moreProblems(library.problems.count - 3), .warning) }
    finishForgetting()
    attempt(orElse: .data) { try recoverOpenMeetings() }
    guard meeting == nil, questions.isEmpty else { return }
    greet()
    sayQuestion()
  }

  func greet() {
    cycle = newestPairCycle()
    if let (number, state) = cycle {
      say(Speech.welcomeBack(number, state), .speech)
      sayNextStep()
    } else if let review = archive.cycles().last.flatMap(readCycle), review.people.isGroup {
      say(Speech.welcomeBackToReview(review.people), .speech)
    } else {
      say(Speech.firstStep, .speech)
    }
    offerWhatIsDue()
  }

  /// A school's review is no pair's cycle to come back to.
  func newestPairCycle() -> (number: Int, state: CycleState)? {
    archive.cycles().reversed().lazy.compactMap { number in
      self.readCycle(number).flatMap { $0.people.isGroup ? nil : (number, $0) }
    }.first
  }

  func sayNextStep() {
    guard let cycle, !cycle.state.people.isGroup else { return }
    let history = History(archive, cycle: cycle.number, cycle.state, library: library)
    say(Speech.nextStep(cycle.state, stages: history.stages, hasActions: !history.actions.isEmpty), .speech)
  }

  /// Takes one line, which somebody began to type at `moment`. Nothing it does can lose what is on the disk.
  public func handle(_ line: String, at moment: SuspendingClock.Instant) -> Outcome {
    let text = line.trimmed
    if text.isEmpty, stopsPlaying() { return .goOn }
    if text.isEmpty, questions.isEmpty, !(meeting?.isClosing ?? false) { return .goOn }
    let wasMeeting = meeting != nil
    let wasReview = meeting?.state.people.isGroup ?? false
    var outcome = Outcome.goOn
    attempt {
      if text.hasPrefix("/") {
        let word = text.dropFirst().prefix { !$0.isWhitespace }
        // "/action: text" is as good as "/action text".
        let command = try self.command(word)
        // A question stands until something else is begun; it is put again afterwards.
        if command.takesOver { questions = [] } else { questions.removeAll(where: \.isPassing) }
        outcome = try perform(command, text.dropFirst(1 + word.count), at: moment)
      } else if text.hasPrefix(":"), liveLayout != nil {
        try noteLive(String(text.dropFirst().trimmed), at: moment)
      } else if !questions.isEmpty {
        try answer(String(text))
      } else if text.isEmpty {
        try nextClosingPrompt()
      } else {
        try note(String(text), at: moment)
      }
    }
    // A question waits until somebody has practised.
    if outcome != .practise { sayQuestion() }
    guard outcome == .goOn, wasMeeting != (meeting != nil) else { return outcome }
    if wasMeeting, isInteractive {
      if wasReview { say(Speech.reviewGoesOn, .speech) } else { sayNextStep() }
      say(Speech.thanks, .speech)
    }
    return wasMeeting ? .goOn : .begun
  }

  /// The command that `word` names, or begins to name.
  func command(_ word: Substring) throws(Complaint) -> Command {
    try Command.named(String(word.hasSuffix(":") ? word.dropLast() : word), of: commands, inMeeting: isMeeting)
  }

  func reads(_ line: String) -> Bool {
    let text = line.trimmed
    guard text.hasPrefix("/"), let command = try? command(text.dropFirst().prefix { !$0.isWhitespace }) else {
      return false
    }
    return [.help, .guide, .theme, .prompts].contains(command)
  }

  private func perform(_ command: Command, _ rest: Substring, at moment: SuspendingClock.Instant) throws -> Outcome {
    switch command {
    case .practise:
      guard meeting == nil else { throw Complaint(.data, Speech.finishMeetingFirst) }
      return .practise
    case .new: try newCycle(rest)
    case .agree: try agree(rest)
    case .theme: try theme(rest)
    case .guide: try guide(rest)
    case .evidence: try evidence(rest, at: moment)
    case .nudges: try nudges(rest)
    case .consent: try consent(rest, at: moment)
    case .begin: try begin(rest)
    case .next: try nextPrompt(at: moment)
    case .back: try previousPrompt(at: moment)
    case .skip: try skipPrompt(at: moment)
    case .goto: try goToPrompt(rest, at: moment)
    case .prompts: try listPrompts(rest)
    case .why: try why()
    case .c: try tag(.coach, rest, at: moment)
    case .t: try tag(.coachee, rest, at: moment)
    case .o: try tag(.observer, rest, at: moment)
    case .b: try tag(.both, rest, at: moment)
    case .live: try live(rest)
    case .amend: try amend(rest, at: moment)
    case .moment: try markMoment(rest, at: moment)
    case .stimulus: try stimulus(rest, at: moment)
    case .play: try play(rest, at: moment)
    case .feedback: try feedback(rest, at: moment)
    case .action: try action(rest, at: moment)
    case .mark: try mark(at: moment)
    case .undo: try undo(at: moment)
    case .redo: try redo(at: moment)
    case .pause: try pause(at: moment)
    case .resume: try resume(at: moment)
    case .status: sayStatus(at: moment)
    case .level: say(meeting?.level.map(Speech.level) ?? Speech.noRecording, .quiet)
    case .end: try end(at: moment)
    case .quit:
      close(.closed, at: studio.now())
      return .quit
    case .wait:
      guard let seconds = Double(rest.trimmed), seconds >= 0, seconds < 86_400 else {
        throw Complaint(.data, Speech.number(.wait))
      }
      return .wait(.seconds(seconds))
    case .help: help(String(rest.trimmed))
    }
    return .goOn
  }

  // MARK: - Questions

  func ask(
    _ text: String, _ manner: Manner = .speech, prompt: Prompt? = nil, isPassing: Bool = false,
    whenEmpty: String? = nil, answer: @escaping (String) throws -> Void
  ) {
    questions.append(
      Question(
        text: text, manner: manner, prompt: prompt, isPassing: isPassing, whenEmpty: whenEmpty, answer: answer))
  }

  /// Puts the question that is to be answered.
  func sayQuestion() {
    if let question = questions.first { say(question.text, question.manner) }
  }

  private func answer(_ text: String) throws {
    let question = questions[0]
    if text.isEmpty, question.whenEmpty == nil { return }
    try question.answer(text.isEmpty ? question.whenEmpty! : text)
    if !questions.isEmpty { questions.removeFirst() }
  }

  // MARK: - When something goes wrong

  /// Does `work`; a failure is told in one line and remembered in ``status``, and nothing else stops.
  func attempt(orElse fallback: ExitStatus = .inputOutput, _ work: () throws -> Void) {
    do {
      try work()
    } catch let complaint as Complaint {
      complain(complaint)
    } catch let failure as FileFailure {
      complain(Complaint(.inputOutput, Speech.notSaved(failure)))
    } catch let failure as AudioFailure {
      complain(
        Complaint(failure.kind == .device ? .unavailable : .inputOutput, "\(failure.operation): \(failure.reason)"))
    } catch {
      complain(Complaint(fallback, "\(error)"))
    }
  }

  func complain(_ complaint: Complaint) {
    say(complaint.message, .error)
    if status == .done { status = complaint.status }
  }

  /// The meeting that is running. Throws a complaint when there is none.
  func running() throws(Complaint) -> RunningMeeting {
    guard let meeting else { throw Complaint(.data, Speech.noMeeting) }
    return meeting
  }

  /// The meeting that is running, to set something down in. Off the record nothing is kept, neither sound nor words.
  func onRecord() throws(Complaint) -> RunningMeeting {
    let meeting = try running()
    guard !meeting.isOffRecord else {
      throw Complaint(.data, meeting.state.isPaused ? Speech.offRecord : Speech.pairOffRecord)
    }
    return meeting
  }

  /// The state of a cycle as far as its journal can be read; damage is told.
  func readCycle(_ number: Int) -> CycleState? {
    let path = archive.cyclePath(number)
    guard let contents = try? JournalContents.read(path) else { return nil }
    tellDamage(contents, path: path)
    return CycleState(events: contents.events)
  }

  /// Takes up what another window has written into the cycle's journal; a no said there counts here.
  func catchUp() {
    guard let number = cycle?.number, let contents = try? JournalContents.read(archive.cyclePath(number)) else {
      return
    }
    cycle?.state.catchUp(with: contents.events)
  }

  func tellDamage(_ contents: JournalContents, path: String) {
    guard !contents.damagedLines.isEmpty else { return }
    complain(Complaint(.data, Speech.damaged(path, lines: contents.damagedLines, kept: contents.events.count)))
  }
}

extension StringProtocol {
  /// Without space around it.
  var trimmed: SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return self[startIndex..<startIndex]
    }
    return self[first...last]
  }
}

import AudioCapture
import AudioPlayback
import Coaching
import PromptLibrary
import SessionJournal
import Terminal

/// `/practise`: two minutes in which somebody who has never seen the program does what a meeting takes, one thing after
/// the other, while the sample conversation is heard turn by turn. It is a meeting like any other, with the
/// ``Facilitator``, but for its sound; it has a temporary folder, which is erased when it is over.
final class PracticeDesk: Desk {
  /// What is practised, in this order.
  enum Step: CaseIterable {
    case turn, answer, key, codes, undo, leave, note, offRecord, onRecord, prompt, end
  }

  let facilitator: Facilitator
  private let talk: SampleTalk
  private let clip: Clip?
  private let say: (String, Manner) -> Void
  private var steps = Step.allCases[...]
  /// How the meeting stood when the step began.
  private var before: (turns: Int, entries: Int, prompt: Int?) = (0, 0, nil)
  private(set) var isOver = false
  /// What a meeting says at its beginning would be too much at a time.
  private final class Ear {
    var isOpen = false
  }
  private let ear = Ear()

  /// Throws a ``Complaint`` when the conversation is not there, or no folder can be made.
  init(library: Library, studio: Studio, program: String, say: @escaping (String, Manner) -> Void) throws(Complaint) {
    guard let talk = studio.sample.flatMap(SampleTalk.init) else { throw Complaint(.noInput, Speech.noSample) }
    (self.talk, self.say) = (talk, say)
    clip = (try? studio.openSound(talk.sound)).map { sound in
      Clip("", kind: .recall, sound) { stretch in
        Player(stretch, output: try? studio.openSpeaker?(stretch.format), now: studio.now) { _ in }
      }
    }
    let own: Archive
    do throws(FileFailure) { own = Archive(root: try PrivateFiles.makeTemporaryFolder("coachtalk-practice")) } catch {
      throw Complaint(.cannotCreate, Speech.fileProblem(error))
    }
    // As it was called, but for where its own recordings are.
    let called = program.firstRange(of: " --recordings ").map { String(program[..<$0.lowerBound]) } ?? program
    var silent = studio
    silent.openMicrophone = nil
    // What is missing is told and not asked for: there is enough to do.
    facilitator = Facilitator(
      archive: own, library: library, studio: silent,
      program: "\(called) --recordings \(own.root)", isInteractive: false,
      say: { [ear] text, manner in if ear.isOpen || manner == .error { say(text, manner) } }, notify: { _ in })
  }

  deinit { try? Archive.erase(facilitator.archive.root) }

  func open() {
    say(Speech.practiceBegins(talk.people), .speech)
    facilitator.attempt {
      try facilitator.makeCycle(talk.people, focus: nil, theme: nil)
      try facilitator.start(.post, with: nil)
    }
    ear.isOpen = true
    if facilitator.meeting == nil { isOver = true } else { begin() }
  }

  // MARK: - Steps

  private func begin() {
    // What holds already need not be done.
    while let step = steps.first, step.isState, isDone(step) { steps.removeFirst() }
    guard let step = steps.first, let meeting = facilitator.meeting else { return }
    before = (meeting.state.turns.count, meeting.state.entries.count, meeting.promptIndex)
    if let index = step.turn, talk.turns.indices.contains(index) {
      let turn = talk.turns[index]
      say(Speech.heard(talk.people.name(turn.by), turn.words), .prompt)
      clip?.play(turn.stretch)
    }
    say(Speech.step(step, talk.people, key: liveLayout.map(name(in:))), .speech)
  }

  private func isDone(_ step: Step) -> Bool {
    guard let meeting = facilitator.meeting else { return true }
    let turns = meeting.state.turns
    let new = turns.count > before.turns ? turns.last?.turn : nil
    switch step {
    case .turn: return new?.by == .coach
    case .answer: return new?.by == .coachee && new?.functions.isEmpty == false
    case .key: return liveLayout != nil || !takesKeys
    case .codes: return new?.by == .coach && (new?.functions.count ?? 0) > 1
    case .undo: return meeting.state.nextRedo != nil
    case .leave: return liveLayout == nil
    case .note:
      guard meeting.state.entries.count > before.entries, case .note = meeting.state.entries.last?.kind else {
        return false
      }
      return true
    case .offRecord: return meeting.state.isPaused
    case .onRecord: return !meeting.state.isPaused
    case .prompt: return meeting.promptIndex != before.prompt
    case .end: return false
    }
  }

  /// Looks whether the step was done; true when there is another one now.
  @discardableResult private func look() -> Bool {
    guard let step = steps.first, isDone(step) else { return false }
    goOn()
    return true
  }

  private func goOn() {
    clip?.stop()
    steps.removeFirst()
    guard facilitator.meeting == nil else { return begin() }
    steps = []
    say(Speech.practiceDone, .speech)
  }

  /// How a key is called in `layout`.
  private func name(in layout: KeyLayout) -> (KeyMeaning) -> String {
    { layout.strokes(for: $0)?.joined(separator: " ") ?? "its key" }
  }

  // MARK: - Host

  func handle(_ line: String, at moment: SuspendingClock.Instant) -> Facilitator.Outcome {
    let text = line.trimmed
    let command =
      text.hasPrefix("/") ? try? facilitator.command(text.dropFirst().prefix { !$0.isWhitespace }) : nil
    // While keys tag, Enter begins a note.
    let isEnter = text.isEmpty || text == ":" && liveLayout != nil
    if command == .quit || isEnter && steps.isEmpty {
      isOver = true
    } else if steps.isEmpty {
      say(Speech.practiceWaits, .speech)
    } else if isEnter {
      if steps.first == .end {
        facilitator.close(.closed, at: moment)
      } else {
        say(Speech.stepLeftOut, .quiet)
      }
      goOn()
    } else if let command, [.new, .begin, .practise].contains(command) {
      say(Speech.practising, .speech)
    } else {
      _ = facilitator.handle(line, at: moment)
      if !look() { sayStepAgain() }
    }
    return .goOn
  }

  private func sayStepAgain() {
    if let step = steps.first { say(Speech.step(step, talk.people, key: liveLayout.map(name(in:))), .quiet) }
  }

  func press(_ press: LiveKeys.Press) {
    facilitator.press(press)
    // What was said of the keys may no longer be so.
    if !look(), press == .begin || press == .leave { sayStepAgain() }
  }

  func lookAround(at now: SuspendingClock.Instant) {
    _ = clip?.pump()
    facilitator.lookAround(at: now)
  }

  func close(_ ending: Event.Ending, at moment: SuspendingClock.Instant) {
    isOver = true
    clip?.stop()
    facilitator.attempt {
      // It holds its journal open.
      facilitator.meeting = nil
      try Archive.erase(facilitator.archive.root)
      say(Speech.practiceOver, .speech)
    }
  }

  func interrupt(again: Bool) -> Bool {
    if again { isOver = true } else { say(Speech.stillPractising, .warning) }
    return false
  }

  var isPlaying: Bool { clip?.isPlaying ?? false }
  var status: ExitStatus { .done }
}

extension PracticeDesk.Step {
  /// Which turn of the conversation is heard.
  fileprivate var turn: Int? {
    switch self {
    case .turn: 0
    case .answer: 1
    case .codes: 2
    default: nil
    }
  }

  /// Not something that is added, but how things are.
  fileprivate var isState: Bool { [.key, .leave, .onRecord].contains(self) }
}

import AudioCapture
import Coaching
import PromptLibrary
import Terminal

/// Whoever answers in a ``Conversation``: the ``Facilitator`` to a pair, the ``ObserverDesk`` to somebody beside it.
protocol Host: AnyObject {
  /// What is to be known before the first line.
  func open()
  /// Takes one line, which somebody began to type at `moment`.
  func handle(_ line: String, at moment: SuspendingClock.Instant) -> Facilitator.Outcome
  /// Whether a line asks for something to read, which may be longer than the screen.
  func reads(_ line: String) -> Bool
  func handle(_ notice: RecorderNotice)
  /// What may have changed without anybody typing. To be called now and then.
  func lookAround(at now: SuspendingClock.Instant)
  /// A quiet word, when nobody is typing.
  func nudge(at now: SuspendingClock.Instant)
  /// What stands before the edited row.
  func prompt(at now: SuspendingClock.Instant) -> Span
  /// What stands along the bottom of a window of that size, above the edited row.
  func footer(width: Int, height: Int, at now: SuspendingClock.Instant) -> [[Span]]
  /// Whether keys can be taken one by one.
  var takesKeys: Bool { get set }
  /// The keys that are taken one by one now, and those that Tab on an empty line begins with.
  var liveLayout: KeyLayout? { get }
  var offeredLayout: KeyLayout? { get }
  /// Takes one of those keys.
  func press(_ press: LiveKeys.Press)
  func completions(_ line: String, cursor: Int) -> [Completion]
  /// Somebody interrupts; false when they were asked to do it otherwise, or once more. `again`: they were, and nothing
  /// else was typed since.
  func interrupt(again: Bool) -> Bool
  /// Closes what is open, whatever fails on the way.
  func close(_ ending: Event.Ending, at moment: SuspendingClock.Instant)
  /// Time goes on, and is to be looked at.
  var isMeeting: Bool { get }
  /// Sound is played: ``lookAround(at:)`` is wanted every 50 ms.
  var isPlaying: Bool { get }
  /// There is nothing more to type for.
  var isOver: Bool { get }
  /// What went wrong first.
  var status: ExitStatus { get }
}

extension Host {
  var isPlaying: Bool { false }
}

/// A host that puts something of its own before a ``Facilitator``: what it does not say itself is as the facilitator has it.
protocol Desk: Host {
  var facilitator: Facilitator { get }
}

extension Desk {
  func reads(_ line: String) -> Bool { facilitator.reads(line) }
  func handle(_ notice: RecorderNotice) { facilitator.handle(notice) }
  func lookAround(at now: SuspendingClock.Instant) { facilitator.lookAround(at: now) }
  func nudge(at now: SuspendingClock.Instant) {}
  func prompt(at now: SuspendingClock.Instant) -> Span { facilitator.prompt(at: now) }
  func footer(width: Int, height: Int, at now: SuspendingClock.Instant) -> [[Span]] {
    facilitator.footer(width: width, height: height, at: now)
  }
  var takesKeys: Bool {
    get { facilitator.takesKeys }
    set { facilitator.takesKeys = newValue }
  }
  var liveLayout: KeyLayout? { facilitator.liveLayout }
  var offeredLayout: KeyLayout? { facilitator.offeredLayout }
  func press(_ press: LiveKeys.Press) { facilitator.press(press) }
  func completions(_ line: String, cursor: Int) -> [Completion] { facilitator.completions(line, cursor: cursor) }
  var isMeeting: Bool { facilitator.isMeeting }
  var status: ExitStatus { facilitator.status }
}

extension Facilitator: Host {
  var isPlaying: Bool { meeting?.clip?.isPlaying ?? false }
  var isOver: Bool { false }
}

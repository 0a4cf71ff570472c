/// A finished line, without its line end.
public struct TypedLine: Equatable, Sendable {
  public var text: String
  /// When the first key was typed since the line was last empty.
  public var began: SuspendingClock.Instant
  /// When Enter was pressed.
  public var ended: SuspendingClock.Instant

  public init(text: String, began: SuspendingClock.Instant, ended: SuspendingClock.Instant) {
    self.text = text
    self.began = began
    self.ended = ended
  }
}

/// What the person at the terminal, or the system, wants of the program.
public enum TerminalEvent: Equatable, Sendable {
  case line(TypedLine)
  /// A key that ``Console/takesKey`` asked for, and when it was pressed.
  case key(Key, at: SuspendingClock.Instant)
  /// The end of the input, or Ctrl-D on an empty line.
  case endOfInput
  /// Ctrl-C.
  case interrupt
  /// Ctrl-Z; see ``Console/suspend(saying:)``.
  case suspend
  /// A request to end: SIGTERM, SIGHUP or SIGQUIT.
  case signal(Int32)
  /// The terminal has another size; ``Console/width`` is the new one.
  case resized
}

/// One way to complete what stands before the cursor.
public struct Completion: Equatable, Sendable {
  /// What to put there, with a space at its end where one should follow.
  public var text: String
  /// How many characters before the cursor `text` replaces; the same for all completions offered together.
  public var replacing: Int
  /// A few words of explanation, shown beside `text` when there is a choice.
  public var hint: String

  public init(_ text: String, replacing: Int, hint: String = "") {
    self.text = text
    self.replacing = replacing
    self.hint = hint
  }
}

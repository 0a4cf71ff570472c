import Glibc

/// Raw mode of a terminal: keys arrive one by one and unechoed. ``leave()`` gives it back as it was; after a crash a
/// ``TerminalKeeper`` does.
struct RawMode {
  private let input: Int32
  private let output: Int32
  private var before = termios()
  private var raw: termios
  private var isOn = false

  /// Switches to raw mode with bracketed paste; nil when `input` is not a terminal.
  init?(input: Int32, output: Int32) {
    guard tcgetattr(input, &before) == 0 else { return nil }
    raw = before
    raw.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON)
    raw.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN | ISIG)
    raw.c_cflag |= tcflag_t(CS8)
    raw.c_oflag |= tcflag_t(OPOST | ONLCR)
    withUnsafeMutableBytes(of: &raw.c_cc) {
      $0[Int(VMIN)] = 1
      $0[Int(VTIME)] = 0
    }
    (self.input, self.output) = (input, output)
    enter()
  }

  /// Takes the terminal again after ``leave()``, or after something else changed its modes.
  mutating func enter() {
    while tcsetattr(input, TCSANOW, &raw) != 0, errno == EINTR {}
    _ = writeAll(output, "\u{1B}[?2004h")
    isOn = true
  }

  /// Clears the row the cursor is in and gives the terminal back; harmless when that has been done.
  mutating func leave() {
    guard isOn else { return }
    isOn = false
    // Whoever has it now has made it what they need.
    guard TerminalKeeper.isInForeground(input) else { return }
    Self.sayFarewell(output)
    tcsetattr(input, TCSANOW, &before)
  }

  /// Clears what stands below the cursor, and switches bracketed paste and styles off.
  static func sayFarewell(_ output: Int32) { _ = writeAll(output, "\r\u{1B}[J\u{1B}[?2004l\u{1B}[0m") }
}

import Glibc
import Synchronization

/// Raw mode of the process's terminal: keys arrive one by one and unechoed, and the terminal is always given back as
/// it was: by ``leave()``, at exit, when the program crashes and while it is suspended.
///
/// A process has one terminal, so the state is the process's; it sits in memory that a signal handler may read.
enum RawMode {
  private struct Saved {
    var input: Int32 = -1
    var output: Int32 = -1
    var before = termios()
    var raw = termios()
  }

  private static let isOn = Atomic<Bool>(false)
  private nonisolated(unsafe) static let saved = allocated(Saved(), count: 1)
  /// What each fatal signal did before, by number.
  private nonisolated(unsafe) static let previous = allocated(sigaction(), count: 65)

  private static let fatalSignals = [SIGABRT, SIGSEGV, SIGILL, SIGTRAP, SIGFPE, SIGBUS]

  /// Switches to raw mode with bracketed paste; false when `input` is not a terminal.
  static func enter(input: Int32, output: Int32) -> Bool {
    var before = termios()
    guard tcgetattr(input, &before) == 0 else { return false }
    var raw = before
    raw.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON)
    raw.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN | ISIG)
    raw.c_cflag |= tcflag_t(CS8)
    raw.c_oflag |= tcflag_t(OPOST | ONLCR)
    withUnsafeMutableBytes(of: &raw.c_cc) {
      $0[Int(VMIN)] = 1
      $0[Int(VTIME)] = 0
    }
    saved.pointee = Saved(input: input, output: output, before: before, raw: raw)
    installHandlers()
    reenter()
    return true
  }

  /// Clears the row the cursor is in and gives the terminal back; harmless when that has been done. Calls only what a signal handler may.
  static func leave() {
    guard isOn.exchange(false, ordering: .sequentiallyConsistent) else { return }
    // In the background the terminal is another's: it was given back when this process was suspended.
    let foreground = tcgetpgrp(saved.pointee.input)
    guard foreground <= 0 || foreground == getpgrp() else { return }
    send("\r\u{1B}[K\u{1B}[?2004l\u{1B}[0m")
    tcsetattr(saved.pointee.input, TCSANOW, &saved.pointee.before)
  }

  /// Takes the terminal again after ``leave()``, or after something else changed its modes.
  static func reenter() {
    while tcsetattr(saved.pointee.input, TCSANOW, &saved.pointee.raw) != 0, errno == EINTR {}
    send("\u{1B}[?2004h")
    isOn.store(true, ordering: .sequentiallyConsistent)
  }

  /// Stops the process group as Ctrl-Z does where the terminal handles it; returns when it is continued.
  static func suspend() {
    signal(SIGTSTP, SIG_IGN)
    kill(0, SIGTSTP)
    handleSuspension()
    unblockSuspension()
    raise(SIGTSTP)
  }

  /// Dispatch blocks signals on any thread that one it watches happened to reach; that must not shut SIGTSTP out.
  static func unblockSuspension() {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGTSTP)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  private static func send(_ text: StaticString) {
    _ = write(saved.pointee.output, text.utf8Start, text.utf8CodeUnitCount)
  }

  private static func installHandlers() {
    guard !handlersInstalled.exchange(true, ordering: .sequentiallyConsistent) else { return }
    atexit { RawMode.leave() }
    for signal in fatalSignals {
      var action = sigaction()
      action.sa_flags = SA_SIGINFO | Int32(bitPattern: UInt32(SA_ONSTACK))
      action.__sigaction_handler.sa_sigaction = { signal, info, _ in
        RawMode.leave()
        sigaction(signal, RawMode.previous + Int(signal), nil)
        // A fault happens again, at the same place, when the handler returns; a signal that was sent must be resent.
        if let info, info.pointee.si_code <= 0 { raise(signal) }
      }
      sigaction(signal, &action, previous + Int(signal))
    }
    handleSuspension()
  }

  private static let handlersInstalled = Atomic<Bool>(false)

  private static func handleSuspension() {
    var action = sigaction()
    action.sa_flags = SA_RESTART
    action.__sigaction_handler.sa_handler = { _ in
      let error = errno
      let wasOn = RawMode.isOn.load(ordering: .sequentiallyConsistent)
      RawMode.leave()
      signal(SIGTSTP, SIG_DFL)
      RawMode.unblockSuspension()
      raise(SIGTSTP)
      RawMode.handleSuspension()
      if wasOn { RawMode.reenter() }
      errno = error
    }
    sigaction(SIGTSTP, &action, nil)
  }

  private static func allocated<Value>(_ value: Value, count: Int) -> UnsafeMutablePointer<Value> {
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: count)
    pointer.initialize(repeating: value, count: count)
    return pointer
  }
}

internal import CProcess
internal import Glibc

/// Keeps the terminal for a program that must not stop when it is suspended.
///
/// A shell suspends a program by stopping its process, and all threads with it: a recording would stop as well. So the
/// program works in a process of its own, which has the terminal, and the one that the shell started only waits. That is the
/// one that stops when somebody presses Ctrl-Z, and the one that ends as the other ended; then it gives the terminal back as
/// it was, however the end came: a crash and SIGKILL, too.
public enum TerminalKeeper {
  /// The process that waits; nil where there is none.
  private nonisolated(unsafe) static var keeper: pid_t?

  static var isThere: Bool { keeper != nil }

  /// Whether anybody could bring the program back: no shell looks after the group that its session began with.
  static var canSuspend: Bool { keeper.map { getpgid($0) != getsid(0) } ?? false }

  /// Divides the program where it has a terminal to keep. It returns in the process that works; the other ends when that one
  /// does. There must be no second thread yet.
  ///
  /// - Parameter message: said when the program was cut off.
  public static func start(ifCutOff message: String) {
    guard !isThere, var terminal = KeptTerminal() else { return }
    // Where nobody wants to know how a child ended it cannot be known.
    signal(SIGCHLD, SIG_DFL)
    let parent = getpid()
    let mask = terminal.block()
    let child = coachtalk_fork()
    if child == 0 {
      setpgid(0, 0)
      tcsetpgrp(KeptTerminal.descriptor, getpid())
      // In the background nobody must stop it for a look at the terminal.
      signal(SIGTTIN, SIG_IGN)
      signal(SIGTTOU, SIG_IGN)
      coachtalk_signal_when_parent_ends(SIGHUP)
      keeper = parent
      KeptTerminal.setMask(mask)
      // It may have ended before it could be watched.
      if getppid() != parent { raise(SIGHUP) }
    } else if child < 0 {
      KeptTerminal.setMask(mask)
    } else {
      setpgid(child, child)
      terminal.keep(for: child, message: message)
    }
  }

  /// Has the shell believe that the program has stopped. Goes on when SIGCONT comes.
  static func suspend() {
    if let keeper { kill(keeper, SIGTSTP) }
  }

  /// Whether what is typed at `terminal` is for this process; true where nobody says who has it. The group 0 is one that
  /// cannot be named from here.
  static func isInForeground(_ terminal: Int32) -> Bool {
    let group = tcgetpgrp(terminal)
    return group < 0 || group == getpgrp()
  }
}

/// The terminal as the waiting process sees it.
private struct KeptTerminal {
  static let descriptor: Int32 = 0

  private let before: termios
  /// Somebody else has it.
  private var isAway = false

  /// Nil when there is none, or when it is somebody else's and does not become ours.
  init?() {
    guard isatty(Self.descriptor) == 1, isatty(1) == 1, getpgrp() > 0 else { return nil }
    // Begun in the background: as with any program, it waits here to be brought back.
    if !TerminalKeeper.isInForeground(Self.descriptor) { kill(0, SIGTTIN) }
    var before = termios()
    guard tcgetattr(Self.descriptor, &before) == 0, tcgetpgrp(Self.descriptor) == getpgrp() else { return nil }
    self.before = before
  }

  /// What is waited for; SIGTTOU would stop whoever takes the terminal back.
  private static let waited = set(
    SIGCHLD, SIGCONT, SIGTSTP, SIGTTOU, SIGINT, SIGTERM, SIGHUP, SIGQUIT)

  /// Blocks what is waited for; returns what was blocked before.
  func block() -> sigset_t {
    var (blocked, before) = (Self.waited, sigset_t())
    sigprocmask(SIG_BLOCK, &blocked, &before)
    return before
  }

  static func setMask(_ mask: sigset_t) {
    var mask = mask
    sigprocmask(SIG_SETMASK, &mask, nil)
  }

  mutating func keep(for child: pid_t, message: String) -> Never {
    tcsetpgrp(Self.descriptor, child)
    while true {
      var (waited, info) = (Self.waited, siginfo_t())
      // A shell that brings a job back from the background says nothing to it.
      var pause = timespec(tv_sec: isAway ? 0 : 1_000_000, tv_nsec: 250_000_000)
      switch sigtimedwait(&waited, &info, &pause) {
      case SIGCHLD:
        var status: Int32 = 0
        guard waitpid(child, &status, WNOHANG | WUNTRACED) == child else { continue }
        if status & 0xFF == 0x7F { stop() } else { end(as: status, message) }
      // From anybody else it is for the one that works, who then asks for it.
      case SIGTSTP where info._sifields._kill.si_pid == child: stop()
      case SIGCONT, -1: bringBack(child)
      case let number: kill(child, number)
      }
    }
  }

  /// Stops as the terminal would have it: with whoever was started with this process, such as `make`.
  private mutating func stop() {
    giveBack()
    isAway = true
    kill(0, SIGTSTP)
    var stopping = Self.set(SIGTSTP)
    sigprocmask(SIG_UNBLOCK, &stopping, nil)
    sigprocmask(SIG_BLOCK, &stopping, nil)
  }

  private mutating func bringBack(_ child: pid_t) {
    guard tcgetpgrp(Self.descriptor) == getpgrp() else { return }
    isAway = false
    tcsetpgrp(Self.descriptor, child)
    kill(-child, SIGCONT)
  }

  private func end(as status: Int32, _ message: String) -> Never {
    giveBack()
    let number = status & 0x7F
    guard number != 0 else { _exit(status >> 8 & 0xFF) }
    if ![SIGINT, SIGTERM, SIGHUP, SIGQUIT].contains(number) { _ = writeAll(2, message + "\n") }
    // The other one has left what there was to leave of a crash.
    var none = rlimit()
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    signal(number, SIG_DFL)
    Self.setMask(sigset_t())
    raise(number)
    _exit(128 + number)
  }

  /// Sets the terminal's modes to what they were, and takes it from the other process; not when somebody else has it.
  private func giveBack() {
    guard !isAway else { return }
    var (now, before) = (termios(), before)
    if tcgetattr(Self.descriptor, &now) == 0, now.c_lflag != before.c_lflag {
      RawMode.sayFarewell(1)
      tcsetattr(Self.descriptor, TCSADRAIN, &before)
    }
    tcsetpgrp(Self.descriptor, getpgrp())
  }

  private static func set(_ signals: Int32...) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}

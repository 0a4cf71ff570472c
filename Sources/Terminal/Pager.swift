import FoundationEssentials
import Glibc

/// Shows a long text on a terminal through what its reader likes to read with: `$PAGER`, else less.
///
/// What is private must get into no file: the text goes through a pipe, and less keeps no history of it and hands it to no
/// filter.
public struct Pager {
  /// Columns that the text is wrapped to.
  public let width: Int

  private let output: Int32
  private let environment: [String: String]

  /// Nil where nothing can be paged: standard output is no terminal, or one without a moving cursor, or `plain` is wanted.
  public init?(plain: Bool, output: Int32 = 1, environment: [String: String]? = nil) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    guard !plain, isatty(output) == 1, !["", "dumb"].contains(environment["TERM", default: ""]) else { return nil }
    var size = winsize()
    let isKnown = ioctl(output, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    width = min(longestLine, max(20, isKnown ? Int(size.ws_col) : 80))
    self.output = output
    self.environment = environment
  }

  /// Shows `spans` and returns when the reader has done with them. What would act on a terminal becomes U+FFFD.
  public func show(_ spans: [Span]) {
    let isStyled = environment["NO_COLOR", default: ""].isEmpty
    let safe = spans.map { Span($0.text.safeForTerminal, $0.style) }
    var lines = wrap(safe, width: width, styled: isStyled)[...]
    lines = lines.drop { $0.isEmpty }
    while lines.last?.isEmpty == true { lines.removeLast() }
    var text = lines.map { $0 + "\n" }.joined()
    if PlainCharacters.suffices(environment) { text = text.inASCII }
    if !page(text) { _ = writeAll(output, text) }
  }

  /// False when there was nothing to page it with.
  private func page(_ text: String) -> Bool {
    let wanted = environment["PAGER", default: ""]
    var settings = environment
    settings["LESS"] = environment["LESS"].map { "-R " + $0 } ?? "-FRX"
    settings["LESSCHARSET"] = environment["LESSCHARSET"] ?? "utf-8"
    // LESSSECURE would take Ctrl-Z from less alone, so that it went on reading keys beside the shell.
    settings["LESSOPEN"] = nil
    settings["LESSHISTFILE"] = "-"
    var ends = [Int32](repeating: -1, count: 2)
    guard pipe(&ends) == 0 else { return false }
    // The pager sees the end only when nobody else, such as itself, holds this side.
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    // A Ctrl-C is for the pager to answer.
    let before = [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
    defer { for (number, action) in before { signal(number, action) } }
    let child = spawn(
      wanted.isEmpty ? "if command -v less >/dev/null; then exec less; else exec cat; fi" : wanted,
      input: ends[0], settings)
    close(ends[0])
    if child != nil { _ = writeAll(ends[1], text) }
    close(ends[1])
    guard let child else { return false }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    // As a shell says that there is no such program, or that it cannot be run.
    return status != 126 << 8 && status != 127 << 8
  }

  /// Runs a line of shell that reads `input`, with no signal ignored.
  private func spawn(_ line: String, input: Int32, _ settings: [String: String]) -> pid_t? {
    var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    var usual = sigset_t()
    sigfillset(&usual)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var words = ["sh", "-c", line].map { (word: String) in strdup(word) } + [nil]
    var pairs = settings.map { (name, value) in strdup("\(name)=\(value)") } + [nil]
    defer { for text in words + pairs { free(text) } }
    var child: pid_t = 0
    return posix_spawn(&child, "/bin/sh", &actions, &attributes, &words, &pairs) == 0 ? child : nil
  }
}

import FoundationEssentials
import Glibc

/// The terminal, or the pipes, that a person or a script talks to the program through. It owns standard output.
///
/// On a terminal that can do it, the last row is a prompt with the line being typed, and what is printed appears above
/// it. Anywhere else (a pipe, a file, `TERM=dumb`, or when asked) it is plain: lines in, lines out, no escape
/// sequence. Text is made safe before it is shown; see ``print(_:)``. Use it from one thread.
public final class Console {
  /// Whether there is an edited row.
  public let isInteractive: Bool
  /// Whether a person types, rather than a script.
  public let inputIsTerminal: Bool
  /// The terminal shows nothing but ASCII: what is printed becomes that, and pictures are better drawn with it.
  public let isASCII: Bool
  /// Columns of the window; at least 20.
  public var width: Int { max(20, columns) }
  /// Whether standard output could no longer be written, so that nothing printed from then on is seen.
  public private(set) var outputIsLost = false

  /// What stands before the line being typed; changing it repaints the row. Plain mode shows `> ` instead.
  public var prompt = Span("") {
    didSet { if prompt != oldValue { paint() } }
  }

  /// Rows that stand above the edited row and stay there: each is cut to the width. Plain mode shows none.
  public var footer: [[Span]] = [] {
    didSet { if footer != oldValue { paint() } }
  }

  /// While it is true, what is printed is a text to be read, and comes a screenful at a time: Enter or Space on an empty
  /// line brings the next, any other key drops the rest. Plain mode knows no such thing.
  public var isReading = false {
    didSet { if oldValue, !isReading { turnPage() } }
  }

  /// What stands under a screenful that something follows.
  public var more = Span("more: Enter")

  /// Sets both at once.
  public func show(prompt: Span, footer: [[Span]]) {
    guard prompt != self.prompt || footer != self.footer else { return }
    isHeld = true
    (self.prompt, self.footer) = (prompt, footer)
    isHeld = false
    paint()
  }

  /// Asked for every key that comes while the line is empty: what it takes becomes a ``TerminalEvent/key(_:at:)`` instead
  /// of being typed.
  public var takesKey: ((Key, SuspendingClock.Instant) -> Bool)?

  /// Escape drops the line that is being typed; Ctrl-Y brings it back.
  public var dropsOnEscape: Bool {
    get { editor.dropsOnEscape }
    set { editor.dropsOnEscape = newValue }
  }

  /// Finds completions for a line and a cursor position (in characters) in it.
  public var completer: (_ line: String, _ cursor: Int) -> [Completion] {
    get { editor.completer }
    set { editor.completer = newValue }
  }

  private let input: Int32
  private let output: Int32
  private let error: Int32
  private let outputIsTerminal: Bool
  private let isStyled: Bool
  private var columns = 80
  /// Rows of the window.
  public private(set) var height = 24
  private var editor = LineEditor()
  /// Nobody is in the middle of a line.
  public var isEmpty: Bool { editor.cells.isEmpty }
  private var decoder = KeyDecoder()
  private var splitter = LineSplitter()
  /// The edited row as it is on the screen; nil when it is not there.
  private var shown: String?
  /// Rows of a text that is being read, and have not been shown.
  private var unread: [String] = []
  /// Each footer row as it is on the screen, and its columns.
  private var shownFooter: [(text: String, columns: Int)] = []
  private var promptIsShown = false
  private var isRestored = false
  private var rawMode: RawMode?
  /// Somebody else has the terminal, until SIGCONT.
  private var isSuspended = false
  /// What was to be shown meanwhile.
  private var missed = ""
  /// Several changes are painted as one.
  private var isHeld = false

  /// Takes the terminal over if there is one and `plain` does not forbid it. Ignores SIGPIPE from here on.
  public init(
    plain: Bool = false, input: Int32 = 0, output: Int32 = 1, error: Int32 = 2, environment: [String: String]? = nil
  ) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    signal(SIGPIPE, SIG_IGN)
    self.input = input
    self.output = output
    self.error = error
    inputIsTerminal = isatty(input) == 1
    outputIsTerminal = isatty(output) == 1
    isASCII = outputIsTerminal && PlainCharacters.suffices(environment)
    let terminal = environment["TERM"] ?? ""
    let canEdit = !plain && inputIsTerminal && outputIsTerminal && !["", "dumb"].contains(terminal)
    rawMode = canEdit ? RawMode(input: input, output: output) : nil
    isInteractive = rawMode != nil
    isStyled = isInteractive && environment["NO_COLOR", default: ""].isEmpty
    readSize()
  }

  deinit { restore() }

  /// Gives the terminal back as it was; what is printed afterwards still arrives. May be called again.
  public func restore() {
    guard !isRestored else { return }
    if !isAway { leave() }
    (isRestored, isSuspended) = (true, false)
    sendMissed()
  }

  /// Takes the rows that stay off the screen, and gives the terminal back.
  private func leave() {
    guard isInteractive else { return }
    // What was typed and not entered stays to be seen.
    if !editor.cells.isEmpty { send("\n") }
    send(toTop + (shownFooter.isEmpty ? "" : "\r\u{1B}[J"))
    (shown, shownFooter) = (nil, [])
    rawMode?.leave()
  }

  // MARK: In

  /// Makes of new input what it means; to be called in the order it came.
  public func receive(_ input: Input) -> [TerminalEvent] {
    guard isInteractive else {
      promptIsShown = promptIsShown && splitter.isInsideLine
      let events = splitter.receive(input)
      if !events.isEmpty { promptIsShown = false }
      return events
    }
    guard case .bytes(let bytes, let now) = input else { return [.endOfInput] }
    let events = receive(decoder.decode(bytes, at: now), at: now)
    paint()
    return events
  }

  /// To be called now and then while nothing comes: an Escape that nothing has followed is a key by itself.
  public func receiveNothing(at now: SuspendingClock.Instant) -> [TerminalEvent] {
    receive(decoder.decodeNothing(at: now), at: now)
  }

  private func receive(_ keys: [Key], at now: SuspendingClock.Instant) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    for key in keys {
      if !unread.isEmpty, editor.cells.isEmpty, read(on: key) { continue }
      if editor.cells.isEmpty, takesKey?(key, now) ?? false {
        events.append(.key(key, at: now))
        continue
      }
      switch editor.handle(key, at: now) {
      case .line(let line):
        events.append(.line(line))
        paint(above: lay([prompt, Span(line.text)]))
      case .interrupt(let abandoned):
        // As in a shell: what was being typed is dropped, and nothing else.
        if abandoned.isEmpty { events.append(.interrupt) }
        paint(above: lay([prompt, Span(abandoned + "^C")]))
      case .endOfInput: events.append(.endOfInput)
      case .quit: events.append(.signal(SIGQUIT))
      case .suspend: events.append(.suspend)
      case .clearScreen: repaint("\u{1B}[H\u{1B}[2J")
      case .choices(let choices): show(choices)
      case nil: break
      }
    }
    return events
  }

  /// Puts `text` into the line as if it had been typed at `moment`.
  public func type(_ text: String, at moment: SuspendingClock.Instant) {
    _ = editor.handle(.paste(text), at: moment)
    paint()
  }

  /// Acts on a signal that a ``SignalWatch`` delivered.
  public func receive(signal: Int32) -> [TerminalEvent] {
    switch signal {
    case SIGINT: return [.interrupt]
    case SIGTSTP: return [.suspend]
    case SIGWINCH:
      readSize()
      repaint()
      return [.resized]
    case SIGCONT:
      resume()
      return []
    default: return [.signal(signal)]
    }
  }

  /// Makes `line` the newest that the Up key brings back.
  public func addHistory(_ line: String) {
    editor.addHistory(line)
  }

  // MARK: Out

  /// Prints `text` and ends the line, above the row being edited. On a terminal, plain or not, it is wrapped at spaces;
  /// everywhere, characters that would act on a terminal (C0 but newline and tab, DEL, C1, bidirectional overrides)
  /// become U+FFFD.
  public func print(_ text: String, _ style: Style = .normal) {
    print([Span(text, style)])
  }

  public func print(_ spans: [Span]) {
    if isInteractive, isReading {
      unread += rows(spans)
    } else if isInteractive {
      paint(above: lay(spans))
    } else {
      // Words stay whole on a screen; a file or a pipe gets the lines as they are.
      let text = outputIsTerminal ? lay(spans) : spans.map(\.text).joined().safeForTerminal + "\n"
      send((promptIsShown ? "\n" : "") + text)
      promptIsShown = false
    }
  }

  /// Prints one line on standard error, made safe.
  public func printError(_ line: String) {
    let line = isASCII ? line.safeOnOneLine.inASCII : line.safeOnOneLine
    if isAway, !isRestored, isatty(error) == 1 {
      missed += line + "\n"
      return
    }
    guard isatty(error) == 1, isInteractive || promptIsShown else {
      _ = writeAll(error, line + "\n")
      return
    }
    if isInteractive {
      if shown != nil { send("\r" + toTop + (shownFooter.isEmpty ? "\u{1B}[K" : "\u{1B}[J")) }
      shownFooter = []
      _ = writeAll(error, wrap([Span(line)], width: min(width, longestLine), styled: false).map { $0 + "\n" }.joined())
      repaint()
    } else {
      _ = writeAll(error, "\n" + line + "\n")
      promptIsShown = false
    }
  }

  /// To be called before waiting for what happens next: a plain terminal shows `> ` now. (The edited row is always
  /// there.)
  public func showPrompt() {
    if isInteractive { return paint() }
    guard inputIsTerminal, outputIsTerminal, !promptIsShown else { return }
    send("> ")
    promptIsShown = true
  }

  // MARK: The edited row

  private func lay(_ spans: [Span]) -> String { rows(spans).map { $0 + "\n" }.joined() }

  private func rows(_ spans: [Span]) -> [String] {
    let safe = spans.map { Span($0.text.safeForTerminal, $0.style) }
    return wrap(safe, width: min(width, longestLine), styled: isStyled)
  }

  /// Shows the next screenful, under which the rows that stay must fit.
  private func turnPage() {
    var room = max(1, height - 1 - footer.count)
    if unread.count > room { room = max(1, room - 1) }
    let page = unread.prefix(room).map { $0 + "\n" }.joined()
    unread.removeFirst(min(room, unread.count))
    paint(above: page)
  }

  /// Whether `key` was for what is being read. Any key ends that but those for more, and is then what it always is; only
  /// Ctrl-C has nothing else to interrupt.
  private func read(on key: Key) -> Bool {
    if key == .enter || key == .character(" ") {
      turnPage()
      return true
    }
    unread = []
    return key == .control("c")
  }

  /// The prompt and the line on one screen row, with the cursor in its place.
  private func row() -> String {
    // A long prompt leaves 8 columns, or half of a very narrow row, for the line.
    let room = max(columns / 2, columns - 8)
    var head = ""
    var used = 0
    let cells = prompt.text.safeOnOneLine.map { Cell($0) }
    let isCut = cells.columns > room
    for cell in cells {
      if used + cell.columns > room - (isCut ? 2 : 0) { break }
      head.append(cell.character)
      used += cell.columns
    }
    if isCut {
      head += "… "
      used += 2
    }
    if isStyled, prompt.style != .normal { head = prompt.style.escape + head + Style.normal.escape }
    let view = editor.render(width: columns - used)
    return head + view.text.inPlace(from: used, of: columns) + "\u{1B}[K\u{1B}[\(used + view.cursorColumn + 1)G"
  }

  private func paint(above text: String = "") {
    guard isInteractive, !isHeld else { return }
    if isRestored || isAway {
      if !text.isEmpty { send(text) }
      return
    }
    let (rows, row) = (footerRows(), row())
    let isInPlace = text.isEmpty && shownFooter.count == rows.count
    let isChanged = !isInPlace || row != shown || zip(rows, shownFooter).contains { $0.text != $1.text }
    guard isChanged else { return }
    // Over a slow line, and to the eye, only what has changed is painted.
    let above = rows.enumerated().map { isInPlace && $1.text == shownFooter[$0].text ? "\n" : $1.text }.joined()
    let top = "\r" + toTop
    let isOneRow = shownFooter.isEmpty && rows.isEmpty
    let clear = isInPlace ? "" : isOneRow ? "\u{1B}[K" : "\u{1B}[J"
    (shown, shownFooter) = (row, rows)
    send(top + clear + text + above + row)
  }

  /// The rows above the edited one, each with its end, and its columns.
  private func footerRows() -> [(text: String, columns: Int)] {
    (footer + (unread.isEmpty ? [] : [[more]])).map { spans in
      var used = 0
      var text = "\u{1B}[K"
      for span in spans {
        if isStyled { text += span.style.escape }
        for cell in span.text.safeOnOneLine.map({ Cell($0) }) where used + cell.columns <= columns {
          text.append(cell.character)
          used += cell.columns
        }
      }
      return (text + (isStyled ? Style.normal.escape : "") + "\n", used)
    }
  }

  /// From the edited row to the first row above it, in a window of the present width.
  private var toTop: String {
    let rows = shownFooter.reduce(0) { $0 + max(1, ($1.columns + columns - 1) / columns) }
    return rows == 0 ? "" : "\u{1B}[\(rows)A"
  }

  private func repaint(_ before: String = "") {
    guard isInteractive, !isRestored, !isAway else { return }
    let (rows, row) = (footerRows(), row())
    let top = before.isEmpty ? "\r" + toTop : before + "\r"
    let clear = shownFooter.isEmpty && rows.isEmpty ? "" : "\u{1B}[J"
    (shown, shownFooter) = (row, rows)
    send(top + clear + rows.map(\.text).joined() + row)
  }

  private func show(_ choices: [Completion]) {
    let longest = choices.map { $0.text.count }.max() ?? 0
    if choices.allSatisfy(\.hint.isEmpty) {
      return print(choices.map(\.text).joined(separator: "  "), .dim)
    }
    print(
      choices.flatMap { choice in
        let gap = String(repeating: " ", count: longest - choice.text.count + 2)
        return [Span(choice.text + gap), Span(choice.hint + "\n", .dim)]
      }.dropLast() + [Span(choices.last?.hint ?? "", .dim)])
  }

  // MARK: Suspension

  /// Says `message` and leaves the terminal to the shell, until `fg` brings it back; the program goes on. What is printed
  /// meanwhile is shown then. Does nothing without a ``TerminalKeeper``.
  public func suspend(saying message: String) {
    guard TerminalKeeper.canSuspend, !isAway, !isRestored else { return }
    print(message)
    leave()
    isSuspended = true
    TerminalKeeper.suspend()
  }

  /// Somebody else has the terminal: it was suspended, or stopped by whoever kept it.
  private var isAway: Bool {
    isSuspended || outputIsTerminal && TerminalKeeper.isThere && !TerminalKeeper.isInForeground(input)
  }

  /// Takes the terminal again, and shows what was missed.
  private func resume() {
    guard !isRestored, TerminalKeeper.isInForeground(input) else { return }
    isSuspended = false
    if isInteractive { rawMode?.enter() }
    shownFooter = []
    readSize()
    sendMissed()
    repaint()
  }

  private func sendMissed() {
    let text = missed
    missed = ""
    send(text)
  }

  private func readSize() {
    var size = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return }
    // A row has room for a cut prompt and the cursor, whatever is left of the window.
    columns = max(4, Int(size.ws_col))
    if size.ws_row > 0 { height = Int(size.ws_row) }
  }

  private func send(_ text: String) {
    if isAway, !isRestored {
      missed += text
    } else if !outputIsLost, !writeAll(output, isASCII ? text.inASCII : text) {
      outputIsLost = true
    }
  }
}

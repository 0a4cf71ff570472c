import Foundation
import Glibc
import Testing

@testable import Terminal

/// The console on a real pseudo-terminal. One at a time, as a process has one terminal.
@Suite(.serialized) struct ConsoleTests {
  private let start = SuspendingClock.now
  /// What gives the terminal back.
  private let farewell = "\r\u{1B}[J\u{1B}[?2004l\u{1B}[0m"

  private func console(on terminal: PseudoTerminal, _ environment: [String: String] = ["TERM": "xterm"]) -> Console {
    Console(
      input: terminal.program, output: terminal.program, error: terminal.program,
      environment: ["LC_ALL": "C.UTF-8"].merging(environment) { $1 })
  }

  private func type(_ text: String, to console: Console) -> [TerminalEvent] {
    console.receive(.bytes(Array(text.utf8), at: start))
  }

  private func line(_ text: String) -> TerminalEvent {
    .line(TypedLine(text: text, began: start, ended: start))
  }

  @Test func `raw mode comes with the console and goes with it, as often as asked`() throws {
    let terminal = try PseudoTerminal()
    let before = terminal.modes
    let console = console(on: terminal)
    #expect(console.isInteractive && console.inputIsTerminal)
    #expect(terminal.isRaw)
    #expect(terminal.screen(until: "h") == "\u{1B}[?2004h")
    console.restore()
    console.restore()
    #expect(terminal.modes == before)
    console.print("bye")
    #expect(terminal.screen(until: "bye\r\n") == "\r\u{1B}[J\u{1B}[?2004l\u{1B}[0mbye\r\n")
  }

  @Test func `a console that is let go gives the terminal back`() throws {
    let terminal = try PseudoTerminal()
    let before = terminal.modes
    do { #expect(console(on: terminal).isInteractive) }
    #expect(terminal.modes == before)
  }

  @Test func `what is printed comes above the line being typed, in one piece`() throws {
    let terminal = try PseudoTerminal(columns: 20)
    let console = console(on: terminal)
    console.prompt = Span("> ")
    #expect(type("héllo日", to: console) == [])
    _ = terminal.screen(until: "\r> héllo日\u{1B}[K\u{1B}[10G")
    console.print("a nudge that is longer than a row")
    #expect(
      terminal.screen(until: "G")
        == "\r\u{1B}[Ka nudge that is\r\nlonger than a row\r\n> héllo日\u{1B}[K\u{1B}[10G")
    console.printError("no\u{1B}[2J such\nfile")
    #expect(terminal.screen(until: "10G") == "\r\u{1B}[Kno\u{FFFD}[2J such file\r\n\r> héllo日\u{1B}[K\u{1B}[10G")
    #expect(type("!\r", to: console) == [line("héllo日!")])
    #expect(terminal.screen(until: "\u{1B}[3G") == "\r\u{1B}[K> héllo日!\r\n> \u{1B}[K\u{1B}[3G")
  }

  @Test func `a text to be read comes a screenful at a time, and waits for nobody`() throws {
    let terminal = try PseudoTerminal()
    terminal.resize(columns: 20, rows: 6)
    let console = console(on: terminal)
    console.prompt = Span("> ")
    console.more = Span("more")
    func read(_ rows: ClosedRange<Int>) {
      console.isReading = true
      for row in rows { console.print("row \(row)") }
      console.isReading = false
    }
    read(1...5)
    // Five rows and the edited one: all there is room for.
    #expect(terminal.screen(until: "row 5\r\n> \u{1B}[K\u{1B}[3G").contains("row 1"))
    read(1...10)
    let first = terminal.screen(until: "more\u{1B}[0m\r\n> \u{1B}[K\u{1B}[3G")
    #expect(first.contains("row 4") && !first.contains("row 5"))
    // What is not for reading does not wait.
    console.print("a message")
    #expect(terminal.screen(until: "more\u{1B}[0m\r\n> \u{1B}[K\u{1B}[3G").contains("a message"))
    #expect(type("\r", to: console) == [])
    let second = terminal.screen(until: "more\u{1B}[0m\r\n> \u{1B}[K\u{1B}[3G")
    #expect(second.contains("row 5") && second.contains("row 8") && !second.contains("row 9"))
    #expect(type(" ", to: console) == [])
    #expect(terminal.screen(until: "row 10\r\n> \u{1B}[K\u{1B}[3G").contains("row 9"))
    #expect(type(" x\r", to: console) == [line(" x")])
    _ = terminal.screen(until: "> \u{1B}[K\u{1B}[3G")
    // Any other key ends it, and loses nothing but the rest.
    read(1...9)
    #expect(type("/c\r", to: console) == [line("/c")])
    console.print("end")
    let rest = terminal.screen(until: "end\r\n> \u{1B}[K\u{1B}[3G")
    #expect(rest.contains("row 4") && rest.contains("> /c") && !rest.contains("row 5"))
    read(1...9)
    #expect(type("\u{3}", to: console) == [])
    #expect(type("\u{3}", to: console) == [.interrupt])
  }

  @Test func `the row is painted only when it changed`() throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal)
    console.prompt = Span("REC 0:01 > ", .red)
    console.prompt = Span("REC 0:01 > ", .red)
    console.showPrompt()
    #expect(type("\u{1B}[D", to: console) == [])
    console.prompt = Span("REC 0:02 > ", .red)
    #expect(
      terminal.screen(until: "2 > \u{1B}[0m\u{1B}[K\u{1B}[12G") == "\u{1B}[?2004h"
        + "\r\u{1B}[0;31mREC 0:01 > \u{1B}[0m\u{1B}[K\u{1B}[12G\r\u{1B}[0;31mREC 0:02 > \u{1B}[0m\u{1B}[K\u{1B}[12G")
  }

  @Test func `NO_COLOR drops every style`() throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal, ["TERM": "xterm", "NO_COLOR": "1"])
    console.prompt = Span("> ", .bold)
    console.print([Span("a", .red), Span("b", .dim)])
    let screen = terminal.screen(until: "ab\r\n")
    #expect(screen == "\u{1B}[?2004h\r> \u{1B}[K\u{1B}[3G\r\u{1B}[Kab\r\n")
  }

  @Test func `a paste is one line, whatever is in it`() throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal)
    #expect(type("\u{1B}[200~one\rtwo\u{1B}[2J\n", to: console) == [])
    #expect(type("three\u{1B}[201~\r", to: console) == [line("one two\u{FFFD}[2J three")])
    let screen = terminal.screen(until: "three\r\n")
    #expect(screen.hasSuffix("\r\u{1B}[Kone two\u{FFFD}[2J three\r\n"))
  }

  @Test func `a very long line without bracketed paste arrives whole`() throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal)
    var length = 0
    let chunk = [UInt8](repeating: 0x78, count: 4096)
    for _ in 0..<16 {
      #expect(console.receive(.bytes(chunk, at: start)) == [])
      length += chunk.count
      _ = terminal.screen(until: "G")
    }
    // The screen has to take the line while the console prints it.
    let person = terminal.person
    let taken = Mailbox<Bool>()
    Thread {
      var byte: UInt8 = 0
      while read(person, &byte, 1) == 1, byte != UInt8(ascii: "G") {}
      taken.post(true)
    }.start()
    guard case .line(let line) = type("\r", to: console).first else {
      Issue.record("no line")
      return
    }
    #expect(line.text.utf8.count == length)
    #expect(taken.next() == true)
  }

  @Test func `control keys are events, and the line they abandon is seen to be abandoned`() throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal)
    console.prompt = Span("> ")
    #expect(type("ab\u{03}", to: console) == [])
    #expect(terminal.screen(until: "^C\r\n").hasSuffix("\r\u{1B}[K> ab^C\r\n"))
    #expect(type("\u{1C}\u{04}", to: console) == [.signal(SIGQUIT), .endOfInput])
    #expect(console.receive(.end(at: start)) == [.endOfInput])
    #expect(type("\u{0C}", to: console) == [])
    #expect(terminal.screen(until: "2J").hasSuffix("\u{1B}[H\u{1B}[2J"))
  }

  @Test func `signals are events, and a new size is taken up`() throws {
    let terminal = try PseudoTerminal(columns: 60)
    let console = console(on: terminal)
    #expect(console.width == 60)
    terminal.resize(columns: 10)
    #expect(console.receive(signal: SIGWINCH) == [.resized])
    #expect(console.width == 20)
    for columns in 1...9 {
      terminal.resize(columns: columns)
      #expect(console.receive(signal: SIGWINCH) == [.resized])
      #expect(type("日本", to: console) == [])
    }
    #expect(console.receive(signal: SIGINT) == [.interrupt])
    #expect(console.receive(signal: SIGTERM) == [.signal(SIGTERM)])
  }

  @Test func `after being continued the terminal is taken again`() throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal)
    var cooked = termios()
    _ = tcgetattr(terminal.program, &cooked)
    cooked.c_lflag |= tcflag_t(ICANON | ECHO | ISIG)
    _ = tcsetattr(terminal.program, TCSANOW, &cooked)
    #expect(!terminal.isRaw)
    #expect(console.receive(signal: SIGCONT) == [])
    #expect(terminal.isRaw)
    console.restore()
    #expect(!terminal.isRaw)
    #expect(console.receive(signal: SIGCONT) == [])
    #expect(!terminal.isRaw)
  }

  @Test func `completions are offered above the line`() throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal, ["TERM": "xterm", "NO_COLOR": "1"])
    console.completer = { _, cursor in
      [Completion("/next", replacing: cursor, hint: "go on"), Completion("/new", replacing: cursor, hint: "begin")]
    }
    #expect(type("/ne\t", to: console) == [])
    _ = terminal.screen(until: "\r\u{1B}[K/next  go on\r\n/new   begin\r\n/ne\u{1B}[K\u{1B}[4G")
    #expect(type("\r", to: console) == [line("/ne")])
  }

  @Test func `the reader hands over what was typed, and the end when the window is closed`() throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal)
    let mailbox = Mailbox<Input>()
    let copy = dup(terminal.program)
    InputReader.start(descriptor: copy) { mailbox.post($0) }
    terminal.type("hi\r")
    var events: [TerminalEvent] = []
    while events.isEmpty, let input = mailbox.next(until: .now + .seconds(20)) { events += console.receive(input) }
    guard case .line(let line) = events.first else {
      Issue.record("no line: \(events)")
      return
    }
    #expect(line.text == "hi")
    #expect(line.began >= start && line.ended >= line.began)
    terminal.hangUp()
    guard case .end? = mailbox.next(until: .now + .seconds(20)) else {
      Issue.record("no end")
      return
    }
    console.restore()
    console.print("nobody")
    #expect(console.outputIsLost)
    close(copy)
  }

  @Test func `rows above the line stay there, are cut to the width, and go when the terminal is given back`() throws {
    let terminal = try PseudoTerminal(columns: 20)
    let console = console(on: terminal, ["TERM": "xterm", "NO_COLOR": "1"])
    console.prompt = Span("> ")
    _ = terminal.screen(until: "G")
    let footer = "\u{1B}[K▁▂▃\r\n\u{1B}[K12345678901234567890\r\n> \u{1B}[K\u{1B}[3G"
    console.footer = [[Span("▁▂"), Span("▃", .blue)], [Span("1234567890123456789012")]]
    #expect(terminal.screen(until: "3G") == "\r\u{1B}[J" + footer)
    console.print("said")
    #expect(terminal.screen(until: "3G") == "\r\u{1B}[2A\u{1B}[Jsaid\r\n" + footer)
    // What changes is painted where it is, and nothing else.
    console.prompt = Span("? ")
    #expect(terminal.screen(until: "3G") == "\r\u{1B}[2A\r\n\r\n? \u{1B}[K\u{1B}[3G")
    console.show(prompt: Span("! "), footer: [console.footer[0], [Span("1")]])
    #expect(terminal.screen(until: "3G") == "\r\u{1B}[2A\r\n\u{1B}[K1\r\n! \u{1B}[K\u{1B}[3G")
    console.printError("wrong")
    #expect(terminal.screen(until: "wrong\r\n") == "\r\u{1B}[2A\u{1B}[Jwrong\r\n")
    _ = terminal.screen(until: "3G")
    console.restore()
    #expect(terminal.screen(until: "0m") == "\u{1B}[2A\r\u{1B}[J" + farewell)
  }

  @Test(arguments: [["LC_ALL": "C"], ["LC_ALL": "", "LC_CTYPE": "", "LANG": "en_GB.ISO-8859-1"]])
  func `where the locale is not UTF-8 the screen is ASCII, and what was typed is not`(locale: [String: String]) throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal, locale.merging(["TERM": "xterm"]) { $1 })
    console.prompt = Span("> ")
    #expect(type("José “日”…\r", to: console) == [line("José “日”…")])
    console.print("1–2 · ✓ 👨‍👩‍👧 ▅")
    console.printError("née")
    let mark = "\u{1B}[99z"
    terminal.show(mark)
    let shown = terminal.screen(until: mark)
    #expect(shown.utf8.allSatisfy { $0 < 0x80 })
    #expect(shown.contains("> Jos? \"? \".\r\n") && shown.contains("1-2 | x ?  ?\r\n") && shown.contains("n?e\r\n"))
  }

  @Test func `an Escape that nothing follows is a key by itself`() throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal)
    console.takesKey = { _, _ in true }
    #expect(type("\u{1B}", to: console) == [])
    #expect(console.receiveNothing(at: start + .milliseconds(50)) == [])
    let later = start + .milliseconds(200)
    #expect(console.receiveNothing(at: later) == [.key(.escape, at: later)])
    #expect(console.receiveNothing(at: later) == [])
    // Nor is the first half of another key one.
    #expect(type("\u{1B}[", to: console) == [] && console.receiveNothing(at: later) == [])
    #expect(type("C", to: console) == [.key(.right, at: start)])
  }

  @Test func `keys can be taken while no line is being typed, and a line begun for somebody`() throws {
    let terminal = try PseudoTerminal()
    let console = console(on: terminal)
    console.takesKey = { key, _ in key != .character("/") }
    #expect(
      type(" \u{1B}[5~\u{1B}[6~\u{1B}[C", to: console) == [
        .key(.character(" "), at: start), .key(.pageUp, at: start), .key(.pageDown, at: start), .key(.right, at: start),
      ])
    #expect(type("/c n\r", to: console) == [line("/c n")])
    console.type("/t ", at: start)
    #expect(type("q\r", to: console) == [line("/t q")])
  }
}

import Foundation
import Glibc
import Testing

@testable import Terminal

@Suite struct PlainConsoleTests {
  /// What a plain console writes to a pipe while `body` runs.
  private func output(_ body: (Console) -> Void) throws -> String {
    var pipe: [Int32] = [0, 0]
    try #require(Glibc.pipe(&pipe) == 0)
    let console = Console(input: pipe[0], output: pipe[1], error: pipe[1], environment: ["TERM": "xterm"])
    #expect(!console.isInteractive && !console.inputIsTerminal)
    body(console)
    close(pipe[1])
    var seen: [UInt8] = []
    var byte: UInt8 = 0
    while read(pipe[0], &byte, 1) == 1 { seen.append(byte) }
    close(pipe[0])
    return String(decoding: seen, as: UTF8.self)
  }

  @Test func `a pipe gets text, neither wrapped nor styled, and no prompt`() throws {
    let long = String(repeating: "word ", count: 100)
    let written = try output { console in
      console.prompt = Span("REC > ", .bold)
      console.showPrompt()
      console.print(long, .bold)
      console.print([Span("a\u{1B}[2J", .red), Span("\tb")])
      console.printError("x\ny")
      console.restore()
    }
    #expect(written == long + "\na\u{FFFD}[2J\tb\nx y\n")
  }

  @Test func `lines come as they are`() throws {
    let start = SuspendingClock.now
    _ = try output { console in
      #expect(
        console.receive(.bytes(Array("/new\r\n\t\u{03}x".utf8), at: start))
          == [.line(TypedLine(text: "/new", began: start, ended: start))])
      #expect(
        console.receive(.end(at: start))
          == [.line(TypedLine(text: "\t\u{03}x", began: start, ended: start)), .endOfInput])
    }
  }

  @Test func `writing to a pipe nobody reads is noticed and survived`() throws {
    var pipe: [Int32] = [0, 0]
    try #require(Glibc.pipe(&pipe) == 0)
    let console = Console(input: pipe[0], output: pipe[1], environment: [:])
    close(pipe[0])
    #expect(!console.outputIsLost)
    console.print("anybody there?")
    #expect(console.outputIsLost)
    console.print("no")
    close(pipe[1])
  }

  @Test func `a pipe that is full and does not block gets everything all the same`() throws {
    var pipe: [Int32] = [0, 0]
    try #require(Glibc.pipe(&pipe) == 0)
    try #require(fcntl(pipe[1], F_SETFL, O_NONBLOCK) == 0)
    let count = 1_000_000
    let reader = Mailbox<Int>()
    let readEnd = pipe[0]
    Thread {
      var total = 0
      var buffer = [UInt8](repeating: 0, count: 4096)
      while case let got = read(readEnd, &buffer, buffer.count), got > 0 { total += got }
      reader.post(total)
    }.start()
    let console = Console(input: pipe[0], output: pipe[1], environment: [:])
    console.print(String(repeating: "x", count: count - 1))
    close(pipe[1])
    #expect(reader.next() == count)
    #expect(!console.outputIsLost)
    close(pipe[0])
  }

  @Test func `a plain terminal keeps its own editing and shows a bare prompt when it is the person's turn`() throws {
    for environment in [["TERM": "dumb"], [:], ["TERM": "xterm", "plain": "yes"]] {
      let terminal = try PseudoTerminal()
      let before = terminal.modes
      let console = Console(
        plain: environment["plain"] != nil, input: terminal.program, output: terminal.program, error: terminal.program,
        environment: environment)
      #expect(!console.isInteractive && console.inputIsTerminal)
      #expect(terminal.modes == before)
      console.prompt = Span("REC > ", .bold)
      console.print("hello", .bold)
      console.showPrompt()
      console.showPrompt()
      console.print("a nudge")
      console.showPrompt()
      #expect(console.receive(.bytes(Array("x\n".utf8), at: .now)).count == 1)
      console.print("you typed x")
      console.showPrompt()
      console.printError("oh")
      #expect(terminal.screen(until: "oh\r\n") == "hello\r\n> \r\na nudge\r\n> you typed x\r\n> \r\noh\r\n")
    }
  }
}

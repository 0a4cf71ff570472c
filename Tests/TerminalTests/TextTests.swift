import Testing

@testable import Terminal

@Suite struct SafeTextTests {
  @Test func `nothing that acts on a terminal survives`() {
    for value in (0 as UInt32)...0x2100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let acts =
        scalar.properties.generalCategory == .control || (0x202A...0x202E).contains(value)
        || (0x2066...0x2069).contains(value)
      let isKept = !acts || scalar == "\n" || scalar == "\t"
      #expect("a\(scalar)b".safeForTerminal == (isKept ? "a\(scalar)b" : "a\u{FFFD}b"), "U+\(String(value, radix: 16))")
    }
  }

  @Test func `an escape sequence in a name is only text`() {
    #expect("Ann\u{1B}[2J\u{9B}31m\u{7F}".safeForTerminal == "Ann\u{FFFD}[2J\u{FFFD}31m\u{FFFD}")
  }

  @Test func `line ends are kept, or become spaces where there is one line`() {
    #expect("a\r\nb\nc\rd\te".safeForTerminal == "a\nb\nc\u{FFFD}d\te")
    #expect("a\r\nb\nc\td\re\u{1B}".safeOnOneLine == "a b c d e\u{FFFD}")
  }
}

@Suite struct WrappingTests {
  private func lines(_ text: String, _ width: Int) -> [String] { wrap([Span(text)], width: width, styled: false) }

  @Test func `text is broken at spaces`() {
    #expect(lines("one two three four", 9) == ["one two", "three", "four"])
    #expect(lines("one two  three", 7) == ["one two", "three"])
    #expect(lines("one two   ", 7) == ["one two"])
    #expect(lines("a\n\nb\n", 20) == ["a", "", "b", ""])
    #expect(lines("", 20) == [""])
  }

  @Test func `a word longer than a line is broken inside, wide characters whole`() {
    #expect(lines("abcdefghij", 4) == ["abcd", "efgh", "ij"])
    #expect(lines("ab cdefghij", 4) == ["ab", "cdef", "ghij"])
    #expect(lines("日本語日本語", 5) == ["日本", "語日", "本語"])
    #expect(lines("👨‍👩‍👧👨‍👩‍👧e\u{301}e\u{301}x", 6) == ["👨‍👩‍👧👨‍👩‍👧e\u{301}e\u{301}", "x"])
  }

  @Test func `a line goes on under its own beginning`() {
    #expect(lines("  one two three", 9) == ["  one two", "  three"])
    #expect(lines("- one two three", 9) == ["- one two", "  three"])
    #expect(lines(" 12. one two three", 12) == [" 12. one two", "     three"])
    #expect(lines("-one two three", 9) == ["-one two", "three"])
    #expect(lines("            one two", 16) == ["            one", "        two"])
    #expect(lines("a\tb", 20) == ["a       b"])
  }

  @Test func `columns that are wrapped stay columns, where there is room`() {
    #expect(lines("  trust    Trust or checking up", 22) == ["  trust    Trust or", "           checking up"])
    #expect(lines("  · trust: Trust or checking", 22) == ["  · trust: Trust or", "    checking"])
    #expect(lines("  well-being  Feeling that you count", 18) == ["  well-being", "  Feeling that you", "  count"])
    #expect(lines("no column  at the margin of it", 16) == ["no column  at", "the margin of it"])
  }

  @Test func `styles go on across lines and end with each`() {
    #expect(
      wrap([Span("a "), Span("bold words", .bold), Span(" b")], width: 6, styled: true)
        == ["a \u{1B}[0;1mbold\u{1B}[0m", "\u{1B}[0;1mwords\u{1B}[0m", "b"])
    #expect(wrap([Span("a", [.bold, .red])], width: 20, styled: true) == ["\u{1B}[0;1;31ma\u{1B}[0m"])
    #expect(wrap([Span("a", .bold)], width: 20, styled: false) == ["a"])
  }

  @Test func `no line is wider than asked, and only spaces are lost`() {
    let text =
      "  - Ein sehr langer Satz über 日本語テキスト und 👨‍👩‍👧 Familien, mit\n"
      + "   supercalifragilisticexpialidocious Wörtern"
    for width in 20...60 {
      let lines = lines(text, width)
      for line in lines { #expect(line.reduce(0) { $0 + $1.columns } <= width) }
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " && $0 != "\n" })
    }
  }
}

@Suite struct LineSplitterTests {
  private let start = SuspendingClock.now

  private func lines(_ chunks: [[UInt8]]) -> [String] {
    var splitter = LineSplitter()
    let inputs = chunks.map { Input.bytes($0, at: start) } + [.end(at: start)]
    return inputs.flatMap { splitter.receive($0) }.map {
      switch $0 {
      case .line(let line): line.text
      case .endOfInput: "(end)"
      default: "(other)"
      }
    }
  }

  @Test func `lines end with LF, CRLF or the input, wherever it is split`() {
    let bytes = Array("\u{FEFF}one\r\n\ntwé\rx\nlast".utf8)
    let expected = ["one", "", "twé\rx", "last", "(end)"]
    for place in 0...bytes.count {
      #expect(lines([Array(bytes[..<place]), Array(bytes[place...])]) == expected, "split at \(place)")
    }
    #expect(lines(bytes.map { [$0] }) == expected)
    #expect(lines([Array("a\n".utf8)]) == ["a", "(end)"])
    #expect(lines([]) == ["(end)"])
  }

  @Test func `what is not UTF-8 becomes replacement characters`() {
    #expect(lines([[0x61, 0xFF, 0x62, 0x0A]]) == ["a\u{FFFD}b", "(end)"])
  }

  @Test func `a line began with its first byte and ended with its last`() {
    var splitter = LineSplitter()
    #expect(splitter.receive(.bytes(Array("a".utf8), at: start)) == [])
    #expect(
      splitter.receive(.bytes(Array("b\nc".utf8), at: start + .seconds(1)))
        == [.line(TypedLine(text: "ab", began: start, ended: start + .seconds(1)))])
    #expect(
      splitter.receive(.end(at: start + .seconds(2)))
        == [.line(TypedLine(text: "c", began: start + .seconds(1), ended: start + .seconds(2))), .endOfInput])
  }
}

import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
  private func decode(_ chunks: [[UInt8]]) -> [Key] {
    var decoder = KeyDecoder()
    let now = SuspendingClock.now
    return chunks.flatMap { decoder.decode($0, at: now) }
  }

  private func decode(_ text: String) -> [Key] { decode([Array(text.utf8)]) }

  @Test func `each key is told from its sequence`() {
    #expect(decode("aé日👍") == [.character("a"), .character("é"), .character("日"), .character("👍")])
    #expect(decode("\u{01}\u{03}\u{1C}\u{1F}") == [.control("a"), .control("c"), .control("\\"), .control("_")])
    #expect(decode("\t\u{7F}\u{08}") == [.tab, .backspace, .backspace])
    #expect(decode("\u{1B}b\u{1B}F\u{1B}\u{7F}") == [.alt("b"), .alt("f"), .wordBackspace])
    #expect(decode("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D\u{1B}[H\u{1B}[F") == [.up, .down, .right, .left, .home, .end])
    #expect(decode("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD\u{1B}OH\u{1B}OF") == [.up, .down, .right, .left, .home, .end])
    #expect(decode("\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}[8~\u{1B}[3~") == [.home, .end, .home, .end, .delete])
    #expect(decode("\u{1B}[1;5C\u{1B}[1;3D\u{1B}[1;2D") == [.wordRight, .wordLeft, .left])
    #expect(decode("\u{1B}[1;0C\u{1B}[1;\(Int.min)C\u{1B}[1;\(Int.max)0C") == [.right, .right, .right])
    #expect(decode("\u{1B}[15~\u{1B}OP\u{1B}[[Ax\u{1B}[?1;2c") == [.other, .other, .other, .character("x"), .other])
  }

  @Test func `Enter is CR, LF or both`() {
    #expect(decode("\r") == [.enter])
    #expect(decode("\n\n") == [.enter, .enter])
    #expect(decode("a\r\nb\r\r\n") == [.character("a"), .enter, .character("b"), .enter, .enter])
  }

  @Test func `input split between any two bytes gives the same keys`() {
    let text = "é日👨‍👩‍👧\u{1B}[A\u{1B}[1;5D\u{1B}OH\u{1B}d\r\n\u{1B}[200~one\r\ntw\u{1B}[o 日\u{1B}[201~x\u{1B}[3~\u{03}"
    let bytes = Array(text.utf8)
    let whole = decode(text)
    #expect(whole.contains(.paste("one\r\ntw\u{1B}[o 日")))
    #expect(whole.suffix(3) == [.character("x"), .delete, .control("c")])
    for place in 0...bytes.count {
      #expect(decode([Array(bytes[..<place]), Array(bytes[place...])]) == whole, "split at \(place)")
    }
    #expect(decode(bytes.map { [$0] }) == whole)
  }

  @Test func `what is not UTF-8 becomes replacement characters, as in Swift's own decoding`() {
    let broken: [[UInt8]] = [
      [0xFF], [0xC3, 0x28], [0xE2, 0x82, 0x41], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x98, 0x41], [0xED, 0xA0, 0x80],
      [0xC0, 0xAF], [0xF5, 0x80], [0x80, 0x62], [0xE0, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ]
    for bytes in broken {
      let expected = String(decoding: bytes + [0x7A], as: UTF8.self).unicodeScalars.map { Key.character($0) }
      #expect(decode([bytes + [0x7A]]) == expected, "\(bytes)")
      #expect(decode((bytes + [0x7A]).map { [$0] }) == expected, "\(bytes) byte by byte")
    }
  }

  @Test func `Escape alone is a key once something else comes later`() {
    var decoder = KeyDecoder()
    let now = SuspendingClock.now
    #expect(decoder.decode([0x1B], at: now) == [])
    #expect(decoder.decode(Array("b".utf8), at: now + .seconds(1)) == [.escape, .character("b")])
    #expect(decoder.decode([0x1B], at: now + .seconds(2)) == [])
    #expect(decoder.decode(Array("b".utf8), at: now + .milliseconds(2010)) == [.alt("b")])
    #expect(decode("\u{1B}\u{1B}[A") == [.escape, .up])
  }

  @Test func `a control character inside a sequence ends it and still counts`() {
    #expect(decode("\u{1B}[1\u{03}") == [.other, .control("c")])
    #expect(decode("\u{1B}\r") == [.escape, .enter])
  }
}

import Coaching
import Foundation
import Testing

@testable import SessionJournal

@Suite struct EventCodingTests {
  let at = Date(timeIntervalSince1970: 1_795_507_200)

  @Test func `there is a sample of every kind`() {
    #expect(Set(sampleKinds.compactMap(EventName.init)) == Set(EventName.allCases))
  }

  @Test(arguments: sampleKinds) func `an event is read back as it was written, from one line`(kind: Event.Kind) throws {
    let event = Event(number: 7, t: 12.3456, at: at, kind: kind)
    let line = JournalCoding.encode(event)
    #expect(!line.contains(UInt8(ascii: "\n")))
    #expect(JournalCoding.decode(line) == event)
    let fields = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    #expect(fields["event"] as? String == EventName(kind)?.rawValue)
    #expect(fields["n"] as? Int == 7)
  }

  @Test(arguments: sampleKinds) func `fields that nobody knows are passed over`(kind: Event.Kind) {
    let event = Event(number: 7, t: 1, at: at, kind: kind)
    let line = String(decoding: JournalCoding.encode(event), as: UTF8.self).dropLast() + #","mood":{"a":[null]}}"#
    #expect(JournalCoding.decode(Array(line.utf8)) == event)
  }

  @Test func `an event that nobody knows is kept by its name`() {
    let line = #"{"n":4,"t":1.5,"at":"2026-11-24T08:00:00Z","event":"weather","text":7}"#
    #expect(JournalCoding.decode(Array(line.utf8))?.kind == .unknown(name: "weather"))
    let unknown = Event(number: 4, t: 1.5, at: at, kind: .unknown(name: "weather"))
    #expect(JournalCoding.decode(JournalCoding.encode(unknown)) == unknown)
  }

  @Test func `a time before there were computers is none, and its event is kept`() throws {
    let line = #"{"at":"1013-11-24T08:00:00Z","event":"paused","n":2,"t":1}"#
    let event = try #require(JournalCoding.decode(Array(line.utf8)))
    #expect(event == Event(number: 2, t: 1, at: Date(timeIntervalSince1970: 0), kind: .paused))
    #expect(JournalCoding.decode(event.line) == event)
  }

  @Test func `times are written to a tenth of a millisecond`() {
    let event = Event(number: 2, t: 1.0 / 3, at: at, kind: .recordingStopped(seconds: 2.0 / 3, why: .ended))
    let line = String(decoding: JournalCoding.encode(event), as: UTF8.self)
    #expect(
      line
        == #"{"at":"2026-11-24T08:00:00Z","event":"recording-stopped","n":2,"seconds":0.6667,"t":0.3333,"why":"ended"}"#
    )
  }

  /// What Foundation writes for the values alone.
  private func foundation(_ values: some Encodable) throws -> Substring {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: try encoder.encode(values), as: UTF8.self).dropFirst().dropLast()
  }

  @Test func `text is written as Foundation writes it`() throws {
    let scalars = (0..<0x3100).compactMap(Unicode.Scalar.init).map { String(Character($0)) }
    let texts =
      scalars + ["", "\r\n", "a/b \"c\" \\d", "👩‍👩‍👧", "e\u{301}", "\u{10FFFF}", String(repeating: "é\n", count: 5000)]
    for text in texts {
      let line = Event(number: 2, at: at, kind: .feedback(text: text)).line
      let expected = #"{"at":"2026-11-24T08:00:00Z","event":"feedback","n":2,"t":0,"text":\#(try foundation([text]))}"#
      #expect(String(decoding: line, as: UTF8.self) == expected)
    }
  }

  @Test func `numbers are written as Foundation writes them`() throws {
    for number in [0, -0.0, 1, 12.5, 0.1, 1.0 / 3, 1e-7, 5e-300, 1e7, 123_456_789.25, 1e16, 1e300, Double.pi * 1000] {
      let line = Event(number: 2, at: at, kind: .takenOut(from: number, to: number)).line
      let text = try foundation([number])
      let expected = #"{"at":"2026-11-24T08:00:00Z","event":"taken-out","from":\#(text),"n":2,"t":0,"to":\#(text)}"#
      #expect(String(decoding: line, as: UTF8.self) == expected)
    }
  }

  @Test func `a moment is written as Foundation writes it`() throws {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    for moment: Double in [0, 951_782_399, 1_795_507_200, 4_102_444_800, 253_402_300_799] {
      let date = Date(timeIntervalSince1970: moment)
      let text = String(decoding: try encoder.encode([date]), as: UTF8.self).dropFirst().dropLast()
      let line = Event(number: 2, at: date, kind: .paused).line
      #expect(String(decoding: line, as: UTF8.self) == #"{"at":\#(text),"event":"paused","n":2,"t":0}"#)
    }
  }

  @Test(arguments: [
    "", "{}", "null", "[]", "7", #""note""#, #"{"n":2,"t":0,"at":"2026-11-24T08:00:00Z"}"#,
    #"{"n":2,"t":0,"event":"paused"}"#, #"{"n":2,"t":0,"at":"yesterday","event":"paused"}"#,
    #"{"t":0,"at":"2026-11-24T08:00:00Z","event":"paused"}"#,
    #"{"n":2,"t":"0","at":"2026-11-24T08:00:00Z","event":"paused"}"#,
    #"{"n":2,"t":0,"at":"2026-11-24T08:00:00Z","event":"note"}"#,
    #"{"n":2,"t":0,"at":"2026-11-24T08:00:00Z","event":"turn"}"#,
    #"{"n":2,"t":0,"at":"2026-11-24T08:00:00Z","event":"turn","by":"nobody"}"#,
    #"{"n":2,"t":0,"at":"2026-11-24T08:00:00Z","event":"ended","how":"well"}"#,
    #"{"n":2,"t":1e999,"at":"2026-11-24T08:00:00Z","event":"paused"}"#,
    #"{"n":2,"t":0,"at":"2026-11-24T08:00:00Z","event":"paused"}}"#,
    #"{"n":2,"t":0,"at":"2026-11-24T08:00:00Z","event":"paused"}{"#,
    #"{"n":2,"t":0,"at":"2026-11-24T08:00:00Z","event":"paused""#,
  ])
  func `what is not an event is not taken for one`(line: String) {
    #expect(JournalCoding.decode(Array(line.utf8)) == nil)
  }
}

@Suite struct FormatDocumentTests {
  /// The lines in the document's fenced blocks.
  let examples: [[String]]

  init() throws {
    let here = URL(fileURLWithPath: #filePath)
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Sources/SessionJournal/FORMAT.md"), encoding: .utf8)
    let parts = text.components(separatedBy: "```")
    examples = stride(from: 1, to: parts.count, by: 2).map { index in
      parts[index].split(separator: "\n").dropFirst().map(String.init)
    }
  }

  @Test func `the example of a header is what is written`() throws {
    let header = try #require(examples.first?.first)
    #expect(String(decoding: JournalCoding.encode(JournalHeader(of: "meeting 1-post")), as: UTF8.self) == header)
  }

  @Test func `every example is read, and written the same`() throws {
    let lines = try #require(examples.last)
    for line in lines {
      let event = try #require(JournalCoding.decode(Array(line.utf8)), "\(line)")
      #expect(String(decoding: JournalCoding.encode(event), as: UTF8.self) == line)
    }
  }

  @Test func `the examples are one journal, with an event of every kind`() throws {
    let text = try #require(examples.first) + #require(examples.last)
    let contents = JournalContents(bytes: Array((text.joined(separator: "\n") + "\n").utf8))
    #expect(contents.damagedLines.isEmpty)
    #expect(contents.tornTail == nil)
    #expect(Set(contents.events.compactMap { EventName($0.kind) }) == Set(EventName.allCases))
    for line in text.dropFirst().enumerated() {
      #expect(line.element.contains(#""n":\#(line.offset + 2),"#))
    }
  }
}

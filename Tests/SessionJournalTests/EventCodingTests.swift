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

  @Test func `times are written to a tenth of a millisecond`() {
    let event = Event(number: 2, t: 1.0 / 3, at: at, kind: .recordingStopped(seconds: 2.0 / 3, why: .ended))
    let line = String(decoding: JournalCoding.encode(event), as: UTF8.self)
    #expect(
      line
        == #"{"at":"2026-11-24T08:00:00Z","event":"recording-stopped","n":2,"seconds":0.6667,"t":0.3333,"why":"ended"}"#
    )
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

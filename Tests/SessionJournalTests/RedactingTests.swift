import Coaching
import Foundation
import Testing

@testable import SessionJournal

@Suite struct RedactingTests {
  let folder = Folder()
  var path: String { folder.file("journal.jsonl") }
  let stretch = Redaction(from: 10, to: 20)

  private func text() -> String { String(decoding: folder.bytes("journal.jsonl"), as: UTF8.self) }

  private func write(_ events: [(Event.Kind, Double)]) throws {
    let journal = try Journal.create(path, of: "meeting 1-post")
    for (kind, t) in events { try journal.append(kind, t: t) }
  }

  @Test func `what was said of a turn goes with the turn, and with the moment it was said in`() throws {
    let secret = Turn(by: .coach, functions: [.question], note: "SECRET")
    try write([
      (.turn(Turn(by: .coach)), 15), (.turn(Turn(by: .coach)), 25), (.amended(line: 2, secret), 40),
      (.amended(line: 3, Turn(by: .coach, note: "kept")), 41), (.amended(line: 3, secret), 18),
    ])
    let (journal, _) = try Journal.open(path)
    try journal.redact(stretch)
    #expect(!text().contains("SECRET") && text().contains("kept"))
    let bare = Turn(by: .coach, functions: [.question])
    #expect(
      try JournalContents.read(path).events.map(\.kind).dropFirst(2) == [
        .amended(line: 2, bare), .amended(line: 3, Turn(by: .coach, note: "kept")), .amended(line: 3, bare),
      ])
    try journal.redact(stretch, entirely: true)
    #expect(try JournalContents.read(path).events.map(\.kind).filter { $0 == .redacted }.count == 3)
  }

  @Test func `the words of the stretch go, all lines keep their numbers, and the rest stays byte for byte`() throws {
    try write([
      (note("before"), 9.99), (note("SECRET"), 10),
      (.turn(Turn(by: .coach, functions: [.question], note: "SECRET")), 15),
      (.undone(3), 16), (.action(text: "SECRET"), 20), (.moment(text: "after"), 21), (.ended(.closed), 30),
    ])
    let before = text().split(separator: "\n")
    let (journal, _) = try Journal.open(path)
    try journal.redact(stretch, note: .takenOut(from: 10, to: 20), t: 30)
    let after = text().split(separator: "\n")
    #expect(!text().contains("SECRET"))
    for index in [0, 1, 6, 7] { #expect(after[index] == before[index]) }
    let events = try JournalContents.read(path).events
    #expect(events.map(\.number) == Array(2...9))
    #expect(
      events.map(\.kind) == [
        note("before"), .redacted, .turn(Turn(by: .coach, functions: [.question])), .undone(3), .redacted,
        .moment(text: "after"), .ended(.closed), .takenOut(from: 10, to: 20),
      ])
    #expect(events.map(\.t) == [9.99, 10, 15, 16, 20, 21, 30, 30])
    #expect(mode(path) == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["journal.jsonl"])
  }

  @Test func `lines that cannot be read go, whole or torn, and whatever else nobody knows`() throws {
    try write([(note("before"), 1)])
    let lines = #"""
      {"at":"2026-11-24T08:00:00Z","event":"note","n":3,"t":40,"text":"SECRET
      SECRET
      {"at":"2026-11-24T08:00:00Z","event":"weather","n":5,"t":12,"text":"SECRET"}
      {"at":"2026-11-24T08:00:00Z","event":"paused","n":6,"t":12,"mood":"SECRET"}
      {"at":"2026-11-24T08:00:00Z","event":"note","n":7,"t":40,"te\u0078t":"SECR
      """#
    folder.write(folder.bytes("journal.jsonl") + Array(lines.utf8), to: "journal.jsonl")
    let (journal, _) = try Journal.open(path)
    try journal.redact(stretch)
    #expect(!text().contains("SECR"))
    let contents = try JournalContents.read(path)
    #expect(contents.damagedLines.isEmpty && contents.tornTail == nil)
    #expect(
      contents.events.map(\.kind) == [
        note("before"), .redacted, .redacted, .redacted, .paused, .redacted, .torn(line: 7),
      ])
  }

  @Test func `done again nothing changes, and a second stretch is noted beside the first`() throws {
    try write([(note("SECRET"), 10), (note("stays"), 50)])
    let (journal, _) = try Journal.open(path)
    try journal.redact(stretch, note: .takenOut(from: 10, to: 20), t: 50)
    let once = text()
    try journal.redact(stretch, note: .takenOut(from: 10, to: 20), t: 50)
    #expect(text() == once)
    try journal.redact(Redaction(from: 50, to: 51), note: .takenOut(from: 50, to: 51), t: 50)
    #expect(!text().contains("stays"))
    #expect(try JournalContents.read(path).events.count == 4)
  }

  @Test func `it stays open and locked, and can be gone on with`() throws {
    try write([(note("SECRET"), 10)])
    let path = path
    let (journal, _) = try Journal.open(path)
    try journal.redact(stretch)
    #expect(try #require(throws: FileFailure.self) { try Journal.open(path) }.isBusy)
    #expect(try journal.append(note("more"), t: 60).number == 3)
    #expect(try JournalContents.read(path).events.map(\.kind) == [.redacted, note("more")])
  }

  @Test func `the old bytes are overwritten, but not where another name leads to them`() throws {
    try write([(note("SECRET"), 10)])
    let old = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    do {
      let (journal, _) = try Journal.open(path)
      try journal.redact(stretch)
    }
    let bytes = try #require(try old.readToEnd())
    #expect(!bytes.isEmpty && bytes.allSatisfy { $0 == 0 })

    folder.write("SECRET".utf8, to: "copied")
    #expect(link(folder.file("copied"), folder.file("copy")) == 0)
    try Archive.eraseFile(folder.file("copied"))
    #expect(folder.bytes("copy") == Array("SECRET".utf8))
  }

  @Test func `where the new file cannot be made the old one stays`() throws {
    try write([(note("SECRET"), 10)])
    let before = text()
    try FileManager.default.createDirectory(atPath: path + ".new", withIntermediateDirectories: true)
    let (journal, _) = try Journal.open(path)
    #expect(throws: FileFailure.self) { try journal.redact(stretch) }
    #expect(text() == before)
    try journal.append(note("goes on"), t: 70)
    #expect(try JournalContents.read(path).events.count == 2)
  }
}

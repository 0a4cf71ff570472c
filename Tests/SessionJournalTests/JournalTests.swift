import Coaching
import Foundation
import Testing

@testable import SessionJournal

@Suite struct JournalTests {
  let folder = Folder()
  var path: String { folder.file("j.jsonl") }

  @Test func `a new journal is its header`() throws {
    _ = try Journal.create(path, of: "meeting 1-post")
    let text = String(decoding: folder.bytes("j.jsonl"), as: UTF8.self)
    #expect(text == #"{"format":"coachtalk-journal","of":"meeting 1-post","version":1}"# + "\n")
  }

  @Test func `a journal is never begun over another`() throws {
    folder.write("precious".utf8, to: "j.jsonl")
    #expect(throws: FileFailure(operation: "open", path: path, code: EEXIST)) { try Journal.create(path, of: "x") }
    #expect(folder.bytes("j.jsonl") == Array("precious".utf8))
  }

  @Test func `a journal that is not there cannot be opened or read`() {
    let missing = FileFailure(operation: "open", path: path, code: ENOENT)
    #expect(throws: missing) { try Journal.open(path) }
    #expect(throws: missing) { try JournalContents.read(path) }
    #expect(folder.bytes("j.jsonl").isEmpty)
  }

  @Test func `each event is there for another reader as soon as it is written, as it was returned`() throws {
    let journal = try Journal.create(path, of: "x")
    var written: [Event] = []
    for (index, kind) in sampleKinds.enumerated() {
      written.append(try journal.append(kind, t: Double(index) / 3))
      let contents = try JournalContents.read(path)
      #expect(contents.events == written)
      #expect(contents.lineCount == written.count + 1)
      #expect(folder.bytes("j.jsonl").last == UInt8(ascii: "\n"))
    }
    #expect(written.map(\.number) == Array(2...sampleKinds.count + 1))
  }

  @Test func `a journal is gone on with where it ended`() throws {
    try Journal.create(path, of: "x").append(note("a"), t: 1)
    let (journal, contents) = try Journal.open(path)
    #expect(contents.events.map(\.kind) == [note("a")])
    #expect(try journal.append(note("b"), t: 2).number == 3)
    #expect(try JournalContents.read(path).events.map(\.kind) == [note("a"), note("b")])
  }

  @Test func `a journal that is open is not opened again until it is closed`() throws {
    let path = path
    var journal: Journal? = try Journal.create(path, of: "x")
    try journal?.append(note("a"), t: 1)
    let failure = try #require(throws: FileFailure.self) { try Journal.open(path) }
    #expect(failure.isBusy && !failure.isDiskFull)
    #expect(try JournalContents.read(path).events.count == 1)
    journal = nil
    #expect(try Journal.open(path).1.events.count == 1)
  }

  @Test func `an opened journal is not opened again either`() throws {
    _ = try Journal.create(path, of: "x")
    let (journal, _) = try Journal.open(path)
    let failure = try #require(throws: FileFailure.self) { try Journal.open(path) }
    #expect(failure.isBusy)
    try journal.append(note("a"), t: 0)
  }

  /// As it does for a moment whenever a process is started anywhere in the program.
  @Test func `a closed journal can be opened though somebody inherited its file`() throws {
    var journal: Journal? = try Journal.create(path, of: "x")
    let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    let descriptor = try #require(
      descriptors.first { (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path })
    let inherited = dup(try #require(Int32(descriptor)))
    defer { close(inherited) }
    try journal?.append(note("a"), t: 0)
    journal = nil
    #expect(try Journal.open(path).1.events.count == 1)
  }

  @Test func `a newer version is told, and its file left as it is`() throws {
    let text = #"{"format":"coachtalk-journal","of":"x","version":2,"more":1}"# + "\n" + #"{"some"#
    folder.write(text.utf8, to: "j.jsonl")
    #expect(try JournalContents.read(path).newerVersion == 2)
    #expect(try Journal.open(path).1.newerVersion == 2)
    #expect(folder.bytes("j.jsonl") == Array(text.utf8))
    _ = try Journal.create(folder.file("k.jsonl"), of: "x")
    #expect(try JournalContents.read(folder.file("k.jsonl")).newerVersion == nil)
  }
}

@Suite struct DamageTests {
  let folder = Folder()
  var path: String { folder.file("j.jsonl") }
  let lines = [
    #"{"format":"coachtalk-journal","of":"x","version":1}"#,
    #"{"at":"2026-11-24T08:00:00Z","event":"note","n":2,"t":1,"text":"größer"}"#,
    #"{"at":"2026-11-24T08:00:01Z","event":"paused","n":3,"t":2}"#,
    #"{"at":"2026-11-24T08:00:02Z","event":"note","n":4,"t":3,"text":"naïve 🙂"}"#,
  ]

  /// What opening and going on with the journal gives, twice over.
  func openAndGoOn() throws -> JournalContents {
    let opened = try Journal.open(path)
    let again = try JournalContents.read(path)
    #expect(opened.1 == again)
    #expect(again.tornTail == nil)
    let added = try opened.0.append(note("after"), t: 9)
    #expect(added.number == again.lineCount + 1)
    #expect(try JournalContents.read(path).events == again.events + [added])
    return again
  }

  @Test func `wherever a crash cuts the last line, the others are kept and the journal goes on`() throws {
    let last = Array(lines[3].utf8)
    let before = Array((lines[..<3].joined(separator: "\n") + "\n").utf8)
    for cut in 0...last.count {
      folder.write(before + last[..<cut], to: "j.jsonl")
      let glance = try JournalContents.read(path)
      #expect(glance.events.map(\.number) == [2, 3])
      #expect(glance.tornTail == (cut == 0 ? nil : Array(last[..<cut])))
      #expect(glance.damagedLines == [])
      #expect(folder.bytes("j.jsonl") == before + last[..<cut], "reading changes nothing")

      let contents = try openAndGoOn()
      #expect(contents.damagedLines == [])
      let kinds = contents.events.dropFirst(2).map(\.kind)
      switch cut {
      case 0: #expect(kinds == [])
      case last.count: #expect(kinds == [note("naïve 🙂")])
      default: #expect(kinds == [.torn(line: 4)])
      }
      #expect(Array(folder.bytes("j.jsonl").prefix(before.count + cut)) == before + last[..<cut], "the bytes stay")

      let once = try JournalContents.read(path)
      #expect(try Journal.open(path).1 == once, "opened again, there is nothing more to mend")
    }
  }

  @Test func `a header that a crash cut off costs no event`() throws {
    let header = Array(lines[0].utf8)
    for cut in 0...header.count {
      folder.write(header[..<cut], to: "j.jsonl")
      let contents = try openAndGoOn()
      #expect(contents.damagedLines == [])
      #expect(try JournalContents.read(path).events.last?.kind == note("after"))
    }
  }

  @Test(arguments: 1...3, ["", "not JSON", "\u{0}\u{0}\u{0}", #"{"event":"note"}"#])
  func `a damaged line is told by its number and the others are kept`(line: Int, damage: String) throws {
    var damaged = lines
    damaged[line] = damage
    folder.write((damaged.joined(separator: "\n") + "\n").utf8, to: "j.jsonl")
    let contents = try openAndGoOn()
    #expect(contents.damagedLines == [line + 1])
    #expect(contents.events.map(\.number) == [2, 3, 4].filter { $0 != line + 1 })
    #expect(contents.lineCount == 4)
  }

  @Test func `text that is not UTF-8 is damage`() throws {
    var bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    let place = try #require(bytes.firstIndex(of: 0xC3))
    bytes[place] = 0xFF
    folder.write(bytes, to: "j.jsonl")
    #expect(try openAndGoOn().damagedLines == [2])
  }

  @Test func `a damaged header is told and the events are kept`() throws {
    folder.write((["garbage"] + lines.dropFirst()).joined(separator: "\n").utf8 + [10], to: "j.jsonl")
    let contents = try openAndGoOn()
    #expect(contents.damagedLines == [1])
    #expect(contents.events.map(\.number) == [2, 3, 4])
  }

  @Test func `an event is known by its line, whatever number it says`() throws {
    folder.write((lines[0] + "\n" + lines[3] + "\n" + lines[1] + "\n").utf8, to: "j.jsonl")
    #expect(try JournalContents.read(path).events.map(\.number) == [2, 3])
  }

  @Test func `a torn line that was mended is not called damaged`() throws {
    let torn = #"{"at":"2026-11-24T08:00:02Z","event":"torn","line":3,"n":4,"t":0}"#
    folder.write([lines[0], lines[1], #"{"at":"20"#, torn, "oh", ""].joined(separator: "\n").utf8, to: "j.jsonl")
    #expect(try JournalContents.read(path).damagedLines == [5])
  }

  @Test func `an hour of tagging is read`() throws {
    let text = lines[0] + "\n" + String(repeating: lines[1] + "\n", count: 5000)
    #expect(text.utf8.count > 3 << 16)
    folder.write(text.utf8, to: "j.jsonl")
    #expect(try JournalContents.read(path).events.count == 5000)
  }
}

import Coaching
import Foundation
import Testing

@testable import SessionJournal

@Suite struct ObserverTests {
  let folder = Folder()
  var archive: Archive { Archive(root: folder.file("Recordings")) }
  let meeting = MeetingID("1-post")!
  let state = MeetingState(events: [
    Event(
      number: 2, at: Date(timeIntervalSince1970: 1_795_507_200),
      kind: .began(stage: .post, people: People(coach: "Anna", coachee: "Ben", observer: "Cleo"), focus: "f"))
  ])!

  init() throws {
    _ = try archive.createCycle(people: state.people, focus: "f", theme: nil)
    _ = try archive.createMeeting(cycle: 1, stage: .post)
  }

  /// Opens it, writes a note, closes it; gives the file's name and the note's number.
  @discardableResult
  func tag(_ name: String, _ how: Event.Observing = .live, anotherPass: Bool = false) throws -> (String, Int) {
    let (journal, state) = try archive.openObserver(
      meeting, MeetingState.Observer(name: name, how: how), of: state, anotherPass: anotherPass)
    #expect(state.observer == MeetingState.Observer(name: name, how: how))
    let number = try journal.append(note("n"), t: 3).number
    return (URL(fileURLWithPath: journal.path).lastPathComponent, number)
  }

  @Test func `an observer's journal begins as the meeting does, and says whose it is`() throws {
    try tag("Cleo")
    let path = try #require(archive.observerPaths(meeting).first)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines[0] == #"{"format":"coachtalk-journal","of":"observer Cleo of meeting 1-post","version":1}"#)
    #expect(
      try JournalContents.read(path).events.map(\.kind) == [
        .began(stage: .post, people: state.people, focus: "f"), .observing(name: "Cleo", how: .live), note("n"),
      ])
    #expect(mode(path) == 0o600)
    #expect(archive.strangers(meeting) == 0)
  }

  @Test(arguments: [
    ("Cleo", "Cleo"), ("Cleo May", "Cleo-May"), ("../../etc/x", "------etc-x"), ("Zoë 李", "Zoë-李"),
    ("عمر", "عمر"), ("🙂", "-"), ("a\0b\n", "a-b-"), (".", "-"),
  ])
  func `a name is made safe for a file`(name: String, safe: String) throws {
    #expect(try tag(name).0 == "observer-\(safe).jsonl")
  }

  @Test func `a name that is longer than a file's is cut off`() throws {
    let name = try tag(String(repeating: "ö", count: 300)).0
    #expect(name == "observer-\(String(repeating: "ö", count: 100)).jsonl")
  }

  @Test func `who comes back goes on with the same journal`() throws {
    #expect(try tag("Cleo") == ("observer-Cleo.jsonl", 4))
    #expect(try tag("Cleo") == ("observer-Cleo.jsonl", 5))
    let (journal, _) = try Journal.open(archive.observerPaths(meeting)[0])
    try journal.append(.ended(.closed), t: 3)
  }

  @Test func `a journal that was closed is carried on`() throws {
    try tag("Cleo")
    var journal: Journal? = try Journal.open(archive.observerPaths(meeting)[0]).0
    try journal?.append(.ended(.closed), t: 3)
    journal = nil
    try tag("Cleo")
    let events = try JournalContents.read(archive.observerPaths(meeting)[0]).events
    #expect(events.suffix(3).map(\.kind) == [.ended(.closed), .carriedOn, note("n")])
    #expect(MeetingState(events: events)?.hasEnded == false)
  }

  @Test func `another pass, another manner and another person have journals of their own`() throws {
    #expect(try tag("C D").0 == "observer-C-D.jsonl")
    #expect(try tag("C D", anotherPass: true).0 == "observer-C-D-2.jsonl")
    #expect(try tag("C D", .review).0 == "observer-C-D-3.jsonl")
    #expect(try tag("C-D").0 == "observer-C-D-4.jsonl")
    #expect(try tag("C D").0 == "observer-C-D-2.jsonl")
    #expect(try tag("C D", .review).0 == "observer-C-D-3.jsonl")
    #expect(try tag("D").0 == "observer-D.jsonl")
  }

  @Test func `nothing that lies there already is written into`() throws {
    let path = "\(archive.folder(meeting))/observer-Cleo.jsonl"
    for bytes in ["", "not a journal", #"{"format":"coachtalk-journal","of":"x","version":2}"# + "\n"] {
      try bytes.write(toFile: path, atomically: false, encoding: .utf8)
      let (name, _) = try tag("Cleo")
      #expect(name == "observer-Cleo-2.jsonl")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == bytes)
    }
  }

  @Test func `a last line that a kill tore is mended when its person comes back`() throws {
    try tag("Cleo")
    let path = archive.observerPaths(meeting)[0]
    let file = try #require(FileHandle(forWritingAtPath: path))
    file.seekToEndOfFile()
    file.write(Data(#"{"at":"2026-1"#.utf8))
    file.closeFile()
    try tag("Cleo")
    let contents = try JournalContents.read(path)
    #expect(contents.damagedLines.isEmpty)
    #expect(contents.events.suffix(2).map(\.kind) == [.torn(line: 5), note("n")])
  }

  @Test func `the same person is not there twice at once`() throws {
    let cleo = MeetingState.Observer(name: "Cleo", how: .live)
    let (journal, _) = try archive.openObserver(meeting, cleo, of: state)
    let failure = #expect(throws: FileFailure.self) { try archive.openObserver(meeting, cleo, of: state) }
    #expect(failure?.isBusy == true)
    try journal.append(note("n"), t: 0)
    #expect(archive.observerPaths(meeting).count == 1)
  }

  @Test func `a pipe in a journal's place is waited for by nobody`() throws {
    mkfifo("\(archive.folder(meeting))/observer-Cleo.jsonl", 0o600)
    #expect(throws: FileFailure.self) { try JournalContents.read(archive.observerPaths(meeting)[0]) }
    #expect(try tag("Cleo").0 == "observer-Cleo-2.jsonl")
  }
}

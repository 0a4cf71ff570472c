import Coaching
import Foundation
import SessionJournal
import Testing

@testable import Chat

@Suite struct ObserverJournalTests {
  let room = Room()
  let meeting = MeetingID("1-post")!
  var archive: Archive { room.facilitator.archive }
  var writer: ReflectionWriter {
    ReflectionWriter(archive: archive, library: room.facilitator.library, studio: room.facilitator.studio)
  }

  /// A meeting with one turn, closed.
  init() {
    room.meet(observer: "Cleo")
    room.type("/c question", "/end")
    room.facilitator.close(.closed, at: room.now)
  }

  func read() throws -> ([ObserverJournal], [Complaint]) {
    writer.observers(meeting, of: try writer.load(meeting).0)
  }

  func put(_ text: String, in name: String) throws {
    try text.write(toFile: "\(archive.folder(meeting))/\(name)", atomically: false, encoding: .utf8)
  }

  @Test func `observers have the names that they gave`() throws {
    for name in ["Dan", "Cleo May"] {
      let (journal, _) = try archive.openObserver(
        meeting, MeetingState.Observer(name: name, how: .review), of: try writer.load(meeting).0)
      try journal.append(.turn(Turn(by: .coach, functions: [.challenge])), t: 1)
    }
    let (observers, remarks) = try read()
    #expect(observers.map(\.name) == ["Cleo May", "Dan"] && remarks.isEmpty)
    #expect(observers.map(\.state.turns.count) == [1, 1])
    #expect(observers.first?.state.people.coachee == "Ben")
  }

  @Test func `one of the pair who listened again is told from the pair, and from their other pass`() throws {
    for (name, again) in [("Anna", false), ("Anna", true), ("Dan", false)] {
      let (journal, _) = try archive.openObserver(
        meeting, MeetingState.Observer(name: name, how: .review), of: try writer.load(meeting).0, anotherPass: again)
      try journal.append(.turn(Turn(by: .coach, functions: [.challenge])), t: 1)
    }
    let figures = try JSONEncoder().encode(try writer.agreement(meeting, with: []).1)
    let names = (try JSONSerialization.jsonObject(with: figures) as? [String: Any])?["names"] as? [String]
    #expect(names == ["Anna and Ben", "Anna (listening again)", "Anna (listening again) (2)", "Dan"])
  }

  @Test func `a file of tags alone belongs to whom its name says`() throws {
    try put(
      #"{"at":"2026-11-24T08:00:00Z","by":"coach","event":"turn","functions":["challenge"],"n":1,"t":1}"# + "\n",
      in: "observer-Cleo.jsonl")
    let (observers, remarks) = try read()
    #expect(observers.map(\.name) == ["Cleo"] && remarks.isEmpty)
    #expect(observers.first?.state.turns.count == 1)
  }

  @Test(arguments: [
    "", "not a journal", "{}", #"{"format":"coachtalk-journal","of":"x","version":1}"# + "\n",
    #"{"format":"coachtalk-journal","of":"x","version":9}"# + "\n", "\u{0}\n\u{0}",
  ])
  func `what is no journal is left out with one line, and the others stay`(text: String) throws {
    try put(text, in: "observer-Dan.jsonl")
    mkfifo("\(archive.folder(meeting))/observer-Eve.jsonl", 0o600)
    _ = try archive.openObserver(
      meeting, MeetingState.Observer(name: "Cleo", how: .live), of: try writer.load(meeting).0)
    let (observers, remarks) = try read()
    #expect(observers.map(\.name) == ["Cleo"])
    #expect(remarks.count == 2)
    #expect(zip(remarks, ["Dan", "Eve"]).allSatisfy { $0.message.contains("/observer-\($1).jsonl") })
    #expect(remarks.allSatisfy { !$0.message.contains("\n") })
  }

  @Test func `a damaged line is told, and the others are kept`() throws {
    let state = try writer.load(meeting).0
    var journal: Journal? = try archive.openObserver(
      meeting, MeetingState.Observer(name: "Cleo", how: .live), of: state
    ).0
    try journal?.append(.moment(text: nil), t: 1)
    journal = nil
    let path = try #require(archive.observerPaths(meeting).first)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try put(text + "garbage that somebody said\n", in: "observer-Cleo.jsonl")
    let (observers, remarks) = try read()
    #expect(observers.map(\.state.entries.count) == [1])
    #expect(remarks.count == 1 && remarks[0].message.contains("line 5 is damaged"))
    #expect(!remarks[0].message.contains("somebody"))
  }
}

import Coaching
import Foundation
import SessionJournal
import Synchronization
import Testing

@Suite struct ArchiveTests {
  let folder = Folder()
  var archive: Archive { Archive(root: folder.file("Recordings")) }
  let people = People(coach: "Anna", coachee: "Ben", observer: "Cleo")

  func make(_ names: String...) throws {
    for name in names {
      try FileManager.default.createDirectory(
        atPath: "\(archive.root)/\(name)", withIntermediateDirectories: true)
    }
  }

  @Test func `lines are remembered, the newest two hundred, for their owner alone`() throws {
    let folder = Folder()
    let archive = Archive(root: folder.file("Recordings"))
    archive.remember("/next")
    #expect(archive.history == [] && !FileManager.default.fileExists(atPath: archive.root))
    try PrivateFiles.makeFolder(archive.root)
    for number in 1...210 { archive.remember("/goto \(number)") }
    archive.remember("/goto 210")
    #expect(archive.history == (11...210).map { "/goto \($0)" })
    #expect(mode(archive.historyPath) == 0o600)
    // Nobody is kept from working by a folder that cannot be written to.
    try FileManager.default.removeItem(atPath: archive.historyPath)
    try FileManager.default.createDirectory(atPath: archive.historyPath + "/x", withIntermediateDirectories: true)
    archive.remember("/next")
    #expect(archive.history == [])
  }

  @Test func `where there is nothing, nothing is listed`() {
    #expect(archive.cycles().isEmpty)
    #expect(archive.meetings().isEmpty)
    #expect(archive.latestMeeting() == nil)
  }

  @Test func `cycles are numbered from 1, and begin with their people`() throws {
    #expect(try archive.createCycle(people: people, focus: "f", theme: "t").0 == 1)
    #expect(try archive.createCycle(people: people, focus: nil, theme: nil).0 == 2)
    #expect(archive.cycles() == [1, 2])
    let contents = try JournalContents.read(archive.cyclePath(1))
    #expect(contents.events.map(\.kind) == [.cycle(people: people, focus: "f", theme: "t")])
  }

  @Test func `a number is never given twice, not even where a cycle was deleted in between`() throws {
    try make("cycle-2", "cycle-10")
    #expect(try archive.createCycle(people: people, focus: nil, theme: nil).0 == 11)
  }

  @Test func `other folders and files are no cycles and no meetings`() throws {
    try make(
      "sample", "demo", "cycle-", "cycle-0", "cycle--1", "cycle-01", "cycle-+1", "cycle-1x", "Cycle-4", "xcycle-4",
      "1-post",
      "cycle-3/1-post", "cycle-3/3-post-1", "cycle-3/notes", "cycle-3/3-post", "cycle-3/3-pre")
    for name in ["README.md", "cycle-7", "cycle-3/3-review"] {
      folder.write([], to: "Recordings/\(name)")
    }
    #expect(archive.cycles() == [3])
    #expect(archive.meetings().map(\.description) == ["3-pre", "3-post"])
  }

  @Test func `a file that has a cycle's name takes its number and nothing else`() throws {
    try make("cycle-1")
    folder.write([], to: "Recordings/cycle-2")
    #expect(try archive.createCycle(people: people, focus: nil, theme: nil).0 == 3)
  }

  @Test func `meetings of one stage are numbered, and listed in their order`() throws {
    _ = try archive.createCycle(people: people, focus: nil, theme: nil)
    for stage in [Stage.post, .pre, .post, .lesson, .post] { _ = try archive.createMeeting(cycle: 1, stage: stage) }
    #expect(archive.meetings().map(\.description) == ["1-pre", "1-lesson", "1-post", "1-post-2", "1-post-3"])
    let header = try String(contentsOfFile: archive.journalPath(MeetingID("1-post-2")!), encoding: .utf8)
    #expect(header.contains("meeting 1-post-2"))
  }

  @Test func `a meeting of a cycle that is not there is refused`() {
    let failure = #expect(throws: FileFailure.self) { try archive.createMeeting(cycle: 5, stage: .pre) }
    #expect(failure?.code == ENOENT)
  }

  @Test func `the latest meeting is the one that began last`() throws {
    func began(_ name: String, at time: String) throws {
      try make("cycle-\(name.first!)/\(name)")
      let text = """
        {"format":"coachtalk-journal","of":"x","version":1}
        {"at":"\(time)","coach":"A","coachee":"B","event":"began","n":2,"stage":"pre","t":0}

        """
      try text.write(toFile: archive.journalPath(MeetingID(name)!), atomically: false, encoding: .utf8)
    }
    try began("1-pre", at: "2026-11-24T08:00:00Z")
    try began("1-post", at: "2026-11-24T10:00:00Z")
    try began("2-pre", at: "2026-11-24T09:00:00Z")
    try make("cycle-2/2-review")
    #expect(archive.latestMeeting() == MeetingID("1-post"))
    // A script may begin two within a second.
    try began("2-post", at: "2026-11-24T10:00:00Z")
    #expect(archive.latestMeeting() == MeetingID("2-post"))
  }

  @Test func `cycles made at the same time each get a number of their own`() throws {
    let numbers = Mutex<[Int]>([])
    let (archive, people) = (archive, people)
    DispatchQueue.concurrentPerform(iterations: 32) { index in
      guard let made = try? archive.createCycle(people: people, focus: "\(index)", theme: nil) else { return }
      numbers.withLock { $0.append(made.0) }
    }
    #expect(numbers.withLock { $0.sorted() } == Array(1...32))
    #expect(archive.cycles() == Array(1...32))
    let focuses = try archive.cycles().map { number in
      try CycleState(events: JournalContents.read(archive.cyclePath(number)).events)?.focus
    }
    #expect(Set(focuses).count == 32)
  }

  @Test func `names of people are in no file's name`() throws {
    _ = try archive.createCycle(people: people, focus: "Ben", theme: nil)
    let (id, _) = try archive.createMeeting(cycle: 1, stage: .post)
    #expect(archive.folder(id) == "\(archive.root)/cycle-1/1-post")
    let names = try FileManager.default.subpathsOfDirectory(atPath: archive.root)
    #expect(
      Set(names) == [
        "cycle-1", "cycle-1/cycle.jsonl", "cycle-1/1-post", "cycle-1/1-post/journal.jsonl",
        "cycle-1/1-post/journal.jsonl.reserve",
      ])
  }
}

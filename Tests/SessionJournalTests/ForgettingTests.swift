import Coaching
import Foundation
import Testing

@testable import SessionJournal

@Suite struct ForgettingTests {
  let folder = Folder()
  var archive: Archive { Archive(root: folder.file("Recordings")) }
  let people = People(coach: "Anna", coachee: "Ben")

  private func names() -> [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: archive.root)) ?? []).sorted()
  }

  @Test func `what is set aside is not listed, and erasing leaves nothing of it`() throws {
    _ = try archive.createCycle(people: people, focus: nil, theme: nil)
    let id = try archive.createMeeting(cycle: 1, stage: .post).0
    folder.write("mine".utf8, to: "Recordings/cycle-1/1-post/notes.txt")
    try FileManager.default.createDirectory(atPath: archive.folder(id) + "/a/b", withIntermediateDirectories: true)
    folder.write("deep".utf8, to: "Recordings/cycle-1/1-post/a/b/c")
    #expect(archive.strangers(id) == 2)
    let aside = try archive.setAside(archive.folder(id))
    #expect(archive.meetings().isEmpty && archive.cycles() == [1])
    #expect(archive.setAside() == [aside])
    try Archive.erase(aside, sparing: ["journal.jsonl"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: aside) == ["journal.jsonl"])
    try Archive.erase(aside)
    #expect(archive.setAside().isEmpty)
    #expect(names() == [".forgotten", "cycle-1", "cycle-1/cycle.jsonl"])
    #expect(mode(archive.root + "/.forgotten") == 0o600)
  }

  @Test func `a number that was forgotten is not given again`() throws {
    for _ in 1...2 { _ = try archive.createCycle(people: people, focus: nil, theme: nil) }
    for _ in 1...2 { _ = try archive.createMeeting(cycle: 1, stage: .post) }
    try Archive.erase(archive.setAside(archive.folder(MeetingID("1-post-2")!)))
    try Archive.erase(archive.setAside(archive.folder(cycle: 2)))
    #expect(try archive.createMeeting(cycle: 1, stage: .post).0 == MeetingID("1-post-3")!)
    #expect(try archive.createMeeting(cycle: 1, stage: .pre).0 == MeetingID("1-pre")!)
    #expect(try archive.createCycle(people: people, focus: nil, theme: nil).0 == 3)
  }

  @Test func `links are deleted and not followed`() throws {
    _ = try archive.createCycle(people: people, focus: nil, theme: nil)
    let id = try archive.createMeeting(cycle: 1, stage: .post).0
    folder.write("outside".utf8, to: "file")
    try FileManager.default.createDirectory(atPath: folder.file("dir"), withIntermediateDirectories: true)
    folder.write("outside".utf8, to: "dir/file")
    for (name, target) in [("audio.flac", "file"), ("more", "dir"), ("gone", "nowhere")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(archive.folder(id))/\(name)", withDestinationPath: folder.file(target))
    }
    try Archive.erase(archive.setAside(archive.folder(id)))
    #expect(folder.bytes("file") == Array("outside".utf8) && folder.bytes("dir/file") == Array("outside".utf8))
    #expect(names() == [".forgotten", "cycle-1", "cycle-1/cycle.jsonl"])
  }

  @Test(arguments: ["cycle-1", "cycle-1/1-post"]) func `a folder that is a link stays as it is`(name: String) throws {
    _ = try archive.createCycle(people: people, focus: nil, theme: nil)
    let id = try archive.createMeeting(cycle: 1, stage: .post).0
    let path = "\(archive.root)/\(name)"
    try FileManager.default.moveItem(atPath: path, toPath: folder.file("elsewhere"))
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder.file("elsewhere"))
    let (archive, before) = (archive, names())
    let failure = try #require(throws: FileFailure.self) { try archive.setAside(archive.folder(id)) }
    #expect(failure.isLink)
    #expect(names() == before)
    // A link among what is to be erased goes, and what it leads to stays.
    try Archive.erase(path)
    #expect(FileManager.default.fileExists(atPath: folder.file("elsewhere")))
  }

  @Test func `somebody's lock is seen, and a link is no journal`() throws {
    let path = folder.file("j.jsonl")
    let journal = try Journal.create(path, of: "x")
    #expect(try #require(throws: FileFailure.self) { _ = try JournalLock(path) }.isBusy)
    withExtendedLifetime(journal) {}
    try FileManager.default.createSymbolicLink(atPath: folder.file("l.jsonl"), withDestinationPath: path)
    let link = folder.file("l.jsonl")
    #expect(throws: FileFailure.self) { _ = try JournalLock(link) }
  }
}

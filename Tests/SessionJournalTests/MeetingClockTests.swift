import Coaching
import Foundation
import Testing

@testable import SessionJournal

@Suite struct MeetingClockTests {
  let folder = Folder()
  let meeting = MeetingID("1-post")!

  func archive() throws -> Archive {
    let archive = Archive(root: folder.file("Recordings"))
    try PrivateFiles.makeFolder(archive.folder(meeting))
    return archive
  }

  @Test func `another reader has the same time, to a hundredth of a millisecond, hours before and after`() throws {
    let archive = try archive()
    let now = SuspendingClock.now
    try archive.show(MeetingClock(t: 1234.5678, rate: 1.0001, at: now), of: meeting)
    let clock = try #require(archive.clock(of: meeting))
    for seconds in [0, 0.25, 2, 7200.0] {
      let t = clock.time(at: now.advanced(by: .seconds(seconds)))
      #expect(abs(t - (1234.5678 + seconds * 1.0001)) < 1e-5)
    }
    #expect(clock.time(at: now.advanced(by: .seconds(-7200))) == 0)
    #expect(mode(archive.clockPath(meeting)) == 0o600)
    #expect(archive.strangers(meeting) == 0 && archive.leftovers(meeting).isEmpty)
    archive.hideClock(of: meeting)
    #expect(archive.clock(of: meeting) == nil)
  }

  @Test(arguments: [
    "", "{}", "null", #"{"boot":"x","moment":1,"rate":1,"t":1}"#, #"{"boot":"BOOT","moment":1,"rate":0,"t":1}"#,
    #"{"boot":"BOOT","moment":1,"rate":1,"t":-1}"#, #"{"boot":"BOOT","moment":1e300,"rate":1,"t":1}"#,
    #"{"boot":"BOOT","moment":1,"rate":1e999,"t":1}"#, #"{"boot":"BOOT","moment":1,"rate":1,"t":1e9}"#,
    #"{"boot":"BOOT","moment":1,"rate":1,"t":1"#,
  ])
  func `what is no clock of this computer's is none`(text: String) throws {
    let archive = try archive()
    let boot = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    let text = text.replacing("BOOT", with: boot.trimmingCharacters(in: .newlines))
    try text.write(toFile: archive.clockPath(meeting), atomically: false, encoding: .utf8)
    #expect(archive.clock(of: meeting) == nil)
  }

  @Test func `a pipe, a link and a folder in its place are no clock`() throws {
    let archive = try archive()
    let path = archive.clockPath(meeting)
    mkfifo(path, 0o600)
    #expect(archive.clock(of: meeting) == nil)
    unlink(path)
    symlink("/dev/zero", path)
    #expect(archive.clock(of: meeting) == nil)
    unlink(path)
    mkdir(path, 0o700)
    #expect(archive.clock(of: meeting) == nil)
  }

  @Test func `that a journal is open is seen without opening it`() throws {
    let path = folder.file("j.jsonl")
    #expect(!JournalLock.isTaken(path))
    var journal: Journal? = try Journal.create(path, of: "x")
    #expect(JournalLock.isTaken(path))
    try journal?.append(note("a"), t: 0)
    journal = nil
    #expect(!JournalLock.isTaken(path))
    #expect(try Journal.open(path).1.events.count == 1)
  }
}

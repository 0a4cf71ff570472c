import Coaching
import Foundation
import TestSupport
import Testing

@testable import SessionJournal

/// What only other processes can show.
@Suite struct CrashTests {
  let folder = Folder()
  var path: String { folder.file("j.jsonl") }

  @Test func `a journal that another process has open is not opened`() async throws {
    let journal = try Journal.create(path, of: "x")
    await #expect(processExitsWith: .success) { [path = path as String] in
      let failure = #expect(throws: FileFailure.self) { try Journal.open(path) }
      #expect(failure?.isBusy == true)
      let contents = try JournalContents.read(path)
      #expect(contents.lineCount == 1)
    }
    try journal.append(note("a"), t: 0)
  }

  @Test func `a process that is killed has lost nothing that was acknowledged, and holds no lock`() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let journal = try Journal.create(path, of: "x")
      for index in 0..<100 { try journal.append(note("\(index)"), t: Double(index)) }
      kill(getpid(), SIGKILL)
    }
    let (_, contents) = try Journal.open(path)
    #expect(contents.events.map(\.kind) == (0..<100).map { note("\($0)") })
    #expect(contents.tornTail == nil)
  }
}

/// Real failures of writing, not simulated ones.
@Suite struct FullDiskTests {
  @Test func `an event that does not fit leaves the file as it was, and shorter ones still fit`() async {
    await #expect(processExitsWith: .success) {
      let folder = Folder()
      let path = folder.file("j.jsonl")
      let journal = try Journal.create(path, of: "x")
      try journal.append(note("a"), t: 0)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let before = folder.bytes("j.jsonl")
      let failure = #expect(throws: FileFailure.self) {
        try journal.append(note(String(repeating: "x", count: 2000)), t: 1)
      }
      #expect(failure == FileFailure(operation: "write", path: path, code: EFBIG))
      #expect(failure?.isDiskFull == true)
      #expect(folder.bytes("j.jsonl") == before)
      #expect(try journal.append(note("b"), t: 2).number == 3)
      #expect(try JournalContents.read(path).events.map(\.kind) == [note("a"), note("b")])

      #expect(throws: FileFailure.self) {
        try PrivateFiles.replace(folder.file("r.md"), with: String(repeating: "x", count: 2000))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["j.jsonl"])
    }
  }

  @Test(.enabled(if: mayMount(), "a small disk has to be mounted, which only root may"))
  func `on a full disk the reserve is given up, and when that is used up too nothing is left half done`() async {
    await #expect(processExitsWith: .success) {
      let folder = Folder()
      try mountSmallDisk(folder.path)
      defer { umount(folder.path) }

      let people = People(coach: "A", coachee: "B")
      let archive = Archive(root: folder.path)
      let (cycle, _) = try archive.createCycle(people: people, focus: nil, theme: nil)
      let (id, journal) = try archive.createMeeting(cycle: cycle, stage: .post)
      let path = archive.journalPath(id)
      var written: [Event.Kind] = []
      func append() throws(FileFailure) {
        let kind = note("\(written.count)" + String(repeating: " ", count: 1000))
        try journal.append(kind, t: 0)
        written.append(kind)
      }

      try fillDisk(folder.file("filler"))
      #expect(mode(path + ".reserve") == 0o600)
      while mode(path + ".reserve") != nil { try append() }
      #expect(try JournalContents.read(path).events.map(\.kind) == written)

      try fillDisk(folder.file("more"))
      let failure = #expect(throws: FileFailure.self) { while written.count < 2000 { try append() } }
      #expect(failure == FileFailure(operation: "write", path: path, code: ENOSPC))
      #expect(failure?.isDiskFull == true)
      let contents = try JournalContents.read(path)
      #expect(contents.events.map(\.kind) == written)
      #expect(contents.tornTail == nil)

      let names = Set(try FileManager.default.subpathsOfDirectory(atPath: folder.path))
      #expect(throws: FileFailure.self) { try archive.createCycle(people: people, focus: nil, theme: nil) }
      #expect(throws: FileFailure.self) { try archive.createMeeting(cycle: cycle, stage: .pre) }
      #expect(Set(try FileManager.default.subpathsOfDirectory(atPath: folder.path)) == names)
    }
  }
}

private func mayMount() -> Bool {
  (try? Shell.run("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/tmp").status) == 0
}

/// Mounts a disk of 1 MiB that only the calling thread sees.
private func mountSmallDisk(_ path: String) throws {
  // Glibc's module leaves this function out.
  let symbol = try #require(dlsym(nil, "unshare"))
  let unshare = unsafeBitCast(symbol, to: (@convention(c) (_ flags: CInt) -> CInt).self)
  let newMountNamespace: CInt = 0x20000
  try #require(unshare(newMountNamespace) == 0)
  try #require(mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0)
  try #require(mount("none", path, "tmpfs", 0, "size=1m") == 0)
}

/// Writes to a new file until nothing more can be written.
private func fillDisk(_ path: String) throws {
  let fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
  try #require(fd >= 0)
  defer { close(fd) }
  let page = [UInt8](repeating: 0, count: 4096)
  while write(fd, page, page.count) > 0 {}
  try #require(errno == ENOSPC)
}

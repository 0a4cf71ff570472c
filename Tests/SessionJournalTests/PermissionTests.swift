import Coaching
import Foundation
import Testing

@testable import SessionJournal

/// The umask belongs to the whole process: each test that sets one has a process of its own.
@Suite struct PermissionTests {
  @Test func `under a umask that hides nothing, only the owner can read`() async {
    await #expect(processExitsWith: .success) { try checkModes(umask: 0) }
  }

  @Test func `under a umask that hides everything, the owner can still read`() async {
    await #expect(processExitsWith: .success) { try checkModes(umask: 0o777) }
  }

  @Test func `a folder that is there keeps its mode`() throws {
    let folder = Folder()
    chmod(folder.path, 0o755)
    try PrivateFiles.makeFolder(folder.path)
    try PrivateFiles.makeFolder(folder.file("a/b"))
    #expect(mode(folder.path) == 0o755)
    #expect(mode(folder.file("a/b")) == 0o700)
  }

  @Test func `a temporary folder is nobody else's, in name and in mode`() throws {
    let made = try [
      PrivateFiles.makeTemporaryFolder("coachtalk-test"), PrivateFiles.makeTemporaryFolder("coachtalk-test"),
    ]
    defer { for path in made { try? Archive.erase(path) } }
    #expect(made[0] != made[1] && made.allSatisfy { mode($0) == 0o700 && $0.contains("/coachtalk-test-") })
    let failure = #expect(throws: FileFailure.self) { try PrivateFiles.makeTemporaryFolder("no/such/place") }
    #expect(failure?.code == ENOENT && failure?.operation == "mkdtemp")
  }

  @Test func `a folder is not made where a file is`() throws {
    let folder = Folder()
    folder.write("x".utf8, to: "file")
    #expect(throws: FileFailure(operation: "mkdir", path: folder.file("file"), code: EEXIST)) {
      try PrivateFiles.makeFolder(folder.file("file"))
    }
    let failure = #expect(throws: FileFailure.self) { try PrivateFiles.makeFolder(folder.file("file/below")) }
    #expect(failure?.path == folder.file("file"))
  }

  @Test func `a file is replaced as a whole`() throws {
    let folder = Folder()
    folder.write("old".utf8, to: "r.md")
    chmod(folder.file("r.md"), 0o644)
    folder.write("left by a crash".utf8, to: "r.md.new")
    try PrivateFiles.replace(folder.file("r.md"), with: "größer")
    #expect(folder.bytes("r.md") == Array("größer".utf8))
    #expect(mode(folder.file("r.md")) == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["r.md"])
  }

  @Test func `what cannot be replaced is left, with nothing beside it`() throws {
    let folder = Folder()
    try FileManager.default.createDirectory(atPath: folder.file("r.md/x"), withIntermediateDirectories: true)
    let failure = #expect(throws: FileFailure.self) { try PrivateFiles.replace(folder.file("r.md"), with: "new") }
    #expect(failure?.operation == "rename")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["r.md"])
  }
}

/// Makes everything there is to make under `mask`, and looks at the modes.
private func checkModes(umask mask: mode_t) throws {
  let folder = Folder()
  umask(mask)
  let archive = Archive(root: folder.file("home/Recordings"))
  _ = try archive.createCycle(people: People(coach: "A", coachee: "B"), focus: nil, theme: nil)
  let (id, journal) = try archive.createMeeting(cycle: 1, stage: .post)
  try journal.append(note("a"), t: 0)
  try PrivateFiles.replace(archive.markdownPath(id), with: "text")
  for path in [folder.file("home"), archive.root, archive.folder(cycle: 1), archive.folder(id)] {
    #expect(mode(path) == 0o700, "\(path)")
  }
  for path in [
    archive.cyclePath(1), archive.journalPath(id), archive.journalPath(id) + ".reserve", archive.markdownPath(id),
  ] {
    #expect(mode(path) == 0o600, "\(path)")
  }
}

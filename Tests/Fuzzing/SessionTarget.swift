import AudioCapture
import Coaching
import Foundation
import SessionJournal

@testable import Chat

extension FuzzTarget {
  /// The text is what is typed from the first line of the REPL on, without a microphone; it begins with `#` where nobody
  /// is there to be asked.
  static let session = FuzzTarget(name: "session", corpus: "session") { bytes in
    let folder = try makeFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var said: [String] = []
    let facilitator = Facilitator(
      archive: Archive(root: folder), library: builtInLibrary, studio: silence,
      isInteractive: bytes.first != UInt8(ascii: "#"), say: { text, _ in said.append(text) }, notify: { _ in })
    facilitator.open()
    var now = SuspendingClock.now
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).prefix(
      60)
    {
      now = now.advanced(by: .seconds(1))
      _ = facilitator.completions(String(line), cursor: line.count)
      _ = facilitator.prompt(at: now)
      if facilitator.handle(String(line), at: now) == .quit { break }
      facilitator.nudge(at: now)
    }
    if let meeting = facilitator.meeting {
      let written = try JournalContents.read(facilitator.archive.journalPath(meeting.id))
      try require(
        MeetingState(events: written.events) == meeting.state, "the meeting is not what its journal adds up to")
    }
    if let (number, state) = facilitator.cycle, facilitator.meeting == nil {
      let written = try JournalContents.read(facilitator.archive.cyclePath(number))
      try require(
        CycleState(events: written.events)?.people == state.people, "the cycle is not what its journal adds up to")
    }
    _ = facilitator.handle("/quit", at: now)
    try require(facilitator.meeting == nil, "a meeting is left open")
    try requireWhole(facilitator.archive)
    try require(said.allSatisfy { !$0.isEmpty }, "something is said in no words")
  }
}

/// Every journal is without damage, and every meeting is closed.
private func requireWhole(_ archive: Archive) throws {
  for cycle in archive.cycles() {
    let contents = try JournalContents.read(archive.cyclePath(cycle))
    try require(contents.damagedLines.isEmpty && contents.tornTail == nil, "a cycle's journal is damaged")
    try require(CycleState(events: contents.events) != nil, "a cycle's journal begins no cycle")
  }
  for meeting in archive.meetings() {
    let contents = try JournalContents.read(archive.journalPath(meeting))
    try require(contents.damagedLines.isEmpty && contents.tornTail == nil, "a meeting's journal is damaged")
    try require(MeetingState(events: contents.events)?.hasEnded ?? false, "a meeting's journal has no end")
    let page = try String(contentsOfFile: archive.htmlPath(meeting), encoding: .utf8)
    try requirePage(page)
  }
}

/// No microphone, and no file of sound.
private var silence: Studio {
  Studio(
    device: "none", openMicrophone: nil,
    createFile: { (path, _) throws(AudioFailure) in
      throw AudioFailure(kind: .file, operation: path, code: 0, reason: "there is no sound here")
    }, join: { (_, _) throws(AudioFailure) in 0 },
    silence: { (_, _) throws(AudioFailure) in }, length: { (_) throws(AudioFailure) in 0 })
}

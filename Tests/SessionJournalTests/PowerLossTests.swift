import Coaching
import Foundation
import TestSupport
import Testing

@testable import SessionJournal

@Suite struct PowerLossTests {
  /// One event at a time is on its way to the disk: those before it are there. Of that one each 16 bytes are kept, dropped
  /// or trashed, and the file may be shorter.
  @Test func `whatever a power cut makes of the event that was being written, all before it are there`() throws {
    let folder = Folder()
    let path = folder.file("j.jsonl")
    let known = (0..<20).map { note("\($0) and then they waited, all of them, for somebody to begin") }
    let journal = try Journal.create(path, of: "x")
    for kind in known.dropLast() { try journal.append(kind, t: 1) }
    let synced = folder.bytes("j.jsonl").count
    try journal.append(known.last!, t: 1)
    let whole = folder.bytes("j.jsonl")
    for seed in 1...UInt64(Soak.isOn ? 1000 : 25) {
      var random = Seeded(seed)
      var bytes = whole
      for start in stride(from: synced, to: bytes.count, by: 16) {
        let range = start..<min(start + 16, bytes.count)
        Fate.allCases.randomElement(using: &random)!.befall(&bytes, range, &random)
      }
      let length = Int.random(in: synced...bytes.count, using: &random)
      try Data(bytes[..<length]).write(to: URL(fileURLWithPath: folder.file("damaged.jsonl")))

      let more = note("after")
      do {
        let (journal, contents) = try Journal.open(folder.file("damaged.jsonl"))
        #expect(contents.events.prefix(19).map(\.kind) == Array(known.dropLast()), "seed \(seed)")
        try journal.append(more, t: 2)
      }
      // Whoever reads it then has them all, and no bytes were taken away.
      let (_, contents) = try Journal.open(folder.file("damaged.jsonl"))
      #expect(contents.events.prefix(19).map(\.kind) == Array(known.dropLast()), "seed \(seed)")
      #expect(contents.events.last?.kind == more && contents.events.last?.number == contents.lineCount, "seed \(seed)")
      #expect(contents.tornTail == nil)
      #expect(folder.bytes("damaged.jsonl").starts(with: bytes[..<length]), "seed \(seed)")
    }
  }
}

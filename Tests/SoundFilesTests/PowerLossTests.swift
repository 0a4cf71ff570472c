import AudioCapture
import Foundation
import TestSupport
import Testing

@testable import SoundFiles

/// The power goes in the middle of a recording, or the disk has a bad spot. The sound says which of its frames each is.
struct `A recording that was damaged` {
  private let folder = try! TemporaryFolder()

  /// A recording that was never closed.
  private struct HalfWritten {
    var bytes: [UInt8]
    /// How much of it was on the disk for certain.
    var synced = 0
    /// How much of the sound that is.
    var syncedSamples = 0
    /// The pieces written since then; each is one frame of the encoder.
    var writes: [Range<Int>] = []
    /// Samples in each of them.
    var blockSize = 0
  }

  /// Some seconds of the time code, synced each second, in pieces of 20 ms, and left where it is.
  private func record(seconds: Double) throws -> HalfWritten {
    let file = folder.file("open.flac")
    let sink = try FLACSink(path: file.path, format: AudioFormat())
    let code = TimeCode.samples(frames: Int(seconds * 48_000))
    let size = { try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0 }
    var written = HalfWritten(bytes: [])
    var last = 0
    for (index, start) in stride(from: 0, to: code.count, by: 960).enumerated() {
      try sink.write(all: Array(code[start..<min(code.count, start + 960)]))
      if try size() > last {
        written.writes.append(last..<(try size()))
        last = try size()
      }
      if index % 50 == 49 {
        try sink.sync()
        written.synced = last
        written.writes = []
      }
    }
    written.bytes = Array(try Data(contentsOf: file))
    let known = try folder.write(Data(written.bytes[..<written.synced]), to: "known.flac")
    written.syncedSamples = try samples(of: known).count
    // Where the encoder says so (RFC 9639, 8.2).
    written.blockSize = Int(written.bytes[8]) << 8 | Int(written.bytes[9])
    try #require(written.syncedSamples > Int(seconds - 1.1) * 48_000 && written.writes.count > 10)
    return written
  }

  /// Mends `bytes` and gives what is in the file then, which is the code, or silence, at every single place.
  private func mended(_ bytes: [UInt8], _ what: String) throws -> [Int16] {
    let file = try folder.write(Data(bytes), to: "damaged.flac")
    let seconds = try SoundFile.join([(file, 0)], to: file)
    let all = try samples(of: file)
    #expect(all.count == Int((seconds * 48_000).rounded()))
    let wrong = all.indices.first { all[$0] != 0 && all[$0] != TimeCode.sample($0) }
    #expect(wrong == nil, "\(what): from \(wrong ?? 0)")
    return all
  }

  /// Holds when all of `range` is in the recording, as it was.
  private func expectCode(_ samples: [Int16], _ range: Range<Int>, _ what: String) {
    let isThere = range.upperBound <= samples.count && range.allSatisfy { samples[$0] == TimeCode.sample($0) }
    #expect(isThere, "\(what): \(range) of \(samples.count)")
  }

  @Test func `after a power cut all that was synced is there, what was trashed is silence, and nothing moves`() throws {
    let whole = try record(seconds: 1.9)
    for seed in 1...UInt64(Soak.isOn ? 200 : 8) {
      var random = Seeded(seed)
      var bytes = whole.bytes
      let fates = whole.writes.map { write in
        let fate = Fate.allCases.randomElement(using: &random)!
        fate.befall(&bytes, write, &random)
        return fate
      }
      let all = try mended(bytes, "seed \(seed)")
      expectCode(all, 0..<whole.syncedSamples, "seed \(seed)")
      for (index, fate) in fates.enumerated() where fate == .kept {
        let start = whole.syncedSamples + index * whole.blockSize
        expectCode(all, start..<start + whole.blockSize, "seed \(seed): frame \(index)")
      }
      let length = whole.syncedSamples + fates.count * whole.blockSize
      let last = whole.syncedSamples + ((fates.lastIndex(of: .kept) ?? -1) + 1) * whole.blockSize
      #expect((last...length).contains(all.count), "seed \(seed)")
    }
    #expect(try Shell.run("flac", "-t", "-s", folder.file("damaged.flac").path).status == 0)
  }

  @Test func `where the file system keeps and loses whole pages it is the same`() throws {
    let whole = try record(seconds: 1.9)
    for seed in 1...UInt64(Soak.isOn ? 200 : 8) {
      var random = Seeded(seed)
      var bytes = whole.bytes
      var kept = whole.synced
      var isWhole = true
      // The page with the last synced byte has been written before, and is written again.
      for page in stride(from: whole.synced / 4096 * 4096, to: bytes.count, by: 4096) {
        let range = max(page, whole.synced)..<min(page + 4096, bytes.count)
        let fate = Fate.allCases.randomElement(using: &random)!
        fate.befall(&bytes, range, &random)
        isWhole = isWhole && fate == .kept
        if isWhole { kept = range.upperBound }
      }
      // It may not even know how long it was.
      let all = try mended(Array(bytes[..<Int.random(in: kept...bytes.count, using: &random)]), "seed \(seed)")
      let frames = whole.writes.filter { $0.upperBound <= kept }.count
      expectCode(all, 0..<whole.syncedSamples + frames * whole.blockSize, "seed \(seed)")
    }
  }

  @Test func `a bad spot in the middle costs its own length, in a file that was closed or not`() throws {
    let whole = try record(seconds: 3.7)
    let closed = folder.file("closed.flac")
    try flac(TimeCode.samples(frames: 3 * 48_000), closed)
    for bytes in [whole.bytes, Array(try Data(contentsOf: closed))] {
      let length = try mended(bytes, "sound").count
      for seed in 1...UInt64(Soak.isOn ? 50 : 3) {
        var random = Seeded(seed)
        var damaged = bytes
        let spots = (0..<2).map { _ in Int.random(in: 8192..<bytes.count - 65_536, using: &random) }
        for start in spots { Fate.allCases[1 + Int(seed % 2)].befall(&damaged, start..<start + 4096, &random) }
        let all = try mended(damaged, "seed \(seed)")
        #expect(all.count == length, "seed \(seed)")
        let lost = all.indices.count { all[$0] != TimeCode.sample($0) }
        #expect(lost > 0 && lost <= 2 * 3 * whole.blockSize + 2 * 4096 * 2, "seed \(seed): \(lost)")
      }
    }
  }

  @Test func `while the mended file does not fit on the disk the damaged one stays`() async throws {
    var whole = try record(seconds: 1.9).bytes
    whole.removeLast(1000)
    _ = try folder.write(Data(whole), to: "damaged.flac")
    await #expect(processExitsWith: .success) { [path = folder.url.path as String] in
      signal(SIGXFSZ, SIG_IGN)
      let file = URL(fileURLWithPath: path + "/damaged.flac")
      let before = try Data(contentsOf: file)
      for size in [0, 5000, UInt(before.count) - 20_000] {
        var limit = rlimit(rlim_cur: size, rlim_max: UInt.max)
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
        #expect(#expect(throws: AudioFailure.self) { try SoundFile.join([(file, 0)], to: file) }?.kind == .diskFull)
        #expect(try Data(contentsOf: file) == before)
        #expect(!FileManager.default.fileExists(atPath: path + "/.damaged.flac.joining"))
      }
    }
  }
}

import AudioCapture
import Foundation
import TestSupport
import Testing

@testable import SoundFiles

struct `Mending and joining recordings` {
  let folder = try! TemporaryFolder()

  /// A recording whose program was killed: never closed, and cut off in the middle of a frame.
  private func torn(_ samples: [Int16], _ name: String, dropping bytes: Int = 100) throws -> URL {
    let open = folder.file("open-" + name)
    let sink = try FLACSink(path: open.path, format: AudioFormat())
    try sink.write(all: samples)
    let written = try Data(contentsOf: open)
    return try folder.write(written.dropLast(bytes), to: name)
  }

  @Test(arguments: [0, 1, 100, 5000, 9000]) func `a torn recording is mended and loses only the torn frame`(
    bytes: Int
  ) throws {
    let noise = TestSound.noise(frames: 144_000)
    let file = try torn(noise, "a.flac", dropping: bytes)
    let seconds = try SoundFile.join([(file, 0)], to: file)
    let kept = try samples(of: file)
    #expect(kept.count == Int((seconds * 48_000).rounded()))
    #expect(kept[...] == noise.prefix(kept.count))
    #expect(kept.count >= 144_000 - 3 * 4096)
    #expect(try Shell.run("flac", "-t", "-s", file.path).status == 0)
    let duration = try Shell.run(
      "ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file.path)
    #expect(abs((Double(duration.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) - seconds) < 0.001)
    #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["a.flac", "open-a.flac"])
  }

  @Test func `a recording goes on where its clock says`() throws {
    let (one, two) = (TestSound.noise(frames: 48_000), TestSound.noise(frames: 30_000, seed: 2))
    let first = try torn(one, "1.flac")
    let second = folder.file("2.flac")
    try flac(two, second)
    let seconds = try SoundFile.join([(first, 0.25), (second, 3)], to: folder.file("all.flac"))
    #expect(seconds == 3 + 30_000 / 48_000.0)
    let all = try samples(of: folder.file("all.flac"))
    let kept = try samples(of: first)
    let expected =
      Array(repeating: 0, count: 12_000) + kept + Array(repeating: 0, count: 144_000 - 12_000 - kept.count) + two
    #expect(all == expected)
  }

  @Test func `where two overlap the first is whole and the second keeps its times`() throws {
    let (one, two) = (TestSound.noise(frames: 48_000), TestSound.noise(frames: 96_000, seed: 2))
    try flac(one, folder.file("1.flac"))
    try flac(two, folder.file("2.flac"))
    let parts = [(folder.file("1.flac"), 0.0), (folder.file("2.flac"), 0.5)]
    #expect(try SoundFile.join(parts, to: folder.file("1.flac")) == 2.5)
    #expect(try samples(of: folder.file("1.flac")) == one + two.dropFirst(24_000))
  }

  @Test func `the first part's channels win`() throws {
    let (one, two) = (TestSound.noise(frames: 9_600), TestSound.noise(frames: 9_600, seed: 2))
    try flac(one, folder.file("1.flac"), channels: 2)
    try flac(two, folder.file("2.flac"))
    _ = try SoundFile.join([(folder.file("1.flac"), 0), (folder.file("2.flac"), 0.1)], to: folder.file("a.flac"))
    #expect(try samples(of: folder.file("a.flac")) == one + two.flatMap { [$0, $0] })
  }

  @Test func `what holds no sound stays as it was`() throws {
    let sound = folder.file("1.flac")
    try flac(TestSound.noise(frames: 9_600), sound)
    let headOnly = try Data(contentsOf: sound).prefix(60)
    for bad in [Data("no sound at all, only words".utf8), Data(), headOnly] {
      let file = try folder.write(bad, to: "bad.flac")
      let joins: [[(url: URL, startSeconds: Double)]] = [[(file, 0)], [(sound, 0), (file, 1)]]
      for parts in joins {
        let failure = #expect(throws: AudioFailure.self) { _ = try SoundFile.join(parts, to: file) }
        #expect(failure?.kind == .notAudio)
        #expect(try Data(contentsOf: file) == bad)
      }
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["1.flac", "bad.flac"])
  }

  @Test func `info tells sound from other files and missing ones`() throws {
    try flac(TestSound.noise(frames: 9_600), folder.file("a.flac"), channels: 2)
    let info = try SoundFile.info(folder.file("a.flac").path)
    #expect(info == SoundFile.Info(frames: 4_800, format: AudioFormat(channels: 2)))
    #expect(info.seconds == 0.1)
    let text = try folder.write(Data("words".utf8), to: "b.flac")
    #expect(#expect(throws: AudioFailure.self) { _ = try SoundFile.info(text.path) }?.kind == .notAudio)
    let absent = folder.file("c.flac").path
    #expect(#expect(throws: AudioFailure.self) { _ = try SoundFile.info(absent) }?.kind == .file)
    let open = try torn(TestSound.noise(frames: 96_000), "d.flac")
    #expect(try SoundFile.info(open.path).frames == samples(of: open).count)
  }
}

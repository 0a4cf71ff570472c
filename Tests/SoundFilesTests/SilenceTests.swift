import AudioCapture
import Foundation
import TestSupport
import Testing

@testable import SoundFiles

struct `Silencing a stretch` {
  let folder = try! TemporaryFolder()
  var file: URL { folder.file("audio.flac") }

  @Test(arguments: [1, 2]) func `it is exactly zero there, and every other sample is as it was`(channels: Int) throws {
    let noise = TestSound.noise(frames: 200_000 * channels)
    try flac(noise, file, channels: channels)
    try SoundFile.silence(file, from: 1.1, to: 2.1)
    // Read by a program that is not ours.
    let raw = folder.file("raw").path
    #expect(
      try Shell.run(
        "flac", "-s", "-d", "--force-raw-format", "--endian=little", "--sign=signed", "-o", raw, file.path
      ).status == 0)
    let found = try Data(contentsOf: URL(fileURLWithPath: raw)).withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
    let (from, to) = (52_800 * channels, 100_800 * channels)
    #expect(found.count == noise.count)
    #expect(found[..<from] == noise[..<from])
    #expect(found[from..<to].allSatisfy { $0 == 0 })
    #expect(found[to...] == noise[to...])
    #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
  }

  @Test(arguments: [(0.0, 1.0), (0.5, 9.0), (1.0, 1.00001), (7.0, 8.0)])
  func `an end may lie outside the sound`(from: Double, to: Double) throws {
    let noise = TestSound.noise(frames: 96_000)
    try flac(noise, file)
    try SoundFile.silence(file, from: from, to: to)
    let silent = Int(from * 48_000)..<max(Int(from * 48_000), Int((to * 48_000).rounded(.up)))
    let wanted = noise.enumerated().map { silent.contains($0) ? 0 : $1 }
    #expect(try samples(of: file) == wanted)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["audio.flac"])
  }

  @Test func `done again it is the same`() throws {
    try flac(TestSound.noise(frames: 96_000), file)
    try SoundFile.silence(file, from: 0.5, to: 1)
    let once = try samples(of: file)
    try SoundFile.silence(file, from: 0.5, to: 1)
    #expect(try samples(of: file) == once)
  }

  @Test func `what is damaged keeps its length, and what has lost its end is left alone`() throws {
    let noise = TestSound.noise(frames: 200_000)
    try flac(noise, file)
    let whole = try Data(contentsOf: file)
    var bytes = whole
    bytes.replaceSubrange(bytes.count / 2..<bytes.count / 2 + 30_000, with: Data(count: 30_000))
    try bytes.write(to: file)
    let damaged = try samples(of: file)
    try #require(damaged.count == noise.count && damaged != noise)
    try SoundFile.silence(file, from: 0, to: 1)
    #expect(try samples(of: file) == Array(repeating: 0, count: 48_000) + damaged[48_000...])

    bytes = whole.dropLast(30_000)
    try bytes.write(to: file)
    let failure = #expect(throws: AudioFailure.self) { try SoundFile.silence(file, from: 0, to: 1) }
    #expect(failure?.kind == .notAudio)
    #expect(try Data(contentsOf: file) == bytes)

    let open = folder.file("open.flac")
    let sink = try FLACSink(path: open.path, format: AudioFormat())
    try sink.write(all: noise)
    let torn = try folder.write(Data(contentsOf: open), to: "torn.flac")
    let kept = try samples(of: torn)
    try SoundFile.silence(torn, from: 0, to: 1)
    #expect(try samples(of: torn) == Array(repeating: 0, count: 48_000) + kept[48_000...])
  }

  @Test func `what holds no sound stays as it was, and so does everything where nothing can be written`() throws {
    _ = try folder.write(Data("words".utf8), to: "audio.flac")
    let failure = #expect(throws: AudioFailure.self) { try SoundFile.silence(file, from: 0, to: 1) }
    #expect(failure?.kind == .notAudio)
    #expect(try Data(contentsOf: file) == Data("words".utf8))
    try FileManager.default.removeItem(at: file)
    try flac(TestSound.noise(frames: 96_000), file)
    let before = try Data(contentsOf: file)
    // The name of the copy is taken by a folder.
    try FileManager.default.createDirectory(at: folder.file(".audio.flac.joining"), withIntermediateDirectories: true)
    #expect(throws: AudioFailure.self) { try SoundFile.silence(file, from: 0, to: 1) }
    #expect(try Data(contentsOf: file) == before)
  }
}

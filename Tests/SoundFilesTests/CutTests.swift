import AudioCapture
import Foundation
import TestSupport
import Testing

@testable import SoundFiles

struct `Cutting out a stretch` {
  let folder = try! TemporaryFolder()
  var file: URL { folder.file("audio.flac") }
  var new: URL { folder.file("new.flac") }

  @Test(arguments: [1, 2]) func `it holds exactly those frames`(channels: Int) throws {
    let noise = TestSound.noise(frames: 200_000 * channels)
    try flac(noise, file, channels: channels)
    #expect(try SoundFile.cut(file, from: 1.1, to: 2.1, to: new.path) == 1)
    #expect(try samples(of: new) == Array(noise[52_800 * channels..<100_800 * channels]))
    #expect(try samples(of: file) == noise)
    #expect(try FileManager.default.attributesOfItem(atPath: new.path)[.posixPermissions] as? Int == 0o600)
    #expect(try Shell.run("flac", "-t", "-s", new.path).status == 0)
  }

  @Test func `beyond the end there is less, or nothing, and never another file than a new one`() throws {
    try flac(TestSound.noise(frames: 96_000), file)
    #expect(try SoundFile.cut(file, from: 5, to: 6, to: new.path) == 0)
    #expect(!FileManager.default.fileExists(atPath: new.path))
    #expect(try SoundFile.cut(file, from: 1.5, to: 6, to: new.path) == 0.5)
    #expect(throws: AudioFailure.self) { try SoundFile.cut(file, from: 0, to: 1, to: new.path) }
    #expect(try samples(of: new).count == 24_000)
    #expect(throws: AudioFailure.self) { try SoundFile.cut(folder.file("none"), from: 0, to: 1, to: new.path) }
  }
}

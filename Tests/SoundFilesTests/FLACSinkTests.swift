import AudioCapture
import Foundation
import Glibc
import TestSupport
import Testing

@testable import SoundFiles

struct `A FLAC file that is being written` {
  let folder = try! TemporaryFolder()

  @Test(arguments: [1, 2]) func `it keeps every sample`(channels: Int) throws {
    let noise = TestSound.noise(frames: 50_000 * channels)
    let file = folder.file("a.flac")
    let sink = try FLACSink(path: file.path, format: AudioFormat(channels: channels))
    #expect(AudioContract.violations(of: sink, samples: noise, channels: channels) == [])
    #expect(try samples(of: file) == noise)
    #expect(try Shell.run("flac", "-t", "-s", file.path).status == 0)
  }

  @Test func `the fake sink keeps the same contract`() {
    let (sink, noise) = (MemorySink(), TestSound.noise(frames: 50_000))
    #expect(AudioContract.violations(of: sink, samples: noise) == [])
    #expect(sink.samples == noise)
  }

  /// The umask belongs to the whole process, so each has one of its own.
  @Test(arguments: [0, 0o777] as [mode_t]) func `it is for its owner alone whatever the umask`(mask: mode_t) async {
    await #expect(processExitsWith: .success) { [mask = mask as mode_t] in
      let folder = try TemporaryFolder()
      let path = folder.file("a.flac").path
      umask(mask)
      let sink = try FLACSink(path: path, format: AudioFormat())
      let attributes = try withExtendedLifetime(sink) { try FileManager.default.attributesOfItem(atPath: path) }
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `no recording is overwritten`() throws {
    let file = try folder.write(Data("here first".utf8), to: "a.flac")
    let failure = #expect(throws: AudioFailure.self) { _ = try FLACSink(path: file.path, format: AudioFormat()) }
    #expect(failure?.kind == .file)
    #expect(failure?.code == Int(EEXIST))
    #expect(try Data(contentsOf: file) == Data("here first".utf8))
  }

  @Test func `all but the last tenth of a second can be decoded while it is open`() throws {
    let noise = TestSound.noise(frames: 480_000)
    let file = folder.file("a.flac")
    let sink = try FLACSink(path: file.path, format: AudioFormat())
    for start in stride(from: 0, to: noise.count, by: 960) {
      try sink.write(all: Array(noise[start..<start + 960]))
      guard start % 96_000 == 0, start > 0 else { continue }
      let kept = try samples(of: file)
      #expect(kept.count > start + 960 - 4800)
      #expect(kept[...] == noise.prefix(kept.count))
    }
    try sink.close()
  }

  @Test func `a full disk is called one`() throws {
    let failure = #expect(throws: AudioFailure.self) {
      let sink = try FLACSink(file: FileHandle(path: "/dev/full", flags: O_RDWR), format: AudioFormat())
      try sink.write(all: TestSound.noise(frames: 480_000))
      try sink.close()
    }
    #expect(failure?.kind == .diskFull)
    #expect(failure?.code == Int(ENOSPC))
  }

  @Test func `a folder that is not there is named`() throws {
    let failure = #expect(throws: AudioFailure.self) {
      _ = try FLACSink(path: folder.file("no/such.flac").path, format: AudioFormat())
    }
    #expect(failure?.kind == .file)
    #expect(failure?.operation == "open(\(folder.file("no/such.flac").path))")
  }
}

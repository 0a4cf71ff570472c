import Foundation
import TestSupport
import Testing

@testable import AudioCapture

struct `A silent microphone in the middle of a recording` {
  /// Noise, loud and soft in turns: as good as a voice here. (A block of 20 ms that is repeated is made of harmonics of
  /// 50 Hz; noise has most of its energy far above them.)
  private func voice(_ seconds: Int) -> [ScriptedSource.Step] {
    let loud = TestSound.noise(frames: 960, seed: 7, amplitude: 0.5)
    let soft = TestSound.noise(frames: 960, amplitude: 0.004)
    return (0..<seconds * 50).map { .block($0 % 25 < 15 ? loud : soft) }
  }

  private func room(_ seconds: Int) -> [ScriptedSource.Step] {
    let noise = TestSound.noise(frames: 960, amplitude: 0.0005)
    return Array(repeating: .block(noise), count: seconds * 50)
  }

  private func hum(_ seconds: Int, amplitude: Double = 0.05) -> [ScriptedSource.Step] {
    // 960 frames hold whole waves of 50, 150 and 250 Hz.
    let noise = TestSound.noise(frames: 960, amplitude: 0.0005)
    let tones = [(50.0, 1.0), (150, 0.5), (250, 0.2)].map { tone in
      TestSound.sine(hertz: tone.0, frames: 960, amplitude: amplitude * tone.1)
    }
    let block = noise.indices.map { index in noise[index] + tones.reduce(0) { $0 + $1[index] } }
    return Array(repeating: .block(block), count: seconds * 50)
  }

  private func notices(_ steps: [ScriptedSource.Step]) throws -> [RecorderNotice] {
    let recording = Recording(steps)
    _ = try recording.run()
    return recording.notices
  }

  @Test func `five seconds of zeros are told once, and again when there were voices`() throws {
    let zeros = { (seconds: Int) in [ScriptedSource.Step.sound(0, frames: 48_000 * seconds)] }
    #expect(try notices(zeros(4) + voice(1) + zeros(4)) == [])
    #expect(
      try notices(voice(2) + zeros(12) + voice(1) + zeros(20) + voice(40) + zeros(8))
        == [.silent(since: 2, .digital), .silent(since: 75, .digital)])
  }

  @Test func `a quiet room is told after fifteen seconds, and later after a minute`() throws {
    #expect(try notices(room(14) + voice(1) + room(14)) == [])
    #expect(try notices(room(16)) == [.silent(since: 0, .room)])
    #expect(try notices(voice(60) + room(55)) == [])
    #expect(try notices(voice(60) + room(62)) == [.silent(since: 60, .room)])
  }

  @Test func `hum is told from voices and from a quiet room`() throws {
    let notices = try notices(voice(1) + hum(20))
    guard case .silent(let since, .hum)? = notices.first, notices.count == 1 else {
      Issue.record("\(notices)")
      return
    }
    #expect(abs(since - 1) <= 0.5)
    #expect(try self.notices(hum(16, amplitude: 0.0005)) == [.silent(since: 0, .room)])
    #expect(try self.notices(voice(40)) == [])
  }

  @Test func `speech is no hum`() throws {
    let sample = URL(fileURLWithPath: #filePath).appendingPathComponent(
      "../../../Recordings/sample/conversation.ogg"
    ).standardizedFileURL
    let folder = try TemporaryFolder()
    let raw = folder.file("speech.raw")
    let command = ["ffmpeg", "-v", "error", "-i", sample.path, "-t", "30", "-f", "s16le", "-ac", "1", "-ar", "48000"]
    #expect(try Shell.run("sh", "-c", (command + [raw.path]).joined(separator: " ")).status == 0)
    let samples = try Data(contentsOf: raw).withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
    #expect(samples.count == 30 * 48_000)
    var meter = LevelMeter(format: AudioFormat())
    let humming = stride(from: 0, to: samples.count, by: 960).count { start in
      samples[start..<start + 960].withUnsafeBufferPointer { meter.add($0).isHum }
    }
    #expect(humming == 0)
  }
}

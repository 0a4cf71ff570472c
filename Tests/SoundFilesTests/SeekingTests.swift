import AudioCapture
import Foundation
import TestSupport
import Testing

@testable import SoundFiles

struct `Any place of a sound file` {
  let folder = try! TemporaryFolder()

  private func read(_ reader: some AnyObject, _ body: (UnsafeMutableBufferPointer<Int16>) -> Int, _ count: Int)
    -> [Int16]
  {
    let room = UnsafeMutableBufferPointer<Int16>.allocate(capacity: count)
    defer { room.deallocate() }
    return Array(room[..<body(room)])
  }

  @Test func `is found to the frame, forwards and back`() throws {
    let noise = TestSound.noise(frames: 30 * 48_000)
    let url = folder.file("a.flac")
    try flac(noise, url)
    let file = try SoundFileReading(path: url.path)
    #expect(file.frames == noise.count)
    for frame in [0, 1, 700_001, 47_999, 1_439_000, 1151, 1152, 1153] {
      file.seek(to: frame)
      #expect(read(file, file.read, 1000) == Array(noise[frame..<min(noise.count, frame + 1000)]), "frame \(frame)")
    }
    file.seek(to: noise.count)
    #expect(read(file, file.read, 10) == [])
  }

  @Test func `is found in a file that is damaged`() throws {
    let noise = TestSound.noise(frames: 10 * 48_000)
    let url = folder.file("a.flac")
    try flac(noise, url)
    var data = try Data(contentsOf: url)
    let middle = data.count / 2
    data.replaceSubrange(middle..<middle + 3000, with: Data(count: 3000))
    try data.write(to: url)
    let file = try SoundFileReading(path: url.path)
    for frame in [400_000, 100_000, 450_123] {
      file.seek(to: frame)
      #expect(read(file, file.read, 1000) == Array(noise[frame..<frame + 1000]), "frame \(frame)")
    }
  }

  @Test func `is found in a file of another rate, to a few frames`() throws {
    let tone = TestSound.sine(hertz: 1, frames: 10 * 44_100, rate: 44_100)
    let url = try folder.write(TestSound.wav(tone, rate: 44_100), to: "a.wav")
    let file = try SoundFileReading(path: url.path)
    #expect(file.frames == 480_000)
    file.seek(to: 5 * 48_000 + 12_000)
    let there = read(file, file.read, 48_000)
    // A quarter of a second on the wave is at its top; the filter takes a few frames to be full.
    #expect(there.count == 48_000 && abs(Int(there[100]) - 16_383) < 30)
  }
}

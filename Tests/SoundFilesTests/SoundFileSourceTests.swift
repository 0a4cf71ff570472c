import AudioCapture
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SoundFiles

struct `A sound file in a microphone's place` {
  let folder = try! TemporaryFolder()

  /// A clock that goes when it is told to.
  final class SteppedClock: Sendable {
    private let base = SuspendingClock.now
    private let elapsed = Mutex(Duration.zero)
    @Sendable func now() -> SuspendingClock.Instant { base + elapsed.withLock(\.self) }
    func step(_ duration: Duration) { elapsed.withLock { $0 += duration } }
  }

  /// Reads until nothing more is due.
  private func read(_ source: SoundFileSource) -> (samples: [Int16], last: SourceRead) {
    let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 1200 * source.format.channels)
    defer { buffer.deallocate() }
    var samples: [Int16] = []
    while true {
      let read = source.read(into: buffer, timeout: .milliseconds(1))
      guard case .frames(let count, _, _) = read else { return (samples, read) }
      samples += buffer[..<(count * source.format.channels)]
    }
  }

  @Test func `it keeps the contract of a source`() throws {
    let file = try folder.write(TestSound.wav(TestSound.noise(frames: 48_000)), to: "a.wav")
    #expect(AudioContract.violations(of: try SoundFileSource(path: file.path), frames: 24_000) == [])
  }

  @Test(arguments: [1, 2]) func `it brings what is due by its clock and no more`(channels: Int) throws {
    let noise = TestSound.noise(frames: 96_000 * channels)
    let file = try folder.write(TestSound.wav(noise, channels: channels), to: "a.wav")
    let clock = SteppedClock()
    let source = try SoundFileSource(path: file.path, now: clock.now)
    try source.start()
    let head = read(source)
    #expect(head.samples.count == 960 * channels)
    clock.step(.seconds(1.5))
    let body = read(source)
    #expect((head.samples + body.samples).count == 72_000 * channels)
    #expect(body.last == .nothing)
    clock.step(.seconds(600))
    let tail = read(source)
    #expect(tail.last == .ended)
    #expect(head.samples + body.samples + tail.samples == noise)
  }

  @Test func `it starts again from its beginning`() throws {
    let noise = TestSound.noise(frames: 48_000)
    let file = try folder.write(TestSound.wav(noise), to: "a.wav")
    let clock = SteppedClock()
    let source = try SoundFileSource(path: file.path, now: clock.now)
    for _ in 0..<2 {
      try source.start()
      clock.step(.seconds(0.5))
      #expect(read(source).samples[...] == noise.prefix(24_000))
      source.close()
    }
  }

  @Test(arguments: [8_000, 22_050, 44_100, 96_000]) func `another rate is resampled cleanly`(rate: Int) throws {
    let tone = TestSound.sine(hertz: 1000, frames: rate, rate: rate)
    let file = try folder.write(TestSound.wav(tone, rate: rate), to: "a.wav")
    let result = try samples(of: file, rate: 48_000)
    #expect(result.count == 48_000)
    let expected = TestSound.sine(hertz: 1000, frames: 48_000)
    let inner = 2_400..<45_600  // a tone that begins at once has all frequencies at its ends
    let noise = inner.reduce(0.0) { $0 + pow(Double(result[$1]) - Double(expected[$1]), 2) }
    let signal = inner.reduce(0.0) { $0 + pow(Double(expected[$1]), 2) }
    #expect(10 * log10(signal / noise) > 70)
    #expect(try samples(of: file, rate: 48_000) == result)
  }

  @Test func `what is above half the new rate does not come back as another tone`() throws {
    let tone = TestSound.sine(hertz: 30_000, frames: 96_000, rate: 96_000)
    let file = try folder.write(TestSound.wav(tone, rate: 96_000), to: "a.wav")
    let result = try samples(of: file, rate: 48_000)
    #expect(result[2_400..<45_600].allSatisfy { abs($0) < 33 })  // 60 dB below what went in
  }

  @Test func `floats above full scale are clipped and not wrapped round`() throws {
    let file = try folder.write(TestSound.wav(floats: [0, 0.5, 1.5, -1.5, .nan, 1, -1]), to: "a.wav")
    #expect(try samples(of: file) == [0, 16384, 32767, -32768, 0, 32767, -32768])
  }

  @Test(arguments: ["flac", "ogg", "opus"]) func `other kinds of file play as well`(kind: String) throws {
    let tone = TestSound.sine(hertz: 440, frames: 96_000)
    let file = try folder.write(TestSound.wav(tone), to: "a.wav")
    let other = folder.file("b." + kind)
    let made = try Shell.run("ffmpeg", "-v", "error", "-i", file.path, "-strict", "-2", other.path)
    try #require(made.status == 0, "\(made.output)")
    let clock = SteppedClock()
    let source = try SoundFileSource(path: other.path, now: clock.now)
    try source.start()
    clock.step(.seconds(3))
    let played = read(source).samples
    #expect(abs(played.count - 96_000) < 2_000)
    let rms = sqrt(played.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(played.count))
    #expect(abs(rms - 0.5 * 32767 / sqrt(2)) < 500)
  }

  @Test func `words are not sound`() throws {
    let file = try folder.write(Data("only words".utf8), to: "a.wav")
    let failure = #expect(throws: AudioFailure.self) { _ = try SoundFileSource(path: file.path) }
    #expect(failure?.kind == .notAudio)
  }

  @Test func `a recorder follows a clock that jumps`() throws {
    let noise = TestSound.noise(frames: 48_000 * 20)
    let file = try folder.write(TestSound.wav(noise), to: "a.wav")
    let clock = SteppedClock()
    let sink = MemorySink()
    let source = try SoundFileSource(path: file.path, now: clock.now)
    let recorder = Recorder(source: source, sink: sink, now: clock.now) { _ in }
    try recorder.start()
    #expect(recorder.time(at: clock.now()) == 0)
    clock.step(.seconds(14))
    #expect(recorder.time(at: clock.now()) == 14)
    clock.step(.seconds(1.0001))
    #expect(recorder.stop(at: clock.now()).seconds == 720_005 / 48_000.0)
    #expect(sink.samples[...] == noise.prefix(48_000 * 15 + 5))
  }

  @Test func `after the file's end there is silence`() throws {
    let noise = TestSound.noise(frames: 48_000)
    let file = try folder.write(TestSound.wav(noise), to: "a.wav")
    let clock = SteppedClock()
    let sink = MemorySink()
    let notices = Mutex<[RecorderNotice]>([])
    let source = try SoundFileSource(path: file.path, now: clock.now)
    let recorder = Recorder(source: source, sink: sink, now: clock.now) { notice in notices.withLock { $0 += [notice] }
    }
    try recorder.start()
    clock.step(.seconds(3))
    let summary = recorder.stop(at: clock.now())
    #expect((summary.seconds, summary.missing) == (3, 2))
    #expect(sink.samples == noise + Array(repeating: 0, count: 96_000))
    #expect(notices.withLock(\.self) == [])
  }
}

import Foundation
import TestSupport
import Testing

@testable import AudioCapture

struct `A recording` {
  @Test(arguments: [1, 2]) func `it has every frame up to the moment it was stopped`(channels: Int) throws {
    let recording = Recording([.sound(9, frames: 100_123)], format: AudioFormat(channels: channels))
    let summary = try recording.run()
    #expect(recording.sink.samples == Array(repeating: 9, count: 100_123 * channels))
    #expect(summary.seconds == 100_123 / 48_000.0)
    #expect(summary.kept == summary.seconds)
    #expect((summary.missing, summary.paused, summary.failure) == (0, 0, nil))
    #expect(recording.sink.isClosed && recording.source.isClosed)
    #expect(recording.notices == [])
  }

  @Test func `it ends in the middle of a block, as soon as that is there`() throws {
    let gate = Gate()
    let recording = Recording([.sound(9, frames: 48_000), .wait(gate.isOpen), .sound(9, frames: 96_000)])
    try recording.recorder.start()
    _ = AudioTestClock.wait { recording.sink.count == 48_000 }
    Thread { gate.open() }.start()
    #expect(recording.recorder.stop(at: recording.moment(1.5002)).seconds == 72_010 / 48_000.0)
    #expect(recording.sink.count == 72_010)
  }

  @Test func `what does not arrive before the end is silence`() throws {
    let recording = Recording([.sound(9, frames: 48_000)])
    try recording.recorder.start()
    _ = recording.play()
    let summary = recording.recorder.stop(at: recording.moment(1.25))
    #expect(runs(recording.sink.samples) == [[9, 48_000], [0, 12_000]])
    #expect((summary.seconds, summary.missing) == (1.25, 0.25))
    #expect(recording.recorder.stop(at: recording.moment(9)) == summary)
  }

  @Test func `a moment's time is its place in the file, though reads come late`() throws {
    let late = (0..<50).map { Duration.milliseconds($0 % 7 == 0 ? 12 : 0) }
    let recording = Recording([.sound(9, frames: 480_000)], jitter: late)
    try recording.recorder.start()
    _ = recording.play()
    #expect(AudioTestClock.wait { recording.sink.count == 480_000 })
    #expect(abs(recording.recorder.time(at: recording.moment(7.3)) - 7.3) < 0.001)
    #expect(recording.recorder.time(at: recording.moment(-1)) == 0)
    _ = recording.recorder.stop(at: recording.source.now())
  }

  @Test func `a pause is silence from the frame it began to the frame it ended`() throws {
    let (first, second) = (Gate(), Gate())
    let recording = Recording([
      .sound(100, frames: 48_000), .wait(first.isOpen), .sound(200, frames: 48_000), .wait(second.isOpen),
      .sound(300, frames: 48_000),
    ])
    try recording.recorder.start()
    _ = AudioTestClock.wait { recording.sink.count == 48_000 }
    recording.recorder.pause(at: recording.moment(1))
    first.open()
    _ = AudioTestClock.wait { recording.sink.count == 96_000 }
    #expect(AudioTestClock.wait { recording.recorder.level.isDigitalSilence })
    recording.recorder.resume(at: recording.moment(2.1))
    recording.recorder.pause(at: recording.moment(2.5))
    second.open()
    _ = recording.play()
    let summary = recording.recorder.stop(at: recording.source.now())
    #expect(runs(recording.sink.samples) == [[100, 48_000], [0, 52_800], [300, 19_200], [0, 24_000]])
    #expect(abs(summary.paused - 1.6) < 1e-9)
    #expect(summary.seconds == 3)
    #expect(recording.notices == [])
  }

  @Test func `it is synced while it goes on`() throws {
    let recording = Recording([.sound(9, frames: 48_000)])
    try recording.recorder.start()
    #expect(AudioTestClock.wait { recording.sink.syncs >= 2 })
    _ = recording.recorder.stop(at: recording.source.now())
  }

  @Test func `a source that waits loses nothing to a slow disk`() throws {
    let recording = Recording([.sound(9, frames: 480_000), .end], isLive: false, slots: 5, isPatient: false)
    let summary = try recording.run()
    #expect(runs(recording.sink.samples) == [[9, 480_000]])
    #expect((summary.seconds, summary.missing) == (10, 0))
    #expect(recording.notices == [])
  }

  @Test func `a source that brings nothing does not start`() {
    let recording = Recording([.wait { false }])
    let failure = #expect(throws: AudioFailure.self) { try recording.recorder.start() }
    #expect(failure?.kind == .device)
    #expect(recording.source.isClosed && recording.sink.isClosed)
    #expect(recording.recorder.stop(at: recording.source.now()).seconds == 0)
  }

  @Test func `one that was never started ends with nothing`() {
    let recording = Recording([])
    #expect(recording.recorder.time(at: recording.moment(5)) == 0)
    #expect(recording.recorder.stop(at: recording.moment(5)) == RecordingSummary())
    #expect(recording.sink.isClosed)
  }
}

import TestSupport
import Testing

@testable import AudioCapture

struct `A recording in trouble` {
  @Test func `an overrun is silence of its length at its place`() throws {
    let recording = Recording([
      .sound(1, frames: 48_000), .overrun(.milliseconds(500)), .sound(2, frames: 48_000),
      .overrun(.milliseconds(125)), .sound(3, frames: 48_000),
    ])
    let summary = try recording.run()
    #expect(runs(recording.sink.samples) == [[1, 48_000], [0, 24_000], [2, 48_000], [0, 6_000], [3, 48_000]])
    #expect(
      recording.notices == [
        .gap(from: 1, seconds: 0.5, reason: .overrun), .gap(from: 2.5, seconds: 0.125, reason: .overrun),
      ])
    #expect((summary.seconds, summary.missing) == (3.625, 0.625))
  }

  @Test func `a device that comes back leaves silence as long as it was away`() throws {
    let recording = Recording([
      .sound(1, frames: 48_000), .loss(.seconds(7), failedTries: 2), .sound(2, frames: 48_000),
    ])
    let summary = try recording.run()
    #expect(runs(recording.sink.samples) == [[1, 48_000], [0, 336_000], [2, 48_000]])
    #expect(recording.notices == [.lost(at: 1), .back(at: 8, gap: 7)])
    #expect((summary.seconds, summary.missing) == (9, 7))
  }

  @Test func `a device that stays away leaves silence, which grows all the while`() throws {
    let recording = Recording([.sound(1, frames: 48_000), .loss(.seconds(60), failedTries: .max)])
    try recording.recorder.start()
    #expect(AudioTestClock.wait { recording.sink.count == 48_000 * 61 - 24_000 })
    #expect(recording.recorder.time(at: recording.source.now()) == 61)
    let summary = recording.recorder.stop(at: recording.source.now())
    #expect(runs(recording.sink.samples) == [[1, 48_000], [0, 48_000 * 60]])
    #expect(recording.notices == [.lost(at: 1)])
    #expect(summary.seconds == 61)
  }

  @Test func `a device that falls silent without a word is fetched back`() throws {
    let silence = Array(repeating: ScriptedSource.Step.quiet(.milliseconds(100)), count: 31)
    let recording = Recording([.sound(1, frames: 48_000)] + silence + [.wait { false }])
    try recording.recorder.start()
    #expect(AudioTestClock.wait { recording.notices == [.lost(at: 1)] })
    let summary = recording.recorder.stop(at: recording.source.now())
    #expect(abs(summary.seconds - 4.1) < 1e-9)
    #expect(runs(recording.sink.samples) == [[1, 48_000], [0, 148_800]])
  }

  @Test func `a program that was stopped itself does not take the device for dead`() throws {
    let recording = Recording([
      .sound(1, frames: 48_000 * 5), .quiet(.seconds(10)), .quiet(.milliseconds(100)), .sound(2, frames: 48_000 * 8),
    ])
    _ = try recording.run()
    guard case .gap(_, let seconds, .unreported)? = recording.notices.first, recording.notices.count == 1 else {
      Issue.record("\(recording.notices)")
      return
    }
    #expect(abs(seconds - 10.1) < 1e-9)
  }

  @Test func `sound that was left out without a word is made up for`() throws {
    let recording = Recording([
      .sound(1, frames: 48_000 * 5), .skip(.milliseconds(700)), .sound(2, frames: 48_000 * 8),
    ])
    let summary = try recording.run()
    #expect(abs(summary.seconds - 13.7) < 1e-9)
    #expect(recording.sink.samples.filter { $0 == 0 }.count == 33_600)
    guard case .gap(let from, let seconds, .unreported)? = recording.notices.first, recording.notices.count == 1 else {
      Issue.record("\(recording.notices)")
      return
    }
    #expect(seconds == 0.7)
    #expect(from > 5 && from < 8)
  }

  @Test func `what a slow disk costs is silence of its length`() throws {
    let gate = Gate()
    let recording = Recording(
      [.sound(1, frames: 48_000 * 5), .wait(gate.isOpen), .sound(2, frames: 48_000)], slots: 50, isPatient: false)
    recording.sink.hold(true)
    try recording.recorder.start()
    #expect(AudioTestClock.wait { recording.source.now() == recording.moment(5) })
    recording.sink.hold(false)
    #expect(AudioTestClock.wait { recording.sink.count == 48_000 })
    gate.open()
    _ = recording.play()
    let summary = recording.recorder.stop(at: recording.source.now())
    #expect(runs(recording.sink.samples) == [[1, 48_000], [0, 192_000], [2, 48_000]])
    #expect(recording.notices == [.gap(from: 1, seconds: 4, reason: .slowDisk)])
    #expect((summary.seconds, summary.missing) == (6, 4))
  }

  @Test func `a full disk is told once and the clock goes on`() throws {
    let recording = Recording([.sound(1, frames: 480_000)], sink: MemorySink(capacity: 192_000))
    let summary = try recording.run()
    #expect(recording.sink.count == 96_000)
    #expect((summary.seconds, summary.kept, summary.failure) == (10, 2, MemorySink.full))
    guard case .sinkFailed(MemorySink.full, let at)? = recording.notices.first, recording.notices.count == 1 else {
      Issue.record("\(recording.notices)")
      return
    }
    #expect(abs(at - 2) < 0.021)
    #expect(recording.sink.isClosed)
  }

  @Test func `a pause is not a silent microphone`() throws {
    let gate = Gate()
    let recording = Recording([
      .sound(0, frames: 48_000 * 2), .wait(gate.isOpen), .sound(0, frames: 48_000 * 40),
    ])
    try recording.recorder.start()
    _ = AudioTestClock.wait { recording.sink.count == 96_000 }
    recording.recorder.pause(at: recording.moment(2))
    recording.recorder.resume(at: recording.moment(40))
    gate.open()
    _ = recording.play()
    _ = recording.recorder.stop(at: recording.source.now())
    #expect(recording.notices == [])
  }
}

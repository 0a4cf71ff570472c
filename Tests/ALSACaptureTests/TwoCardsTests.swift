import AudioCapture
import Foundation
import TestSupport
import Testing

@testable import ALSACapture

/// Two cards with quartzes of their own, as two people's microphones.
@Suite(.serialized) struct `Two cards in one recording` {
  private let notices = Notices()
  private let sink = MemorySink()

  init() throws { _ = try VirtualMicrophone.ofThisProcess() }

  private func monotonic() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The frame of a card's time at which its ramp is at `sample`, near the moment `near` of the monotonic clock.
  private func frame(_ sample: Int16, near: Double, ppm: Double) -> Double {
    let expected = near * 48_000 * (1 + ppm / 1e6)
    return expected + (Double(sample) - expected).remainder(dividingBy: 65_536)
  }

  @Test func `side by side for as long as it takes, and one goes away and comes back`() throws {
    let (coach, teacher) = (
      try SoundCard(.init(channels: [1], ppm: -900), hears: TestSound.ramp(channels: 1)),
      try SoundCard(
        .init(formats: ["S24_3LE"], channels: [1], periods: 441...441, ppm: 900), hears: TestSound.ramp(channels: 1))
    )
    let source = PairedSource(try ALSASource(device: coach.name()), try ALSASource(device: teacher.name()))
    let recorder = Recorder(source: source, sink: sink, notify: notices.add)
    try recorder.start()
    #expect(AudioTestClock.wait { sink.count > 2 * 48_000 * 4 })
    let there = sink.count / 2
    teacher.set(.gone)
    #expect(AudioTestClock.wait { source.absentPart == teacher.name() })
    #expect(AudioTestClock.wait { sink.count / 2 > there + 72_000 })
    teacher.set(.gone, false)
    #expect(AudioTestClock.wait { source.absentPart == nil })
    let back = sink.count / 2
    #expect(AudioTestClock.wait { sink.count / 2 > back + 72_000 })
    let now = monotonic()
    let summary = recorder.stop(at: SuspendingClock.now)
    #expect(summary.missing < 0.1)
    let channels = (0..<2).map { TestSound.channel($0, of: sink.samples, channels: 2) }
    #expect(TestSound.breaks(inRamp: channels[0]) == 0)
    let total = channels[0].count
    func apart(_ index: Int) -> Double {
      let near = now - Double(total - index) / 48_000
      let moments = [(0, -900.0), (1, 900.0)].map { channel, ppm in
        frame(channels[channel][index], near: near, ppm: ppm) / (48_000 * (1 + ppm / 1e6))
      }
      return moments[0] - moments[1]
    }
    for index in [24_000, 48_000, 96_000, there - 9_600, back + 24_000, total - 9_600] {
      #expect(abs(apart(index)) < 0.01, "\(index): \(apart(index)) s")
    }
    let silence = channels[1].indices.filter { $0 > 9600 && channels[1][$0] == 0 && channels[1][$0 - 1] == 0 }
    #expect(silence.count > 48_000)
  }
}

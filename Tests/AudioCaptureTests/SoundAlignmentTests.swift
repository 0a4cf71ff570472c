import Foundation
import TestSupport
import Testing

@testable import AudioCapture

/// The clock of another computer, found in what both recorded. An hour of talk is made up as its loudness alone.
@Suite struct SoundAlignmentTests {
  /// Syllables of talk, in order, with rests between its turns.
  private struct Talk {
    var syllables: [(from: Double, length: Double, level: Double)] = []

    init(seconds: Double, seed: UInt64) {
      var random = Seeded(seed)
      var t = 0.0
      while t < seconds {
        let length = Double.random(in: 0.08...0.3, using: &random)
        syllables.append((t, length, Double.random(in: -38 ... -22, using: &random)))
        t += length + Double.random(in: 0.02...0.12, using: &random)
        if Int.random(in: 0..<12, using: &random) == 0 { t += Double.random(in: 0.3...3, using: &random) }
      }
    }

    /// A recording from `start` on, by a clock that gains `drift` parts per million on the talk's.
    func recorded(
      from start: Double = 0, seconds: Double, drift: Double = 0, gain: Double = 0, room: Double = -60, seed: UInt64
    ) -> SoundEnvelope {
      var random = Seeded(seed)
      var next = 0
      let levels = (0..<Int(seconds * 100)).map { index -> Float in
        let t = start + (Double(index) + 0.5) / 100 * (1 + drift * 1e-6)
        while next < syllables.count, syllables[next].from + syllables[next].length < t { next += 1 }
        var power = pow(10, (room + Double.random(in: -2...2, using: &random)) / 10)
        if next < syllables.count, syllables[next].from <= t {
          let syllable = syllables[next]
          let swell = sin(.pi * (t - syllable.from) / syllable.length)
          power += pow(10, (syllable.level + gain + Double.random(in: -2...2, using: &random)) / 10) * swell * swell
        }
        return Float(10 * log10(power))
      }
      return SoundEnvelope(levels: levels)
    }
  }

  private let hour = Talk(seconds: 3800, seed: 1)

  /// The farthest that it is off, from `start` of the meeting to its end, of a clock that begins at `start`.
  private func worst(_ alignment: ClockAlignment, start: Double, drift: Double) -> Double {
    stride(from: start, through: 3600, by: 10).map { t in
      abs(alignment.meetingTime((t - start) / (1 + drift * 1e-6)) - t)
    }.max()!
  }

  @Test(arguments: [(90.0, 100.0, -12.0, -60.0), (600, -100, 6, -50), (0.5, 0, 0, -40)])
  func `an hour is right to a tenth of a second, by another clock, louder or softer, with noise, joined late`(
    start: Double, drift: Double, gain: Double, room: Double
  ) throws {
    let meeting = hour.recorded(seconds: 3600, seed: 2)
    let other = hour.recorded(from: start, seconds: 3600 - start, drift: drift, gain: gain, room: room, seed: 3)
    let alignment = try #require(ClockAlignment(sound: other, meeting: meeting))
    #expect(worst(alignment, start: start, drift: drift) < 0.1)
    #expect(abs(alignment.drift - drift) < 15)
    #expect(alignment.residual <= 0.05 && alignment.count >= 12)
  }

  @Test func `who began before the meeting and went on after it is found`() throws {
    let meeting = hour.recorded(from: 900, seconds: 1800, seed: 2)
    let other = hour.recorded(seconds: 3600, drift: 40, seed: 3)
    let alignment = try #require(ClockAlignment(sound: other, meeting: meeting))
    #expect(abs(alignment.meetingTime(1800) - 900) < 0.15)
  }

  @Test func `a stretch off the record is silence in one of them, and does not matter`() throws {
    var levels = hour.recorded(seconds: 1200, seed: 2).levels
    for index in 40_000..<70_000 { levels[index] = SoundEnvelope.silence }
    let other = hour.recorded(from: 90, seconds: 1000, drift: 100, seed: 3)
    let alignment = try #require(ClockAlignment(sound: other, meeting: SoundEnvelope(levels: levels)))
    #expect(abs(alignment.meetingTime(500) - 590.05) < 0.1)
  }

  @Test func `it says that it cannot tell of different talks, of silence, of talk that repeats itself, of a moment`() {
    let meeting = hour.recorded(seconds: 1800, seed: 2)
    #expect(
      ClockAlignment(sound: Talk(seconds: 1800, seed: 9).recorded(seconds: 1700, seed: 3), meeting: meeting) == nil)
    #expect(ClockAlignment(sound: Talk(seconds: 0, seed: 9).recorded(seconds: 1700, seed: 3), meeting: meeting) == nil)
    let silence = SoundEnvelope(levels: Array(repeating: SoundEnvelope.silence, count: 90_000))
    #expect(ClockAlignment(sound: silence, meeting: meeting) == nil)
    #expect(ClockAlignment(sound: meeting, meeting: silence) == nil)
    let loop = Talk(seconds: 20, seed: 5).recorded(seconds: 20, seed: 6).levels
    let repeated = SoundEnvelope(levels: (0..<60).flatMap { _ in loop })
    #expect(ClockAlignment(sound: repeated, meeting: repeated) == nil)
    #expect(ClockAlignment(sound: SoundEnvelope(levels: Array(loop[..<900])), meeting: meeting) == nil)
    #expect(ClockAlignment(sound: SoundEnvelope(), meeting: SoundEnvelope()) == nil)
  }

  @Test func `a computer that slept in the middle has no one clock`() {
    let meeting = hour.recorded(seconds: 3600, seed: 2)
    let first = hour.recorded(seconds: 1000, seed: 3).levels
    let second = hour.recorded(from: 1600, seconds: 1500, seed: 4).levels
    #expect(ClockAlignment(sound: SoundEnvelope(levels: first + second), meeting: meeting) == nil)
  }

  @Test func `the envelope of samples is their level, in hundredths of a second, however they come`() {
    let format = AudioFormat(sampleRate: 44_100, channels: 2)
    let tone = TestSound.sine(hertz: 1000, frames: 44_100, rate: 44_100, channels: 2)
    var (whole, parts) = (SoundEnvelope(), SoundEnvelope())
    tone.withUnsafeBufferPointer { all in
      whole.add(all, format: format)
      for start in stride(from: 0, to: all.count, by: 314) {
        parts.add(UnsafeBufferPointer(rebasing: all[start..<min(all.count, start + 314)]), format: format)
      }
    }
    #expect(whole.levels == parts.levels && whole.levels.count == 100)
    #expect(whole.levels.allSatisfy { abs($0 + 9.03) < 0.2 })
  }
}

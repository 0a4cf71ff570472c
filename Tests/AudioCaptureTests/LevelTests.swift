import TestSupport
import Testing

@testable import AudioCapture

struct `The level of sound` {
  private func level(_ samples: [Int16]) -> Level { samples.withUnsafeBufferPointer { Level(of: $0) } }

  @Test func `a sine has its peak and three decibels less in the mean`() {
    let level = level(TestSound.sine(hertz: 1000, frames: 4800, amplitude: 0.5))
    #expect(abs(level.peak - -6.02) < 0.02)
    #expect(abs(level.rms - -9.03) < 0.02)
    #expect(level.clipped == 0)
  }

  @Test func `exact zeros are told from a quiet room`() {
    #expect(level([0, 0, 0]).isDigitalSilence)
    #expect(level([]).isDigitalSilence)
    #expect(!level([0, 1, 0]).isDigitalSilence)
    #expect(level([0, 0, 0]).rms == -.infinity)
  }

  @Test func `samples at full scale are counted at both ends`() {
    let level = level([32767, -32768, -32767, 32766, 0])
    #expect(level.clipped == 3)
    #expect(level.peak == 0)
  }

  @Test func `a constant offset is not loudness`() {
    #expect(level(Array(repeating: 3000, count: 960)).rms == -.infinity)
  }

  @Test func `recent is the last second and clipping counts from the beginning`() {
    var meter = LevelMeter(format: AudioFormat())
    let loud = Array(repeating: [Int16.max, -Int16.max], count: 480).flatMap(\.self)
    loud.withUnsafeBufferPointer { #expect(meter.add($0).clipped == 960) }
    #expect(meter.recent.level.peak > -0.1)
    let quiet = TestSound.sine(hertz: 1000, frames: 960, amplitude: 0.1)
    for _ in 0..<50 { quiet.withUnsafeBufferPointer { _ = meter.add($0) } }
    #expect(abs(meter.recent.level.peak - -20) < 0.1)
    #expect(abs(meter.recent.level.rms - -23) < 0.1)
    #expect(meter.clipped == 960)
    meter.rest()
    #expect(meter.recent.level.isDigitalSilence)
  }
}

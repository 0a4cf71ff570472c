import AudioCapture
import AudioPlayback
import Foundation
import TestSupport
import Testing

struct `Faster and slower with the pitch kept` {
  /// Everything that comes out, asked for in uneven portions.
  private func stretched(_ samples: [Int16], speed: Double, channels: Int = 1) -> [Int16] {
    let tape = Tape(samples, channels: channels)
    let stretch = TimeStretch(speed: speed, format: tape.format)
    let room = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 997 * channels)
    defer { room.deallocate() }
    var out: [Int16] = []
    while case let count = stretch.read(into: room, from: { tape.read(into: $0) }), count > 0 {
      out += room[..<(count * channels)]
    }
    return out
  }

  /// Hertz, by counting where the wave goes up through nothing.
  private func pitch(_ samples: some Collection<Int16>) -> Double {
    let ups = zip(samples, samples.dropFirst()).count { $0 < 0 && $1 >= 0 }
    return Double(ups) / (Double(samples.count) / 48_000)
  }

  @Test(arguments: [0.75, 1.25, 1.5, 2]) func `a tone keeps its pitch, its loudness and its channel`(speed: Double) {
    for channels in 1...2 {
      let tone = TestSound.sine(hertz: 440, frames: 96_000, channels: channels)
      let out = stretched(tone, speed: speed, channels: channels)
      #expect(out.count == Int((96_000 / speed).rounded()) * channels)
      for channel in 0..<channels {
        let one = TestSound.channel(channel, of: out, channels: channels)
        #expect(abs(pitch(one) - 440) < 2, "\(pitch(one)) Hz")
        // A piece laid badly on the one before would be softer, or louder, for a moment.
        let peaks = stride(from: 0, to: one.count - 960, by: 960).map { start in
          one[start..<start + 960].map { abs(Int($0)) }.max() ?? 0
        }
        #expect(peaks.allSatisfy { (15_700...16_500).contains($0) }, "\(peaks.min()!) to \(peaks.max()!)")
      }
    }
  }

  @Test(arguments: [1, 2]) func `at its own speed every sample is what it was`(channels: Int) {
    let noise = TestSound.noise(frames: 50_001 * channels)
    #expect(stretched(noise, speed: 1, channels: channels) == noise)
  }

  @Test(arguments: [0.75, 1.25, 1.5, 2]) func `what happened at a time is heard when it should be`(speed: Double) {
    // Bursts of noise, far apart and at odd times.
    let begins = [0.333, 1.071, 1.967, 2.713, 3.602]
    var samples = [Int16](repeating: 0, count: 5 * 48_000)
    for (index, begin) in begins.enumerated() {
      let burst = TestSound.noise(frames: 9600, seed: UInt64(index + 1))
      samples.replaceSubrange(Int(begin * 48_000)..<Int(begin * 48_000) + 9600, with: burst)
    }
    let out = stretched(samples, speed: speed)
    for begin in begins {
      let around = Int((begin - 0.1) / speed * 48_000)..<Int((begin + 0.1) / speed * 48_000)
      let heard = around.first { out[$0] != 0 }.map { Double($0) * speed / 48_000 } ?? 0
      #expect(abs(heard - begin) < 0.025, "\(begin) s is heard at \(heard) s")
    }
  }

  @Test func `hours take no more memory than seconds, and silence stays silence`() {
    let stretch = TimeStretch(speed: 1.5, format: AudioFormat())
    let room = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 48_000)
    defer { room.deallocate() }
    var given = 0
    for _ in 0..<30 {
      let count = stretch.read(into: room) { asked in
        #expect(asked.count < 8000)
        asked.update(repeating: 0)
        given += asked.count
        return asked.count
      }
      #expect(count == 48_000 && room.allSatisfy { $0 == 0 })
    }
    #expect(abs(given - 30 * 72_000) < 5000)
  }

  @Test func `a sound shorter than a piece comes out in proportion`() {
    for frames in [0, 1, 100, 1500] {
      #expect(stretched(TestSound.noise(frames: frames), speed: 2).count == Int((Double(frames) / 2).rounded()))
    }
  }
}

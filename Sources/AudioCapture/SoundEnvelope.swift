internal import Glibc

/// How loud a recording is from one hundredth of a second to the next: enough to find the same talk in another one.
public struct SoundEnvelope: Equatable, Sendable {
  /// Values a second.
  public static let rate = 100
  /// Twelve hours: what comes after is passed over.
  public static let longest = 12 * 3600 * rate

  /// In dBFS; exact silence is ``silence``.
  public private(set) var levels: [Float]
  static let silence: Float = -120

  private var energy = 0.0
  private var count = 0
  /// Where the next value begins, in values: a rate need not be a multiple of ``rate``.
  private var position = 0

  public init(levels: [Float] = []) { self.levels = levels }

  public var seconds: Double { Double(levels.count) / Double(Self.rate) }

  /// Adds the next samples of a recording, of all channels one after the other.
  public mutating func add(_ samples: UnsafeBufferPointer<Int16>, format: AudioFormat) {
    var place = 0
    while place < samples.count, levels.count < Self.longest {
      let end = (levels.count + 1) * format.sampleRate / Self.rate * format.channels
      let part = min(samples.count - place, end - position)
      var squares = 0
      for index in place..<place + part {
        let sample = Int(samples[index])
        squares += sample * sample
      }
      energy += Double(squares)
      count += part
      place += part
      position += part
      if position == end {
        let mean = count > 0 ? energy / Double(count) / (32768.0 * 32768.0) : 0
        levels.append(mean > 0 ? max(Self.silence, Float(10 * log10(mean))) : Self.silence)
        (energy, count) = (0, 0)
      }
    }
  }

  /// What speech is known by: the ups and downs of the loudness in decibels, whatever the microphone's gain, and without
  /// what goes on for longer than some seconds. Nothing below the quiet of the room counts, as there is only noise. `every`
  /// values become one.
  func features(every step: Int) -> [Double] {
    let floor = quiet
    let coarse = stride(from: 0, to: levels.count - step + 1, by: step).map { start in
      Double(levels[start..<start + step].reduce(0) { $0 + max($1, floor) }) / Double(step)
    }
    let width = 2 * Self.rate / step
    var sums = [0.0]
    sums.reserveCapacity(coarse.count + 1)
    for value in coarse { sums.append(sums[sums.count - 1] + value) }
    return coarse.indices.map { index in
      let (from, to) = (max(0, index - width), min(coarse.count, index + width + 1))
      return min(max(coarse[index] - (sums[to] - sums[from]) / Double(to - from), -15), 15)
    }
  }

  /// The level, to the decibel, that a fifth of what is no exact silence stays below.
  private var quiet: Float {
    var counts = [Int](repeating: 0, count: Int(-Self.silence) + 1)
    for level in levels where level > Self.silence { counts[Int(min(0, level) - Self.silence)] += 1 }
    var left = counts.reduce(0, +) / 5
    for (place, count) in counts.enumerated() {
      left -= count
      if left < 0 { return Self.silence + Float(place) }
    }
    return Self.silence
  }
}

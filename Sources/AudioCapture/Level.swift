internal import Glibc

/// How loud a stretch of sound is. Full scale is 0 dBFS; exact zeros are `-infinity`.
public struct Level: Equatable, Sendable {
  /// The largest sample, in dBFS.
  public var peak: Double
  /// Root mean square in dBFS, around the mean of each block: a microphone's DC offset is not loudness.
  public var rms: Double
  /// Samples at full scale.
  public var clipped: Int
  /// Mains hum and hardly anything else.
  public var isHum: Bool

  public init(peak: Double = -.infinity, rms: Double = -.infinity, clipped: Int = 0, isHum: Bool = false) {
    self.peak = peak
    self.rms = rms
    self.clipped = clipped
    self.isHum = isHum
  }

  /// Every sample was exactly zero: a muted, wrong or monitoring device, for no microphone in a room does that.
  public var isDigitalSilence: Bool { peak == -.infinity }

  /// Below this RMS (dBFS) there is at most the noise of a quiet room.
  public static let nearSilence = -60.0
  /// From this RMS (dBFS) on, speech is loud enough to be understood well.
  public static let healthySpeech = -42.0

  /// The level of a few milliseconds of sound.
  public init(of samples: UnsafeBufferPointer<Int16>) {
    var block = LevelMeter.Block()
    block.add(samples)
    self = block.level
  }
}

/// Follows the level of a stream, block by block. Owned by one thread.
struct LevelMeter {
  /// Sums over a stretch of sound.
  struct Block {
    var count = 0
    var energy = 0.0
    var peak = 0
    var clipped = 0
    var isHum = false

    mutating func add(_ samples: UnsafeBufferPointer<Int16>) {
      guard !samples.isEmpty else { return }
      var sum = 0
      var squares = 0
      for sample in samples {
        let value = Int(sample)
        sum += value
        squares += value * value
        let size = abs(value)
        if size > peak { peak = size }
        if size >= Int(Int16.max) { clipped += 1 }
      }
      count += samples.count
      energy += max(0, Double(squares) - Double(sum) * Double(sum) / Double(samples.count))
    }

    mutating func add(_ other: Block) {
      count += other.count
      energy += other.energy
      peak = max(peak, other.peak)
      clipped += other.clipped
    }

    var level: Level {
      Level(
        peak: decibels(Double(peak)), rms: count == 0 ? -.infinity : decibels((energy / Double(count)).squareRoot()),
        clipped: clipped, isHum: isHum)
    }

    private func decibels(_ amplitude: Double) -> Double { 20 * log10(amplitude / 32768) }
  }

  /// Samples that make up "recent".
  private let span: Int
  private var blocks: [Block] = []
  private var held = 0
  private var hum: HumMeter
  private var isHum = false
  /// Samples at full scale since the beginning.
  private(set) var clipped = 0

  /// Looks back over `seconds` of sound.
  init(format: AudioFormat, seconds: Double = 1) {
    span = Int(Double(format.sampleRate * format.channels) * seconds)
    hum = HumMeter(format: format)
  }

  /// Takes the next block in and returns its own level; whether it is hum takes half a second to tell.
  @discardableResult mutating func add(_ samples: UnsafeBufferPointer<Int16>) -> Level {
    var block = Block()
    block.add(samples)
    isHum = hum.add(samples, energy: block.energy) ?? isHum
    block.isHum = isHum
    blocks.append(block)
    held += block.count
    clipped += block.clipped
    while blocks.count > 1, held - blocks[0].count >= span { held -= blocks.removeFirst().count }
    return block.level
  }

  /// Forgets the recent sound, as when the recording is paused.
  mutating func rest() {
    blocks.removeAll(keepingCapacity: true)
    held = 0
    hum.rest()
    isHum = false
  }

  /// The last second.
  var recent: Block {
    var block = blocks.reduce(into: Block()) { $0.add($1) }
    block.isHum = isHum
    return block
  }
}

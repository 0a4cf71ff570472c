internal import Glibc

/// Tells mains hum from voices: the energy in narrow bands at 50 or 60 Hz and their harmonics, beside all energy.
///
/// It looks at half a second at a time. A voice moves about and fills the bands between; hum stands still. The sound is
/// averaged down to about 1500 Hz first, which costs nothing and leaves those bands as they are. Owned by one thread.
struct HumMeter {
  private static let harmonics = SIMD8<Double>(1, 2, 3, 4, 5, 6, 7, 8)
  private static let mains = SIMD16(lowHalf: 50 * harmonics, highHalf: 60 * harmonics)
  /// From this part of the energy on it is hum.
  private static let enough = 0.8

  private let channels: Int
  /// Samples of the device that make one here.
  private let ratio: Int
  private let rate: Double
  private var sum = 0
  private var summed = 0
  private var window: [Double] = []
  /// Twice the cosine of what each band turns from one value to the next.
  private let turns: SIMD16<Double>
  /// All energy of the half second so far.
  private var heard = 0.0

  init(format: AudioFormat) {
    channels = format.channels
    ratio = max(1, format.sampleRate / 1500)
    rate = Double(format.sampleRate) / Double(ratio)
    window.reserveCapacity(Int(rate / 2) + 1)
    var turns = SIMD16<Double>()
    for band in turns.indices { turns[band] = 2 * cos(2 * .pi * Self.mains[band] / rate) }
    self.turns = turns
  }

  /// Takes the next block in, as whole frames, and says at the end of each half second whether that was hum. `energy` is
  /// the sum of the block's squares around their mean.
  mutating func add(_ samples: UnsafeBufferPointer<Int16>, energy: Double) -> Bool? {
    var isHum: Bool?
    heard += energy
    var start = 0
    while start < samples.count {
      let part = samples[start..<min(samples.count, start + ratio * channels - summed)]
      sum += part.reduce(0) { $0 &+ Int($1) }
      summed += part.count
      start += part.count
      guard summed == ratio * channels else { break }
      window.append(Double(sum) / Double(summed))
      (sum, summed) = (0, 0)
      if window.count >= Int(rate / 2) { isHum = close() }
    }
    return isHum
  }

  /// Goertzel's filter, for all bands at once.
  private mutating func close() -> Bool {
    let mean = window.reduce(0, +) / Double(window.count)
    var (last, beforeLast) = (SIMD16<Double>(), SIMD16<Double>())
    for value in window { (last, beforeLast) = (value - mean + turns * last - beforeLast, last) }
    let energies = last * last + beforeLast * beforeLast - turns * last * beforeLast
    let hum = 2 * max(energies.lowHalf.sum(), energies.highHalf.sum()) / Double(window.count)
    let isHum = hum * Double(ratio * channels) >= Self.enough * heard && heard > 0
    heard = 0
    window.removeAll(keepingCapacity: true)
    return isHum
  }

  /// Begins anew, as after a pause.
  mutating func rest() {
    window.removeAll(keepingCapacity: true)
    (sum, summed, heard) = (0, 0, 0)
  }
}

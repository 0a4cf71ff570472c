internal import Glibc

/// Tells mains hum from voices: the energy in narrow bands at 50 or 60 Hz and their first harmonics, beside all energy.
///
/// It looks at half a second at a time. A voice moves about and fills the bands between; hum stands still. The sound is
/// averaged down to about 1500 Hz first, which costs nothing and leaves those bands as they are. Owned by one thread.
struct HumMeter {
  private static let mains = [50.0, 60.0]
  private static let harmonics = 1...10
  /// From this part of the energy on it is hum.
  private static let enough = 0.8

  private let channels: Int
  /// Samples of the device that make one here.
  private let ratio: Int
  private let rate: Double
  private var sum = 0
  private var summed = 0
  private var window: [Double] = []
  /// All energy of the half second so far.
  private var heard = 0.0

  init(format: AudioFormat) {
    channels = format.channels
    ratio = max(1, format.sampleRate / 1500)
    rate = Double(format.sampleRate) / Double(ratio)
    window.reserveCapacity(Int(rate / 2) + 1)
  }

  /// Takes the next block in, as whole frames, and says at the end of each half second whether that was hum. `energy` is
  /// the sum of the block's squares around their mean.
  mutating func add(_ samples: UnsafeBufferPointer<Int16>, energy: Double) -> Bool? {
    var isHum: Bool?
    heard += energy
    for sample in samples {
      sum += Int(sample)
      summed += 1
      guard summed == ratio * channels else { continue }
      window.append(Double(sum) / Double(summed))
      (sum, summed) = (0, 0)
      if window.count >= Int(rate / 2) { isHum = close() }
    }
    return isHum
  }

  private mutating func close() -> Bool {
    let mean = window.reduce(0, +) / Double(window.count)
    for index in window.indices { window[index] -= mean }
    let hum = Self.mains.map { mains in Self.harmonics.reduce(0) { $0 + energy(at: mains * Double($1)) } }.max() ?? 0
    let isHum = hum * Double(ratio * channels) >= Self.enough * heard && heard > 0
    heard = 0
    window.removeAll(keepingCapacity: true)
    return isHum
  }

  /// The energy at one frequency (Goertzel).
  private func energy(at hertz: Double) -> Double {
    let turn = 2 * cos(2 * .pi * hertz / rate)
    var (last, beforeLast) = (0.0, 0.0)
    for value in window { (last, beforeLast) = (value + turn * last - beforeLast, last) }
    return 2 * (last * last + beforeLast * beforeLast - turn * last * beforeLast) / Double(window.count)
  }

  /// Begins anew, as after a pause.
  mutating func rest() {
    window.removeAll(keepingCapacity: true)
    (sum, summed, heard) = (0, 0, 0)
  }
}

/// Random numbers that are the same every time.
public struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  public init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  public mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 29 ^ state) &* 0xBF58_476D_1CE4_E5B9
  }
}

/// What a power cut makes of something that was written and not yet synced, as SQLite's crash tests have it.
public enum Fate: CaseIterable, Sendable {
  case kept
  /// Never written: zeros stand there.
  case dropped
  /// Rubbish stands there.
  case trashed

  /// Does it to a range of `bytes`.
  public func befall(_ bytes: inout [UInt8], _ range: Range<Int>, _ random: inout Seeded) {
    switch self {
    case .kept: break
    case .dropped: for index in range { bytes[index] = 0 }
    case .trashed: for index in range { bytes[index] = UInt8.random(in: 0...255, using: &random) }
    }
  }
}

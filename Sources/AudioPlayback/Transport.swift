/// Where listening stands, and where each key takes it: a value, which no sound moves by itself. Times are seconds of the
/// recording.
public struct Transport: Equatable, Sendable {
  public static let speeds = 0.75...2.0
  /// The shortest stretch that is repeated: a word.
  public static let shortestLoop = 0.5
  /// Going back from just behind a place goes to the one before it: one second, as it sounds.
  private static let grace = 1.0

  public let length: Double
  public private(set) var position = 0.0
  public var isPlaying = false
  public private(set) var speed = 1.0
  /// The stretch that is played again and again.
  public private(set) var loop: ClosedRange<Double>?
  /// A first end of a loop that waits for its second.
  public private(set) var loopStart: Double?

  public init(length: Double) { self.length = max(0, length) }

  /// Goes to a second, or the nearest there is; out of a loop that it is not in.
  public mutating func seek(to second: Double) {
    position = min(max(0, second), length)
    if let loop, !loop.contains(position) { self.loop = nil }
  }

  /// Takes over how far the sound has come.
  public mutating func reached(_ second: Double) { position = min(max(0, second), length) }

  /// The nearest speed there is; false when it is no number.
  public mutating func set(speed: Double) {
    guard speed.isFinite else { return }
    self.speed = min(max(speed, Self.speeds.lowerBound), Self.speeds.upperBound)
  }

  /// A quarter faster or slower.
  public mutating func changeSpeed(by steps: Int) { set(speed: ((speed * 4).rounded() + Double(steps)) / 4) }

  /// Repeats a stretch from its beginning on; false when it is too short, or not in the recording.
  public mutating func set(loop: ClosedRange<Double>) -> Bool {
    let stretch = loop.clamped(to: 0...length)
    guard stretch.upperBound - stretch.lowerBound >= Self.shortestLoop else { return false }
    (self.loop, loopStart) = (stretch, nil)
    if !stretch.contains(position) || position == stretch.upperBound { position = stretch.lowerBound }
    return true
  }

  /// Sets one end of a loop here; true when it has two now.
  public mutating func markLoop(start: Bool) -> Bool {
    if start {
      let end = loop?.upperBound
      (loop, loopStart) = (nil, position)
      return end.map { $0 > position && set(loop: position...$0) } ?? false
    }
    guard let from = loop?.lowerBound ?? loopStart, from < position else { return false }
    return set(loop: from...position)
  }

  public mutating func endLoop() { (loop, loopStart) = (nil, nil) }

  /// The first of `places`, which ascend, after here, or the last before; `nil` when there is none.
  public func place(_ places: [Double], forward: Bool) -> Double? {
    forward
      ? places.first { $0 > position + 0.05 }
      : places.last { $0 < position - (isPlaying ? Self.grace * speed : 0.05) }
  }
}

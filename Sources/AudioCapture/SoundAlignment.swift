/// Finding one recording's clock in another of the same room.
extension ClockAlignment {
  /// Looks for windows of the other recording in the meeting's: each is first sought everywhere in tenths of a second, then
  /// beside the line that most of them agree on, in hundredths. `nil` when it cannot be told: too short or too quiet, not
  /// the same talk, or talk that repeats itself.
  public init?(sound other: SoundEnvelope, meeting: SoundEnvelope) {
    guard let pairs = Self.pairs(other, meeting) else { return nil }
    self.init(pairs, basis: .sound, within: 0.05, enough: 120, least: 4)
  }

  // What is asked of two recordings before they are taken to be of one room. Ours.
  private static let mostWindows = 24
  /// Beside the best place in the meeting the next best must be worse by this factor, or the window says nothing.
  private static let clearly = 0.85
  private static let leastCorrelation = 0.35
  /// A tenth of a second, in values.
  private static let coarse = SoundEnvelope.rate / 10

  private static func pairs(_ other: SoundEnvelope, _ meeting: SoundEnvelope) -> [Pair]? {
    let seconds = min(60, max(10, other.seconds / 8))
    guard other.seconds > 2 * seconds, meeting.seconds > 2 * seconds else { return nil }
    let count = min(mostWindows, max(8, Int(other.seconds / seconds)))
    let starts = (0..<count).map { Double($0) / Double(count - 1) * (other.seconds - seconds - 0.2) }
    guard let line = coarseLine(other, meeting, starts: starts, seconds: seconds) else { return nil }

    let short = other.features(every: 1)
    let long = Correlation(meeting.features(every: 1))
    let length = Int(seconds) * SoundEnvelope.rate
    return starts.compactMap { start in
      let from = Int(start * Double(SoundEnvelope.rate))
      let expected = Int((line.meetingTime(start) * Double(SoundEnvelope.rate)).rounded())
      let places = (expected - 40..<expected + 41).clamped(to: 0..<max(0, meeting.levels.count - length))
      guard places.count > 2, from + length <= short.count else { return nil }
      let found = long.at(places, short[from..<from + length])
      guard let best = found.indices.max(by: { found[$0] < found[$1] }), found[best] >= leastCorrelation,
        best > 0, best < found.count - 1
      else { return nil }
      // The top of a parabola through the three highest: finer than the values.
      let (before, top, after) = (found[best - 1], found[best], found[best + 1])
      let bend = before - 2 * top + after
      let shift = bend < 0 ? (before - after) / (2 * bend) : 0
      let middle = Double(length) / 2
      return Pair(
        other: (Double(from) + middle) / Double(SoundEnvelope.rate),
        meeting: (Double(places.lowerBound + best) + shift + middle) / Double(SoundEnvelope.rate))
    }
  }

  /// The line through the places of those windows that are found in one place of the meeting clearly better than anywhere
  /// else, when most of them agree on one.
  private static func coarseLine(
    _ other: SoundEnvelope, _ meeting: SoundEnvelope, starts: [Double], seconds: Double
  ) -> ClockAlignment? {
    let short = other.features(every: coarse)
    let long = Correlation(meeting.features(every: coarse))
    let length = Int(seconds * 10)
    let found = starts.compactMap { start -> Pair? in
      let from = Int(start * 10)
      guard from + length <= short.count else { return nil }
      let window = short[from..<from + length]
      let places = long.everywhere(window)
      guard let best = places.indices.max(by: { places[$0] < places[$1] }), places[best] >= leastCorrelation else {
        return nil
      }
      let elsewhere = max(places[..<max(0, best - 10)].max() ?? 0, places[min(places.count, best + 11)...].max() ?? 0)
      guard elsewhere < clearly * places[best] else { return nil }
      return Pair(other: Double(from) / 10, meeting: Double(best) / 10)
    }
    let agreeing = found.map { one in
      found.filter { abs($0.difference - one.difference) <= 0.3 + largestDrift * abs($0.other - one.other) }
    }
    guard let most = agreeing.max(by: { $0.count < $1.count }), most.count >= 4, most.count * 2 > found.count else {
      return nil
    }
    // Others that agree on another place: one of the computers slept, or was started again. That is no straight line.
    guard !agreeing.contains(where: { $0.count >= 3 && $0.allSatisfy { !most.contains($0) } }) else { return nil }
    return ClockAlignment(most, basis: .sound, within: 0.3, enough: 120, least: 4)
  }
}

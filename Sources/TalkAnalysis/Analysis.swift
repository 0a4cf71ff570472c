public import Coaching

/// Every figure of a meeting's talk, ready to be shown or written as JSON; `ANALYSIS.md` explains each.
public struct Analysis: Encodable, Equatable, Sendable {
  /// One person's part in the talk.
  public struct Part: Encodable, Equatable, Sendable {
    public var speaker: Speaker
    public var turns: Int
    /// Of all turns.
    public var share: Double
    /// Between these the share would lie 19 times in 20 if the tagged turns were a sample of the talk (Wilson 1927).
    public var shareLow: Double
    public var shareHigh: Double
    /// Time in seconds: altogether, and of one turn.
    public var seconds: Double
    public var timeShare: Double
    public var meanSeconds: Double
    public var medianSeconds: Double
    public var longestSeconds: Double
    /// New topics this person opened.
    public var opened: Int
  }

  public struct FunctionFigure: Encodable, Equatable, Sendable {
    public var function: String
    public var turns: Int
    public var bySpeaker: [String: Int]
    public var perTenMinutes: Double
    /// Of the time of all turns.
    public var timeShare: Double
    public var places: [Place]
  }

  /// How often a dimension went from one value to another, between turns that carry one.
  public struct Move: Encodable, Equatable, Sendable {
    public var dimension: String
    public var from: String
    public var to: String
    public var count: Int
  }

  /// How often a turn of one function was followed by a turn of another.
  public struct Transition: Encodable, Equatable, Sendable {
    public var from: String
    public var by: Speaker
    public var to: String
    public var then: Speaker
    public var count: Int
    /// Of all that followed `from` by this speaker.
    public var probability: Double
  }

  /// In seconds of the meeting.
  public struct Stretch: Encodable, Equatable, Sendable {
    public var from: Double
    public var to: Double
  }

  /// A third of the meeting.
  public struct Phase: Encodable, Equatable, Sendable {
    public var name: String
    public var from: Double
    public var to: Double
    public var turnsBySpeaker: [String: Int]
    /// By dimension and value.
    public var counts: [String: [String: Int]]
  }

  public var stage: Stage
  public var seconds: Double
  public var turns: Int
  /// Enough to say something of what did not come up.
  public var enoughTags: Bool
  /// Taken out afterwards, for good.
  public var takenOut: [Stretch]
  public var parts: [Part]
  public var functions: [FunctionFigure]
  /// Turns by dimension and value.
  public var counts: [String: [String: Int]]
  public var moves: [Move]
  public var transitions: [Transition]
  public var phases: [Phase]
  public var patterns: Patterns
  public var signs: [SignFinding]

  public init(_ measures: TalkMeasures) {
    let turns = measures.turns
    stage = measures.stage
    seconds = measures.duration
    self.turns = turns.count
    enoughTags = turns.count >= Rule.enoughTurns
    takenOut = measures.takenOut.map { Stretch(from: $0.from, to: $0.to) }
    let lengths = zip(turns, measures.ends).map { $1 - $0.t }
    let allSeconds = lengths.reduce(0, +)
    func ratio(_ part: Double, _ whole: Double) -> Double { whole > 0 ? part / whole : 0 }

    parts = Speaker.allCases.compactMap { speaker in
      let own = turns.indices.filter { turns[$0].turn.by == speaker }
      if own.isEmpty, speaker != .coach, speaker != .coachee { return nil }
      let seconds = own.map { lengths[$0] }.sorted()
      let total = seconds.reduce(0, +)
      let (low, high) = Self.wilson(own.count, of: turns.count)
      return Part(
        speaker: speaker, turns: own.count, share: ratio(Double(own.count), Double(turns.count)), shareLow: low,
        shareHigh: high, seconds: total, timeShare: ratio(total, allSeconds),
        meanSeconds: ratio(total, Double(own.count)), medianSeconds: Self.median(seconds),
        longestSeconds: seconds.last ?? 0, opened: own.count { turns[$0].turn.new })
    }

    var byFunction: [String: [Int]] = [:]
    for index in turns.indices {
      for function in turns[index].turn.functions { byFunction[function.rawValue, default: []].append(index) }
    }
    let order = InteractionFunction.standard.map(\.rawValue)
    let names = order + byFunction.keys.filter { !order.contains($0) }.sorted()
    functions = names.map { name in
      let own = byFunction[name] ?? []
      return FunctionFigure(
        function: name, turns: own.count,
        bySpeaker: Dictionary(own.map { (turns[$0].turn.by.rawValue, 1) }, uniquingKeysWith: +),
        perTenMinutes: ratio(Double(own.count) * 600, measures.duration),
        timeShare: ratio(own.map { lengths[$0] }.reduce(0, +), allSeconds), places: own.map { turns[$0].place })
    }
    counts = Self.counts(turns)
    moves = [Dimension.scale, .time, .stimulus, .tone].flatMap { Self.moves(turns, $0) }
    transitions = Self.transitions(measures)
    phases = zip(["beginning", "middle", "end"], 0...).map { name, index in
      let (from, to) = (measures.duration * Double(index) / 3, measures.duration * Double(index + 1) / 3)
      let own = turns.filter { $0.t >= from && ($0.t < to || index == 2) }
      return Phase(
        name: name, from: from, to: to,
        turnsBySpeaker: Dictionary(own.map { ($0.turn.by.rawValue, 1) }, uniquingKeysWith: +), counts: Self.counts(own))
    }
    let patterns = measures.patterns
    self.patterns = patterns
    let search = SignSearch(measures, patterns)
    signs = Sign.allCases.map(search.finding)
  }

  private static func counts(_ turns: [TaggedTurn]) -> [String: [String: Int]] {
    var counts: [String: [String: Int]] = [:]
    for dimension in Dimension.allCases {
      let codes = turns.flatMap { $0.turn.codes(dimension) }
      counts[dimension.rawValue] = Dictionary(codes.map { ($0, 1) }, uniquingKeysWith: +)
    }
    return counts
  }

  private static func moves(_ turns: [TaggedTurn], _ dimension: Dimension) -> [Move] {
    let codes = turns.compactMap { $0.turn.codes(dimension).first }
    var counts: [[String]: Int] = [:]
    for (from, to) in zip(codes, codes.dropFirst()) where from != to { counts[[from, to], default: 0] += 1 }
    return counts.map { Move(dimension: dimension.rawValue, from: $0.key[0], to: $0.key[1], count: $0.value) }
      .sorted { ($1.count, $0.from, $0.to) < ($0.count, $1.from, $1.to) }
  }

  private struct Pair: Hashable {
    var from: String
    var by: Speaker
    var to: String
    var then: Speaker
  }

  /// A turn of several functions counts once for each.
  private static func transitions(_ measures: TalkMeasures) -> [Transition] {
    var counts: [Pair: Int] = [:]
    for index in measures.turns.indices {
      guard let next = measures.following(index, 1).first else { continue }
      let first = measures.turns[index]
      for from in first.turn.functions {
        for to in next.turn.functions {
          counts[
            Pair(from: from.rawValue, by: first.turn.by, to: to.rawValue, then: next.turn.by), default: 0] += 1
        }
      }
    }
    var totals: [String: Int] = [:]
    for (pair, count) in counts { totals["\(pair.by.rawValue) \(pair.from)", default: 0] += count }
    return counts.map { pair, count in
      Transition(
        from: pair.from, by: pair.by, to: pair.to, then: pair.then, count: count,
        probability: Double(count) / Double(totals["\(pair.by.rawValue) \(pair.from)"]!))
    }.sorted {
      ($1.count, $0.from, $0.to, $0.by.rawValue, $0.then.rawValue)
        < ($0.count, $1.from, $1.to, $1.by.rawValue, $1.then.rawValue)
    }
  }

  private static func median(_ sorted: [Double]) -> Double {
    if sorted.isEmpty { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The 95 % interval of a share (Wilson 1927).
  static func wilson(_ part: Int, of whole: Int) -> (low: Double, high: Double) {
    guard whole > 0 else { return (0, 1) }
    let (n, p, z) = (Double(whole), Double(part) / Double(whole), 1.959963984540054)
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return (max(0, centre - half), min(1, centre + half))
  }
}

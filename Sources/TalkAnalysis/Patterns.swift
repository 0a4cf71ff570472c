public import Coaching

/// Where something stands in a meeting: the number of its event, and its time in seconds.
public struct Place: Codable, Hashable, Sendable {
  public var number: Int
  public var t: Double

  public init(number: Int, t: Double) {
    self.number = number
    self.t = t
  }
}

/// The patterns of coaching talk that the guide describes (§7.2–7.4), each with its places. Its words are the guide's, the
/// numbers in ``Rule`` ours.
public struct Patterns: Encodable, Equatable, Sendable {
  /// The routine round: the coach asks, the coachee accounts for it, the coach says how good it was. Guide §7.2 (F3).
  public struct Round: Encodable, Equatable, Sendable {
    public var question: Place
    public var account: Place
    public var verdict: Place
  }

  /// What may come back after a challenge. Guide §7.3 (F4).
  public enum Answer: String, Encodable, Sendable { case defence, acceptance, dissonance, other }

  /// How a challenge was put, where its note shows it. Guide §7.3 (F4).
  public enum Voice: String, Encodable, Sendable { case we, you }

  public struct Challenge: Encodable, Equatable, Sendable {
    public var place: Place
    public var by: Speaker
    /// In the order in which they came, each once; empty when the talk went elsewhere.
    public var answers: [Answer]
    public var answeredAt: [Place]
    public var voice: Voice?
    /// Turns came after it, before any pause.
    public var hadTime: Bool
  }

  /// Something that stopped adding up, and where it was taken. Guide §7.3 (F4).
  public struct Dissonance: Encodable, Equatable, Sendable {
    public var place: Place
    public var by: Speaker
    /// It came from outside: a challenge or evidence stood just before it.
    public var isFromOutside: Bool
    /// Generalised to past experience.
    public var past: Place?
    /// Projected to future action.
    public var future: Place?
    /// Other turns came after it, so that it could have been taken somewhere.
    public var hadTime: Bool
  }

  /// A critical moment that was marked, and what became of it. Guide §7.3 (F4).
  public struct Moment: Encodable, Equatable, Sendable {
    public var place: Place
    /// Turns about a moment soon after.
    public var stayed: [Place]
    /// What it was said to be an example of.
    public var generalised: Place?
    public var future: Place?
    public var hadTime: Bool

    /// There was talk after it, which neither stayed with it nor took it anywhere.
    public var wasLeft: Bool { hadTime && stayed.isEmpty && generalised == nil && future == nil }
  }

  /// A run of turns in which the two build one idea. Guide §7.4 (F5).
  public struct Building: Encodable, Equatable, Sendable {
    public var turns: [Place]
    /// Somebody tagged it so; otherwise it follows from short turns and what they do.
    public var isTagged: Bool
    public var end: Double
  }

  public var rounds: [Round] = []
  public var challenges: [Challenge] = []
  public var dissonances: [Dissonance] = []
  public var moments: [Moment] = []
  public var buildings: [Building] = []
  /// The coach's questions of the longest run in which the coach asks and asks.
  public var questionRun: [Place] = []
  /// Turns, moments, evidence and actions that speak of the focus the pair agreed on. Guide Fig 5, Table 1 (C2, G2).
  public var focusLinks: [Place] = []
  /// Warm turns of a talk in which nothing was tested; empty otherwise. Guide §9.5 (H5).
  public var cosyTurns: [Place] = []
}

extension TaggedTurn {
  public var place: Place { Place(number: number, t: t) }
}

extension TalkMeasures.Mark {
  public var place: Place { Place(number: number, t: t) }
}

extension TalkMeasures {
  public var patterns: Patterns {
    var patterns = Patterns()
    patterns.rounds = rounds
    patterns.challenges = turns.indices.filter { turns[$0].turn.has(.challenge) }.map(challenge)
    patterns.dissonances = turns.indices.filter { turns[$0].turn.has(.dissonance) }.map(dissonance)
    patterns.moments = moments.map(moment)
    patterns.buildings = buildings
    patterns.questionRun = questionRun
    patterns.focusLinks = focusLinks
    patterns.cosyTurns = cosyTurns
    return patterns
  }

  /// The next turns after `index`, at most `count`, up to where the pair went off the record.
  func following(_ index: Int, _ count: Int) -> ArraySlice<TaggedTurn> {
    let last = stretches[index...].prefix(count + 1).prefix { $0 == stretches[index] }.endIndex
    return turns[(index + 1)..<last]
  }

  private var rounds: [Patterns.Round] {
    let account: Set<InteractionFunction> = [.explanation, .justification, .clarification, .evaluation]
    return turns.indices.dropFirst(2).compactMap { index in
      let (ask, tell, judge) = (turns[index - 2], turns[index - 1], turns[index])
      guard ask.turn.by == .coach, ask.turn.has(.question), tell.turn.by == .coachee,
        !account.isDisjoint(with: tell.turn.functions), judge.turn.by == .coach, judge.turn.has(.evaluation),
        stretches[index - 2] == stretches[index]
      else { return nil }
      return Patterns.Round(question: ask.place, account: tell.place, verdict: judge.place)
    }
  }

  /// What came back in the next turns of somebody else. A turn that opens another topic is no answer, nor is one that
  /// only keeps the talk going.
  private func challenge(_ index: Int) -> Patterns.Challenge {
    let challenge = turns[index]
    var answers: [Patterns.Answer] = []
    var places: [Place] = []
    for turn in following(index, Rule.answerWithin) where turn.turn.by != challenge.turn.by {
      let typical = turn.turn.functions.compactMap { Patterns.Answer(rawValue: $0.rawValue) }.filter { $0 != .other }
      if typical.isEmpty, turn.turn.new || turn.turn.functions.allSatisfy({ $0 == .continuity }) { continue }
      for answer in typical.isEmpty ? [.other] : typical where !answers.contains(answer) { answers.append(answer) }
      places.append(turn.place)
    }
    // A defence, an acceptance or dissonance says more than that something was said.
    if answers.contains(where: { $0 != .other }) { answers.removeAll { $0 == .other } }
    return Patterns.Challenge(
      place: challenge.place, by: challenge.turn.by, answers: answers, answeredAt: places,
      voice: challenge.turn.note.flatMap { Patterns.Voice(note: $0) }, hadTime: !following(index, 1).isEmpty)
  }

  private func dissonance(_ index: Int) -> Patterns.Dissonance {
    let after = [turns[index]] + following(index, Rule.dissonanceTakenUpWithin)
    let before = turns[..<index].suffix(Rule.answerWithin).drop { $0.t < (pauses.last { $0 <= turns[index].t } ?? 0) }
    let from = before.first?.t ?? turns[index].t
    return Patterns.Dissonance(
      place: turns[index].place, by: turns[index].turn.by,
      isFromOutside: before.contains { $0.turn.has(.challenge) && $0.turn.by != turns[index].turn.by }
        || (turns[index].turn.stimulus ?? .recall) != .recall
        || stimuli.contains { $0.t >= from && $0.t <= turns[index].t },
      past: after.first { $0.turn.has(.generalisation) || $0.turn.time == .past }?.place,
      future: after.first(where: \.isAboutTheFuture)?.place, hadTime: !following(index, 1).isEmpty)
  }

  private func moment(_ mark: Mark) -> Patterns.Moment {
    let first = turns.partitioningIndex { $0.t >= mark.t }
    let pause = pauses.first { $0 > mark.t } ?? .infinity
    let soon = turns[first...].prefix { $0.t <= mark.t + Rule.momentStays && $0.t < pause }
    // What comes under another topic came from there.
    let after = turns[first...].prefix { $0.t < pause }.prefix(Rule.dissonanceTakenUpWithin).prefix {
      !$0.turn.new || $0.turn.scale == .moment
    }
    return Patterns.Moment(
      place: mark.place, stayed: soon.filter { $0.turn.scale == .moment }.map(\.place),
      generalised: after.first { $0.turn.has(.generalisation) || $0.turn.scale == .theme || $0.turn.time == .past }?
        .place,
      future: after.first(where: \.isAboutTheFuture)?.place,
      hadTime: turns[first...].contains { $0.t > mark.t && $0.t < pause })
  }

  /// Runs of neighbouring turns that alternate, each tagged as building or else short and of a building function.
  private var buildings: [Patterns.Building] {
    let functions: Set<InteractionFunction> = [
      .newIdea, .suggestion, .explanation, .clarification, .generalisation, .acceptance,
    ]
    var runs: [Patterns.Building] = []
    var run: [Int] = []
    func endRun() {
      let tagged = run.count { turns[$0].turn.co }
      let hasIdea = run.contains { turns[$0].turn.has(.newIdea) || turns[$0].turn.has(.suggestion) }
      if tagged >= Rule.turnsBuilding || (run.count >= Rule.shortTurnsBuilding && hasIdea) {
        runs.append(
          Patterns.Building(
            turns: run.map { turns[$0].place }, isTagged: tagged >= Rule.turnsBuilding, end: ends[run.last!]))
      }
      run = []
    }
    for index in turns.indices {
      let turn = turns[index].turn
      let isShort = ends[index] - turns[index].t <= Rule.shortTurn && !functions.isDisjoint(with: turn.functions)
      let alternates = run.last.map { turns[$0].turn.by != turn.by || turn.by == .both } ?? true
      if !alternates || turn.by == .observer || run.last.map({ stretches[$0] != stretches[index] }) ?? false {
        endRun()
      }
      guard turn.by != .observer, turn.co || isShort else {
        endRun()
        continue
      }
      // The idea that is built on came with the turn before, however long that was.
      if run.isEmpty, turn.co, index > 0, stretches[index - 1] == stretches[index], turns[index - 1].turn.by != turn.by,
        turns[index - 1].turn.by != .observer, runs.last?.turns.last?.number != turns[index - 1].number
      {
        run.append(index - 1)
      }
      run.append(index)
    }
    endRun()
    return runs
  }

  /// The answers between the questions do not end the run.
  private var questionRun: [Place] {
    var longest: [Place] = []
    var run: [Place] = []
    for turn in turns where turn.turn.by == .coach {
      if turn.turn.has(.question) && !turn.turn.has(.challenge) { run.append(turn.place) } else { run = [] }
      if run.count > longest.count { longest = run }
    }
    return longest
  }

  private var focusLinks: [Place] { focus.map { mentions(of: $0, in: moments + stimuli + actions) } ?? [] }

  /// Where this talk speaks of `text`, by a word they share: turns, and whatever was noted.
  public func mentions(of text: String) -> [Place] { mentions(of: text, in: moments + stimuli + notes) }

  private func mentions(of text: String, in marks: [Mark]) -> [Place] {
    let wanted = text.telling
    guard !wanted.isEmpty else { return [] }
    func speaks(_ texts: String?...) -> Bool { texts.contains { !wanted.isDisjoint(with: ($0 ?? "").telling) } }
    let spoken = turns.filter { speaks($0.turn.subject, $0.turn.note) }.map(\.place)
    let marked = marks.filter { speaks($0.text) }.map(\.place)
    return (spoken + marked).sorted { ($0.t, $0.number) < ($1.t, $1.number) }
  }

  private var cosyTurns: [Place] {
    let toned = turns.filter { $0.turn.tone != nil }
    let warm = toned.filter { $0.turn.tone == .positive || $0.turn.tone == .veryPositive }
    let tested = turns.contains { $0.turn.has(.challenge) || $0.turn.has(.dissonance) || $0.turn.has(.defence) }
    let isWarm = warm.count >= Rule.enoughTones && Double(warm.count) >= Rule.nearlyAll * Double(toned.count)
    return isWarm && !tested ? warm.map(\.place) : []
  }
}

extension TaggedTurn {
  /// About lessons to come, or something to do in them.
  var isAboutTheFuture: Bool { turn.time == .future || turn.has(.newIdea) || turn.has(.suggestion) }
}

extension Patterns.Voice {
  /// From a challenge's note: `nil` when it holds neither word, or both.
  init?(note: String) {
    let words = Set(note.lowercased().split { !$0.isLetter })
    let we = !words.isDisjoint(with: ["we", "us", "our", "ours", "let"])
    let you = !words.isDisjoint(with: ["you", "your", "yours"])
    guard we != you else { return nil }
    self = we ? .we : .you
  }
}

extension String {
  /// Words that say what a text is about, cut to their beginnings so that "question" and "questions" are one.
  var telling: Set<Substring> {
    let common: Set<Substring> = [
      "about", "after", "again", "also", "been", "being", "better", "came", "come", "could", "does", "doing", "done",
      "each", "even", "ever", "every", "fewer", "from", "getting", "give", "goes", "going", "gone", "good", "have",
      "here", "into", "just", "keep", "know", "less", "like", "lots", "make", "many", "more", "most", "much", "only",
      "other", "over", "same", "should", "some", "still", "such", "than", "that", "their", "them", "then", "there",
      "these", "they", "thing", "things", "this", "those", "until", "very", "want", "well", "went", "were", "what",
      "when", "where", "which", "while", "will", "with", "without", "would", "your",
    ]
    let words = lowercased().split { !$0.isLetter && !$0.isNumber }
    return Set(words.filter { $0.count >= 4 && !common.contains($0) }.map { $0.prefix(5) })
  }
}

extension Array {
  /// The first index whose element satisfies `isAtOrAfter`, in an array where those that do come last.
  func partitioningIndex(where isAtOrAfter: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if isAtOrAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

import Coaching

extension EventMatching {
  /// Which of two people's turns are the same turn, by the times they start, in seconds: first those with the same
  /// speaker, then what is left whoever spoke. So a turn whose speaker one of them got wrong is still compared; but two who
  /// tag close together look more at one about speakers than they were.
  init(turns first: [TaggedTurn], _ second: [TaggedTurn], within tolerance: Double) {
    var pairs: [Pair] = []
    func match(_ these: [Int], _ those: [Int]) {
      let found = EventMatching(these.map { first[$0].t }, those.map { second[$0].t }, within: tolerance)
      pairs += found.pairs.map { Pair(first: these[$0.first], second: those[$0.second], distance: $0.distance) }
    }
    for speaker in Speaker.allCases {
      match(
        first.indices.filter { first[$0].turn.by == speaker }, second.indices.filter { second[$0].turn.by == speaker })
    }
    let (inFirst, inSecond) = (Set(pairs.map(\.first)), Set(pairs.map(\.second)))
    match(
      first.indices.filter { !inFirst.contains($0) }, second.indices.filter { !inSecond.contains($0) })
    func byTime(_ turns: [TaggedTurn]) -> [Int] { turns.indices.sorted { (turns[$0].t, $0) < (turns[$1].t, $1) } }
    self.init(
      pairs: pairs.sorted { (first[$0.first].t, $0.first) < (first[$1.first].t, $1.first) }, first: byTime(first),
      second: byTime(second))
  }
}

/// What is taken to be one turn of the meeting: each tagger's tag of it, `nil` where somebody has none.
struct SharedTurn {
  var tags: [TaggedTurn?]

  /// Puts all taggers' turns side by side, one tagger after the other: each turn goes to the turn of the meeting it
  /// matches, by the first tag that has, or becomes one of its own. With two taggers these are their pairs; with more the
  /// order of the taggers can decide where a turn goes that lies between two others.
  static func aligned(_ taggers: [[TaggedTurn]], within tolerance: Double) -> [SharedTurn] {
    var shared: [SharedTurn] = []
    for (tagger, turns) in taggers.enumerated() {
      let soFar = shared.map { $0.tags.lazy.compactMap(\.self).first! }
      let matching = EventMatching(turns: soFar, turns, within: tolerance)
      for pair in matching.pairs { shared[pair.first].tags[tagger] = turns[pair.second] }
      for place in matching.onlySecond {
        var tags = [TaggedTurn?](repeating: nil, count: taggers.count)
        tags[tagger] = turns[place]
        shared.append(SharedTurn(tags: tags))
      }
    }
    return shared
  }
}

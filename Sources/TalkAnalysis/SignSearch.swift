import Coaching

/// Looks for the signs in one meeting's turns.
struct SignSearch {
  private let measures: TalkMeasures
  private let patterns: Patterns
  private let turns: [TaggedTurn]

  init(_ measures: TalkMeasures, _ patterns: Patterns) {
    self.measures = measures
    self.patterns = patterns
    turns = measures.turns
  }

  private typealias Result = (verdict: SignFinding.Verdict, places: [Place])

  func finding(_ sign: Sign) -> SignFinding {
    var (verdict, places) = result(sign)
    // With a handful of tags nothing can be said of what is absent.
    if turns.count < Rule.enoughTurns, verdict == .notSeen { verdict = .cannotTell }
    // What was short of the rule is no place of the sign.
    if verdict == .notSeen || verdict == .cannotTell { places = [] }
    return SignFinding(sign: sign, level: sign.level, verdict: verdict, places: places)
  }

  // MARK: - The rules, in the order of the guide's table

  private func result(_ sign: Sign) -> Result {
    switch sign {
    case .asksAndTells:
      count(
        neighbours({ $0.isBy(.coach, .question) }, then: { $0.isBy(.coachee, .explanation, .context) }), seen: 3)
    case .mostlyTelling:
      share(
        of: turns.filter { $0.turn.by == .coachee && !$0.turn.functions.isEmpty },
        that: { $0.turn.has(.explanation) || $0.turn.has(.context) }, seen: 0.6, partly: 0.4,
        atLeast: Rule.enoughFunctions)
    case .fromMemory:
      share(
        of: turns.filter { $0.turn.stimulus != nil }, that: { $0.turn.stimulus == .recall }, seen: 0.6,
        atLeast: Rule.enoughStimuli)
    case .coachOpens:
      share(of: opened, that: { $0.turn.by == .coach }, seen: Rule.oneSided, partly: 0.5, atLeast: Rule.enoughStarts)
    case .lessonInBigParts:
      share(
        of: scaled, that: { $0.turn.scale == .lesson || $0.turn.scale == .episode }, seen: 0.7, partly: 0.5,
        atLeast: Rule.enoughScales)
    case .littleBeforeOrAfter:
      share(
        of: turns.filter { $0.turn.time != nil }, that: { $0.turn.time == .lesson || $0.turn.time == TimeFrame.none },
        seen: 0.7, partly: 0.5, atLeast: Rule.enoughTimes)
    case .comparedWithBefore: count(turns { $0.turn.by == .coachee && $0.turn.time == .past }, seen: 1)

    case .learningAskedAbout: learningAskedAbout
    case .decisionsAndResponses:
      count(
        neighbours(
          { $0.isBy(.coachee, .explanation) }, then: { $0.isBy(.coachee, .justification, .clarification) },
          within: 0...2), seen: 2)
    case .reasonsMadeClear:
      both(turns { $0.isBy(.coachee, .justification) }, turns { $0.isBy(.coachee, .clarification) })
    case .somethingToLookAt: count(evidence, seen: 2)
    case .backToTheFocus: measures.focus == nil ? (.cannotTell, []) : count(patterns.focusLinks, seen: 2)
    case .widerExperience:
      count(turns { $0.turn.by == .coachee && ($0.turn.time == .past || $0.turn.has(.generalisation)) }, seen: 2)
    case .suggestionsMade: count(turns { $0.turn.has(.suggestion) }, seen: 2)
    case .widerContext:
      scaled.count < Rule.enoughScales
        ? (.cannotTell, []) : count(turns { $0.turn.scale == .theme || $0.turn.scale == .society }, seen: 2)

    case .evidenceInUse: count(evidenceInUse, seen: 2)
    case .workingItOut:
      count(
        neighbours(
          { $0.isBy(.coach, .question, .challenge) },
          then: { $0.isBy(.coachee, .suggestion, .newIdea, .generalisation, .dissonance) }, within: 1...3), seen: 2)
    case .assumptionChallenged: count(turns { $0.isBy(.coach, .challenge) }, seen: 2)
    case .challengeTakenUp:
      count(
        patterns.challenges.filter { $0.answers.contains(.acceptance) || $0.answers.contains(.dissonance) }.map(
          \.place),
        seen: 1)
    case .bothOpen: bothOpen
    case .lookedAtTogether:
      count(
        neighbours({ $0.usesEvidence }, then: { $0.usesEvidence }, differing: true), seen: 2)
    case .severalSizes: severalSizes
    case .generalised: count(turns { $0.turn.has(.generalisation) }, seen: 2)
    case .futureFromReflection:
      count(
        neighbours(
          { $0.turn.has(.challenge) || $0.turn.has(.dissonance) || $0.turn.has(.generalisation) },
          then: { $0.isAboutTheFuture }, within: 1...Rule.dissonanceTakenUpWithin), seen: 2)

    case .builtTogether: builtTogether
    case .ideasFromBoth:
      both(
        turns { $0.isBy(.coach, .newIdea, .suggestion) || $0.isBy(.both, .newIdea, .suggestion) },
        turns { $0.isBy(.coachee, .newIdea, .suggestion) || $0.isBy(.both, .newIdea, .suggestion) })
    case .bothAsk: bothAsk
    case .anotherWayFound: anotherWayFound
    case .bothSteer: bothSteer
    case .sizesLinked: sizesLinked
    case .rolesBlur:
      rolesBlur
    case .dissonanceResolved: dissonanceResolved
    case .nextPlan: nextPlan
    case .willBeTested: willBeTested
    }
  }

  // MARK: - How rules count

  private func count(_ places: [Place], seen: Int) -> Result {
    (places.count >= seen ? .seen : places.isEmpty ? .notSeen : .partly, places)
  }

  /// Seen when both are there, partly when one is.
  private func both(_ first: [Place], _ second: [Place]) -> Result {
    (
      first.isEmpty && second.isEmpty ? .notSeen : first.isEmpty || second.isEmpty ? .partly : .seen,
      byTime(first + second)
    )
  }

  /// By the share of `whole` that satisfies `condition`; with `partly` left out, any is partly.
  private func share(
    of whole: [TaggedTurn], that condition: (TaggedTurn) -> Bool, seen: Double, partly: Double? = nil, atLeast: Int
  ) -> Result {
    guard whole.count >= atLeast else { return (.cannotTell, []) }
    let part = whole.filter(condition)
    let share = Double(part.count) / Double(whole.count)
    let isPartly = partly.map { share >= $0 } ?? !part.isEmpty
    return (share >= seen ? .seen : isPartly ? .partly : .notSeen, part.map(\.place))
  }

  /// Each place once; of the same time by number, so that a page is the same whenever it is made.
  private func byTime(_ places: [Place]) -> [Place] {
    Set(places).sorted { ($0.t, $0.number) < ($1.t, $1.number) }
  }

  private func turns(_ condition: (TaggedTurn) -> Bool) -> [Place] { turns.filter(condition).map(\.place) }

  private var opened: [TaggedTurn] { turns.filter(\.turn.new) }
  private var scaled: [TaggedTurn] { turns.filter { $0.turn.scale != nil } }

  /// Evidence brought in, and turns that lean on some; by time.
  private var evidence: [Place] {
    let used = turns.filter(\.usesEvidence)
    // A mark and the turn about it right after are one use.
    let marks = measures.stimuli.filter { mark in
      let next = used.partitioningIndex { $0.t >= mark.t }
      return next == used.count || used[next].t > mark.t + Rule.rightAfter
    }
    return byTime(marks.map(\.place) + used.map(\.place))
  }

  /// The turns that satisfy `first` and are followed, at one of the distances `within`, by one that satisfies `then`; with
  /// `differing` by somebody else.
  private func neighbours(
    _ first: (TaggedTurn) -> Bool, then: (TaggedTurn) -> Bool, within: ClosedRange<Int> = 1...1,
    differing: Bool = false
  ) -> [Place] {
    turns.indices.filter { index in
      first(turns[index])
        && within.contains { distance in
          let other = index + distance
          return other < turns.count && measures.stretches[other] == measures.stretches[index] && then(turns[other])
            && !(differing && turns[other].turn.by == turns[index].turn.by)
        }
    }.map { turns[$0].place }
  }

  // MARK: - Rules of their own

  private var learningAskedAbout: Result {
    let asked = turns.filter { $0.isBy(.coach, .question) }
    let telling = asked.filter { $0.turn.subject != nil || $0.turn.note != nil || $0.turn.stimulus != nil }
    guard !telling.isEmpty else { return (.cannotTell, []) }
    let learning: Set<Substring> = ["pupil", "stude", "learn", "under", "child", "kids"]
    let found = telling.filter { turn in
      turn.turn.stimulus == .pupilWork || turn.turn.stimulus == .video
        || [turn.turn.subject, turn.turn.note].contains { !learning.isDisjoint(with: ($0 ?? "").telling) }
    }
    return count(found.map(\.place), seen: 2)
  }

  private var evidenceInUse: [Place] {
    let working: Set<InteractionFunction> = [.evaluation, .dissonance, .challenge, .generalisation, .clarification]
    return evidence.filter { place in
      let first = turns.partitioningIndex { $0.t >= place.t }
      return turns[first...].prefix(4).contains { !working.isDisjoint(with: $0.turn.functions) }
    }
  }

  private var bothOpen: Result {
    guard opened.count >= Rule.enoughStarts else { return (.cannotTell, []) }
    let fewest = [Speaker.coach, .coachee].map { who in opened.count { $0.turn.by == who || $0.turn.by == .both } }
      .min()!
    let places = opened.map(\.place)
    return (Double(fewest) >= 0.3 * Double(opened.count) ? .seen : fewest > 0 ? .partly : .notSeen, places)
  }

  private static let inside: Set<Scale> = [.moment, .episode, .lesson]
  private var scales: Set<Scale> { Set(scaled.compactMap(\.turn.scale)) }

  /// Scaled turns whose scale is not that of the scaled turn before.
  private var sizeMoves: [TaggedTurn] {
    zip(scaled.dropFirst(), scaled).filter { $0.turn.scale != $1.turn.scale }.map(\.0)
  }

  private var severalSizes: Result {
    guard scaled.count >= Rule.enoughScales else { return (.cannotTell, []) }
    let isBoth = !scales.isDisjoint(with: Self.inside) && !scales.isSubset(of: Self.inside)
    return (scales.count >= 3 && isBoth ? .seen : scales.count >= 2 ? .partly : .notSeen, sizeMoves.map(\.place))
  }

  private var sizesLinked: Result {
    guard scaled.count >= Rule.enoughScales else { return (.cannotTell, []) }
    let groups: [Set<Scale>] = [[.moment, .episode], [.lesson], [.theme, .society]]
    let there = groups.count { !scales.isDisjoint(with: $0) }
    let isSeen = there == 3 && sizeMoves.count >= 3
    let hasBoth = there >= 2 && !scales.isDisjoint(with: groups[2])
    return (isSeen ? .seen : hasBoth ? .partly : .notSeen, sizeMoves.map(\.place))
  }

  private var builtTogether: Result {
    let runs = patterns.buildings.filter { $0.turns.count >= 3 }
    if !runs.isEmpty { return (.seen, runs.flatMap(\.turns)) }
    let tagged = turns { $0.turn.co }
    return (tagged.count >= Rule.turnsBuilding ? .partly : .notSeen, tagged)
  }

  private var bothAsk: Result {
    let asked = turns.filter { $0.turn.has(.question) }
    let fewest = [Speaker.coach, .coachee].map { who in asked.count { $0.turn.by == who || $0.turn.by == .both } }
      .min()!
    return (
      fewest == 0 ? .notSeen : Double(fewest) >= 0.25 * Double(asked.count) ? .seen : .partly,
      fewest == 0 ? [] : asked.map(\.place)
    )
  }

  private var anotherWayFound: Result {
    let ideas = turns.filter { $0.turn.has(.newIdea) }
    let runs = patterns.buildings
    let fromBuilding = ideas.filter { idea in
      let next = runs.partitioningIndex { $0.end + Rule.rightAfter >= idea.t }
      return next < runs.count && runs[next].turns[0].t <= idea.t
    }
    if !fromBuilding.isEmpty { return (.seen, fromBuilding.map(\.place)) }
    return (ideas.isEmpty ? .notSeen : .partly, ideas.map(\.place))
  }

  private var bothSteer: Result {
    guard scaled.count >= Rule.enoughScales else { return (.cannotTell, []) }
    let moves = sizeMoves
    func isByBoth(_ some: [TaggedTurn]) -> Bool {
      [Speaker.coach, .coachee].allSatisfy { who in some.contains { $0.turn.by == who || $0.turn.by == .both } }
    }
    let (open, move) = (isByBoth(opened), isByBoth(moves))
    let places = byTime((open ? opened : []).map(\.place) + (move ? moves : []).map(\.place))
    return (open && move ? .seen : open || move ? .partly : .notSeen, places)
  }

  /// A coach who nods has not swapped chairs: it starts with a coached teacher who asks.
  private var rolesBlur: Result {
    let asked = turns { $0.isBy(.coachee, .challenge, .question) }
    return asked.isEmpty
      ? (.notSeen, [])
      : both(
        asked,
        turns {
          $0.isBy(.coach, .acceptance, .dissonance) || ($0.isBy(.coach, .generalisation) && $0.turn.time == .past)
        })
  }

  private var dissonanceResolved: Result {
    let places = { (some: [Patterns.Dissonance]) in some.map(\.place) }
    let whole = patterns.dissonances.filter { $0.past != nil && $0.future != nil }
    if !whole.isEmpty { return (.seen, places(whole)) }
    let half = patterns.dissonances.filter { $0.past != nil || $0.future != nil }
    return (half.isEmpty ? .notSeen : .partly, places(half))
  }

  private var nextPlan: Result {
    let ahead = turns.filter { $0.turn.time == .future }.map(\.place) + measures.actions.map(\.place)
    let first = patterns.buildings.map(\.end).min()
    if let first {
      let after = ahead.filter { $0.t >= first }
      if !after.isEmpty { return (.seen, byTime(after)) }
    }
    return (!measures.actions.isEmpty || ahead.count >= 2 ? .partly : .notSeen, byTime(ahead))
  }

  private var willBeTested: Result {
    let ahead = turns.filter { $0.turn.time == .future }
    let isByBoth = [Speaker.coach, .coachee].allSatisfy { who in
      ahead.contains { $0.turn.by == who || $0.turn.by == .both }
    }
    return (isByBoth ? (ahead.count >= 3 ? .seen : .partly) : .notSeen, isByBoth ? ahead.map(\.place) : [])
  }
}

extension TaggedTurn {
  func isBy(_ speaker: Speaker, _ functions: InteractionFunction...) -> Bool {
    turn.by == speaker && functions.contains(where: turn.has)
  }

  /// Leans on something other than memory.
  var usesEvidence: Bool { (turn.stimulus ?? .recall) != .recall }
}

import Coaching
import TalkAnalysis

/// The patterns of the talk in sentences, each with its places. What a pattern is comes from the guide (§7.2–7.4, §9.5).
extension Reflection {
  var patternBlocks: [Page.Block] {
    let patterns = [
      building, challengePattern, dissonancePattern, momentPattern, roundPattern, questionPattern,
      movePattern(.scale, "size"), movePattern(.time, "time"), focusPattern,
      cosyPattern,
    ]
    .compactMap(\.self)
    var blocks: [Page.Block] = [.text(balance)]
    blocks += patterns.map { .pattern($0) }
    if patterns.isEmpty {
      blocks.append(.aside("None of the patterns that the guide describes turned up in what was tagged."))
    }
    if analysis.enoughTags, duration >= 300 {
      blocks.append(.heading("Beginning, middle and end"))
      blocks.append(.comparison(phases))
    }
    if let matrix = transitionMatrix {
      blocks.append(.heading("What followed what"))
      blocks.append(.matrix(matrix))
    }
    return blocks
  }

  /// Who talked how much, rounded for people, and how far that can be trusted.
  private var balance: String {
    guard analysis.enoughTags else { return "There are too few tags to say who talked how much." }
    let parts = analysis.parts.filter { $0.speaker == .coach || $0.speaker == .coachee }
    // Of a few seconds there is no share.
    let hasTime = parts.map(\.seconds).reduce(0, +) >= 60
    let turns = parts.map {
      "\(people.name($0.speaker)) had \($0.share.inWords) of the turns"
        + (hasTime ? " and \($0.timeShare.inWords) of the time" : "")
    }
    let typical = parts.filter { $0.turns > 0 }.map {
      "\(Timecode.words($0.medianSeconds)) for \(people.name($0.speaker))"
    }
    var text = turns.joined(separator: "; ") + "."
    if hasTime { text += " Counted to the next tag, a typical turn lasted \(typical.inSentence)." }
    return text
  }

  private func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
  }

  private func times(_ number: Int) -> String {
    switch number {
    case 1: "once"
    case 2: "twice"
    default: "\(number) times"
    }
  }

  private var building: Page.Pattern? {
    let runs = analysis.patterns.buildings
    guard !runs.isEmpty else { return nil }
    let longest = runs.map(\.turns.count).max() ?? 0
    let isInferred = !runs.contains(where: \.isTagged)
    let how =
      runs.allSatisfy(\.isTagged)
      ? "" : " Where nobody tagged it, it is inferred from short turns that take each other further."
    return Page.Pattern(
      title: isInferred ? "You may have built ideas together" : "You built ideas together",
      text: "\(times(runs.count).capitalizedFirst) one idea grew turn by turn between you"
        + ", in \(runs.count == 1 ? "" : "up to ")\(longest) turns.\(how)",
      places: runs.compactMap(\.turns.first))
  }

  private var challengePattern: Page.Pattern? {
    let challenges = analysis.patterns.challenges
    guard !challenges.isEmpty else { return nil }
    let isOne = challenges.count == 1
    func met(_ answer: Patterns.Answer, _ words: String) -> String? {
      let number = challenges.count { $0.answers.contains(answer) }
      return number == 0 ? nil : words + (isOne ? "" : " \(times(number))")
    }
    let answers = [
      met(.acceptance, "with acceptance"), met(.dissonance, "with something that stopped adding up"),
      met(.defence, "with a defence"), met(.other, "in another way"),
    ].compactMap(\.self)
    // After the last turn, or the last before a pause, nothing could come.
    let left = challenges.count { $0.answers.isEmpty && $0.hadTime }
    let we = challenges.count { $0.voice == .we }
    let you = challenges.count { $0.voice == .you }
    var text = "\(count(challenges.count, "challenge"))" + (answers.isEmpty ? "." : ", met \(answers.inSentence).")
    if left > 0 {
      text +=
        isOne
        ? " It got no answer in the next turns."
        : left == challenges.count
          ? " None got an answer in the next turns." : " \(left) got no answer in the next turns."
    }
    let voices = [(we, "we"), (you, "you")].filter { $0.0 > 0 }.map { number, word in
      "\(isOne ? "it" : "\(number)") \(number == 1 ? "was" : "were") put as “\(word)”"
    }
    if !voices.isEmpty { text += " Going by the notes, \(voices.inSentence)." }
    return Page.Pattern(title: "Challenge, and what answered it", text: text, places: challenges.map(\.place))
  }

  private var dissonancePattern: Page.Pattern? {
    let all = analysis.patterns.dissonances
    guard !all.isEmpty else { return nil }
    let outside = all.count(where: \.isFromOutside)
    let (past, future) = (all.count { $0.past != nil }, all.count { $0.future != nil })
    let taken = [
      past > 0 ? "back to other experience" + (all.count == 1 ? "" : " \(times(past))") : nil,
      future > 0 ? "on to what comes next" + (all.count == 1 ? "" : " \(times(future))") : nil,
    ].compactMap(\.self)
    let nowhere =
      all.contains(where: \.hadTime)
      ? "It was not taken to other lessons, nor to what comes next." : "Nothing was tagged after it."
    let source =
      outside == 0
      ? ""
      : outside == all.count
        ? ", after a challenge or in front of evidence"
        : ", \(times(outside)) after a challenge or in front of evidence"
    return Page.Pattern(
      title: "Something stopped adding up",
      text: "\(times(all.count).capitalizedFirst)\(source). "
        + (taken.isEmpty ? nowhere : "It was taken \(taken.inSentence)."),
      places: all.map(\.place))
  }

  private var momentPattern: Page.Pattern? {
    let all = analysis.patterns.moments
    guard !all.isEmpty else { return nil }
    let stayed = all.count { !$0.stayed.isEmpty }
    let further = all.count { $0.generalised != nil || $0.future != nil }
    let one = all.count == 1
    func which(_ number: Int) -> String {
      number < all.count ? "\(number) of them" : one ? "it" : number == 2 ? "both" : "all of them"
    }
    let parts = [
      stayed == 0 ? nil : "stayed with \(which(stayed))",
      further == 0 ? nil : "took \(which(further)) further, to other lessons or the next one",
    ].compactMap(\.self)
    let became =
      !parts.isEmpty
      ? "The talk \(parts.inSentence)."
      : all.contains(where: \.hadTime)
        ? "No turn soon after was tagged as being about \(one ? "it" : "any of them")."
        : "Nothing was tagged after that."
    return Page.Pattern(
      title: "Critical moments, and what became of them",
      text: "\(count(all.count, "moment")) \(one ? "was" : "were") marked. \(became)",
      places: all.map(\.place))
  }

  private var roundPattern: Page.Pattern? {
    let all = analysis.patterns.rounds
    guard !all.isEmpty else { return nil }
    return Page.Pattern(
      title: "Question, account, verdict",
      text:
        "\(times(all.count).capitalizedFirst) the talk went round like this: \(people.coach) asked, \(people.coachee) gave an account, \(people.coach) said how good it was.",
      places: all.map(\.question))
  }

  private var questionPattern: Page.Pattern? {
    guard findings.contains(where: { $0.condition == .questionsInARow }) else { return nil }
    let run = analysis.patterns.questionRun
    return Page.Pattern(
      title: "One question after another",
      text: "\(people.coach) asked \(count(run.count, "question")) before saying anything else.", places: run)
  }

  /// How the talk went from one value to another. Links across sizes and times are what deepens reflection. Guide Fig 10b (F1).
  private func movePattern(_ dimension: Dimension, _ what: String) -> Page.Pattern? {
    let moves = analysis.moves.filter { $0.dimension == dimension.rawValue }
    guard !moves.isEmpty else { return nil }
    let tagged = measures.turns.filter { !$0.turn.codes(dimension).isEmpty }
    let places = zip(tagged.dropFirst(), tagged)
      .filter { $0.turn.codes(dimension) != $1.turn.codes(dimension) }.map(\.0.place)
    let often = moves.filter { $0.count > 1 }
    let most = (often.isEmpty ? moves : often).prefix(3).map {
      "\(title(dimension, $0.from).lowercased()) to \(title(dimension, $0.to).lowercased())"
        + ($0.count > 1 ? " (\($0.count))" : "")
    }
    let how = !often.isEmpty ? ", most often" : moves.count > most.count ? ", among them" : ":"
    let total = moves.map(\.count).reduce(0, +)
    return Page.Pattern(
      title: "From one \(what) to another",
      text: "\(count(total, "move")) between \(what)s\(how) from \(most.inSentence).", places: places)
  }

  /// The talk in thirds.
  private var phases: Page.Comparison {
    let phases = analysis.phases
    func row(_ title: String, _ value: (Analysis.Phase) -> String) -> [String] { [title] + phases.map(value) }
    func most(_ phase: Analysis.Phase, _ dimension: Dimension) -> String {
      let counts = (phase.counts[dimension.rawValue] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return counts.isEmpty
        ? "–"
        : counts.prefix(2).map { "\(title(dimension, $0.key).lowercased()) (\($0.value))" }.joined(separator: ", ")
    }
    return Page.Comparison(
      caption: "The talk in thirds",
      headings: [""] + phases.map { "\($0.name.capitalizedFirst), to \(Timecode.text($0.to))" },
      rows: [
        row("Turns by \(people.coach)") { "\($0.turnsBySpeaker["coach"] ?? 0)" },
        row("Turns by \(people.coachee)") { "\($0.turnsBySpeaker["coachee"] ?? 0)" },
        row("Mostly") { most($0, .function) }, row("About") { most($0, .scale) },
      ])
  }

  private var focusPattern: Page.Pattern? {
    let links = analysis.patterns.focusLinks
    guard focus != nil, !links.isEmpty else { return nil }
    return Page.Pattern(
      title: "Back to your focus",
      text: "Going by the words that were noted, the talk came back to it \(times(links.count)).",
      places: links)
  }

  private var cosyPattern: Page.Pattern? {
    let warm = analysis.patterns.cosyTurns
    guard !warm.isEmpty, analysis.enoughTags else { return nil }
    return Page.Pattern(
      title: "Warm, and nothing tested",
      text:
        "Nearly every tone that was tagged was warm, and nothing was challenged or defended. That may be just right once, and a sign of cosy chat if it stays so.",
      places: warm)
  }

  // MARK: - What followed what

  /// The functions that came up, and how often each was followed by each.
  private var transitionMatrix: Page.Matrix? {
    let used = analysis.functions.filter { $0.turns > 0 }.map(\.function)
    guard used.count > 1, !analysis.transitions.isEmpty else { return nil }
    var cells = used.map { _ in used.map { _ in Page.Matrix.Cell() } }
    let index = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    for transition in analysis.transitions {
      guard let row = index[transition.from], let column = index[transition.to] else { continue }
      cells[row][column].count += transition.count
      if transition.by == .coach { cells[row][column].fromCoach += transition.count }
      if transition.by == .coachee { cells[row][column].fromCoachee += transition.count }
    }
    return Page.Matrix(names: used.map { title(.function, $0) }, cells: cells)
  }
}

extension Double {
  /// A share as people would say it.
  fileprivate var inWords: String {
    let words: [(upTo: Double, String)] = [
      (0.005, "none"), (0.07, "hardly any"), (0.15, "a tenth"), (0.225, "a fifth"), (0.29, "a quarter"),
      (0.365, "a third"), (0.45, "two fifths"), (0.55, "half"), (0.635, "three fifths"), (0.71, "two thirds"),
      (0.775, "three quarters"), (0.85, "four fifths"), (0.93, "nine tenths"), (0.995, "nearly all"),
    ]
    return words.first { self <= $0.upTo }?.1 ?? "all"
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

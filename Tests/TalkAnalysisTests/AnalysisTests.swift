import Coaching
import Foundation
import TalkAnalysis
import Testing

/// The figures, against ones worked out by hand.
@Suite struct AnalysisTests {
  private let analysis = Analysis(
    meeting(
      [
        c(.question, new: true, scale: .lesson), t(.explanation, .context, scale: .moment), c(.question, scale: .theme),
        t(.explanation, scale: .moment, time: .future), t(.suggestion, co: true),
      ], others: [(60, .action(text: "a"))]))

  @Test func `who spoke, how often, how long`() throws {
    let parts = analysis.parts
    #expect(parts.map(\.speaker) == [.coach, .coachee])
    #expect(parts.map(\.turns) == [2, 3])
    #expect(parts.map(\.seconds) == [20, 40])
    let timeShares: [Double] = [20.0 / 60, 40.0 / 60]
    #expect(parts.map(\.timeShare) == timeShares)
    #expect(parts.map(\.medianSeconds) == [10, 10])
    #expect(parts.map(\.longestSeconds) == [10, 20])
    #expect(parts.map(\.opened) == [1, 0])
    // Wilson's interval for 2 of 5, as statsmodels gives it.
    #expect(abs(parts[0].shareLow - 0.11762077423264793) < 1e-12)
    #expect(abs(parts[0].shareHigh - 0.7692757187239871) < 1e-12)
  }

  @Test func `functions by speaker, rate and time`() throws {
    let explanation = try #require(analysis.functions.first { $0.function == "explanation" })
    #expect(explanation.turns == 2 && explanation.bySpeaker == ["coachee": 2])
    #expect(explanation.perTenMinutes == 20)
    #expect(explanation.timeShare == 20.0 / 60)
    #expect(explanation.places.map(\.t) == [10, 30])
    #expect(analysis.functions.count == 15)
  }

  @Test func `moves between sizes, and what followed what`() {
    #expect(
      analysis.moves.map { "\($0.from) \($0.to) \($0.count)" } == [
        "lesson moment 1", "moment theme 1", "theme moment 1",
      ])
    let after = analysis.transitions.filter { $0.from == "question" }
    #expect(after.map { "\($0.to) \($0.count)" } == ["explanation 2", "context 1"])
    let probabilities: [Double] = [2.0 / 3, 1.0 / 3]
    #expect(after.map(\.probability) == probabilities)
    #expect(after.allSatisfy { $0.by == .coach && $0.then == .coachee })
    let sums = Dictionary(analysis.transitions.map { ("\($0.from) \($0.by)", $0.probability) }, uniquingKeysWith: +)
    #expect(sums.values.allSatisfy { abs($0 - 1) < 1e-12 })
  }

  @Test func `thirds of the meeting hold every turn once`() {
    #expect(analysis.phases.map(\.from) == [0, 20, 40])
    #expect(analysis.phases.map { $0.turnsBySpeaker.values.reduce(0, +) } == [2, 2, 1])
    #expect(analysis.phases[0].counts["function"] == ["question": 1, "explanation": 1, "context": 1])
    #expect(analysis.phases[2].counts["co-construction"] == ["coachee": 1])
  }

  @Test func `every key of the JSON is explained`() throws {
    let here = URL(fileURLWithPath: #filePath)
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Sources/TalkAnalysis/ANALYSIS.md"), encoding: .utf8)
    var keys: Set<String> = []
    func collect(_ value: Any) {
      if let list = value as? [Any] { list.forEach(collect) }
      guard let object = value as? [String: Any] else { return }
      for (key, value) in object where key != "counts" && key != "bySpeaker" && key != "turnsBySpeaker" {
        keys.insert(key)
        collect(value)
      }
    }
    var noted = c(.challenge)
    noted.note = "we"
    let full = Analysis(
      meeting(
        SignTests.building + [noted, t(.dissonance), t(.generalisation), t(.newIdea)] + SignTests.emerging,
        others: [(5, .moment(text: nil))]))
    collect(try JSONSerialization.jsonObject(with: JSONEncoder().encode(full)))
    #expect(keys.count > 45)
    for key in keys.union(["counts", "bySpeaker", "turnsBySpeaker"]) {
      #expect(text.contains("`\(key)`") || text.contains("\"\(key)\""), "\(key)")
    }
  }

  @Test func `nothing tagged gives noughts, and no number that JSON cannot hold`() throws {
    let empty = Analysis(meeting([]))
    #expect(empty.turns == 0 && empty.parts.map(\.turns) == [0, 0] && !empty.enoughTags)
    #expect(empty.signs.allSatisfy { $0.verdict != .seen && $0.verdict != .notSeen })
    _ = try JSONEncoder().encode(empty)
  }
}

/// Meetings as a reader of the guide's Table 1 would place them.
@Suite struct SignTests {
  /// The coach asks, the coachee tells; from memory, about the lesson.
  static let emerging: [Turn] = (0..<6).flatMap { index in
    [
      c(.question, new: true, scale: .lesson, time: .lesson, stimulus: .recall),
      t(.explanation, scale: index % 2 == 0 ? .lesson : .episode, time: .lesson, stimulus: .recall),
    ]
  }

  /// Reasons, notes to look at, back to the focus, suggestions.
  static let developing: [Turn] = (0..<3).flatMap { _ in
    [
      c(.question, new: true, scale: .episode, time: .lesson, stimulus: .notes),
      t(.explanation, .justification, scale: .episode, time: .lesson, stimulus: .notes),
      t(.clarification, subject: "questions", scale: .episode, time: .past), c(.suggestion, time: .future),
    ]
  }

  /// Evidence argued over, challenge taken up, generalised, both opening topics.
  static let refining: [Turn] = (0..<3).flatMap { _ in
    [
      c(.question, new: true, scale: .moment, time: .lesson, stimulus: .pupilWork),
      t(.evaluation, scale: .moment, time: .lesson, stimulus: .pupilWork), c(.challenge, scale: .lesson),
      t(.dissonance, scale: .moment), t(.generalisation, new: true, scale: .theme, time: .past),
      t(.suggestion, scale: .lesson, time: .future),
    ]
  }

  /// One idea in short turns by both, from something that did not add up, into the next plan.
  static let building: [Turn] =
    [
      t(.question, new: true, scale: .moment, time: .lesson, stimulus: .video),
      c(.challenge, new: true, scale: .lesson),
      t(.dissonance, scale: .moment), c(.acceptance, .generalisation, scale: .theme, time: .past),
      t(.newIdea, co: true, scale: .episode, time: .future), c(.newIdea, co: true, scale: .lesson, time: .future),
      t(.suggestion, co: true, scale: .theme, time: .future), c(.question, co: true, scale: .lesson, time: .future),
      t(.challenge, new: true, scale: .lesson), c(.acceptance),
    ]

  private func verdicts(_ turns: [Turn], focus: String? = "questions") -> [Sign: SignFinding.Verdict] {
    let began = Event.Kind.began(stage: .post, people: People(coach: "A", coachee: "B"), focus: focus)
    let kinds = [(0.0, began)] + turns.enumerated().map { (Double($0.offset) * 10, Event.Kind.turn($0.element)) }
    let events = kinds.enumerated().map {
      Event(number: $0 + 2, t: $1.0, at: Date(timeIntervalSince1970: 0), kind: $1.1)
    }
    let analysis = Analysis(TalkMeasures(MeetingState(events: events)!))
    return Dictionary(uniqueKeysWithValues: analysis.signs.map { ($0.sign, $0.verdict) })
  }

  private func seen(_ verdicts: [Sign: SignFinding.Verdict], level: Int) -> Double {
    let own = verdicts.filter { $0.key.level == level }
    return Double(own.values.count { $0 == .seen }) / Double(own.count)
  }

  @Test func `each level's talk shows that level's signs most`() {
    for (level, turns) in [(1, Self.emerging), (2, Self.developing), (3, Self.refining), (4, Self.building)] {
      let found = verdicts(turns)
      let shares = (1...4).map { seen(found, level: $0) }
      #expect(shares.max() == shares[level - 1], "level \(level): \(shares)")
      #expect(shares[level - 1] >= 0.7, "level \(level): \(shares) \(found.filter { $0.key.level == level })")
    }
  }

  @Test func `talk that only tells shows nothing of the upper levels`() {
    let found = verdicts(Self.emerging)
    #expect(
      found.filter { $0.key.level >= 3 }.values.allSatisfy { $0 == .notSeen || $0 == .cannotTell || $0 == .partly })
    #expect(found[.builtTogether] == .notSeen && found[.assumptionChallenged] == .notSeen)
  }

  @Test func `with a handful of tags nothing is said to be absent`() {
    let found = verdicts(Array(Self.emerging.prefix(5)))
    #expect(!found.values.contains(.notSeen))
  }

  @Test func `without a focus nobody can tell whether the talk came back to it`() {
    #expect(verdicts(Self.developing, focus: nil)[.backToTheFocus] == .cannotTell)
    #expect(verdicts(Self.developing)[.backToTheFocus] == .seen)
  }

  @Test func `every place of a sign is a turn, a mark, or evidence of the meeting`() {
    for turns in [Self.emerging, Self.developing, Self.refining, Self.building] {
      let measures = meeting(turns, others: [(200, .action(text: "a"))])
      let known = Set(
        measures.turns.map(\.place) + (measures.moments + measures.stimuli + measures.actions).map(\.place))
      for finding in Analysis(measures).signs {
        #expect(known.isSuperset(of: finding.places), "\(finding.sign)")
        if finding.verdict == .seen || finding.verdict == .partly {
          #expect(!finding.places.isEmpty, "\(finding.sign)")
        }
        if finding.verdict == .notSeen || finding.verdict == .cannotTell {
          #expect(finding.places.isEmpty, "\(finding.sign)")
        }
        #expect(finding.places.map(\.t) == finding.places.map(\.t).sorted(), "\(finding.sign)")
      }
    }
  }

  @Test func `a coach who only nods, and a lesson in two sizes, are nothing of level 4`() {
    let scaled = (0..<4).map { t(.explanation, scale: $0 % 2 == 0 ? .lesson : .episode) }
    let found = verdicts(scaled + repeated(4, c(.acceptance)))
    #expect(found[.rolesBlur] == .notSeen && found[.sizesLinked] == .notSeen)
    let further = verdicts(scaled + [t(.question, scale: .theme)] + repeated(4, c(.continuity)))
    #expect(further[.rolesBlur] == .partly && further[.sizesLinked] == .seen)
  }

  @Test(arguments: [
    ("what did the students take from it?", SignFinding.Verdict.seen), ("did they understand it?", .seen),
    ("what do you think of it?", .notSeen), ("how was the class?", .notSeen),
  ])
  func `a question about learning says so`(note: String, verdict: SignFinding.Verdict) {
    var question = c(.question)
    question.note = note
    #expect(verdicts(repeated(2, question) + repeated(8, t(.context)))[.learningAskedAbout] == verdict)
  }

  /// For each sign, talk that shows it and the same talk with one thing less.
  @Test(arguments: [
    (Sign.comparedWithBefore, [t(time: .past)], [c(time: .past)]),
    (.reasonsMadeClear, [t(.justification), t(.clarification)], [t(.justification), c(.clarification)]),
    (.somethingToLookAt, repeated(2, c(stimulus: .notes)), [c(stimulus: .notes), c(stimulus: .recall)]),
    (.suggestionsMade, [c(.suggestion), t(.suggestion)], [c(.suggestion)]),
    (.workingItOut, repeated(2, c(.question)) + [t(.newIdea)], [c(.question), t(.newIdea)]),
    (.assumptionChallenged, repeated(2, c(.challenge)), [c(.challenge), t(.challenge)]),
    (.challengeTakenUp, [c(.challenge), t(.acceptance)], [c(.challenge), t(.defence)]),
    (
      .lookedAtTogether, [c(stimulus: .video), t(stimulus: .video), c(stimulus: .video)],
      repeated(3, c(stimulus: .video))
    ),
    (.generalised, repeated(2, t(.generalisation)), [t(.generalisation)]),
    (.builtTogether, [t(.newIdea, co: true), c(co: true), t(co: true)], [t(.newIdea, co: true), c(co: true)]),
    (.ideasFromBoth, [c(.newIdea), t(.suggestion)], [c(.newIdea), c(.suggestion)]),
    (.bothAsk, [c(.question), t(.question)], repeated(4, c(.question)) + [t(.question)]),
    (.rolesBlur, [t(.challenge), c(.acceptance)], [t(.challenge), t(.acceptance)]),
    (.fromMemory, repeated(3, t(stimulus: .recall)), repeated(2, t(stimulus: .recall))),
    (.dissonanceResolved, [t(.dissonance, time: .past), t(time: .future)], [t(.dissonance, time: .past)]),
    (.willBeTested, [c(time: .future), t(time: .future), t(time: .future)], [c(time: .future), t(time: .future)]),
  ])
  func `a sign is seen just when its rule is met`(sign: Sign, met: [Turn], missed: [Turn]) {
    let others = repeated(8, Turn(by: .observer))
    #expect(verdicts(met + others)[sign] == .seen)
    #expect(verdicts(missed + others)[sign] != .seen)
  }

  private static func sizes(_ scales: Scale...) -> [Turn] { scales.map { t(scale: $0) } }
  private static func mixed(_ first: Int, _ one: Turn, _ second: Int, _ other: Turn) -> [Turn] {
    repeated(first, one) + repeated(second, other)
  }
  private static func twice(_ turns: [Turn]) -> [Turn] { turns + turns }
  private static func apart(_ first: Turn, _ between: Int, _ last: Turn) -> [Turn] {
    [first] + repeated(between, c()) + [last]
  }
  private static let built = [c(co: true), t(co: true)]

  /// The same for the signs that go by shares, distances and order.
  @Test(
    arguments: [
      (
        Sign.asksAndTells, repeated(3, c(.question)).flatMap { [$0, t(.context)] }, twice([c(.question), t(.context)])
      ),
      (.mostlyTelling, mixed(3, t(.explanation), 2, t(.defence)), mixed(2, t(.explanation), 3, t(.defence))),
      (.coachOpens, mixed(7, c(new: true), 3, t(new: true)), mixed(6, c(new: true), 4, t(new: true))),
      (
        .lessonInBigParts, mixed(7, t(scale: .episode), 3, t(scale: .moment)),
        mixed(6, t(scale: .lesson), 4, t(scale: .theme))
      ),
      (
        .littleBeforeOrAfter, mixed(7, t(time: .lesson), 3, t(time: .past)),
        mixed(6, t(time: .lesson), 4, t(time: .past))
      ),
      (
        .decisionsAndResponses, twice(apart(t(.explanation), 1, t(.justification))),
        twice(apart(t(.explanation), 2, t(.justification)))
      ),
      (.widerExperience, [t(.generalisation), t(time: .past)], [t(.generalisation), c(time: .past)]),
      (.widerContext, sizes(.theme, .society, .lesson, .lesson), sizes(.theme, .lesson, .lesson, .lesson)),
      (
        .evidenceInUse, twice(apart(t(stimulus: .notes), 2, t(.evaluation))),
        twice(apart(t(stimulus: .notes), 3, t(.evaluation)))
      ),
      (.bothOpen, mixed(7, c(new: true), 3, t(new: true)), mixed(8, c(new: true), 2, t(new: true))),
      (.severalSizes, sizes(.moment, .lesson, .theme, .lesson), sizes(.moment, .episode, .lesson, .moment)),
      (
        .futureFromReflection, twice(apart(t(.dissonance), 5, t(time: .future))),
        twice(apart(t(.dissonance), 6, t(time: .future)))
      ),
      (.anotherWayFound, built + repeated(3, c()) + [t(.newIdea)], built + repeated(4, c()) + [t(.newIdea)]),
      (
        .bothSteer, [c(new: true, scale: .lesson), t(new: true, scale: .moment), c(scale: .theme), t(scale: .theme)],
        [c(new: true, scale: .lesson), t(scale: .moment), c(scale: .theme), t(scale: .theme)]
      ),
      (.sizesLinked, sizes(.moment, .lesson, .theme, .lesson), sizes(.moment, .lesson, .theme, .theme)),
      (.nextPlan, built + [c(), t(time: .future)], [t(time: .future)] + built + [c()]),
    ] as [(Sign, [Turn], [Turn])])
  func `a sign's shares, distances and order are those of its rule`(sign: Sign, met: [Turn], missed: [Turn]) {
    let others = repeated(8, Turn(by: .observer))
    #expect(verdicts(met + others)[sign] == .seen)
    #expect(verdicts(missed + others)[sign] != .seen)
  }
}

/// What may be said in the middle of a meeting.
@Suite struct OccasionTests {
  private func now(
    _ turns: [Turn], others: [(Double, Event.Kind)] = [], at: Double? = nil, left: Int = 5, end: Double? = nil
  )
    -> [Occasion]
  {
    meeting(turns, others: others).occasions(at: at ?? Double(turns.count) * 10, promptsLeft: left, end: end)
      .map(\.occasion)
  }

  @Test func `six questions in a row, whatever the answers, and not five`() {
    let asked = repeated(6, c(.question)).flatMap { [$0, t(.explanation)] }
    #expect(now(asked) == [.questionsInARow])
    #expect(now(Array(asked.dropFirst(2))) == [])
    #expect(now(asked + [c(.summary)]) == [])
  }

  @Test func `a challenge that was left for another topic, as long as it can be taken up again`() {
    #expect(now([c(.challenge), t(.context, new: true)]) == [.challengeLeft])
    #expect(now([c(.challenge), t(.defence), c(.question, new: true)]) == [])
    #expect(now([c(.challenge)]) == [])
    #expect(now([c(.challenge), t(.context, new: true)] + repeated(3, c(.continuity))) == [])
  }

  @Test func `short turns that build are worth staying with, while they last`() {
    let building = [t(.newIdea), c(.newIdea, co: true), t(.newIdea, co: true)]
    #expect(now(building) == [.stayWithIt])
    #expect(now(building, at: 90) == [])
  }

  @Test func `a moment that the talk moves off within a minute`() {
    let moment: [(Double, Event.Kind)] = [(5, .moment(text: nil))]
    #expect(now([t(), c(.question, new: true, scale: .lesson)], others: moment) == [.momentLeft])
    #expect(now([t(), c(.question, new: true, scale: .moment)], others: moment) == [])
    #expect(now([t()] + [c(.question)], others: moment) == [])
  }

  @Test func `ten minutes without anything to look at`() {
    #expect(now([t()], at: 600) == [.noEvidenceYet])
    #expect(now([t()], at: 599) == [])
    #expect(
      now([t(stimulus: .video)], others: [(300, .stimulus(.notes, text: nil, from: nil, to: nil))], at: 800) == [])
  }

  @Test func `little time and several prompts left, where the pair said how long they have`() {
    let found = meeting([t()]).occasions(at: 120, promptsLeft: 3, end: 480)
    #expect(found.map(\.occasion) == [.timeLeft] && found[0].minutes == 6 && found[0].count == 3)
    #expect(now([t()], at: 120, left: 1, end: 480) == [])
    #expect(now([t()], at: 120, left: 3, end: nil) == [])
    #expect(now([t()], at: 470, left: 3, end: 480) == [])
    #expect(now([t()], at: 5, left: 3, end: 480) == [])
  }
}

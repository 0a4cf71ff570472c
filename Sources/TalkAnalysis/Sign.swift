import Coaching

/// A sign of one of the four levels of coaching talk: a sentence of the guide's Table 1 (G1–G4), as far as tagged turns can
/// show it. The names are used in `Prompts/levels.md`, which words them. The levels are the guide's; the rules (`SignSearch`) are
/// ours, and nothing here is a mark.
public enum Sign: String, CaseIterable, Codable, Sendable {
  // Level 1: emerging (G1).
  case asksAndTells = "asks-and-tells"
  case mostlyTelling = "mostly-telling"
  case fromMemory = "from-memory"
  case coachOpens = "coach-opens"
  case lessonInBigParts = "lesson-in-big-parts"
  case littleBeforeOrAfter = "little-before-or-after"
  case comparedWithBefore = "compared-with-before"
  // Level 2: developing (G2).
  case learningAskedAbout = "learning-asked-about"
  case decisionsAndResponses = "decisions-and-responses"
  case reasonsMadeClear = "reasons-made-clear"
  case somethingToLookAt = "something-to-look-at"
  case backToTheFocus = "back-to-the-focus"
  case widerExperience = "wider-experience"
  case suggestionsMade = "suggestions-made"
  case widerContext = "wider-context"
  // Level 3: refining (G3).
  case evidenceInUse = "evidence-in-use"
  case workingItOut = "working-it-out"
  case assumptionChallenged = "assumption-challenged"
  case challengeTakenUp = "challenge-taken-up"
  case bothOpen = "both-open"
  case lookedAtTogether = "looked-at-together"
  case severalSizes = "several-sizes"
  case generalised
  case futureFromReflection = "future-from-reflection"
  // Level 4: co-constructive (G4).
  case builtTogether = "built-together"
  case ideasFromBoth = "ideas-from-both"
  case bothAsk = "both-ask"
  case anotherWayFound = "another-way-found"
  case bothSteer = "both-steer"
  case sizesLinked = "sizes-linked"
  case rolesBlur = "roles-blur"
  case dissonanceResolved = "dissonance-resolved"
  case nextPlan = "next-plan"
  case willBeTested = "will-be-tested"

  /// The guide's level it is a sign of, 1 to 4.
  public var level: Int {
    switch self {
    case .asksAndTells, .mostlyTelling, .fromMemory, .coachOpens, .lessonInBigParts, .littleBeforeOrAfter,
      .comparedWithBefore:
      1
    case .learningAskedAbout, .decisionsAndResponses, .reasonsMadeClear, .somethingToLookAt, .backToTheFocus,
      .widerExperience, .suggestionsMade, .widerContext:
      2
    case .evidenceInUse, .workingItOut, .assumptionChallenged, .challengeTakenUp, .bothOpen, .lookedAtTogether,
      .severalSizes, .generalised, .futureFromReflection:
      3
    case .builtTogether, .ideasFromBoth, .bothAsk, .anotherWayFound, .bothSteer, .sizesLinked, .rolesBlur,
      .dissonanceResolved, .nextPlan, .willBeTested:
      4
    }
  }
}

/// What the turns show of a ``Sign``, and which ones.
public struct SignFinding: Encodable, Equatable, Sendable {
  public enum Verdict: String, Encodable, Sendable {
    case seen, partly
    case notSeen = "not-seen"
    /// The tags leave it open.
    case cannotTell = "cannot-tell"
  }

  public var sign: Sign
  public var level: Int
  public var verdict: Verdict
  public var places: [Place]
}

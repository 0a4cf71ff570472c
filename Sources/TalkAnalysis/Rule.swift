/// The numbers behind conditions, patterns and signs, in one place. What is looked for is the guide's (§7, §8, §9.5); the
/// numbers are ours, chosen so that a pair that tags a turn a minute can meet or miss each in one meeting.
enum Rule {
  /// Turns below which nothing is said about what was absent: a handful of tags says more about the tagging.
  static let enoughTurns = 8
  static let enoughStarts = 3
  static let enoughScales = 4
  static let enoughStimuli = 3
  static let enoughTimes = 4
  static let enoughFunctions = 5
  static let enoughTones = 4
  /// A share that people would call "nearly all".
  static let nearlyAll = 0.8
  /// A share at which one of two does most of the talking, or opens most of the topics.
  static let oneSided = 0.7
  /// Questions after each other that begin to feel like an interview.
  static let questionsRunning = 6
  /// A routine is something that happens again.
  static let routineRounds = 2
  /// Turns tagged as building: it takes two.
  static let turnsBuilding = 2
  /// Short turns that build although nobody tagged them so: more of them, as it is only inferred. Guide §7.4 (F5).
  static let shortTurnsBuilding = 4
  /// Seconds of a short turn: a sentence or two.
  static let shortTurn = 15.0
  /// Turns in which an answer to a challenge may come.
  static let answerWithin = 3
  /// Turns in which dissonance, or what was found, may be taken to the past or the future.
  static let dissonanceTakenUpWithin = 6
  /// Seconds that count as right after a run of building.
  static let rightAfter = 30.0
  /// Seconds in which the talk should come back to a marked moment.
  static let momentStays = 180.0
  /// Seconds after a marked moment in which opening something else is leaving it.
  static let momentLeftWithin = 60.0
  /// Minutes of talk without anything to look at that call for something.
  static let minutesWithoutEvidence = 10
  /// Minutes before the end at which the prompts that are left become a choice.
  static let minutesLeft = 8
  /// The share of the planned time after which what is left of it may be told.
  static let underWay = 0.25
}

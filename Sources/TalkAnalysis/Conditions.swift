import Coaching

/// Something in a meeting's talk that a challenge for next time can start from. The names are used in
/// `Prompts/challenges.md`. The order is the order in which they are offered: first what the guide calls most productive.
public enum Condition: String, CaseIterable, Sendable {
  case fewTags = "few-tags"
  case challengeUnanswered = "challenge-unanswered"
  case dissonanceLeft = "dissonance-left"
  case challengeDefended = "challenge-defended"
  case cosy
  case noChallenge = "no-challenge"
  case momentLeft = "moment-left"
  case noMoment = "no-moment"
  case routineRound = "routine-round"
  case coachStartsEverything = "coach-starts-everything"
  case questionsInARow = "questions-in-a-row"
  case noEvidence = "no-evidence"
  case wholeLessonOnly = "whole-lesson-only"
  case noFuture = "no-future"
  case noAction = "no-action"
  case talkUnbalanced = "talk-unbalanced"
  case coConstructionFound = "co-construction-found"
  case noCoConstruction = "no-co-construction"
}

/// A condition that a meeting meets, with the turns or marks it was found in (empty when it is about what is absent).
public struct Finding: Equatable, Sendable {
  public var condition: Condition
  public var count: Int
  /// By time.
  public var places: [Place]

  /// Seconds, ascending.
  public var times: [Double] { places.map(\.t) }
}

extension TalkMeasures {
  /// The conditions this meeting meets, in the order of ``Condition``.
  ///
  /// What the conditions look for is the guide's (§7.2–7.4, §8, §9.5); the numbers in ``Rule`` are ours, and chosen so that
  /// a pair that tags a turn a minute can meet or miss each in one meeting. With few tags nothing can be said of what
  /// is absent from the talk, so only ``Condition/fewTags`` and what is there are reported; and nothing was left, or went
  /// unanswered, when no turn was tagged after it.
  public func findings() -> [Finding] {
    let patterns = patterns
    return Condition.allCases.compactMap { condition in
      if turns.count < Rule.enoughTurns, condition.isAboutAbsence { return nil }
      // A cosy chat says it already.
      if condition == .noChallenge, !patterns.cosyTurns.isEmpty { return nil }
      if stage == .pre, condition.looksBackOnALesson { return nil }
      return finding(condition, patterns)
    }
  }

  private func finding(_ condition: Condition, _ patterns: Patterns) -> Finding? {
    func absent(_ isAbsent: Bool) -> Finding? { isAbsent ? Finding(condition: condition, count: 0, places: []) : nil }
    func found(_ places: [Place], atLeast least: Int = 1) -> Finding? {
      places.count >= least ? Finding(condition: condition, count: places.count, places: places) : nil
    }
    let spoken = turns.map(\.turn)
    switch condition {
    case .fewTags:
      return turns.count < Rule.enoughTurns ? Finding(condition: condition, count: turns.count, places: []) : nil
    case .noChallenge: return absent(!spoken.contains { $0.has(.challenge) })
    case .challengeUnanswered:
      return found(patterns.challenges.filter { $0.answers.isEmpty && $0.hadTime }.map(\.place))
    case .challengeDefended:
      let answered = patterns.challenges.filter { !$0.answers.isEmpty && $0.answers != [.other] }
      return answered.allSatisfy { $0.answers == [.defence] } ? found(answered.map(\.place)) : nil
    case .dissonanceLeft:
      return found(
        patterns.dissonances.filter { $0.hadTime && $0.past == nil && $0.future == nil }.map(\.place))
    case .coachStartsEverything:
      let started = turns.filter(\.turn.new)
      let byCoach = started.filter { $0.turn.by == .coach }
      let most = started.count >= Rule.enoughStarts && share(byCoach, of: started) >= Rule.nearlyAll
      return most ? found(byCoach.map(\.place)) : nil
    case .questionsInARow: return found(patterns.questionRun, atLeast: Rule.questionsRunning)
    case .routineRound: return found(patterns.rounds.map(\.verdict), atLeast: Rule.routineRounds)
    case .wholeLessonOnly:
      let scaled = turns.filter { $0.turn.scale != nil }
      return scaled.allSatisfy { $0.turn.scale == .lesson }
        ? found(scaled.map(\.place), atLeast: Rule.enoughScales) : nil
    case .noMoment: return absent(moments.isEmpty && !spoken.contains { $0.scale == .moment })
    case .momentLeft:
      return found(patterns.moments.filter(\.wasLeft).map(\.place))
    case .noEvidence:
      return absent(stimuli.isEmpty && !spoken.contains { ($0.stimulus ?? .recall) != .recall })
    case .noFuture:
      return absent(!turns.contains(where: \.isAboutTheFuture))
    case .noAction: return absent(actions.isEmpty)
    case .noCoConstruction: return absent(!spoken.contains(where: \.co) && patterns.buildings.isEmpty)
    case .coConstructionFound: return found(patterns.buildings.filter(\.isTagged).flatMap(\.turns))
    case .talkUnbalanced:
      let pair = turns.filter { $0.turn.by == .coach || $0.turn.by == .coachee }
      let coach = pair.filter { $0.turn.by == .coach }
      let most = coach.count * 2 >= pair.count ? coach : pair.filter { $0.turn.by == .coachee }
      return pair.count >= Rule.enoughTurns && share(most, of: pair) >= Rule.oneSided ? found(most.map(\.place)) : nil
    case .cosy:
      return found(patterns.cosyTurns)
    }
  }

  private func share(_ part: [TaggedTurn], of whole: [TaggedTurn]) -> Double {
    whole.isEmpty ? 0 : Double(part.count) / Double(whole.count)
  }
}

extension Condition {
  /// Whether it says that something did not come up in the talk; with few tags nobody can know. An action is no tag: it
  /// was set down, or it was not.
  var isAboutAbsence: Bool {
    switch self {
    case .noChallenge, .noMoment, .noEvidence, .noFuture, .noCoConstruction, .wholeLessonOnly, .cosy: true
    default: false
    }
  }

  /// Whether it misses what can only follow a lesson. Before it, the lesson to come is the meeting's own subject, and
  /// what the pair will try is the lesson. Guide Fig 5 (C2, C4).
  var looksBackOnALesson: Bool { [.noMoment, .noFuture, .noAction].contains(self) }
}

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
  /// Seconds, ascending.
  public var times: [Double]
}

extension TalkMeasures {
  /// The conditions this meeting meets, in the order of ``Condition``.
  ///
  /// What the conditions look for is the guide's (§7.2–7.4, §8, §9.5); the numbers in ``Rule`` are ours, and chosen so that
  /// a pair that tags a turn a minute can meet or miss each in one meeting. With few tags nothing can be said of what
  /// is absent from the talk, so only ``Condition/fewTags`` and what is there are reported; and nothing was left, or went
  /// unanswered, when no turn was tagged after it.
  public func findings() -> [Finding] {
    Condition.allCases.compactMap { condition in
      if turns.count < Rule.enoughTurns, condition.isAboutAbsence { return nil }
      if stage == .pre, condition.looksBackOnALesson { return nil }
      return finding(condition)
    }
  }

  private func finding(_ condition: Condition) -> Finding? {
    func absent(_ isAbsent: Bool) -> Finding? { isAbsent ? Finding(condition: condition, count: 0, times: []) : nil }
    func found(_ turns: [TaggedTurn], atLeast least: Int = 1) -> Finding? {
      turns.count >= least ? Finding(condition: condition, count: turns.count, times: turns.map(\.t)) : nil
    }
    let spoken = turns.map(\.turn)
    switch condition {
    case .fewTags:
      return turns.count < Rule.enoughTurns ? Finding(condition: condition, count: turns.count, times: []) : nil
    case .noChallenge: return absent(!spoken.contains { $0.has(.challenge) })
    case .challengeUnanswered:
      return found(challenges.filter { $0 != turns.indices.last && answers(to: $0).isEmpty }.map { turns[$0] })
    case .challengeDefended:
      let answered = challenges.filter { !answers(to: $0).isEmpty }
      let onlyDefence = !answered.isEmpty && answered.allSatisfy { answers(to: $0) == [.defence] }
      return onlyDefence ? found(answered.map { turns[$0] }) : nil
    case .dissonanceLeft: return found(turns.indices.filter(dissonanceWasLeft).map { turns[$0] })
    case .coachStartsEverything:
      let started = turns.filter(\.turn.new)
      let byCoach = started.filter { $0.turn.by == .coach }
      let most = started.count >= Rule.enoughStarts && share(byCoach, of: started) >= Rule.nearlyAll
      return most ? found(byCoach) : nil
    case .questionsInARow: return found(questionRun, atLeast: Rule.questionsRunning)
    case .routineRound: return found(routineRounds, atLeast: Rule.routineRounds)
    case .wholeLessonOnly:
      let scaled = turns.filter { $0.turn.scale != nil }
      return scaled.allSatisfy { $0.turn.scale == .lesson } ? found(scaled, atLeast: Rule.enoughScales) : nil
    case .noMoment: return absent(moments.isEmpty && !spoken.contains { $0.scale == .moment })
    case .momentLeft:
      let left = moments.filter { moment in
        turns.contains { $0.t > moment.t }
          && !turns.contains { $0.t >= moment.t && $0.t <= moment.t + Rule.momentStays && $0.turn.scale == .moment }
      }
      return left.isEmpty ? nil : Finding(condition: condition, count: left.count, times: left.map(\.t))
    case .noEvidence:
      return absent(stimuli.isEmpty && !spoken.contains { ($0.stimulus ?? .recall) != .recall })
    case .noFuture:
      return absent(!spoken.contains { $0.time == .future || $0.has(.newIdea) || $0.has(.suggestion) })
    case .noAction: return absent(actions.isEmpty)
    case .noCoConstruction: return absent(!spoken.contains(where: \.co))
    case .coConstructionFound: return found(turns.filter(\.turn.co), atLeast: Rule.turnsBuilding)
    case .talkUnbalanced:
      let pair = turns.filter { $0.turn.by == .coach || $0.turn.by == .coachee }
      let coach = pair.filter { $0.turn.by == .coach }
      let most = coach.count * 2 >= pair.count ? coach : pair.filter { $0.turn.by == .coachee }
      return pair.count >= Rule.enoughTurns && share(most, of: pair) >= Rule.oneSided ? found(most) : nil
    case .cosy:
      let tested = spoken.contains { $0.has(.challenge) || $0.has(.dissonance) || $0.has(.defence) }
      let toned = turns.filter { $0.turn.tone != nil }
      let warm = toned.filter { $0.turn.tone == .positive || $0.turn.tone == .veryPositive }
      return !tested && share(warm, of: toned) >= Rule.nearlyAll ? found(warm, atLeast: Rule.enoughTones) : nil
    }
  }

  private func share(_ part: [TaggedTurn], of whole: [TaggedTurn]) -> Double {
    whole.isEmpty ? 0 : Double(part.count) / Double(whole.count)
  }

  // MARK: - Sequences (guide §7.2 and §7.3)

  /// Where challenges stand in ``turns``.
  private var challenges: [Int] { turns.indices.filter { turns[$0].turn.has(.challenge) } }

  /// What came back after the challenge at `index`, in the next turns of somebody else: defence, acceptance, dissonance.
  private func answers(to index: Int) -> Set<InteractionFunction> {
    let typical: Set<InteractionFunction> = [.defence, .acceptance, .dissonance]
    let next = turns[(index + 1)...].prefix(Rule.answerWithin).filter { $0.turn.by != turns[index].turn.by }
    return typical.intersection(next.flatMap(\.turn.functions))
  }

  /// Dissonance is left when neither its turn nor those after it are taken to past experience or to future action.
  private func dissonanceWasLeft(_ index: Int) -> Bool {
    turns[index].turn.has(.dissonance) && index != turns.indices.last
      && !turns[index...].prefix(Rule.dissonanceTakenUpWithin + 1).contains {
        $0.turn.has(.generalisation) || $0.turn.time == .future || $0.turn.time == .past
      }
  }

  /// The coach's questions of the longest run in which the coach asks and asks; the answers between them do not end it.
  private var questionRun: [TaggedTurn] {
    var longest: [TaggedTurn] = []
    var run: [TaggedTurn] = []
    for turn in turns where turn.turn.by == .coach {
      if turn.turn.has(.question) && !turn.turn.has(.challenge) { run.append(turn) } else { run = [] }
      if run.count > longest.count { longest = run }
    }
    return longest
  }

  /// The coach's evaluations that close a round of coach's question and coachee's explanation, justification,
  /// clarification or evaluation.
  private var routineRounds: [TaggedTurn] {
    let account: Set<InteractionFunction> = [.explanation, .justification, .clarification, .evaluation]
    return turns.indices.dropFirst(2).filter { index in
      let (ask, tell, judge) = (turns[index - 2].turn, turns[index - 1].turn, turns[index].turn)
      return ask.by == .coach && ask.has(.question) && tell.by == .coachee
        && !account.isDisjoint(with: tell.functions) && judge.by == .coach && judge.has(.evaluation)
    }.map { turns[$0] }
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

/// The numbers behind ``Condition``. They are ours, not the guide's.
enum Rule {
  /// Turns below which nothing is said about what was absent.
  static let enoughTurns = 8
  static let enoughStarts = 3
  static let enoughScales = 4
  static let enoughTones = 4
  /// A share that people would call "nearly all".
  static let nearlyAll = 0.8
  /// A share at which one of two does most of the talking.
  static let oneSided = 0.7
  static let questionsRunning = 6
  static let routineRounds = 2
  static let turnsBuilding = 2
  /// Turns in which an answer to a challenge may come.
  static let answerWithin = 3
  /// Turns in which dissonance may be taken to the past or the future.
  static let dissonanceTakenUpWithin = 6
  /// Seconds in which the talk should come back to a marked moment.
  static let momentStays = 180.0
}

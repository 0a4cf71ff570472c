import Coaching

/// Something in a running meeting that a quiet word may help with. The names are used in `Prompts/nudges.md`. The order is
/// the order of their weight: what is rare and good first.
public enum Occasion: String, CaseIterable, Sendable {
  case stayWithIt = "stay-with-it"
  case challengeLeft = "challenge-left"
  case momentLeft = "moment-left"
  case questionsInARow = "questions-in-a-row"
  case noEvidenceYet = "no-evidence-yet"
  case timeLeft = "time-left"
  /// A stretch of a recording is heard once more in the meeting. Nothing in the talk shows it; the pair asks for it.
  case playedAgain = "played-again"
}

/// An occasion that is there now.
public struct OccasionFound: Equatable, Sendable {
  public var occasion: Occasion
  /// Questions in a row, or prompts that are left.
  public var count: Int
  /// Minutes without evidence, or that are left.
  public var minutes: Int
  /// What it is about, so that nothing is said twice of the same: the number of an event, or 0.
  public var about: Int
}

extension TalkMeasures {
  /// The occasions that are there at `now`, in seconds; the heaviest first. `promptsLeft` are those not put yet, `end` is
  /// when the pair wanted to be done, in seconds; `nil` when nobody said.
  public func occasions(at now: Double, promptsLeft: Int, end: Double?) -> [OccasionFound] {
    Occasion.allCases.compactMap { occasion(of: $0, at: now, promptsLeft: promptsLeft, end: end) }
  }

  private func occasion(of occasion: Occasion, at now: Double, promptsLeft: Int, end: Double?) -> OccasionFound? {
    func found(count: Int = 0, minutes: Int = 0, about: Int) -> OccasionFound {
      OccasionFound(occasion: occasion, count: count, minutes: minutes, about: about)
    }
    switch occasion {
    case .playedAgain: return nil
    case .stayWithIt:
      let run = turns.suffix(Rule.turnsBuilding)
      guard run.count == Rule.turnsBuilding, run.allSatisfy(\.turn.co), let first = run.first, let last = run.last,
        now - last.t <= Rule.shortTurn * 2
      else { return nil }
      return found(about: turns.last { !$0.turn.co }?.number ?? first.number)
    case .challengeLeft:
      guard let index = turns.lastIndex(where: { $0.turn.has(.challenge) }) else { return nil }
      let after = turns[(index + 1)...].prefix(Rule.answerWithin)
      let opened = after.first(where: \.turn.new)
      let answered = after.prefix { !$0.turn.new }.contains {
        $0.turn.by != turns[index].turn.by && !$0.turn.functions.allSatisfy { $0 == .continuity }
      }
      return opened != nil && !answered && after.count < Rule.answerWithin ? found(about: turns[index].number) : nil
    case .momentLeft:
      guard let moment = moments.last, now - moment.t < Rule.momentStays else { return nil }
      let left = turns.contains { turn in
        turn.t > moment.t && turn.t <= moment.t + Rule.momentLeftWithin && turn.turn.new
          && (turn.turn.scale ?? .lesson) != .moment
      }
      return left ? found(about: moment.number) : nil
    case .questionsInARow:
      var run: [TaggedTurn] = []
      for turn in turns.reversed() where turn.turn.by == .coach {
        guard turn.turn.has(.question), !turn.turn.has(.challenge) else { break }
        run.append(turn)
      }
      return run.count >= Rule.questionsRunning
        ? found(count: run.count, about: run.last?.number ?? 0) : nil
    case .noEvidenceYet:
      guard stage == .post else { return nil }
      let last = (stimuli.map(\.t) + turns.filter(\.usesEvidence).map(\.t)).max() ?? 0
      let minutes = Int((now - last) / 60)
      return minutes >= Rule.minutesWithoutEvidence ? found(minutes: minutes, about: Int(last)) : nil
    case .timeLeft:
      // A short meeting begins with little time left: that is no news.
      guard let end, now < end, now >= end * Rule.underWay else { return nil }
      let minutes = Int(((end - now) / 60).rounded(.up))
      return minutes >= 2 && minutes <= Rule.minutesLeft && promptsLeft >= 2
        ? found(count: promptsLeft, minutes: minutes, about: 0) : nil
    }
  }
}

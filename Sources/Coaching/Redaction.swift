/// A stretch of a meeting that is taken out of it for good, in seconds of its audio.
public struct Redaction: Equatable, Sendable {
  public var from: Double
  public var to: Double

  public init(from: Double, to: Double) {
    self.from = from
    self.to = to
  }

  /// Reads `12:40-13:10`, each time as ``Timecode`` has it; `nil` when `text` is no stretch that lasts.
  public init?(_ text: some StringProtocol) {
    let ends = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
    guard ends.count == 2, let from = Timecode.seconds(ends[0]), let to = Timecode.seconds(ends[1]), from < to else {
      return nil
    }
    self.init(from: from, to: to)
  }

  /// Whether something at `t` lies in it, both ends included. People know times to the second: where it ends at a whole
  /// one, everything that is shown with that second is covered.
  public func covers(_ t: Double) -> Bool {
    t >= from && (t <= to || to == to.rounded(.down) && t < to + 1)
  }
}

extension Event.Kind {
  /// Without anything that was typed freely: a tag keeps what its code says, and what was nothing but words, or is not
  /// known, becomes ``redacted``. People, prompts and what the machine wrote by itself stay.
  public var withoutWords: Event.Kind {
    switch self {
    case .note, .feedback, .action, .agreed, .themeEntry, .unknown: return .redacted
    case .turn(var turn):
      (turn.subject, turn.note) = (nil, nil)
      return .turn(turn)
    case .amended(let line, var turn):
      (turn.subject, turn.note) = (nil, nil)
      return .amended(line: line, turn)
    case .moment: return .moment(text: nil)
    case .stimulus(let kind, _, let from, let to): return .stimulus(kind, text: nil, from: from, to: to)
    case .evidence(let kind, _, let from, let to): return .evidence(kind, text: "", from: from, to: to)
    case .cycle, .consent, .began, .carriedOn, .ended, .paused, .resumed, .prompt, .skipped, .chosen, .undone, .redone,
      .recording, .recordingStopped, .gap, .silentMicrophone, .clock, .slept, .audioDeleted, .takenOut, .redacted,
      .suggested, .observing, .mark, .shared, .torn:
      return self
    }
  }
}

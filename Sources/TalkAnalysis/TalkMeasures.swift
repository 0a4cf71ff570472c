public import Coaching

/// What the tagged turns of a meeting add up to. Every count is a list of turns, so that it can be shown where it comes from.
public struct TalkMeasures: Equatable, Sendable {
  public let stage: Stage
  public let focus: String?
  /// Seconds of meeting.
  public let duration: Double
  /// By time.
  public let turns: [TaggedTurn]
  /// Where each of ``turns`` ends, in seconds: where the next begins, the pair goes off the record, or the meeting ends.
  /// Talk between two tags is counted to the first, so a turn is at most as long as this.
  public let ends: [Double]
  /// When the pair went off the record, in seconds, ascending. What answered what across that, nobody can say.
  let pauses: [Double]
  /// How many of ``pauses`` came before each of ``turns``.
  let stretches: [Int]
  /// Taken out afterwards: tags there have lost their words.
  public let takenOut: [Redaction]
  /// Critical moments that were marked, by time.
  public let moments: [Mark]
  /// Evidence brought into the talk, by time.
  public let stimuli: [Mark]
  /// Things to try next, by time.
  public let actions: [Mark]
  /// Notes, by time.
  public let notes: [Mark]

  /// An entry of the meeting that is not a turn, with its time in seconds.
  public struct Mark: Equatable, Sendable {
    public var number: Int
    public var t: Double
    public var text: String?
  }

  /// `duration` is in seconds; without it the meeting lasts until the latest time that its journal names.
  public init(_ meeting: MeetingState, duration: Double? = nil) {
    stage = meeting.stage
    focus = meeting.focus
    let turns = meeting.turns
    self.turns = turns
    let end = max(duration ?? 0, meeting.lastTime)
    self.duration = end
    let pauses = meeting.pauses.map(\.from)
    self.pauses = pauses
    takenOut = meeting.redactions
    stretches = turns.map { turn in pauses.partitioningIndex { $0 > turn.t } }
    var pause = pauses[...]
    ends = turns.indices.map { index in
      let next = index + 1 < turns.count ? turns[index + 1].t : end
      pause = pause.drop { $0 <= turns[index].t }
      return max(turns[index].t, min(next, pause.first ?? next))
    }
    var moments: [Mark] = []
    var stimuli: [Mark] = []
    var actions: [Mark] = []
    var notes: [Mark] = []
    for entry in meeting.entries {
      switch entry.kind {
      case .moment(let text): moments.append(Mark(number: entry.number, t: entry.t, text: text))
      case .stimulus(let kind, let text, _, _) where kind != .recall:
        stimuli.append(Mark(number: entry.number, t: entry.t, text: text))
      case .note(let text, _): notes.append(Mark(number: entry.number, t: entry.t, text: text))
      case .action(let text): actions.append(Mark(number: entry.number, t: entry.t, text: text))
      default: break
      }
    }
    (self.moments, self.stimuli, self.actions, self.notes) = (moments, stimuli, actions, notes)
  }

  /// The turns tagged with each value of `dimension`, in the guide's order, then any others; empty ones included so that
  /// what did not come up can be seen. Subjects are in order of their first mention.
  public func profile(_ dimension: Dimension, functions: [InteractionFunction] = InteractionFunction.standard)
    -> [ProfileRow]
  {
    let codes: [String] =
      switch dimension {
      case .function: functions.map(\.rawValue)
      case .scale: Scale.allCases.map(\.rawValue)
      case .time: TimeFrame.allCases.map(\.rawValue)
      case .tone: Tone.allCases.map(\.rawValue)
      case .stimulus: Stimulus.allCases.map(\.rawValue)
      case .initiation, .coConstruction: Speaker.allCases.map(\.rawValue)
      case .subject: []
      }
    var rows = codes.map { ProfileRow(code: $0, turns: []) }
    var places = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    for turn in turns {
      for code in turn.turn.codes(dimension) {
        if let index = places[code] {
          rows[index].turns.append(turn)
        } else {
          places[code] = rows.count
          rows.append(ProfileRow(code: code, turns: [turn]))
        }
      }
    }
    return rows
  }

  /// The turns each speaker was tagged with, coach first; empty ones included.
  public var bySpeaker: [ProfileRow] {
    Speaker.allCases.map { speaker in ProfileRow(code: speaker.rawValue, turns: turns.filter { $0.turn.by == speaker })
    }
  }
}

/// One value of a dimension and the turns that carry it.
public struct ProfileRow: Equatable, Sendable {
  public var code: String
  public var turns: [TaggedTurn]
}

extension Turn {
  /// The values this turn has in `dimension`; for initiation and co-construction the speaker, when the turn is marked so.
  public func codes(_ dimension: Dimension) -> [String] {
    switch dimension {
    case .subject: subject.map { [$0] } ?? []
    case .initiation: new ? [by.rawValue] : []
    case .stimulus: stimulus.map { [$0.rawValue] } ?? []
    case .tone: tone.map { [$0.rawValue] } ?? []
    case .scale: scale.map { [$0.rawValue] } ?? []
    case .time: time.map { [$0.rawValue] } ?? []
    case .function: functions.map(\.rawValue)
    case .coConstruction: co ? [by.rawValue] : []
    }
  }

  func has(_ function: InteractionFunction) -> Bool { functions.contains(function) }
}

public import Coaching

/// What the tagged turns of a meeting add up to. Every count is a list of turns, so that it can be shown where it comes from.
public struct TalkMeasures: Equatable, Sendable {
  public let stage: Stage
  /// By time.
  public let turns: [TaggedTurn]
  /// Critical moments that were marked, by time.
  public let moments: [Mark]
  /// Evidence brought into the talk, by time.
  public let stimuli: [Mark]
  /// Things to try next, by time.
  public let actions: [Mark]

  /// An entry of the meeting that is not a turn, with its time in seconds.
  public struct Mark: Equatable, Sendable {
    public var number: Int
    public var t: Double
  }

  public init(_ meeting: MeetingState) {
    stage = meeting.stage
    turns = meeting.turns
    func marks(_ wanted: (Event.Kind) -> Bool) -> [Mark] {
      meeting.entries.filter { wanted($0.kind) }.map { Mark(number: $0.number, t: $0.t) }
    }
    moments = marks { if case .moment = $0 { true } else { false } }
    stimuli = marks { if case .stimulus(let kind, _, _, _) = $0 { kind != .recall } else { false } }
    actions = marks { if case .action = $0 { true } else { false } }
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
    for turn in turns {
      for code in turn.turn.codes(dimension) {
        if let index = rows.firstIndex(where: { $0.code == code }) {
          rows[index].turns.append(turn)
        } else {
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

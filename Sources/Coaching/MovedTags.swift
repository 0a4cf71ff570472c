/// What somebody tagged by another computer's clock, moved onto the meeting's.
public struct MovedTags: Equatable, Sendable {
  /// What falls into the meeting, in the order of its making, with the lines it is to stand on, from ``firstLine``. What
  /// was taken back, and where, is in it.
  public private(set) var events: [Event] = []
  /// Of what stands, those that fall into it: turns, pieces of feedback, anything else.
  public private(set) var turns = 0
  public private(set) var feedbacks = 0
  public private(set) var others = 0
  /// Of what stands, those left out: before the meeting began or after it had ended, and where the pair was off the record
  /// or has taken something out since.
  public private(set) var outside = 0
  public private(set) var offRecord = 0

  /// After the header, `began` and `observing`.
  public static let firstLine = 4

  /// `tags` is the other computer's journal, `end` the meeting's, in seconds. `meetingTime` moves a time, and `error` says
  /// how far that may be off, in seconds: so near to a stretch off the record nothing is taken.
  public init(
    _ tags: [Event], into meeting: MeetingState, until end: Double, meetingTime: (Double) -> Double,
    error: (Double) -> Double
  ) {
    var lines: [Int: Int] = [:]
    let standing = Set((MeetingState(events: tags)?.entries ?? []).map(\.number))
    let isOff = { (t: Double, near: Double) in
      meeting.pauses.contains { $0.from - near <= t && t <= ($0.to ?? end) + near }
        || meeting.redactions.contains { $0.from - near <= t && t <= $0.to + near || $0.covers(t) }
    }
    for event in tags {
      let (t, near) = (meetingTime(event.t), error(event.t))
      guard t.isFinite, near.isFinite else { continue }
      var kind = event.kind
      switch kind {
      case .undone(let line):
        guard let line = lines[line] else { continue }
        kind = .undone(line)
      case .redone(let line):
        guard let line = lines[line] else { continue }
        kind = .redone(line)
      case .amended(let line, let turn):
        guard let line = lines[line], !isOff(t, near) else { continue }
        kind = .amended(line: line, turn)
        lines[event.number] = Self.firstLine + events.count
      case .note, .turn, .moment, .stimulus, .feedback, .action, .evidence:
        let stands = standing.contains(event.number) ? 1 : 0
        guard -near <= t, t <= end + near else {
          outside += stands
          continue
        }
        guard !isOff(t, near) else {
          offRecord += stands
          continue
        }
        switch kind {
        case .turn: turns += stands
        case .feedback: feedbacks += stands
        default: others += stands
        }
        lines[event.number] = Self.firstLine + events.count
      default: continue
      }
      events.append(
        Event(number: Self.firstLine + events.count, t: min(max(0, t), end), at: event.at, kind: kind))
    }
  }
}

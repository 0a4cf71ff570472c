/// A stage of the coaching cycle that people meet for. Guide Fig 5 (C2–C4).
public enum Stage: String, Codable, CaseIterable, Sendable {
  /// Pre-lesson meeting: the focus, the coachee's decisions and what influences them.
  case pre
  /// The lesson, and the evidence collected in it.
  case lesson
  /// Post-lesson meeting: reflection, evidence, problem-solving, new action.
  case post
  /// A school's review of its coaching, apart from any lesson.
  case review

  /// Whether coach and coachee talk, so that there are turns to tag and a recording to make.
  public var isTalkAboutALesson: Bool { self == .pre || self == .post }

  /// What people call it.
  public var title: String {
    switch self {
    case .pre: "pre-lesson meeting"
    case .lesson: "lesson"
    case .post: "post-lesson meeting"
    case .review: "coaching review"
    }
  }
}

/// A meeting's name, as `list` prints it: cycle number, stage, and a number when the stage is repeated (`1-post-2`).
public struct MeetingID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var cycle: Int
  public var stage: Stage
  /// 1 for the first meeting of this stage in the cycle.
  public var round: Int

  public init(cycle: Int, stage: Stage, round: Int = 1) {
    self.cycle = cycle
    self.stage = stage
    self.round = round
  }

  /// Reads `1-post` or `1-post-2`; `nil` when `text` is not such a name.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let cycle = Int(parts[0]), cycle > 0,
      let stage = Stage(rawValue: String(parts[1]))
    else { return nil }
    let round = parts.count == 3 ? Int(parts[2]) ?? 0 : 1
    guard round > 0 else { return nil }
    self.init(cycle: cycle, stage: stage, round: round)
    guard description == text else { return nil }
  }

  public var description: String { "\(cycle)-\(stage.rawValue)" + (round > 1 ? "-\(round)" : "") }

  public static func < (a: MeetingID, b: MeetingID) -> Bool {
    (a.cycle, Stage.allCases.firstIndex(of: a.stage)!, a.round)
      < (b.cycle, Stage.allCases.firstIndex(of: b.stage)!, b.round)
  }
}

/// What a turn does in the conversation. Guide Fig 11 (F2); a school may add its own in `Prompts/vocabulary.md`.
public struct InteractionFunction: RawRepresentable, Hashable, Codable, Sendable {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let question = Self(rawValue: "question")
  public static let challenge = Self(rawValue: "challenge")
  public static let newIdea = Self(rawValue: "new-idea")
  public static let dissonance = Self(rawValue: "dissonance")
  public static let evaluation = Self(rawValue: "evaluation")
  public static let context = Self(rawValue: "context")
  public static let justification = Self(rawValue: "justification")
  public static let defence = Self(rawValue: "defence")
  public static let summary = Self(rawValue: "summary")
  public static let generalisation = Self(rawValue: "generalisation")
  public static let explanation = Self(rawValue: "explanation")
  public static let suggestion = Self(rawValue: "suggestion")
  public static let acceptance = Self(rawValue: "acceptance")
  public static let clarification = Self(rawValue: "clarification")
  public static let continuity = Self(rawValue: "continuity")

  /// The guide's fifteen, in its order.
  public static let standard: [Self] = [
    .question, .challenge, .newIdea, .dissonance, .evaluation, .context, .justification, .defence, .summary,
    .generalisation, .explanation, .suggestion, .acceptance, .clarification, .continuity,
  ]
}

/// How much of teaching a turn is about. Guide Fig 10b (F1).
public enum Scale: String, Codable, CaseIterable, Sendable {
  case moment, episode, lesson, theme, society
}

/// When a turn is about. Guide Fig 10b (F1).
public enum TimeFrame: String, Codable, CaseIterable, Sendable {
  case past, lesson, future, none
}

/// The tone of voice of a turn, from very negative to very positive. Guide Fig 10b (F1).
public enum Tone: String, Codable, CaseIterable, Sendable {
  case veryNegative = "--"
  case negative = "-"
  case neutral = "0"
  case positive = "+"
  case veryPositive = "++"
}

/// What supports a turn: evidence, or memory alone. Guide Fig 10a (F1).
public enum Stimulus: String, Codable, CaseIterable, Sendable {
  case recall, plan, video, notes
  case pupilWork = "pupil-work"
  case other
}

/// One of the eight dimensions of coaching talk, in the guide's order (F1).
public enum Dimension: String, Codable, CaseIterable, Sendable {
  case subject, initiation, stimulus, tone, scale, time, function
  case coConstruction = "co-construction"
}

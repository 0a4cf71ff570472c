public import Coaching

/// The prompts of one kind of meeting, in their order: the closing ones last.
public struct MeetingScript: Equatable, Sendable {
  public var id: String
  public var stage: Stage
  public var title: String
  /// IDs of the guide's elements it puts into practice.
  public var guide: [String]
  /// Said when the meeting begins.
  public var opening: String
  public var prompts: [Prompt]

  /// The prompts that make sense with these people, before and in the closing reflection.
  public func prompts(for people: People, closing: Bool) -> [Prompt] {
    prompts.filter { $0.isClosing == closing && (people.observer != nil || !$0.needsObserver) }
  }
}

/// A question that the program puts to a pair.
public struct Prompt: Equatable, Sendable {
  /// Who answers.
  public enum Asked: String, CaseIterable, Sendable { case coach, coachee, both, observer }

  public var id: String
  public var title: String
  public var asked: Asked
  /// The guide's level (1–4) it works towards.
  public var level: Int
  public var guide: [String]
  public var isClosing: Bool
  public var needsObserver: Bool
  public var question: String
  public var why: String
  /// What an answer at each level sounds like.
  public var listenFor: [Int: String]
  /// A follow-up that lifts the talk to each level.
  public var further: [Int: String]
}

/// A suggestion for next time, picked when `condition` is found in a meeting's tags.
public struct Challenge: Equatable, Sendable {
  public enum Audience: String, CaseIterable, Sendable { case coach, coachee, both }

  public var id: String
  public var title: String
  /// The name of a condition that the analysis computes.
  public var condition: String
  public var audience: Audience
  public var level: Int
  public var guide: [String]
  public var reason: String
  public var attempt: String
  /// Something that could be said next time.
  public var sentence: String
}

/// The words for what is tagged: the eight dimensions and their values.
public struct Vocabulary: Equatable, Sendable {
  public struct Entry: Equatable, Sendable {
    public var dimension: Dimension
    public var title: String
    public var meaning: String
    public var significance: String
    public var guide: [String]
    public var values: [Value]
  }

  public struct Value: Equatable, Sendable {
    /// As it is typed: `new-idea`.
    public var id: String
    public var title: String
    public var meaning: String
    public var example: String
    public var guide: [String]
  }

  public var entries: [Entry]

  public func entry(_ dimension: Dimension) -> Entry? { entries.first { $0.dimension == dimension } }

  /// The functions that may be tagged: the file's, or the guide's fifteen when it names none.
  public var functions: [InteractionFunction] {
    let named = entry(.function)?.values.map { InteractionFunction(rawValue: $0.id) } ?? []
    return named.isEmpty ? InteractionFunction.standard : named
  }

  /// What a value is called; its own code when the file does not name it.
  public func title(_ dimension: Dimension, _ code: String) -> String {
    entry(dimension)?.values.first { $0.id == code }?.title ?? code
  }
}

/// Something wrong in a prompt file: where, what, and what to do.
public struct PromptProblem: Equatable, Sendable, CustomStringConvertible {
  public var file: String
  public var line: Int
  public var message: String

  public var description: String { "\(file):\(line): \(message)" }
}

public import Coaching

/// The prompts of one kind of meeting, in their order: the closing ones last.
public struct MeetingScript: Equatable, Sendable {
  public var id: String
  /// `nil` for the agreement, which is no meeting.
  public var stage: Stage?
  public var title: String
  /// IDs of the guide's elements it puts into practice.
  public var guide: [String]
  /// Said when the meeting begins.
  public var opening: String
  public var prompts: [Prompt]
}

/// What may hold in a cycle, so that a prompt is put only where it makes sense.
public enum Circumstance: String, CaseIterable, Sendable {
  /// An observer is there.
  case observer
  case focus
  case noFocus = "no-focus"
  /// An earlier cycle of this pair left something to try.
  case again
  /// The cycle before had a focus.
  case lastFocus = "last-focus"
  /// The cycle has had a pre-lesson meeting.
  case pre
  case noPre = "no-pre"
  /// Something was noted in the lesson.
  case evidence
  /// The pair agreed to use video.
  case video
}

/// A question that the program puts to a pair or a group.
public struct Prompt: Equatable, Sendable {
  /// Who answers.
  public enum Asked: String, CaseIterable, Sendable { case coach, coachee, both, observer, group }

  public var id: String
  public var title: String
  public var asked: Asked
  /// The guide's level (1–4) it works towards.
  public var level: Int
  public var guide: [String]
  public var isClosing: Bool
  /// All of them have to hold.
  public var when: [Circumstance]
  /// A pair whose talk has reached this level does it without being asked. Guide §8 (G7).
  public var fades: Int?
  /// Prompts of earlier meetings whose notes are shown with it.
  public var recalls: [String]
  /// What it belongs under.
  public var heading: String?
  public var question: String
  public var why: String
  /// What an answer at each level sounds like.
  public var listenFor: [Int: String]
  /// A follow-up that lifts the talk to each level.
  public var further: [Int: String]
  /// The question as it aims at each level, where that differs from ``question``.
  public var wording: [Int: String]
  public var choices: Choices?
  /// For themes and techniques: the meeting it is put in, and the prompt of that meeting that it follows.
  public var stage: Stage?
  public var after: String?
  /// For techniques: what to note beforehand.
  public var whileWatching: String

  /// The question as it aims at `level`.
  public func question(aimingAt level: Int) -> String { wording[level] ?? question }

  /// A technique as a task for watching, as the lesson puts it; any other prompt as it is.
  public var asTask: Prompt {
    guard !whileWatching.isEmpty else { return self }
    var task = self
    task.question = whileWatching
    (task.wording, task.listenFor, task.further, task.after) = ([:], [:], [:], nil)
    return task
  }
}

/// What can be picked instead of an answer in one's own words.
public struct Choices: Equatable, Sendable {
  public init(isMany: Bool, isChecklist: Bool = false, options: [Option]) {
    (self.isMany, self.isChecklist, self.options) = (isMany, isChecklist, options)
  }

  public struct Option: Equatable, Sendable {
    /// As it is typed and kept.
    public var key: String
    public var text: String
    /// What to weigh with it.
    public var remark: String?
    /// The days of the year that what it stands for ends on, such as a term.
    public var lastDays: [DayOfYear] = []

    /// The last day of what it stands for, for somebody who begins on `day`; `nil` when it has no days.
    public func end(after day: Day) -> Day? { lastDays.map { $0.onOrAfter(day) }.min() }
  }

  /// Several can be picked.
  public var isMany: Bool
  /// What is not picked is still to do.
  public var isChecklist: Bool
  public var options: [Option]

  /// The keys that `answer` picks, by their numbers or names with commas, spaces or "and" between, or `all` of a list;
  /// `nil` when it is something else, in somebody's own words.
  public func keys(in answer: some StringProtocol) -> [String]? {
    let words = Self.words(answer)
    if isMany, words == ["all"] { return options.map(\.key) }
    let picked = words.compactMap { word in
      Int(word).map { $0 > 0 && $0 <= options.count ? options[$0 - 1].key : nil }
        ?? options.first { $0.key.lowercased() == word }?.key
    }
    guard !picked.isEmpty, picked.count == words.count, isMany || picked.count == 1 else { return nil }
    return options.map(\.key).filter(picked.contains)
  }

  /// Whether `answer` is nothing but numbers, so that nobody can have meant it as their own words.
  public func isNumbers(_ answer: some StringProtocol) -> Bool {
    let words = Self.words(answer)
    return !words.isEmpty && words.allSatisfy { $0.allSatisfy(\.isNumber) }
  }

  private static func words(_ answer: some StringProtocol) -> [Substring] {
    let text = answer.lowercased()
    return text.split { $0.isWhitespace || ",;.+&()".contains($0) }.filter { $0 != "and" }
  }

  public func remark(_ key: String?) -> String? { options.first { $0.key == key }?.remark }

  public func text(_ key: String) -> String { options.first { $0.key == key }?.text ?? key }
}

/// Something wrong in a prompt file: where, what, and what to do.
public struct PromptProblem: Equatable, Sendable, CustomStringConvertible {
  public var file: String
  public var line: Int
  public var message: String

  public var description: String { "\(file):\(line): \(message)" }
}

public import Coaching
public import PromptLibrary
public import TalkAnalysis

public import struct FoundationEssentials.Date

/// A meeting's private reflection as a value: everything that is shown in ``markdown`` and ``html`` is in here.
public struct Reflection: Sendable {
  /// A prompt that was on the screen, with what people picked and noted at it.
  public struct Passage: Equatable, Sendable {
    public var title: String
    /// What it stood under.
    public var heading: String?
    public var question: String
    public var picked: [Picked]
    /// What was left on a list of which something was ticked.
    public var stillToDo: [String]
    public var notes: [TimedText]
  }

  /// A choice, and what to weigh with it.
  public struct Picked: Equatable, Sendable {
    public var text: String
    public var remark: String?
  }

  /// Something a person set down in words.
  public struct TimedText: Equatable, Sendable {
    /// The event's number in the journal.
    public var number: Int
    /// Seconds from the start of the meeting's audio.
    public var t: Double
    public var text: String
  }

  /// What was brought into the talk as evidence.
  public struct Evidence: Equatable, Sendable {
    /// The event's number in the journal.
    public var number: Int
    /// Seconds from the start of the meeting's audio.
    public var t: Double
    public var kind: Stimulus
    public var text: String?
    /// The stretch of a recording that was used, in seconds of that recording.
    public var from: Double?
    public var to: Double?
  }

  /// A suggestion for next time with what led to it.
  public struct SuggestedChallenge: Equatable, Sendable {
    public var challenge: Challenge
    /// ``Challenge/reason``, names filled in.
    public var reason: String
    public var attempt: String
    public var sentence: String
    /// The turns behind it; empty when it is about something absent.
    public var places: [Place]
  }

  /// What became of the sound.
  public enum Audio: Equatable, Sendable {
    case none
    case deleted
    /// `file` is beside the reflection.
    case recorded(file: String, seconds: Double)
  }

  /// A meeting of the same pair that came before this one.
  public struct Earlier: Sendable {
    public var meeting: MeetingID
    public var state: MeetingState

    public init(meeting: MeetingID, state: MeetingState) {
      (self.meeting, self.state) = (meeting, state)
    }
  }

  public static let mostChallenges = 3
  /// Earlier meetings that are set beside this one.
  static let mostEarlier = 4
  /// Seconds of a meeting without tags below which nothing is suggested.
  static let tooShort = 120.0

  public let meeting: MeetingID
  public let people: People
  public let focus: String?
  public let began: Date
  /// Seconds of meeting.
  public let duration: Double
  public let audio: Audio
  public let pauses: [MeetingState.Stretch]
  public let gaps: [MeetingState.Gap]
  public let sleeps: [MeetingState.Sleep]
  /// Taken out afterwards, for good.
  public let takenOut: [Redaction]
  /// The people's own words, prompt by prompt; only prompts at which something was noted or picked.
  public let passages: [Passage]
  /// Notes that belong to no prompt.
  public let looseNotes: [TimedText]
  public let moments: [TimedText]
  public let evidence: [Evidence]
  /// What was noticed in the lesson, by the time in it where one was given.
  public let observations: [Evidence]
  public let actions: [TimedText]
  public let feedback: [TimedText]
  public let measures: TalkMeasures
  public let analysis: Analysis
  /// Who tagged it beside the pair.
  public internal(set) var others: [Other]
  let findings: [Finding]
  /// By time.
  public let earlier: [Earlier]
  /// The headings of this meeting's prompts, in order, with how many questions stand under each.
  let askedByHeading: [(heading: String, count: Int)]
  let levels: [LevelSigns]
  let aboutLevels: [String]
  public let challenges: [SuggestedChallenge]
  public let vocabulary: Vocabulary
  /// Lines of the journal that could not be read.
  public let damagedLines: [Int]

  /// `names` fills the questions as they were put; without it, what is not of this meeting is filled in generally.
  public init(
    _ state: MeetingState, meeting: MeetingID, audio: Audio, library: Library, names: Placeholders? = nil,
    earlier: [Earlier] = [], others: [Other] = [],
    damagedLines: [Int] = []
  ) {
    (self.earlier, self.others) = (earlier, others)
    let headings = library.script(state.stage)?.prompts.compactMap(\.heading) ?? []
    askedByHeading = headings.reduce(into: []) { counted, heading in
      if counted.last?.heading == heading {
        counted[counted.count - 1].count += 1
      } else {
        counted.append((heading, 1))
      }
    }
    levels = library.levels
    aboutLevels = library.aboutLevels
    self.meeting = meeting
    people = state.people
    focus = state.focus
    began = state.began
    if case .recorded(_, let seconds) = audio {
      duration = max(seconds, state.lastTime)
    } else {
      duration = state.lastTime
    }
    self.audio = audio
    pauses = state.pauses
    gaps = state.gaps
    sleeps = state.sleeps
    takenOut = state.redactions
    vocabulary = library.vocabulary
    self.damagedLines = damagedLines
    let measures = TalkMeasures(state, duration: duration)
    self.measures = measures
    analysis = Analysis(measures)
    let findings = measures.findings()
    self.findings = findings

    let shown = Set(state.shownPrompts)
    var notes: [String: [TimedText]] = [:]
    var looseNotes: [TimedText] = []
    var choices: [String: [String]] = [:]
    var moments: [TimedText] = []
    var evidence: [Evidence] = []
    var observations: [Evidence] = []
    var actions: [TimedText] = []
    var feedback: [TimedText] = []
    for entry in state.entries {
      func timed(_ text: String) -> TimedText { TimedText(number: entry.number, t: entry.t, text: text) }
      switch entry.kind {
      case .note(let text, let prompt?) where shown.contains(prompt): notes[prompt, default: []].append(timed(text))
      case .note(let text, _): looseNotes.append(timed(text))
      case .chosen(let prompt, let picked): choices[prompt] = picked
      case .moment(let text): moments.append(timed(text ?? ""))
      case .stimulus(let kind, let text, let from, let to):
        evidence.append(
          Evidence(number: entry.number, t: entry.t, kind: kind, text: text, from: from, to: to))
      case .evidence(let kind, let text, let from, let to):
        observations.append(Evidence(number: entry.number, t: entry.t, kind: kind, text: text, from: from, to: to))
      case .action(let text): actions.append(timed(text))
      case .feedback(let text): feedback.append(timed(text))
      default: break
      }
    }
    self.observations = observations.sorted { ($0.from ?? $0.t, $0.number) < ($1.from ?? $1.t, $1.number) }
    (self.moments, self.evidence, self.actions, self.feedback) = (moments, evidence, actions, feedback)

    let names = names ?? Placeholders(people: state.people, focus: state.focus)
    let prompts = library.prompts
    passages = state.shownPrompts.compactMap { id in
      let here = notes[id] ?? []
      let keys = choices[id] ?? []
      guard !here.isEmpty || !keys.isEmpty else { return nil }
      let found = prompts.first { $0.id == id }
      let prompt = state.stage == .lesson ? found?.asTask : found
      let picked = keys.map { key in
        let option = prompt?.choices?.options.first { $0.key == key }
        return Picked(text: names.fill(option?.text ?? key), remark: option?.remark.map(names.fill))
      }
      let question = prompt?.question(aimingAt: state.promptLevels[id] ?? 0) ?? ""
      return Passage(
        title: prompt?.title ?? id, heading: prompt?.heading, question: names.fill(question.withoutCodeMarks),
        picked: picked,
        stillToDo: prompt?.choices?.isChecklist == true && !keys.isEmpty
          ? (prompt?.choices?.options ?? []).filter { !keys.contains($0.key) }.map { names.fill($0.text) } : [],
        notes: here)
    }
    self.looseNotes = looseNotes

    // Where next to nothing was said there is nothing to suggest, and a review or a lesson has no turns.
    let isTalk = state.stage.isTalkAboutALesson && (duration >= Self.tooShort || !measures.turns.isEmpty)
    challenges =
      isTalk
      ? Self.choose(findings, library.challenges, lastTime: earlier.last?.state.suggested ?? []).map {
        chosen in
        let (finding, challenge, isAgain) = chosen
        let filled = Placeholders(
          people: state.people, focus: state.focus, count: finding.count, times: [Self.phrase(finding.times)])
        return SuggestedChallenge(
          challenge: challenge,
          reason: (isAgain ? "As last time. " : "") + filled.fill(challenge.reason.withoutCodeMarks),
          attempt: filled.fill(challenge.attempt.withoutCodeMarks),
          sentence: filled.fill(challenge.sentence.withoutCodeMarks), places: finding.places)
      } : []
  }

  /// At most three: one for each finding, in the findings' order; what was suggested last time only when nothing else is
  /// left, and of several for one finding the one for whoever has had least so far.
  private static func choose(_ findings: [Finding], _ all: [Challenge], lastTime: [String])
    -> [(Finding, Challenge, isAgain: Bool)]
  {
    var chosen: [(Finding, Challenge, isAgain: Bool)] = []
    for isAgain in [false, true] {
      for finding in findings where chosen.count < mostChallenges && !chosen.contains(where: { $0.0 == finding }) {
        let fitting = all.filter {
          $0.condition == finding.condition.rawValue && lastTime.contains($0.id) == isAgain
        }
        func had(_ audience: Challenge.Audience) -> Int { chosen.count { $0.1.audience == audience } }
        if let challenge = fitting.min(by: { had($0.audience) < had($1.audience) }) {
          chosen.append((finding, challenge, isAgain))
        }
      }
    }
    return chosen
  }

  /// Times as in a sentence, a long list cut short: "3:10, 7:42, 9:01 and 9 more".
  static func phrase(_ times: [Double]) -> String {
    let words = times.map(Timecode.text)
    guard words.count > 1 else { return words.first ?? "" }
    guard words.count > 4 else { return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1] }
    return words.prefix(3).joined(separator: ", ") + " and \(words.count - 3) more"
  }

  /// What a value of a dimension is called.
  public func title(_ dimension: Dimension, _ code: String) -> String {
    switch dimension {
    case .initiation, .coConstruction: Speaker(rawValue: code).map(people.name) ?? code
    case .subject: code
    default: vocabulary.title(dimension, code)
    }
  }
}

extension Reflection {
  /// Whether the sound is beside the reflection.
  public var isRecorded: Bool { if case .recorded = audio { true } else { false } }
}

extension String {
  /// The prompt files set commands in backticks, as Markdown does; here they would only be in the way.
  var withoutCodeMarks: String { replacing("`", with: "") }
}

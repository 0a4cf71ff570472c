import Coaching
import Foundation
import PromptLibrary
import TalkAnalysis

@testable import Reports

/// A post-lesson meeting of forty minutes, as a pair might tag it.
struct SampleMeeting {
  static let library = Library.load(nil, names: AnalysisNames(conditions: Set(Condition.allCases.map(\.rawValue))))
  static let start = Date(timeIntervalSince1970: 1_700_000_000)

  private(set) var events: [Event] = []

  init(people: People, focus: String? = nil, stage: Stage = .post) {
    add(0, .began(stage: stage, people: people, focus: focus))
  }

  mutating func add(_ t: Double, _ kind: Event.Kind) {
    events.append(Event(number: events.count + 2, t: t, at: Self.start.addingTimeInterval(t), kind: kind))
  }

  func reflection(audio: Reflection.Audio = .none, damagedLines: [Int] = [], library: Library = library) -> Reflection {
    Reflection(
      MeetingState(events: events)!, meeting: MeetingID(cycle: 1, stage: MeetingState(events: events)!.stage),
      audio: audio, library: library,
      damagedLines: damagedLines)
  }

  static let recorded = Reflection.Audio.recorded(file: "audio.flac", seconds: 2465)

  /// With an observer, evidence, a pause, a gap, and twenty-six turns.
  static var full: SampleMeeting {
    var meeting = SampleMeeting(
      people: People(coach: "Anna", coachee: "Ben", observer: "Cleo"), focus: "waiting longer after a question")
    func turn(_ t: Double, _ turn: Turn) { meeting.add(t, .turn(turn)) }
    meeting.add(4, .recording(file: "audio.flac", device: "default", sampleRate: 48_000, channels: 1))
    meeting.add(8, .prompt(id: "post-opening"))
    turn(42, Turn(by: .coach, functions: [.question], new: true, scale: .moment, time: .lesson))
    turn(61, Turn(by: .coachee, functions: [.explanation, .context], scale: .episode, time: .lesson))
    meeting.add(
      75,
      .note(
        text: "The back table, all four leaning over one envelope. Sam has his hand half up.", prompt: "post-opening"))
    turn(128, Turn(by: .coach, functions: [.question], stimulus: .recall, scale: .moment, time: .lesson))
    turn(150, Turn(by: .coachee, functions: [.evaluation], scale: .lesson, tone: .positive))
    turn(205, Turn(by: .coach, functions: [.continuity]))
    meeting.add(240, .note(text: "I thought I had waited. I hadn't.", prompt: "post-opening"))
    meeting.add(250, .prompt(id: "post-evidence"))
    meeting.add(262, .stimulus(.video, text: "Sam and the envelopes", from: 1124, to: 1191))
    turn(
      331,
      Turn(
        by: .coachee, functions: [.dissonance], subject: "wait time", stimulus: .video, scale: .moment,
        note: "under two seconds, every time"))
    meeting.add(338, .moment(text: "The second time through the clip: nobody spoke"))
    turn(352, Turn(by: .coach, functions: [.clarification, .question], subject: "wait time", stimulus: .video))
    turn(401, Turn(by: .coachee, functions: [.justification], time: .past))
    turn(
      470,
      Turn(
        by: .coach, functions: [.challenge], new: true, scale: .theme, tone: .neutral,
        note: "do we know they were thinking, or only quiet?"))
    turn(489, Turn(by: .coachee, functions: [.defence], tone: .negative))
    turn(560, Turn(by: .coach, functions: [.context, .justification], scale: .society, time: TimeFrame.none))
    meeting.add(580, .feedback(text: "Anna, you counted to six before you spoke. It made room."))
    meeting.add(720, .paused)
    meeting.add(905, .resumed)
    turn(
      922,
      Turn(
        by: .coachee, functions: [.generalisation], new: true, scale: .theme, time: .past,
        note: "I fill the gap for them"))
    turn(961, Turn(by: .coach, functions: [.acceptance]))
    meeting.add(1010, .note(text: "Who is the silence hard on: them or me?", prompt: nil))
    turn(1104, Turn(by: .coach, functions: [.newIdea, .suggestion], new: true, time: .future))
    turn(1121, Turn(by: .coachee, functions: [.acceptance, .newIdea], co: true, time: .future, tone: .positive))
    turn(
      1133,
      Turn(by: .both, functions: [.newIdea], co: true, subject: "pupils ask first", time: .future, tone: .veryPositive))
    turn(1150, Turn(by: .coach, functions: [.explanation], co: true, subject: "pupils ask first", time: .future))
    turn(1302, Turn(by: .observer, functions: [.question], new: true))
    meeting.add(1330, .moment(text: nil))
    turn(1345, Turn(by: .coachee, functions: [.explanation], stimulus: .pupilWork, scale: .moment))
    meeting.add(1352, .stimulus(.pupilWork, text: "Mina's page", from: nil, to: nil))
    meeting.add(1500, .gap(seconds: 38, why: .deviceLost))
    turn(
      1620,
      Turn(by: .coach, functions: [.challenge, .question], scale: .episode, note: "what would Mina say it was for?"))
    turn(1655, Turn(by: .coach, functions: [.question]))
    turn(1720, Turn(by: .coachee, functions: [.explanation], scale: .lesson, time: .lesson))
    turn(1890, Turn(by: .coach, functions: [.continuity], scale: .lesson))
    meeting.add(1980, .moment(text: "What Mina wrote, and rubbed out"))
    turn(1985, Turn(by: .coachee, functions: [.clarification]))
    turn(2130, Turn(by: .coachee, functions: [.suggestion], new: true, time: .future, tone: .positive))
    meeting.add(2202, .action(text: "Monday, 8B: wait after every question, and count who speaks"))
    meeting.add(2260, .action(text: "Anna tries the same with Year 10"))
    meeting.add(2300, .feedback(text: "You both stopped saying “good” after the clip."))
    meeting.add(2400, .recordingStopped(seconds: 2461, why: .ended))
    meeting.add(2465, .ended(.closed))
    return meeting
  }
}

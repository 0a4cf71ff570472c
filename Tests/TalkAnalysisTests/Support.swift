import Coaching
import Foundation
import TalkAnalysis

/// A meeting of turns ten seconds apart, and other entries at their times.
func meeting(_ turns: [Turn], others: [(Double, Event.Kind)] = [], stage: Stage = .post) -> TalkMeasures {
  let began = Event.Kind.began(stage: stage, people: People(coach: "A", coachee: "B"), focus: nil)
  let timed = turns.enumerated().map { (Double($0.offset) * 10, Event.Kind.turn($0.element)) }
  let events = ([(0, began)] + timed + others).enumerated().map { index, entry in
    Event(number: index + 2, t: entry.0, at: Date(timeIntervalSince1970: 0), kind: entry.1)
  }
  return TalkMeasures(MeetingState(events: events)!)
}

func found(_ condition: Condition, _ measures: TalkMeasures) -> Finding? {
  measures.findings().first { $0.condition == condition }
}

/// A turn by the coach.
func c(
  _ functions: InteractionFunction..., new: Bool = false, co: Bool = false, scale: Scale? = nil,
  time: TimeFrame? = nil, tone: Tone? = nil, stimulus: Stimulus? = nil
) -> Turn {
  Turn(by: .coach, functions: functions, new: new, co: co, stimulus: stimulus, scale: scale, time: time, tone: tone)
}

/// A turn by the coached teacher.
func t(
  _ functions: InteractionFunction..., new: Bool = false, co: Bool = false, subject: String? = nil,
  scale: Scale? = nil, time: TimeFrame? = nil, tone: Tone? = nil, stimulus: Stimulus? = nil
) -> Turn {
  Turn(
    by: .coachee, functions: functions, new: new, co: co, subject: subject, stimulus: stimulus, scale: scale,
    time: time, tone: tone)
}

/// Eight turns of question and explanation, and nothing else.
let chat: [Turn] = (0..<8).map { $0 % 2 == 0 ? c(.question) : t(.explanation) }

func repeated(_ count: Int, _ turn: Turn) -> [Turn] { Array(repeating: turn, count: count) }

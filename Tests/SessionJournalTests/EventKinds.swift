import Coaching

/// Every kind of event, by its name in the journal. ``init(_:)`` does not compile when one is missing.
enum EventName: String, CaseIterable {
  case cycle, consent, began, ended, paused, resumed, prompt, skipped, note, turn, amended, moment, stimulus, feedback,
    action
  case observing, agreed, chosen, evidence, suggested, undone, redone, recording, gap, torn, clock, slept
  case themeEntry = "theme-entry"
  case carriedOn = "carried-on"
  case recordingStopped = "recording-stopped"
  case silentMicrophone = "silent-microphone"
  case audioDeleted = "audio-deleted"
  case takenOut = "taken-out"
  case redacted, mark, shared

  /// `nil` for an event that this version does not know.
  init?(_ kind: Event.Kind) {
    switch kind {
    case .cycle: self = .cycle
    case .consent: self = .consent
    case .agreed: self = .agreed
    case .themeEntry: self = .themeEntry
    case .chosen: self = .chosen
    case .evidence: self = .evidence
    case .began: self = .began
    case .carriedOn: self = .carriedOn
    case .ended: self = .ended
    case .paused: self = .paused
    case .resumed: self = .resumed
    case .prompt: self = .prompt
    case .skipped: self = .skipped
    case .note: self = .note
    case .turn: self = .turn
    case .amended: self = .amended
    case .moment: self = .moment
    case .stimulus: self = .stimulus
    case .feedback: self = .feedback
    case .action: self = .action
    case .undone: self = .undone
    case .redone: self = .redone
    case .recording: self = .recording
    case .recordingStopped: self = .recordingStopped
    case .gap: self = .gap
    case .silentMicrophone: self = .silentMicrophone
    case .clock: self = .clock
    case .slept: self = .slept
    case .audioDeleted: self = .audioDeleted
    case .takenOut: self = .takenOut
    case .redacted: self = .redacted
    case .observing: self = .observing
    case .suggested: self = .suggested
    case .mark: self = .mark
    case .shared: self = .shared
    case .torn: self = .torn
    case .unknown: return nil
    }
  }
}

/// At least one event of every kind: with all that it can say, with as little, and with text that needs care.
let sampleKinds: [Event.Kind] =
  [
    .cycle(people: People(coach: "Anna", coachee: "Ben", observer: "Cleo"), focus: "f", theme: "t"),
    .cycle(people: People(coach: "", coachee: "\"\\/\u{2028}\u{0}\n\r\t"), focus: nil, theme: nil),
    .began(stage: .pre, people: People(coach: "Zoë", coachee: "李雷", observer: "🙂"), focus: "'; --"),
    .began(stage: .review, people: People(coach: "A", coachee: "B"), focus: nil),
    .began(stage: .review, people: People(group: ["Dana", "Eve"]), focus: nil),
    .cycle(people: People(group: ["Dana"]), focus: nil, theme: nil),
    .agreed(key: "keep", choices: ["term"], text: nil), .agreed(key: "schedule", choices: [], text: "Tue \"3 pm\""),
    .themeEntry(collection: "strategies", text: "- wait"), .chosen(prompt: "p", choices: ["a", "b"]),
    .prompt(id: "p", level: 3), .evidence(.notes, text: "t", from: nil, to: nil),
    .evidence(.video, text: "", from: 760, to: 790.5),
    .takenOut(from: 0, to: 61.5), .redacted, .carriedOn, .paused, .resumed, .silentMicrophone, .audioDeleted,
    .clock(drift: -12.5, error: 0.0003), .slept(seconds: 600),
    .prompt(id: "post-opening"), .skipped(id: "p"),
    .note(text: "two\nlines {\"event\":\"ended\"}", prompt: nil), .note(text: "", prompt: "p"),
    .turn(Turn(by: .both)),
    .turn(
      Turn(
        by: .observer, functions: InteractionFunction.standard + [InteractionFunction(rawValue: "our own")], new: true,
        co: true, subject: "s", stimulus: .pupilWork, scale: .society, time: TimeFrame.none, tone: .veryNegative,
        note: "n")),
    .amended(line: 3, Turn(by: .both)),
    .amended(
      line: 3,
      Turn(
        by: .coach, functions: [.question], new: true, co: true, subject: "s", stimulus: .plan, scale: .moment,
        time: .past, tone: .positive, note: "n")),
    .moment(text: nil), .moment(text: "m"),
    .stimulus(.recall, text: nil, from: nil, to: nil), .stimulus(.other, text: "x", from: 0.1, to: 3723.5),
    .feedback(text: "f"), .action(text: "a"), .undone(3), .redone(3), .torn(line: 9), .suggested(["a", "b"]),
    .suggested([]), .mark, .shared(from: 0.5, to: 61, roles: [.coach, .coachee], anonymous: true),
    .recording(file: "audio.flac", device: "hw:CARD=USB,DEV=0", sampleRate: 44_100, channels: 2),
  ]
  + [Role.coach, .coachee, .observer].map { .consent($0, given: $0 == .coachee) }
  + [.live, .review, .away].map { .observing(name: "Cleo \"C.\"", how: $0) }
  + [.closed, .interrupted, .recovered].map { .ended($0) }
  + [.ended, .consentWithdrawn, .diskFull, .failed, .crashed].map { .recordingStopped(seconds: 0.1234, why: $0) }
  + [.overrun, .deviceLost, .slowDisk, .unreported].map { .gap(seconds: 1e-4, why: $0) }

import AudioCapture
import Coaching
import PromptLibrary
import SessionJournal
import Terminal

/// The window of an observer whose laptop is not the pair's. What they set down goes into a folder that they take to the
/// pair's laptop, where `coachtalk merge` finds its clock: by the sound, where everybody lets this laptop record, or by
/// moments that are marked on both. It knows neither the meeting nor the pair's names, so that the folder tells nothing of
/// either; what is tagged and how is the ``Facilitator``'s.
final class AwayDesk: Desk {
  let facilitator: Facilitator
  private let studio: Studio
  private let say: (String, Manner) -> Void
  /// The folder that the observer's own is made in.
  private let place: String
  /// Everybody in the room has said yes to a recording here; `nil` asks.
  private let mayRecord: Bool?
  private let givenName: String?
  private var folder: String?
  private var isDone = false

  init(
    _ away: Conversation.Away, library: Library, studio: Studio, program: String, isInteractive: Bool,
    say: @escaping (String, Manner) -> Void, notify: @escaping @Sendable (RecorderNotice) -> Void
  ) throws(Complaint) {
    if !isInteractive, away.name == nil { throw Complaint(.usage, Speech.nameYourself) }
    (self.studio, self.say, place) = (studio, say, away.place)
    givenName = try away.name.map(checkedName)
    mayRecord = studio.openMicrophone == nil ? false : away.mayRecord ?? (isInteractive ? nil : false)
    facilitator = Facilitator(
      archive: Archive(root: away.place), library: library, studio: studio, program: program,
      isInteractive: isInteractive, commands: Command.ofObserversAway, say: say, notify: notify)
  }

  func open() {
    say(Speech.observingAway, .speech)
    facilitator.attempt {
      guard let givenName else {
        return facilitator.ask(Speech.askOwnName) { try self.askToRecord(try checkedName($0)) }
      }
      try askToRecord(givenName)
    }
    if let question = facilitator.questions.first { say(question.text, question.manner) }
  }

  private func askToRecord(_ name: String) throws {
    let begin = { (mayRecord: Bool) in
      if mayRecord {
        try self.facilitator.checkSound { try self.begin(name, with: $0) }
      } else {
        try self.begin(name, with: nil)
      }
    }
    if let mayRecord { return try begin(mayRecord) }
    facilitator.ask(Speech.askRecordAway) { answer in
      guard let yes = yesOrNo(answer) else { throw Complaint(.data, Speech.consentChoice) }
      try begin(yes)
    }
  }

  private func begin(_ name: String, with source: (any AudioSource)?) throws {
    let people = People(coach: Speech.anyCoach, coachee: Speech.anyCoachee, observer: name)
    let (folder, journal, state): (String, Journal, MeetingState)
    do throws(FileFailure) {
      (folder, journal, state) = try Archive(root: place).beginAway(name, people)
    } catch {
      source?.close()
      throw Complaint(.cannotCreate, Speech.fileProblem(error))
    }
    self.folder = folder
    facilitator.meeting = RunningMeeting(
      id: MeetingID(cycle: 1, stage: state.stage, round: 1), folder: folder, journal: journal, state: state,
      plan: Plan(), at: studio.now())
    if let source { facilitator.startRecording(from: source) }
    say(Speech.awayBegun(hasSound: facilitator.meeting?.isRecording ?? false), .speech)
    say(Speech.howToObserve(state.stage), .quiet)
  }

  func handle(_ line: String, at moment: SuspendingClock.Instant) -> Facilitator.Outcome {
    let text = line.trimmed
    if text.hasPrefix("/") {
      let word = text.dropFirst().prefix { !$0.isWhitespace }
      switch try? facilitator.command(word) {
      case .quit?: return .quit
      case .status? where facilitator.meeting != nil:
        sayStatus(at: moment)
        return .goOn
      case nil:
        guard let other = try? Command.named(String(word), inMeeting: true) else { break }
        if other == .end { return .quit }
        facilitator.complain(Complaint(.data, Speech.forThePair(other)))
        return .goOn
      default: break
      }
    }
    return facilitator.handle(line, at: moment)
  }

  private func sayStatus(at moment: SuspendingClock.Instant) {
    guard let meeting = facilitator.meeting else { return }
    say(
      Speech.awayStatus(
        t: meeting.time(at: moment), meeting.state, level: meeting.level, mine: meeting.state.entries.count), .speech)
  }

  func interrupt(again: Bool) -> Bool {
    guard facilitator.isInteractive, facilitator.meeting != nil, !again else { return true }
    say(Speech.awayStillRunning, .warning)
    return false
  }

  var isOver: Bool { isDone }

  func close(_ ending: Event.Ending, at moment: SuspendingClock.Instant) {
    isDone = true
    guard let meeting = facilitator.meeting, let folder else { return }
    facilitator.attempt { try facilitator.endRecording(.ended, at: moment) }
    facilitator.attempt { try meeting.record(.ended(ending), at: moment) }
    facilitator.meeting = nil
    if meeting.state.recordings.isEmpty, meeting.state.marks.count < 2 { say(Speech.tooFewMarks, .warning) }
    say(Speech.takeItAlong(folder), .speech)
  }
}

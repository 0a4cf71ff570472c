import AudioCapture
public import Coaching
import FoundationEssentials
internal import Glibc
import SessionJournal

/// `coachtalk excerpt`: a stretch of a meeting in a folder of its own, to be given to others. It is a folder of recordings
/// with one cycle and one meeting in it, so that everything that can be done with a meeting can be done with it.
public struct Excerpting {
  private let meeting: MeetingID
  private let writer: ReflectionWriter
  private let stretch: Redaction
  private let folder: String
  private let isAnonymous: Bool
  private let withWords: Bool
  /// Open, and so locked, until it is done.
  private let journal: Journal
  private let state: MeetingState

  /// Finds out whether it can be done, and writes nothing. `text` is a stretch such as `12:40-13:10`, `output` the folder
  /// to make. Throws a ``Complaint``.
  public init(
    _ meeting: MeetingID, _ text: String, to output: String?, isAnonymous: Bool, withWords: Bool,
    _ writer: ReflectionWriter
  ) throws {
    guard var stretch = Redaction(text) else { throw Complaint(.usage, Speech.badExcerpt(meeting)) }
    (self.meeting, self.writer, self.isAnonymous, self.withWords) = (meeting, writer, isAnonymous, withWords)
    _ = try writer.load(meeting)
    let contents: JournalContents
    do throws(FileFailure) {
      (journal, contents) = try Journal.open(writer.archive.journalPath(meeting))
    } catch {
      throw Complaint(.inputOutput, error.isBusy ? Speech.openElsewhere("\(meeting)") : Speech.fileProblem(error))
    }
    guard let state = MeetingState(events: contents.events), state.hasEnded else {
      throw Complaint(.data, Speech.neverClosed(meeting))
    }
    guard state.stage.isTalkAboutALesson else { throw Complaint(.usage, Speech.noTalk) }
    self.state = state
    let end = max(state.lastTime, (try? writer.studio.length(writer.archive.audioPath(meeting))) ?? 0)
    guard stretch.from < end, stretch.to <= end.rounded(.up) else {
      throw Complaint(.usage, Speech.beyondEnd(meeting, end))
    }
    stretch.to = min(stretch.to, end)
    self.stretch = stretch
    let times = [stretch.from, stretch.to].map { Timecode.text($0).replacing(":", with: ".") }.joined(separator: "-")
    folder = output ?? "coachtalk-excerpt-\(meeting)-\(times)"
    guard access(folder, F_OK) != 0 else { throw Complaint(.cannotCreate, Speech.alreadyThere(folder)) }
  }

  private var hasSound: Bool { !state.audioDeleted && access(writer.archive.audioPath(meeting), R_OK) == 0 }

  /// Those who were in the meeting and are not among `names`: whose yes is still to be had. Throws when one of the names is
  /// nobody's.
  public func withoutYes(_ names: [String]) throws(Complaint) -> [String] {
    let people = state.people.roles.compactMap(state.people.name)
    let given = Set(names.map { $0.trimmed.lowercased() })
    guard given.isSubset(of: people.map { $0.lowercased() }) else {
      throw Complaint(.usage, Speech.nobodyOfThatName)
    }
    return people.filter { !given.contains($0.lowercased()) }
  }

  /// What the person of that name is asked.
  public func question(_ name: String) -> String {
    Speech.askExcerpt(name, meeting, stretch, hasSound: hasSound, withWords: withWords, anonymous: isAnonymous)
  }

  public func yesNeeded(_ names: [String]) -> String { Speech.yesNeeded(names) }

  /// Writes it, everybody having said yes, and writes down that it was. Gives what to say; throws a ``Complaint`` when it
  /// is not done, and leaves nothing of it then.
  public func perform() throws -> String {
    let place = URL(fileURLWithPath: folder).standardizedFileURL
    let making = place.deletingLastPathComponent().appendingPathComponent(".\(place.lastPathComponent).making").path
    let shared = Event.Kind.shared(
      from: stretch.from, to: stretch.to, roles: state.people.roles, anonymous: isAnonymous)
    let seconds: Double
    do {
      try Archive.erase(making)
      seconds = try write(to: Archive(root: making))
      // Before anybody can have it.
      try journal.append(shared, t: state.lastTime)
      guard access(place.path, F_OK) != 0 else { throw Complaint(.cannotCreate, Speech.alreadyThere(folder)) }
      try PrivateFiles.move(making, to: place.path)
    } catch {
      try? Archive.erase(making)
      switch error {
      case let failure as FileFailure:
        throw Complaint(.cannotCreate, Speech.excerptFailed("\(failure.path): \(failure.reason)"))
      case let failure as AudioFailure:
        throw Complaint(failure.kind == .notAudio ? .data : .inputOutput, Speech.excerptFailed(failure.reason))
      default: throw error
      }
    }
    return Speech.excerptWritten(
      meeting, stretch, place.path, hasSound: seconds > 0, withWords: withWords, anonymous: isAnonymous)
  }

  /// Gives the length of its sound in seconds.
  private func write(to archive: Archive) throws -> Double {
    let events = state.excerpt(stretch, withWords: withWords, isAnonymous: isAnonymous, at: Date())
    guard case .began(let stage, let people, let focus) = events[0].kind else { preconditionFailure("it begins so") }
    let (number, cycle) = try archive.createCycle(people: people, focus: focus, theme: nil)
    // They have said yes to more than being recorded.
    for role in people.roles { try cycle.append(.consent(role, given: true), t: 0) }
    let (id, new) = try archive.createMeeting(cycle: number, stage: stage)
    defer { new.releaseReserve() }
    let length = stretch.to - stretch.from
    try new.append(events[0].kind, t: 0)
    let seconds =
      hasSound ? try writer.studio.cut(writer.archive.audioPath(meeting), stretch, archive.audioPath(id)) : 0
    if seconds > 0, let recording = state.recordings.first {
      try new.append(
        .recording(
          file: "audio.flac", device: "excerpt", sampleRate: recording.sampleRate, channels: recording.channels), t: 0)
    }
    for event in events.dropFirst() { try new.append(event.kind, t: event.t) }
    if seconds > 0 { try new.append(.recordingStopped(seconds: seconds, why: .ended), t: seconds) }
    try new.append(.ended(.closed), t: length)
    return seconds
  }
}

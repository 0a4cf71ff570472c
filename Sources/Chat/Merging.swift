import AudioCapture
public import Coaching
import FoundationEssentials
internal import Glibc
import SessionJournal

/// `coachtalk merge`: brings what an observer tagged on another laptop into the meeting's folder, by the meeting's clock.
public struct Merging {
  private let meeting: MeetingID
  private let writer: ReflectionWriter
  private let state: MeetingState
  /// The observer's file, and the sound it lies beside.
  private let path: String
  private let sound: String
  private let contents: JournalContents
  private let name: String
  private let began: Event
  private let alignment: ClockAlignment
  private let moved: MovedTags
  /// Nobody takes anything out of the meeting meanwhile.
  private let lock: JournalLock

  /// What was found wrong and is no hindrance.
  public let remarks: [Complaint]

  /// Reads the file, which is not trusted, finds its clock, and writes nothing. `file` may be its folder. Throws a
  /// ``Complaint``, also when the clock cannot be told: nothing is guessed.
  public init(_ meeting: MeetingID, _ file: String, _ writer: ReflectionWriter) throws {
    (self.meeting, self.writer) = (meeting, writer)
    let archive = writer.archive
    do throws(FileFailure) {
      lock = try JournalLock(archive.journalPath(meeting))
    } catch {
      throw Complaint(.inputOutput, error.isBusy ? Speech.openElsewhere("\(meeting)") : Speech.fileProblem(error))
    }
    state = try writer.load(meeting).0
    guard state.hasEnded else { throw Complaint(.data, Speech.neverClosed(meeting)) }
    guard let agreed = state.people.observer else { throw Complaint(.data, Speech.noObserverAgreed(meeting)) }
    guard writer.isAgreed(meeting) else { throw Complaint(.data, Speech.notAllAgreed(meeting)) }

    path = try Self.journal(at: file)
    do throws(FileFailure) {
      contents = try JournalContents.read(path, atMost: Self.largest)
    } catch {
      if error.code == ENOENT { throw Complaint(.noInput, Speech.nothingThere(path)) }
      throw Complaint(.data, Speech.notAnAwayFile(path))
    }
    if contents.newerVersion != nil { throw Complaint(.data, Speech.newerVersion(path)) }
    guard let other = MeetingState(events: contents.events), let observer = other.observer, observer.how == .away,
      let began = contents.events.first
    else { throw Complaint(.data, Speech.notAnAwayFile(path)) }
    guard observer.name.trimmed.lowercased() == agreed.lowercased() else {
      throw Complaint(.data, Speech.anotherObserver(path, agreed))
    }
    name = agreed
    self.began = began
    let torn = contents.tornTail == nil ? [] : [contents.lineCount]
    let damaged = contents.damagedLines + torn
    remarks =
      damaged.isEmpty
      ? [] : [Complaint(.data, Speech.damaged(path, lines: damaged, kept: contents.events.count))]
    let known = writer.observers(meeting, of: state).0.first {
      $0.state.observer == MeetingState.Observer(name: agreed, how: .away) && $0.state.began == began.at
    }
    if let known { throw Complaint(.cannotCreate, Speech.alreadyMerged(path, known.path)) }

    sound = URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("audio.flac").path
    let own = archive.audioPath(meeting)
    var bySound: ClockAlignment?
    let hasSounds = !state.audioDeleted && access(own, R_OK) == 0 && access(sound, R_OK) == 0
    if hasSounds, let theirs = try? writer.studio.envelope(sound), let ours = try? writer.studio.envelope(own) {
      bySound = ClockAlignment(sound: theirs, meeting: ours)
    }
    let byMarks = ClockAlignment(marks: other.marks, meeting: state.marks)
    if let bySound, let byMarks {
      let between = byMarks.span.lowerBound
      guard abs(bySound.meetingTime(between) - byMarks.meetingTime(between)) <= 2 else {
        throw Complaint(.data, Speech.marksAndSoundDiffer(path))
      }
    }
    guard let alignment = bySound ?? byMarks else {
      throw Complaint(
        .data, Speech.cannotAlign(path, marks: other.marks.count, of: state.marks.count, hasSounds: hasSounds))
    }
    self.alignment = alignment
    let end = max(state.lastTime, (try? writer.studio.length(own)) ?? 0)
    moved = MovedTags(
      contents.events, into: state, until: end, meetingTime: alignment.meetingTime, error: alignment.error)
    guard moved.turns + moved.feedbacks + moved.others > 0 else {
      throw Complaint(.data, Speech.nothingToMerge(path, meeting))
    }
  }

  /// An hour's tags are some hundred kilobytes. Ours.
  private static let largest = 32 << 20

  private static func journal(at file: String) throws(Complaint) -> String {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: file) else { return file }
    let journals = names.filter { $0.hasPrefix("observer-") && $0.hasSuffix(".jsonl") }
    guard journals.count == 1, let only = journals.first else {
      throw Complaint(.noInput, Speech.noOneFile(file, journals.count))
    }
    return "\(file)/\(only)"
  }

  /// What was found out about the clock and the tags.
  public var findings: String {
    let worst = moved.events.map { alignment.error(at: $0.t - alignment.offset) }.max() ?? 0
    return Speech.findings(name, meeting, alignment, moved, error: worst)
  }

  /// The same, and whether to take them.
  public var question: String { findings + " " + Speech.askMerge }

  /// Writes the observer's journal into the meeting's folder and the reflection again. Gives what to say.
  public func perform() throws -> (said: String, [Complaint]) {
    let written: String
    do throws(FileFailure) {
      written = try writer.archive.bringIn(
        moved.events, began: began.at, MeetingState.Observer(name: name, how: .away), meeting, of: state)
    } catch {
      throw Complaint(.cannotCreate, Speech.fileProblem(error))
    }
    let (_, remarks) = try writer.write(meeting)
    return (Speech.merged(name, meeting, written), remarks)
  }

  /// The observer keeps nothing, unless the pair agrees.
  public var askDeletion: String { Speech.askDeleteCopy(name, path) }
  public var deleteLater: String { Speech.deleteCopyLater(name, path) }

  /// Overwrites and deletes the observer's file and its sound, and their folder when nothing else is in it.
  public func deleteCopy() throws -> String {
    do throws(FileFailure) {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      let isOwn = (try? FileManager.default.contentsOfDirectory(atPath: folder))
        .map { Set($0).isSubset(of: [URL(fileURLWithPath: path).lastPathComponent, "audio.flac"]) }
      try Archive.eraseFile(path)
      if isOwn == true {
        try Archive.eraseFile(sound)
        rmdir(folder)
      }
    } catch {
      throw Complaint(.inputOutput, Speech.fileProblem(error))
    }
    return Speech.copyDeleted
  }
}

extension ReflectionWriter {
  /// Whether everybody in the meeting's cycle has said yes.
  func isAgreed(_ meeting: MeetingID) -> Bool {
    let contents = try? JournalContents.read(archive.cyclePath(meeting.cycle))
    return contents.flatMap { CycleState(events: $0.events) }?.mayRecord ?? false
  }
}

import AudioCapture
public import Coaching
import FoundationEssentials
import SessionJournal

/// `coachtalk redact`: takes a stretch of a meeting out for good, its sound and the words typed in it.
///
/// Each file is replaced as a whole, the sound first. Interrupted, it has done some of them; done again, it does the rest.
public struct Redacting {
  private let meeting: MeetingID
  private let writer: ReflectionWriter
  private let stretch: Redaction
  /// Open, and so locked, until all is done.
  private let journal: Journal
  private let observers: [Journal]
  private let state: MeetingState

  /// Finds out whether it can be done, and changes nothing. `text` is a stretch such as `12:40-13:10`. Throws a
  /// ``Complaint``.
  public init(_ meeting: MeetingID, _ text: String, _ writer: ReflectionWriter) throws {
    guard var stretch = Redaction(text) else { throw Complaint(.usage, Speech.badStretch(meeting)) }
    let archive = writer.archive
    (self.meeting, self.writer) = (meeting, writer)
    _ = try writer.load(meeting)
    if let link = archive.links(meeting).first { throw Complaint(.data, Speech.leadsElsewhere(link)) }
    let contents: JournalContents
    do {
      (journal, contents) = try Journal.open(archive.journalPath(meeting))
      var observers: [Journal] = []
      for path in archive.observerPaths(meeting) {
        let (observer, contents) = try Journal.open(path)
        guard contents.newerVersion == nil else { throw Complaint(.data, Speech.newerVersion(path)) }
        observers.append(observer)
      }
      self.observers = observers
    } catch let failure as FileFailure {
      throw Complaint(.inputOutput, failure.isBusy ? Speech.openElsewhere("\(meeting)") : Speech.fileProblem(failure))
    }
    guard let state = MeetingState(events: contents.events) else {
      throw Complaint(.data, Speech.notAJournal(archive.journalPath(meeting)))
    }
    guard state.hasEnded else { throw Complaint(.data, Speech.neverClosed(meeting)) }
    let known = Set(state.recordings.map(\.file) + ["audio.flac"])
    for path in archive.soundFiles(meeting) {
      let name = URL(fileURLWithPath: path).lastPathComponent
      guard name.hasPrefix(".") || known.contains(name) else { throw Complaint(.data, Speech.unknownSound(path)) }
    }
    self.state = state
    let stops = state.recordings.compactMap(\.stretch.to)
    let end = max(state.lastTime, stops.max() ?? 0, (try? writer.studio.length(archive.audioPath(meeting))) ?? 0)
    guard stretch.from < end, stretch.to <= end.rounded(.up) else {
      throw Complaint(.usage, Speech.beyondEnd(meeting, end))
    }
    stretch.to = min(stretch.to, max(end, stretch.from + 0.001))
    self.stretch = stretch
  }

  /// What will go, as a question.
  public var question: String {
    Speech.askRedact(meeting, stretch, hasSound: !writer.archive.soundFiles(meeting).isEmpty)
  }

  /// Takes it out. Gives what to say, and what went wrong beside it; throws when it is not done.
  public func perform() throws -> (said: String, [Complaint]) {
    let archive = writer.archive
    do {
      for path in archive.leftovers(meeting) { try Archive.eraseFile(path) }
      try silence()
      try journal.redact(stretch, note: .takenOut(from: stretch.from, to: stretch.to), t: state.lastTime)
      for observer in observers { try observer.redact(stretch) }
    } catch let failure as FileFailure {
      throw Complaint(.inputOutput, Speech.notTakenOut(failure))
    }
    var remarks = writer.rewrite([meeting])
    remarks += writer.rewrite(writer.meetings(of: state.people).filter { $0 != meeting })
    return (Speech.takenOut(meeting, stretch, others: archive.strangers(meeting)), remarks)
  }

  private func silence() throws {
    let archive = writer.archive
    let remains = archive.soundFiles(meeting).compactMap { Remains($0) }
    do throws(AudioFailure) {
      guard let seconds = try writer.joinSound(state, of: meeting) else { return }
      if stretch.from < seconds { try writer.studio.silence(archive.audioPath(meeting), stretch) }
    } catch {
      throw Complaint(
        error.kind == .notAudio ? .data : .inputOutput,
        Speech.notSilenced(archive.audioPath(meeting), meeting, error))
    }
    for file in remains { file.overwrite() }
  }
}

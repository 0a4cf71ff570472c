public import Coaching
internal import Glibc
public import SessionJournal

/// A meeting that runs in another window, as its observer may see it. It is only looked at: nothing here writes, and
/// nothing of the pair's own program is asked or waited for.
public final class WatchedMeeting {
  /// Why there is nothing to observe any more.
  enum End {
    case ended
    /// The pair's program is gone, and nobody closed the meeting.
    case stopped
    /// The pair does not want an observer any more.
    case refused
  }

  /// A clock that has not been written for so long is worth a look whether anybody still runs the meeting.
  private static let clockIsOld: Duration = .seconds(5)

  public let id: MeetingID
  /// The observer, by the name that the pair gave.
  public let name: String
  let archive: Archive
  private(set) var state: MeetingState
  private var clock: MeetingClock?
  private var isAgreed = true
  private var stamps: (journal: FileStamp, cycle: FileStamp, clock: FileStamp)
  /// When the clock was last found changed.
  private var clockChanged = SuspendingClock.now

  /// Finds the meeting, the newest that is running when `named` is none, and whether the pair agreed to be observed by
  /// the person called `name`, or by whom they named. Throws a ``Complaint``.
  public init(_ archive: Archive, _ named: MeetingID?, name: String?) throws(Complaint) {
    let running = (named.map { [$0] } ?? archive.meetings()).compactMap { Self.running(archive, $0) }
    guard let (id, state) = running.max(by: { ($0.1.began, $0.0) < ($1.1.began, $1.0) }) else {
      throw Complaint(.noInput, named.map(Speech.notRunning) ?? Speech.nothingRuns)
    }
    guard let observer = state.people.observer else { throw Complaint(.data, Speech.noObserverAgreed(id)) }
    guard name.map({ $0.lowercased() == observer.lowercased() }) ?? true else {
      throw Complaint(.data, Speech.notTheObserver(id))
    }
    (self.id, self.archive, self.state, self.name) = (id, archive, state, observer)
    stamps = (
      FileStamp(archive.journalPath(id)), FileStamp(archive.cyclePath(id.cycle)), FileStamp(archive.clockPath(id))
    )
    isAgreed = Self.isAgreed(archive, id)
    guard isAgreed else { throw Complaint(.data, Speech.notAllAgreed(id)) }
    // A meeting that has just begun lets its time be known in a moment.
    for _ in 0..<50 where clock == nil {
      clock = archive.clock(of: id)
      if clock == nil { usleep(100_000) }
    }
    guard clock != nil else { throw Complaint(.noInput, Speech.noClock(id)) }
  }

  /// A meeting that has not ended and that a program has open.
  private static func running(_ archive: Archive, _ id: MeetingID) -> (MeetingID, MeetingState)? {
    let path = archive.journalPath(id)
    guard let contents = try? JournalContents.read(path), contents.newerVersion == nil,
      let state = MeetingState(events: contents.events), !state.hasEnded, JournalLock.isTaken(path)
    else { return nil }
    return (id, state)
  }

  private static func isAgreed(_ archive: Archive, _ id: MeetingID) -> Bool {
    let contents = try? JournalContents.read(archive.cyclePath(id.cycle))
    return contents.flatMap { CycleState(events: $0.events) }?.mayRecord ?? false
  }

  /// Seconds of meeting at `moment`; after the end, when that was.
  func time(at moment: SuspendingClock.Instant) -> Double {
    guard let clock else { return state.lastTime }
    return state.hasEnded ? min(clock.time(at: moment), state.lastTime) : clock.time(at: moment)
  }

  /// Takes up what has changed since it was last looked at.
  func look() {
    let journal = FileStamp(archive.journalPath(id))
    if journal != stamps.journal { readJournal() }
    let cycle = FileStamp(archive.cyclePath(id.cycle))
    if cycle != stamps.cycle { isAgreed = Self.isAgreed(archive, id) }
    let clockStamp = FileStamp(archive.clockPath(id))
    if clockStamp != stamps.clock {
      clock = archive.clock(of: id) ?? clock
      clockChanged = .now
    }
    stamps = (journal, cycle, clockStamp)
  }

  private func readJournal() {
    guard let contents = try? JournalContents.read(archive.journalPath(id)) else { return }
    state = MeetingState(events: contents.events) ?? state
  }

  var end: End? {
    if state.hasEnded { return .ended }
    if !isAgreed { return .refused }
    let path = archive.journalPath(id)
    guard clockChanged.duration(to: .now) > Self.clockIsOld, !JournalLock.isTaken(path) else { return nil }
    // It may have ended just now.
    readJournal()
    return state.hasEnded ? .ended : .stopped
  }
}

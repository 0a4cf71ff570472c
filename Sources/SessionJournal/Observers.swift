public import Coaching
internal import Glibc

public import struct FoundationEssentials.Date

/// The journals of those who tag a meeting beside the pair.
extension Archive {
  /// Opens the journal in which the person of that name tags `meeting`, or begins it. One that this person has begun in
  /// the same manner is gone on with, unless it is to be another `pass`. `state` is the meeting's: its stage and people
  /// are the journal's, too. Throws with ``FileFailure/isBusy`` when it is open in another window.
  public func openObserver(
    _ meeting: MeetingID, _ observer: MeetingState.Observer, of state: MeetingState, anotherPass: Bool = false
  ) throws(FileFailure) -> (Journal, MeetingState) {
    var pass = 1
    var own: String?
    while true {
      let path = observerPath(meeting, observer.name, pass: pass)
      if access(path, F_OK) == 0 {
        if isJournal(path, of: observer) { own = path }
        pass += 1
      } else if !anotherPass, let own {
        return try goOn(own)
      } else {
        do throws(FileFailure) {
          return try begin(
            path, of: "observer \(observer.name) of meeting \(meeting)", observer,
            .began(stage: state.stage, people: state.people, focus: state.focus))
        } catch {
          // Somebody else was a moment quicker.
          guard error.code == EEXIST else { throw error }
        }
      }
    }
  }

  /// Puts a whole journal of somebody who tagged elsewhere beside the meeting's, under the first name that is free: it is
  /// there as a whole or not at all, and nothing that was there is touched. `events` follow what an observer's journal
  /// begins with; `began` is the calendar time of that. Gives its path.
  public func bringIn(
    _ events: [Event], began: Date, _ observer: MeetingState.Observer, _ meeting: MeetingID, of state: MeetingState
  ) throws(FileFailure) -> String {
    let head = [
      Event(number: 2, at: began, kind: .began(stage: state.stage, people: state.people, focus: state.focus)),
      Event(number: 3, at: began, kind: .observing(name: observer.name, how: observer.how)),
    ]
    var lines = [JournalCoding.encode(JournalHeader(of: "observer \(observer.name) of meeting \(meeting)"))]
    lines += (head + events).map { JournalCoding.encode($0) }
    let bytes = lines.flatMap { $0 + [UInt8(ascii: "\n")] }
    var pass = 1
    while true {
      let path = observerPath(meeting, observer.name, pass: pass)
      do throws(FileFailure) {
        try PrivateFiles.create(path, bytes)
        return path
      } catch {
        guard error.code == EEXIST else { throw error }
        pass += 1
      }
    }
  }

  private func isJournal(_ path: String, of observer: MeetingState.Observer) -> Bool {
    guard let contents = try? JournalContents.read(path), contents.newerVersion == nil else { return false }
    return MeetingState(events: contents.events)?.observer == observer
  }

  /// Where the person's journal of a meeting is, for each pass from 1. Names of people that differ in nothing but signs
  /// share it.
  func observerPath(_ meeting: MeetingID, _ name: String, pass: Int) -> String {
    "\(folder(meeting))/observer-\(Self.fileName(name))\(pass == 1 ? "" : "-\(pass)").jsonl"
  }

  /// A person's name as part of a file's.
  private static func fileName(_ name: String) -> String {
    var safe = ""
    for character in name.map({ $0.isLetter || $0.isNumber ? $0 : "-" }) {
      // A file's name has room for 255 bytes; some are for what is written beside it.
      guard safe.utf8.count + character.utf8.count <= 200 else { break }
      safe.append(character)
    }
    return safe
  }

  /// Begins the folder and journal of an observer on another laptop than the pair's, in the archive's own folder; it is
  /// what `coachtalk merge` takes. Throws, and leaves nothing, when they cannot be written.
  public func beginAway(_ observer: String, _ people: People) throws(FileFailure) -> (String, Journal, MeetingState) {
    try PrivateFiles.makeFolder(root)
    let name = Self.fileName(observer)
    let base = "\(root)/coachtalk-observer-\(name)-\(Date().local("%Y-%m-%d"))"
    let number = try firstFree(from: 1) { $0 == 1 ? base : "\(base)-\($0)" }
    let folder = number == 1 ? base : "\(base)-\(number)"
    do throws(FileFailure) {
      let (journal, state) = try begin(
        "\(folder)/observer-\(name).jsonl", of: "observer \(observer), away",
        MeetingState.Observer(name: observer, how: .away), .began(stage: .post, people: people, focus: nil))
      return (folder, journal, state)
    } catch {
      rmdir(folder)
      throw error
    }
  }

  private func begin(
    _ path: String, of subject: String, _ observer: MeetingState.Observer, _ began: Event.Kind
  ) throws(FileFailure) -> (Journal, MeetingState) {
    let journal = try Journal.create(path, of: subject)
    do throws(FileFailure) {
      let events = [
        try journal.append(began, t: 0),
        try journal.append(.observing(name: observer.name, how: observer.how), t: 0),
      ]
      return (journal, MeetingState(events: events)!)
    } catch {
      unlink(path)
      throw error
    }
  }

  private func goOn(_ path: String) throws(FileFailure) -> (Journal, MeetingState) {
    let (journal, contents) = try Journal.open(path)
    // It was read before, and nothing of it can have gone since.
    var state = MeetingState(events: contents.events)!
    if state.hasEnded { state.apply(try journal.append(.carriedOn, t: state.lastTime)) }
    return (journal, state)
  }
}

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
          return try begin(path, meeting, observer, state)
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
    var safe = ""
    for character in name.map({ $0.isLetter || $0.isNumber ? $0 : "-" }) {
      // A file's name has room for 255 bytes; some are for what is written beside it.
      guard safe.utf8.count + character.utf8.count <= 200 else { break }
      safe.append(character)
    }
    return "\(folder(meeting))/observer-\(safe)\(pass == 1 ? "" : "-\(pass)").jsonl"
  }

  private func begin(
    _ path: String, _ meeting: MeetingID, _ observer: MeetingState.Observer, _ state: MeetingState
  ) throws(FileFailure) -> (Journal, MeetingState) {
    let journal = try Journal.create(path, of: "observer \(observer.name) of meeting \(meeting)")
    do throws(FileFailure) {
      let began = try journal.append(.began(stage: state.stage, people: state.people, focus: state.focus), t: 0)
      let observing = try journal.append(.observing(name: observer.name, how: observer.how), t: 0)
      return (journal, MeetingState(events: [began, observing])!)
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

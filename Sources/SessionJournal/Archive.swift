public import Coaching
import Foundation

/// The `Recordings` folder: one folder a cycle (`cycle-1`), in it one a meeting (`1-post`). Names of people never appear
/// in the names of files.
public struct Archive: Sendable {
  public let root: String

  public init(root: String) { self.root = root }

  public func folder(cycle: Int) -> String { "\(root)/cycle-\(cycle)" }
  public func folder(_ meeting: MeetingID) -> String { "\(folder(cycle: meeting.cycle))/\(meeting)" }
  public func cyclePath(_ cycle: Int) -> String { "\(folder(cycle: cycle))/cycle.jsonl" }
  public func journalPath(_ meeting: MeetingID) -> String { "\(folder(meeting))/journal.jsonl" }
  public func audioPath(_ meeting: MeetingID) -> String { "\(folder(meeting))/audio.flac" }
  public func markdownPath(_ meeting: MeetingID) -> String { "\(folder(meeting))/reflection.md" }
  public func htmlPath(_ meeting: MeetingID) -> String { "\(folder(meeting))/reflection.html" }

  /// The numbers of the cycles that are there, ascending.
  public func cycles() -> [Int] {
    names(in: root).compactMap { name in
      name.hasPrefix("cycle-") ? Int(name.dropFirst(6)).flatMap { $0 > 0 ? $0 : nil } : nil
    }.sorted()
  }

  /// The meetings of a cycle, in the order of its stages.
  public func meetings(cycle: Int) -> [MeetingID] {
    names(in: folder(cycle: cycle)).compactMap { MeetingID($0) }.filter { $0.cycle == cycle }.sorted()
  }

  /// Every meeting, by cycle and stage.
  public func meetings() -> [MeetingID] { cycles().flatMap { meetings(cycle: $0) } }

  /// The meeting that began last; `nil` when there is none.
  public func latestMeeting() -> MeetingID? {
    meetings().max { began($0) < began($1) }
  }

  /// Makes the next cycle's folder and journal. Throws when the folder cannot be written.
  public func createCycle(people: People, focus: String?, theme: String?) throws(FileFailure) -> (Int, Journal) {
    try PrivateFiles.makeFolder(root)
    let number = try firstFree(from: (cycles().last ?? 0) + 1) { folder(cycle: $0) }
    let journal = try Journal.create(cyclePath(number), of: "cycle \(number)")
    try journal.append(.cycle(people: people, focus: focus, theme: theme), t: 0)
    return (number, journal)
  }

  /// Makes the folder and journal of the cycle's next meeting of this stage.
  public func createMeeting(cycle: Int, stage: Stage) throws(FileFailure) -> (MeetingID, Journal) {
    let last = meetings(cycle: cycle).filter { $0.stage == stage }.map(\.round).max() ?? 0
    let round = try firstFree(from: last + 1) { folder(MeetingID(cycle: cycle, stage: stage, round: $0)) }
    let id = MeetingID(cycle: cycle, stage: stage, round: round)
    let journal = try Journal.create(journalPath(id), of: "meeting \(id)")
    journal.keepReserve()
    return (id, journal)
  }

  /// The first number from `start` whose folder was not there and now is.
  private func firstFree(from start: Int, path: (Int) -> String) throws(FileFailure) -> Int {
    var number = start
    while true {
      do {
        try PrivateFiles.makeNewFolder(path(number))
        return number
      } catch  where error.code == EEXIST {
        number += 1
      } catch { throw error }
    }
  }

  private func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  private func began(_ meeting: MeetingID) -> Date {
    (try? JournalContents.read(journalPath(meeting)))?.events.first?.at ?? .distantPast
  }
}

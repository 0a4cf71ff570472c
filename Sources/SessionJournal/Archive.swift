public import Coaching
import FoundationEssentials
internal import Glibc

/// The `Recordings` folder: one folder a cycle (`cycle-1`), in it one a meeting (`1-post`). Names of people never appear
/// in the names of files.
public struct Archive: Sendable {
  public let root: String

  public init(root: String) { self.root = root }

  public func folder(cycle: Int) -> String { "\(root)/cycle-\(cycle)" }
  public func folder(_ meeting: MeetingID) -> String { "\(folder(cycle: meeting.cycle))/\(meeting)" }
  public func cyclePath(_ cycle: Int) -> String { "\(folder(cycle: cycle))/cycle.jsonl" }
  /// What the pair agreed, and what it added to its theme's guide: both written from the cycle's journal.
  public func contractPath(_ cycle: Int) -> String { "\(folder(cycle: cycle))/contract.md" }
  public func themePath(_ cycle: Int) -> String { "\(folder(cycle: cycle))/theme.md" }
  public func journalPath(_ meeting: MeetingID) -> String { "\(folder(meeting))/journal.jsonl" }
  public func audioPath(_ meeting: MeetingID) -> String { "\(folder(meeting))/audio.flac" }
  public func markdownPath(_ meeting: MeetingID) -> String { "\(folder(meeting))/reflection.md" }
  public func htmlPath(_ meeting: MeetingID) -> String { "\(folder(meeting))/reflection.html" }

  /// The numbers of the cycles that are there, ascending.
  public func cycles() -> [Int] {
    folders(in: root).compactMap(Self.cycleNumber).sorted()
  }

  /// The number in `cycle-1`; `nil` when `name` is not such a name.
  public static func cycleNumber(_ name: String) -> Int? {
    guard let number = Int(name.dropFirst(6)), number > 0, name == "cycle-\(number)" else { return nil }
    return number
  }

  /// The meetings of a cycle, in the order of its stages.
  public func meetings(cycle: Int) -> [MeetingID] {
    folders(in: folder(cycle: cycle)).compactMap { MeetingID($0) }.filter { $0.cycle == cycle }.sorted()
  }

  /// Every meeting, by cycle and stage.
  public func meetings() -> [MeetingID] { cycles().flatMap { meetings(cycle: $0) } }

  /// The meeting that began last, and of those that began in one second the last in order; `nil` when there is none.
  public func latestMeeting() -> MeetingID? {
    meetings().map { (id: $0, began: began($0)) }.max { ($0.began, $0.id) < ($1.began, $1.id) }?.id
  }

  /// Makes the next cycle's folder and journal. Throws when they cannot be written, and leaves nothing of them then.
  public func createCycle(people: People, focus: String?, theme: String?) throws(FileFailure) -> (Int, Journal) {
    try PrivateFiles.makeFolder(root)
    let last = max(cycles().last ?? 0, forgotten().compactMap(Self.cycleNumber).max() ?? 0)
    let number = try firstFree(from: last + 1) { folder(cycle: $0) }
    do {
      let journal = try Journal.create(cyclePath(number), of: "cycle \(number)")
      try journal.append(.cycle(people: people, focus: focus, theme: theme), t: 0)
      return (number, journal)
    } catch {
      unlink(cyclePath(number))
      rmdir(folder(cycle: number))
      throw error
    }
  }

  /// Makes the folder and journal of the cycle's next meeting of this stage, or throws and leaves nothing of them.
  public func createMeeting(cycle: Int, stage: Stage) throws(FileFailure) -> (MeetingID, Journal) {
    let given = meetings(cycle: cycle) + forgotten().compactMap { MeetingID($0) }.filter { $0.cycle == cycle }
    let last = given.filter { $0.stage == stage }.map(\.round).max() ?? 0
    let round = try firstFree(from: last + 1) { folder(MeetingID(cycle: cycle, stage: stage, round: $0)) }
    let id = MeetingID(cycle: cycle, stage: stage, round: round)
    do {
      let journal = try Journal.create(journalPath(id), of: "meeting \(id)")
      journal.keepReserve()
      return (id, journal)
    } catch {
      rmdir(folder(id))
      throw error
    }
  }

  /// The first number from `start` whose folder was not there and now is.
  func firstFree(from start: Int, path: (Int) -> String) throws(FileFailure) -> Int {
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

  private func folders(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { PrivateFiles.isFolder("\(folder)/\($0)") }
  }

  private func began(_ meeting: MeetingID) -> Date {
    (try? JournalContents.read(journalPath(meeting)))?.events.first?.at ?? .distantPast
  }
}

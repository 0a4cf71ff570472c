public import Coaching
import FoundationEssentials
internal import Glibc

/// What lies in a meeting's folder.
extension Archive {
  /// The files of a meeting's sound: the whole, parts that are not joined yet, and what a crash left of joining them.
  public func soundFiles(_ meeting: MeetingID) -> [String] {
    files(folder(meeting)).filter { $0.hasPrefix("audio") && $0.hasSuffix(".flac") || Self.isHalfJoined($0) }
      .map { "\(folder(meeting))/\($0)" }
  }

  /// What in a meeting's folder is a link to another place.
  public func links(_ meeting: MeetingID) -> [String] {
    files(folder(meeting)).map { "\(folder(meeting))/\($0)" }.filter { path in
      var info = stat()
      return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK
    }
  }

  /// The journals of those who watched a meeting.
  public func observerPaths(_ meeting: MeetingID) -> [String] {
    files(folder(meeting)).filter(Self.isObserver).map { "\(folder(meeting))/\($0)" }
  }

  /// What a crash left of writing a file anew.
  public func leftovers(_ meeting: MeetingID) -> [String] {
    files(folder(meeting)).filter { $0.hasSuffix(".new") || Self.isHalfJoined($0) }
      .map { "\(folder(meeting))/\($0)" }
  }

  /// How many things in a meeting's folder are not of this program.
  public func strangers(_ meeting: MeetingID) -> Int {
    let own = ["journal.jsonl", "journal.jsonl.reserve", "reflection.md", "reflection.html", "clock.json"]
    let known = Set(own.map { "\(folder(meeting))/\($0)" } + soundFiles(meeting) + leftovers(meeting))
      .union(observerPaths(meeting))
    return files(folder(meeting)).count { !known.contains("\(folder(meeting))/\($0)") }
  }

  /// The same for a cycle, its meetings included.
  public func strangers(cycle: Int) -> Int {
    let meetings = meetings(cycle: cycle)
    let known = Set(meetings.map(\.description) + ["cycle.jsonl", "contract.md", "theme.md"])
    return files(folder(cycle: cycle)).count { !known.contains($0) } + meetings.map(strangers).reduce(0, +)
  }

  private func files(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private static func isObserver(_ name: String) -> Bool { name.hasPrefix("observer-") && name.hasSuffix(".jsonl") }
  private static func isHalfJoined(_ name: String) -> Bool { name.hasPrefix(".audio") && name.hasSuffix(".joining") }
}

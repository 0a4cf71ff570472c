public import Coaching
import FoundationEssentials
internal import Glibc

/// A running meeting's time, for programs in other windows: `clock.json` in its folder. It is written anew every two
/// seconds, and goes when the meeting ends.
public struct MeetingClock: Codable, Equatable, Sendable {
  /// Which start of the computer this is; the moments of another mean nothing.
  var boot: String
  /// A moment, in seconds of the monotonic clock that all programs share.
  var moment: Double
  /// The meeting's time at that moment, in seconds.
  var t: Double
  /// Seconds of meeting in a second: what the sound card's quartz makes of it.
  var rate: Double

  /// The largest part by which the two clocks may differ.
  private static let rates = 0.9...1.1

  /// The meeting's time is `t` seconds at `moment`, and goes on by `rate` seconds a second.
  public init(t: Double, rate: Double = 1, at moment: SuspendingClock.Instant) {
    (boot, self.t, self.moment) = (Self.thisBoot, t, Self.seconds(moment))
    self.rate = Self.rates.contains(rate) ? rate : 1
  }

  /// Seconds of meeting at `moment`.
  public func time(at moment: SuspendingClock.Instant) -> Double {
    max(0, t + (Self.seconds(moment) - self.moment) * rate)
  }

  /// `nil` when `bytes` are no clock, or one of before the computer was started.
  public init?(_ bytes: [UInt8]) {
    guard let clock = try? JSONDecoder().decode(MeetingClock.self, from: Data(bytes)), clock.boot == Self.thisBoot,
      (0...1e7).contains(clock.t), (0...1e10).contains(clock.moment), Self.rates.contains(clock.rate)
    else { return nil }
    self = clock
  }

  /// As other programs count. Between the two readings of the one clock this program may have to wait for its turn, so the
  /// quickest of a few pairs is believed.
  private static func seconds(_ moment: SuspendingClock.Instant) -> Double {
    let readings = (0..<10).map { _ in
      var time = timespec()
      let before = SuspendingClock.now
      clock_gettime(CLOCK_MONOTONIC, &time)
      return (taken: before.duration(to: .now), before: before, at: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }
    let best = readings.min { $0.taken < $1.taken }!
    return best.at + best.before.duration(to: moment) / .seconds(1)
  }

  private static let thisBoot =
    ((try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? "")
    .split(separator: "\n").first.map(String.init) ?? ""
}

extension Archive {
  public func clockPath(_ meeting: MeetingID) -> String { "\(folder(meeting))/clock.json" }

  /// Lets programs in other windows know a meeting's time. Nothing waits for the disk: after a power cut it is worthless.
  public func show(_ clock: MeetingClock, of meeting: MeetingID) throws(FileFailure) {
    try PrivateFiles.replace(
      clockPath(meeting), with: String(decoding: JournalCoding.encode(clock), as: UTF8.self) + "\n", last: false)
  }

  public func hideClock(of meeting: MeetingID) { unlink(clockPath(meeting)) }

  /// The clock of a meeting that runs, or was left behind by a crash.
  public func clock(of meeting: MeetingID) -> MeetingClock? {
    guard let fd = try? PrivateFiles.open(clockPath(meeting), O_RDONLY | O_NOFOLLOW | O_NONBLOCK) else { return nil }
    defer { close(fd) }
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = pread(fd, &bytes, bytes.count, 0)
    return count > 0 ? MeetingClock(Array(bytes[..<count])) : nil
  }
}

/// Whether a file is still the same as it was.
public struct FileStamp: Equatable, Sendable {
  private var inode: ino_t = 0
  private var size: off_t = 0
  private var seconds = 0
  private var nanoseconds = 0

  /// That of the file at `path`; of one that is not there all are the same.
  public init(_ path: String) {
    var info = stat()
    guard stat(path, &info) == 0 else { return }
    (inode, size) = (info.st_ino, info.st_size)
    (seconds, nanoseconds) = (info.st_mtim.tv_sec, info.st_mtim.tv_nsec)
  }
}

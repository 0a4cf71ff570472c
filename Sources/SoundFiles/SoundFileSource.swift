public import AudioCapture
internal import Glibc

/// A sound file that stands in for a microphone: 48 kHz, as fast as its clock goes and no faster.
///
/// Its first block comes at once, even when the clock stands still; then it brings what is due and no more. The clock
/// may jump; what is due then comes without delay. One thread reads.
public final class SoundFileSource: AudioSource, @unchecked Sendable {
  public let name: String
  public let format: AudioFormat
  public let isLive = false

  private let now: @Sendable () -> SuspendingClock.Instant
  private let path: String
  private var reader: SoundReader
  private var startedAt: SuspendingClock.Instant?
  private var delivered = 0

  private static let rate = 48_000
  private static let period = rate / 50

  /// Any file libsndfile reads, one channel or two (of more, the first two). Throws `.file` when it cannot be opened
  /// and `.notAudio` when it holds no sound.
  public init(
    path: String, now: @escaping @Sendable () -> SuspendingClock.Instant = { SuspendingClock.now }
  ) throws(AudioFailure) {
    let own = try SoundFile.format(path: path)
    self.path = path
    reader = try SoundReader(path: path, rate: Self.rate, channels: min(2, own.channels))
    format = reader.format
    name = path.split(separator: "/").last.map(String.init) ?? path
    self.now = now
  }

  /// Starts, or starts again from the beginning of the file.
  public func start() throws(AudioFailure) {
    if delivered > 0 { reader = try SoundReader(path: path, rate: Self.rate, channels: format.channels) }
    delivered = 0
    startedAt = now()
  }

  public func read(into buffer: UnsafeMutableBufferPointer<Int16>, timeout: Duration) -> SourceRead {
    guard let startedAt else { return .nothing }
    let giveUp = SuspendingClock.now + timeout
    while true {
      let at = now()
      let due = Int((startedAt.duration(to: at) / .seconds(1) * Double(Self.rate)).rounded()) - delivered
      let isLate = SuspendingClock.now >= giveUp
      let ready = delivered == 0 ? max(due, Self.period) : due
      if ready >= Self.period || (isLate && ready > 0) {
        let room = min(buffer.count / format.channels, ready)
        let count = reader.read(into: UnsafeMutableBufferPointer(rebasing: buffer[..<(room * format.channels)]))
        guard count > 0 else { return .ended }
        delivered += count
        return .frames(count: count, waiting: due - count, at: at)
      }
      if isLate { return .nothing }
      usleep(2000)
    }
  }

  /// A file is never lost.
  public func reopen() -> Bool { true }
  public func close() { startedAt = nil }
}

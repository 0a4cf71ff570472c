import AudioCapture
import Synchronization
import TestSupport

/// What a recorder told.
final class Notices: Sendable {
  private let told = Mutex<[RecorderNotice]>([])
  @Sendable func add(_ notice: RecorderNotice) { told.withLock { $0.append(notice) } }
  var all: [RecorderNotice] { told.withLock(\.self) }
}

/// A microphone whose computer was busy: once, nobody reads for a while.
final class StallingSource: AudioSource {
  private let source: any AudioSource
  private let stalling = Atomic<Int>(0)

  init(_ source: any AudioSource) { self.source = source }

  func stall(seconds: Int) { stalling.store(seconds, ordering: .relaxed) }

  var name: String { source.name }
  var format: AudioFormat { source.format }
  var isLive: Bool { source.isLive }
  func start() throws(AudioFailure) { try source.start() }
  func reopen() -> Bool { source.reopen() }
  func close() { source.close() }

  func read(into buffer: UnsafeMutableBufferPointer<Int16>, timeout: Duration) -> SourceRead {
    let seconds = stalling.exchange(0, ordering: .relaxed)
    if seconds > 0 { AudioTestClock.pause(milliseconds: seconds * 1000) }
    return source.read(into: buffer, timeout: timeout)
  }
}

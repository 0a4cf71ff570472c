/// What one call of ``AudioSource/read(into:timeout:)`` brought.
public enum SourceRead: Equatable, Sendable {
  /// `count` frames were copied; `waiting` more were ready in the device at monotonic time `at`.
  case frames(count: Int, waiting: Int, at: SuspendingClock.Instant)
  /// Nothing arrived within the timeout.
  case nothing
  /// The device dropped sound because nobody fetched it (`-EPIPE`); it is running again.
  case overrun
  /// The device is gone. `code` is the library's error number.
  case lost(code: Int)
  /// There is no more (a file's end).
  case ended
}

/// Where sound comes from: a microphone, or a file that stands in for one.
///
/// Only the capture thread calls ``read(into:timeout:)``, and it must neither allocate nor lock.
public protocol AudioSource: AnyObject, Sendable {
  /// What a person would call it: an ALSA PCM name, or a file's name.
  var name: String { get }
  var format: AudioFormat { get }
  /// A live source drops what is not fetched in time; a file waits.
  var isLive: Bool { get }
  /// Of a source made of several: the one that is away while the others go on, and is silence for now. Any thread.
  var absentPart: String? { get }
  func start() throws(AudioFailure)
  /// Waits up to `timeout` for frames and copies what there is, as whole frames, into `buffer`.
  func read(into buffer: UnsafeMutableBufferPointer<Int16>, timeout: Duration) -> SourceRead
  /// Tries to get a lost device back; true when sound can be read again.
  func reopen() -> Bool
  func close()
}

extension AudioSource {
  public var absentPart: String? { nil }
}

/// Where sound goes to. Only the writer thread calls it.
public protocol AudioSink: AnyObject, Sendable {
  /// Writes whole frames.
  func write(_ samples: UnsafeBufferPointer<Int16>) throws(AudioFailure)
  /// Asks that what was written so far be on the disk.
  func sync() throws(AudioFailure)
  /// Completes the file. Nothing may be written afterwards.
  func close() throws(AudioFailure)
}

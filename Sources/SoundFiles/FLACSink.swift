public import AudioCapture
internal import Glibc

/// A 16-bit FLAC file that grows as the meeting does. One thread writes it.
///
/// The encoder lets go of a frame every 1152 samples (24 ms at 48 kHz); when ``write(_:)`` returns, everything before that
/// is in the file, outlives a killed program and can be decoded without the header's final length.
public final class FLACSink: AudioSink, @unchecked Sendable {
  private let file: FileHandle
  private var sound: SoundHandle?

  /// Creates the file, readable by its owner alone. Throws `.file` when it is there already: no recording is ever
  /// overwritten.
  public convenience init(path: String, format: AudioFormat) throws(AudioFailure) {
    let file = try FileHandle(path: path, flags: O_RDWR | O_CREAT | O_EXCL)
    try file.makePrivate()
    try self.init(file: file, format: format)
  }

  init(file: consuming FileHandle, format: AudioFormat) throws(AudioFailure) {
    let sound = try SoundHandle(writingFLAC: file, format: format)
    self.file = file
    self.sound = consume sound
  }

  /// The encoder goes first: it still writes, and the descriptor's number may soon be another file's.
  deinit { sound = nil }

  public func write(_ samples: UnsafeBufferPointer<Int16>) throws(AudioFailure) {
    guard sound != nil else {
      throw AudioFailure(kind: .file, operation: "write(\(file.path))", code: 0, reason: "already closed")
    }
    try sound?.write(samples)
  }

  public func sync() throws(AudioFailure) { try file.sync() }

  /// Completes the header and syncs. The second call does nothing.
  public func close() throws(AudioFailure) {
    guard sound != nil else { return }
    defer { sound = nil }
    try sound?.close()
    try file.sync()
  }
}

public import AudioCapture
public import Foundation
internal import Glibc

/// What a sound file holds, and how several become one.
public enum SoundFile {
  public struct Info: Equatable, Sendable {
    /// Frames that can be decoded.
    public var frames: Int
    public var format: AudioFormat
    public var seconds: Double { Double(frames) / Double(format.sampleRate) }

    public init(frames: Int, format: AudioFormat) {
      self.frames = frames
      self.format = format
    }
  }

  /// What is in the file at `path`. A file that was never closed is decoded to find its length. Throws `.file` when it
  /// cannot be opened and `.notAudio` when it holds no sound.
  public static func info(_ path: String) throws(AudioFailure) -> Info {
    let reader = try SoundReader(path: path)
    let info = Info(frames: reader.frames ?? count(reader), format: reader.format)
    guard info.frames > 0 else { throw noSound(in: path) }
    return info
  }

  static func format(path: String) throws(AudioFailure) -> AudioFormat { try SoundReader(path: path).format }

  /// Makes one sound FLAC file of `parts`, each from its second on, with silence between, and puts it in the place of
  /// `url` only when it is complete, on the disk and decodes to its full length. Returns that length in seconds.
  ///
  /// Of each part it keeps everything that can be decoded: a recording that a crash cut off is mended by joining it
  /// alone. Where a part begins before the one before it ends, its own beginning gives way. Rate and channels are those
  /// of the first part. `url` may be one of the parts. Throws `.notAudio` when a part holds no sound at all; nothing has
  /// been changed then, nor after any other error.
  public static func join(
    _ parts: [(url: URL, startSeconds: Double)], to url: URL
  ) throws(AudioFailure) -> Double {
    guard let first = parts.first else { throw noSound(in: url.path) }
    let format = try format(path: first.url.path)
    let temporary = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).joining").path
    unlink(temporary)
    do throws(AudioFailure) {
      let frames = try write(parts, format: format, to: temporary)
      let decoded = try count(SoundReader(path: temporary))
      guard decoded == frames else {
        throw AudioFailure(
          kind: .file, operation: "verify(\(url.path))", code: 0, reason: "\(decoded) of \(frames) frames decode")
      }
      guard rename(temporary, url.path) == 0 else {
        throw AudioFailure(errno: errno, operation: "rename(\(url.path))")
      }
      try syncFolder(of: url)
      return Double(frames) / Double(format.sampleRate)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func write(
    _ parts: [(url: URL, startSeconds: Double)], format: AudioFormat, to path: String
  ) throws(AudioFailure) -> Int {
    let sink = try FLACSink(path: path, format: format)
    let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 48_000 * format.channels)
    defer { buffer.deallocate() }
    var position = 0
    for part in parts {
      let reader = try SoundReader(path: part.url.path, rate: format.sampleRate, channels: format.channels)
      let start = Int((part.startSeconds * Double(format.sampleRate)).rounded())
      var count = reader.read(into: buffer)
      guard count > 0 else { throw noSound(in: part.url.path) }
      position += try silence(start - position, into: sink, format: format)
      var overlap = max(0, position - start)
      while count > 0 {
        let skipped = min(overlap, count)
        overlap -= skipped
        let rest = buffer[(skipped * format.channels)..<(count * format.channels)]
        try sink.write(UnsafeBufferPointer(rebasing: rest))
        position += count - skipped
        count = reader.read(into: buffer)
      }
    }
    try sink.close()
    return position
  }

  /// Returns the frames written.
  private static func silence(_ frames: Int, into sink: FLACSink, format: AudioFormat) throws(AudioFailure) -> Int {
    let zeros = [Int16](repeating: 0, count: format.sampleRate * format.channels)
    var left = max(0, frames)
    while left > 0 {
      let part = min(left, format.sampleRate)
      try zeros.withUnsafeBufferPointer { (zeros) throws(AudioFailure) in
        try sink.write(UnsafeBufferPointer(rebasing: zeros[..<(part * format.channels)]))
      }
      left -= part
    }
    return max(0, frames)
  }

  private static func count(_ reader: SoundReader) -> Int {
    let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 48_000 * reader.format.channels)
    defer { buffer.deallocate() }
    var frames = 0
    while true {
      let count = reader.read(into: buffer)
      guard count > 0 else { return frames }
      frames += count
    }
  }

  private static func syncFolder(of url: URL) throws(AudioFailure) {
    let path = url.deletingLastPathComponent().path
    let folder = try FileHandle(path: path, flags: O_RDONLY | O_DIRECTORY)
    guard fsync(folder.descriptor) == 0 else { throw AudioFailure(errno: errno, operation: "fsync(\(path))") }
  }

  private static func noSound(in path: String) -> AudioFailure {
    AudioFailure(kind: .notAudio, operation: "decode(\(path))", code: 0, reason: "it holds no sound")
  }
}

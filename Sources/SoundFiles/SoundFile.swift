public import AudioCapture
public import FoundationEssentials
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
    return try replace(url) { (temporary) throws(AudioFailure) in
      let frames = try write(parts, format: format, to: temporary)
      let decoded = try count(SoundReader(path: temporary))
      guard decoded == frames else {
        throw AudioFailure(
          kind: .file, operation: "verify(\(url.path))", code: 0, reason: "\(decoded) of \(frames) frames decode")
      }
      return Double(frames) / Double(format.sampleRate)
    }
  }

  /// Makes `url` anew with exact silence from one second to another and every other sample as it was, and puts it in the
  /// old one's place only when it is complete, on the disk and proves to be that. After any error nothing has changed:
  /// `.notAudio` says that it holds no sound, or has lost its end.
  public static func silence(_ url: URL, from: Double, to: Double) throws(AudioFailure) {
    let format = try format(path: url.path)
    let rate = Double(format.sampleRate)
    // Times count to a tenth of a millisecond; what a product of them is off by is no frame.
    let silent = Int((from * rate + 1e-3).rounded(.down))..<Int((to * rate - 1e-3).rounded(.up))
    let buffers = (0..<2).map { _ in
      UnsafeMutableBufferPointer<Int16>.allocate(capacity: 48_000 * format.channels)
    }
    defer { for buffer in buffers { buffer.deallocate() } }
    let (wanted, found) = (buffers[0], buffers[1])
    /// Calls `use` with the samples that are to be, block by block.
    func each(
      _ use: (UnsafeBufferPointer<Int16>) throws(AudioFailure) -> Void
    ) throws(AudioFailure) {
      let reader = try SoundReader(path: url.path)
      var position = 0
      while case let count = reader.read(into: wanted), count > 0 {
        let part = silent.clamped(to: position..<position + count)
        let first = (part.lowerBound - position) * format.channels
        wanted[first..<first + part.count * format.channels].update(repeating: 0)
        try use(UnsafeBufferPointer(rebasing: wanted[..<(count * format.channels)]))
        position += count
      }
      guard position > 0 else { throw noSound(in: url.path) }
      // What was behind would be lost without a word.
      guard reader.frames ?? position == position else {
        throw AudioFailure(
          kind: .notAudio, operation: "decode(\(url.path))", code: 0, reason: "it ends after \(position) frames")
      }
    }
    try replace(url) { (temporary) throws(AudioFailure) in
      let sink = try FLACSink(path: temporary, format: format)
      try each { (samples) throws(AudioFailure) in try sink.write(samples) }
      try sink.close()
      let reader = try SoundReader(path: temporary)
      var isSame = true
      try each { (samples) throws(AudioFailure) in
        let there = UnsafeMutableBufferPointer(rebasing: found[..<samples.count])
        isSame = isSame && reader.read(into: there) * format.channels == samples.count && samples.elementsEqual(there)
      }
      guard isSame, reader.read(into: found) == 0 else {
        throw AudioFailure(
          kind: .file, operation: "verify(\(url.path))", code: 0, reason: "the copy is not what it should be")
      }
    }
  }

  /// Makes a new file at `path` that holds the sound of `url` from one second to another, and nothing else of it: what comes
  /// before and after is never given to the encoder. Returns its length in seconds: less than was asked for where the sound
  /// ends before, and 0, with no file made, where it ends before `from`.
  public static func cut(_ url: URL, from: Double, to: Double, to path: String) throws(AudioFailure) -> Double {
    let reader = try SoundReader(path: url.path)
    let format = reader.format
    let wanted = Int((from * Double(format.sampleRate)).rounded())..<Int((to * Double(format.sampleRate)).rounded())
    let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 48_000 * format.channels)
    defer { buffer.deallocate() }
    var sink: FLACSink?
    var (position, frames) = (0, 0)
    do throws(AudioFailure) {
      while position < wanted.upperBound, case let count = reader.read(into: buffer), count > 0 {
        let part = wanted.clamped(to: position..<position + count)
        if !part.isEmpty {
          if sink == nil { sink = try FLACSink(path: path, format: format) }
          let first = (part.lowerBound - position) * format.channels
          try sink?.write(UnsafeBufferPointer(rebasing: buffer[first..<first + part.count * format.channels]))
          frames += part.count
        }
        position += count
      }
      guard position > 0 else { throw noSound(in: url.path) }
      try sink?.close()
      if frames > 0, try count(SoundReader(path: path)) != frames {
        throw AudioFailure(
          kind: .file, operation: "verify(\(path))", code: 0, reason: "the copy is not what it should be")
      }
    } catch {
      if sink != nil { unlink(path) }
      throw error
    }
    return Double(frames) / Double(format.sampleRate)
  }

  /// Puts what `make` writes, and proves, into the place of `url`. The file at `url` is whole at any moment, old or new.
  private static func replace<Result>(
    _ url: URL, _ make: (_ temporary: String) throws(AudioFailure) -> Result
  ) throws(AudioFailure) -> Result {
    let temporary = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).joining").path
    unlink(temporary)
    do throws(AudioFailure) {
      let result = try make(temporary)
      guard rename(temporary, url.path) == 0 else {
        throw AudioFailure(errno: errno, operation: "rename(\(url.path))")
      }
      try syncFolder(of: url)
      return result
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

extension SoundFile {
  /// How loud the file at `path` is from moment to moment, up to ``SoundEnvelope/longest``. Throws as ``info(_:)`` does.
  public static func envelope(_ path: String) throws(AudioFailure) -> SoundEnvelope {
    let reader = try SoundReader(path: path)
    let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 48_000 * reader.format.channels)
    defer { buffer.deallocate() }
    var envelope = SoundEnvelope()
    while envelope.levels.count < SoundEnvelope.longest, case let count = reader.read(into: buffer), count > 0 {
      envelope.add(UnsafeBufferPointer(rebasing: buffer[..<(count * reader.format.channels)]), format: reader.format)
    }
    return envelope
  }
}

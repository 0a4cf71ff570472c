public import AudioCapture
public import AudioPlayback

/// A sound file to listen to: 48 kHz, one channel or two, from any frame on.
public final class SoundFileReading: RecordedSound {
  public let format: AudioFormat
  public let frames: Int
  private let reader: SoundReader

  /// Any file libsndfile reads; of more than two channels, the first two. A file that was never closed is decoded to find
  /// its length. Throws `.file` when it cannot be opened and `.notAudio` when it holds no sound.
  public init(path: String) throws(AudioFailure) {
    let own = try SoundFile.format(path: path)
    let reader = try SoundReader(path: path, rate: 48_000, channels: min(2, own.channels))
    let info = try reader.frames == nil ? SoundFile.info(path) : nil
    self.reader = reader
    format = reader.format
    frames = reader.frames ?? (info?.frames ?? 0) * 48_000 / own.sampleRate
  }

  public func seek(to frame: Int) { reader.seek(to: frame) }
  public func read(into samples: UnsafeMutableBufferPointer<Int16>) -> Int { reader.read(into: samples) }
}

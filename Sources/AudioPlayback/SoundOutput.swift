public import AudioCapture

/// Sound that was recorded, and can be read from any place on.
public protocol RecordedSound: AnyObject {
  var format: AudioFormat { get }
  /// How long it is, in frames.
  var frames: Int { get }
  /// The next ``read(into:)`` begins with this frame.
  func seek(to frame: Int)
  /// Fills `samples` with whole frames, and returns how many; fewer only at the end.
  func read(into samples: UnsafeMutableBufferPointer<Int16>) -> Int
}

/// Where sound is played, in frames of one format. One thread uses it.
public protocol SoundOutput: AnyObject {
  /// Takes as many whole frames as there is room for, without waiting, and returns how many. Throws when the device is
  /// gone.
  func write(_ samples: UnsafeBufferPointer<Int16>) throws(AudioFailure) -> Int
  /// Frames that were taken and have not been heard yet; what was written before begins to be heard with this. C: `snd_pcm_delay`.
  func waiting() throws(AudioFailure) -> Int
  /// Throws away what has not been heard yet. What is written next is heard at once.
  func drop() throws(AudioFailure)
}

/// An output that nobody hears: it takes sound as fast as time passes.
public final class SilentOutput: SoundOutput {
  private let format: AudioFormat
  private let now: () -> SuspendingClock.Instant
  private var written = 0
  private var heard = 0.0
  private var last: SuspendingClock.Instant

  public init(format: AudioFormat, now: @escaping () -> SuspendingClock.Instant = { SuspendingClock.now }) {
    self.format = format
    self.now = now
    last = now()
  }

  public func write(_ samples: UnsafeBufferPointer<Int16>) -> Int {
    let frames = min(samples.count / format.channels, max(0, format.sampleRate / 2 - waiting()))
    written += frames
    return frames
  }

  public func waiting() -> Int {
    let moment = now()
    heard = min(Double(written), heard + last.duration(to: moment) / .seconds(1) * Double(format.sampleRate))
    last = moment
    return written - Int(heard)
  }

  public func drop() {
    (written, heard, last) = (0, 0, now())
  }
}

/// No sound at all, of any length: for a meeting whose recording is gone or was never made.
public final class RecordedSilence: RecordedSound {
  public let format = AudioFormat()
  public let frames: Int
  private var position = 0

  public init(seconds: Double) { frames = Int(max(0, seconds) * 48_000) }

  public func seek(to frame: Int) { position = frame }

  public func read(into samples: UnsafeMutableBufferPointer<Int16>) -> Int {
    let count = max(0, min(samples.count, frames - position))
    samples[..<count].update(repeating: 0)
    position += count
    return count
  }
}

/// A stretch of another sound, with nothing before it and nothing behind.
public final class RecordedStretch: RecordedSound {
  private let whole: any RecordedSound
  private let first: Int
  public let frames: Int
  private var next = 0

  /// From one second to another, as far as they are in `whole`.
  public init(_ whole: any RecordedSound, from: Double, to: Double) {
    self.whole = whole
    let frame = { (seconds: Double) in
      Int((min(max(0, seconds * Double(whole.format.sampleRate)), Double(whole.frames))).rounded())
    }
    first = frame(from)
    frames = max(0, frame(to) - first)
  }

  public var format: AudioFormat { whole.format }

  public func seek(to frame: Int) {
    next = min(max(0, frame), frames)
    whole.seek(to: first + next)
  }

  public func read(into samples: UnsafeMutableBufferPointer<Int16>) -> Int {
    let part = min(samples.count / format.channels, frames - next)
    let count = whole.read(into: UnsafeMutableBufferPointer(rebasing: samples[..<(part * format.channels)]))
    next += count
    return count
  }
}

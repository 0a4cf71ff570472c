public import AudioCapture
public import AudioPlayback
internal import Glibc

/// A loudspeaker behind an ALSA name, at 48 kHz. One thread uses it.
public final class ALSAOutput: SoundOutput {
  private let device: String
  /// Nil after ``drop()``, until something is written: Pulse's plugin plays nothing any more once it was stopped, and while
  /// nothing is played the device is somebody else's to use.
  private var pcm: PCM?
  private let format: AudioFormat
  private var written = 0
  private var startedAt: SuspendingClock.Instant?

  /// Opens the device for sound of this format; what it cannot do by itself ALSA converts. Throws `.device` with
  /// libasound's reason.
  public init(device: String, format: AudioFormat) throws(AudioFailure) {
    self.device = device
    self.format = format
    do throws(ALSAError) {
      try connect()
    } catch {
      throw AudioFailure(error)
    }
  }

  private func connect() throws(ALSAError) {
    pcm = try PCM(device: device, .playback, rate: format.sampleRate, channels: format.channels)
    (written, startedAt) = (0, nil)
  }

  public func write(_ samples: UnsafeBufferPointer<Int16>) throws(AudioFailure) -> Int {
    guard let start = samples.baseAddress else { return 0 }
    let frames = samples.count / format.channels
    do throws(ALSAError) {
      if pcm == nil { try connect() }
      let count: Int
      do throws(ALSAError) {
        count = try pcm?.write(start, frames: frames) ?? 0
      } catch {
        switch Int32(-error.code) {
        case EAGAIN, EINTR: return 0
        case EPIPE, ESTRPIPE:  // it had nothing to play for a moment
          try connect()
          count = try pcm?.write(start, frames: frames) ?? 0
        default: throw error
        }
      }
      written += count
      try checkPace()
      return count
    } catch {
      throw AudioFailure(error)
    }
  }

  public func waiting() throws(AudioFailure) -> Int {
    do throws(ALSAError) {
      // It begins with a full buffer: with less, a sound server may find at once that there is too little.
      if written > 0 { try pcm?.startIfReady() }
      return try pcm?.delay() ?? 0
    } catch {
      if error.code == Int(-EPIPE) { return 0 }  // all of it was heard
      throw AudioFailure(error)
    }
  }

  public func drop() {
    // Closing throws away what was not heard; hardware is told to, so that it does not play on to its end.
    try? pcm?.drop()
    pcm = nil
  }

  /// Some devices (`null`, `file`) take sound as fast as it comes: what they are given is not heard by anybody.
  private func checkPace() throws(ALSAError) {
    let now = SuspendingClock.now
    let begin = startedAt ?? now
    startedAt = begin
    // A sound server may take some seconds at once, and says so in its delay.
    let due = Int(begin.duration(to: now) / .seconds(1) * Double(format.sampleRate) * 1.01)
    if written > due + 5 * format.sampleRate {
      throw ALSAError(operation: "snd_pcm_writei", code: Int(-ENODEV))
    }
  }
}

internal import AudioCapture
internal import Glibc

/// Decodes a file from its beginning to 16-bit frames of the rate and channels that are wanted. Uses constant memory.
final class SoundReader {
  let format: AudioFormat
  private let file: FileHandle
  private let sound: SoundHandle
  private var resampler: Resampler?
  private var floats: [Float]

  /// Frames in the wanted rate, or nil when the file does not say.
  let frames: Int?

  /// Without a wish the file's own rate and channels are kept. Throws `.file` when it cannot be opened and `.notAudio`
  /// when it holds no sound that libsndfile can read.
  init(path: String, rate: Int? = nil, channels: Int? = nil) throws(AudioFailure) {
    let file = try FileHandle(path: path, flags: O_RDONLY)
    let sound = try SoundHandle(reading: file)
    let own = sound.format
    format = AudioFormat(sampleRate: rate ?? own.sampleRate, channels: channels ?? own.channels)
    if format.sampleRate != own.sampleRate {
      resampler = Resampler(from: own.sampleRate, to: format.sampleRate, channels: own.channels)
      frames = sound.frames.map { [to = format.sampleRate] in ($0 * to + own.sampleRate - 1) / own.sampleRate }
    } else {
      frames = sound.frames
    }
    floats = Array(repeating: 0, count: 4096 * own.channels)
    self.file = consume file
    self.sound = consume sound
  }

  /// Fills `samples` with whole frames, and returns how many; fewer only at the end of what can be decoded.
  func read(into samples: UnsafeMutableBufferPointer<Int16>) -> Int {
    let own = sound.format.channels
    let wanted = samples.count / format.channels
    var done = 0
    while done < wanted {
      let part = min(wanted - done, floats.count / own)
      let count = floats.withUnsafeMutableBufferPointer { decode(into: .init(rebasing: $0[..<(part * own)])) }
      guard count > 0 else { break }
      for frame in 0..<count {
        for channel in 0..<format.channels {
          samples[(done + frame) * format.channels + channel] = sample(frame, channel, of: own)
        }
      }
      done += count
    }
    return done
  }

  private func decode(into samples: UnsafeMutableBufferPointer<Float>) -> Int {
    guard resampler != nil else { return sound.read(into: samples) }
    return resampler?.read(into: samples) { sound.read(into: $0) } ?? 0
  }

  /// Mono goes to every channel; to mono goes the mean of all.
  private func sample(_ frame: Int, _ channel: Int, of own: Int) -> Int16 {
    let first = frame * own
    let value: Float
    if own == format.channels {
      value = floats[first + channel]
    } else if own == 1 || format.channels > 1 {
      value = floats[first + min(channel, own - 1)]
    } else {
      value = floats[first..<first + own].reduce(0, +) / Float(own)
    }
    let scaled = value.isFinite ? (value * 32768).rounded() : 0
    return Int16(max(-32768, min(32767, scaled)))  // what is too loud is clipped, never wrapped round
  }
}

internal import AudioCapture
internal import Glibc

/// Decodes a file from its beginning to 16-bit frames of the rate and channels that are wanted. Uses constant memory.
final class SoundReader {
  let format: AudioFormat
  private let file: FileHandle
  private var sound: SoundHandle
  /// Where a FLAC file is damaged: its whole parts that are still to come. Nil until the first read.
  private var damaged: (head: [UInt8], all: [FLACFrames.Run], runs: ArraySlice<FLACFrames.Run>)?
  /// The part that is read now cannot be decoded.
  private var isSilent = false
  /// Frames of the file's own rate that were read so far.
  private var position = 0
  private var resampler: Resampler?
  private var floats: [Float]

  /// Frames in the wanted rate, or nil when the file does not say.
  let frames: Int?

  /// Without a wish the file's own rate and channels are kept. Throws `.file` when it cannot be opened and `.notAudio`
  /// when it holds no sound that libsndfile can read.
  init(path: String, rate: Int? = nil, channels: Int? = nil) throws(AudioFailure) {
    let file = try FileHandle(path: path, flags: O_RDONLY)
    let sound = try SoundHandle(reading: FileInput(file), of: file)
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
    guard resampler != nil else { return decodeOwn(into: samples) }
    return resampler?.read(into: samples) { decodeOwn(into: $0) } ?? 0
  }

  /// At the file's own rate. What is damaged in a FLAC file is silence, and everything else at its time: a decoder left to
  /// itself may stop there, or leave it out.
  private func decodeOwn(into samples: UnsafeMutableBufferPointer<Float>) -> Int {
    findDamage()
    let channels = sound.format.channels
    while true {
      let next = damaged?.runs.first?.position
      let room = max(0, min(samples.count / channels, (next ?? .max) - position))
      let part = UnsafeMutableBufferPointer(rebasing: samples[..<(room * channels)])
      var count = part.isEmpty || isSilent ? 0 : sound.read(into: part)
      if count == 0, next != nil {
        part.update(repeating: 0)
        count = room
      }
      position += count
      guard count == 0, next != nil else { return count }
      openNextRun()
    }
  }

  private func findDamage() {
    guard damaged == nil else { return }
    let frames = FLACFrames(file.descriptor)
    damaged = (frames?.head ?? [], [], [])
    if let frames, frames.runs.count > 1 {
      damaged = (frames.head, frames.runs, frames.runs[...])
      openNextRun()
    }
  }

  /// The next ``read(into:)`` begins with this frame, in the wanted rate. In a file that is damaged, or cannot be searched,
  /// what stands before is decoded and passed over.
  func seek(to frame: Int) {
    findDamage()
    var own = max(0, frame)
    if resampler != nil {
      own = own * sound.format.sampleRate / format.sampleRate
      resampler = Resampler(from: sound.format.sampleRate, to: format.sampleRate, channels: sound.format.channels)
    }
    if let damaged, !damaged.all.isEmpty {
      let first = damaged.all.lastIndex { $0.position <= own } ?? 0
      self.damaged?.runs = damaged.all[first...]
      position = damaged.all[first].position
      openNextRun()
    } else if sound.seek(to: own) {
      position = own
      return
    } else if let again = try? SoundHandle(reading: FileInput(file), of: file) {
      sound = again
      position = 0
    }
    let channels = sound.format.channels
    floats.withUnsafeMutableBufferPointer { floats in
      while position < own {
        let part = min(own - position, floats.count / channels)
        if decodeOwn(into: .init(rebasing: floats[..<(part * channels)])) == 0 { return }
      }
    }
  }

  private func openNextRun() {
    guard let head = damaged?.head, let run = damaged?.runs.popFirst() else { return }
    let input = FileInput(file, head: head, bytes: run.bytes)
    isSilent = true
    if let sound = try? SoundHandle(reading: input, of: file), sound.format == self.sound.format {
      self.sound = sound
      isSilent = false
    }
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

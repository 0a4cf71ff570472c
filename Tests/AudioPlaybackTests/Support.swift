import AudioCapture
import AudioPlayback

/// Sound in memory.
final class Tape: RecordedSound {
  let format: AudioFormat
  let samples: [Int16]
  private var position = 0
  var frames: Int { samples.count / format.channels }

  init(_ samples: [Int16], channels: Int = 1) {
    self.samples = samples
    format = AudioFormat(channels: channels)
  }

  func seek(to frame: Int) { position = frame }

  func read(into room: UnsafeMutableBufferPointer<Int16>) -> Int {
    let count = max(0, min(room.count / format.channels, frames - position))
    for index in 0..<count * format.channels { room[index] = samples[position * format.channels + index] }
    position += count
    return count
  }
}

/// A loudspeaker with a clock that goes when it is told to; keeps what was heard.
final class Loudspeaker: SoundOutput {
  var now = SuspendingClock.now
  private(set) var heard: [Int16] = []
  private var queue: [Int16] = []
  var isGone = false
  /// Frames that it says are waiting when all has been heard.
  var remainder = 0
  let channels: Int

  init(channels: Int = 1) { self.channels = channels }

  func pass(seconds: Double) {
    now += .seconds(seconds)
    let count = min(queue.count, Int((seconds * 48_000).rounded()) * channels)
    heard += queue[..<count]
    queue.removeFirst(count)
  }

  func write(_ samples: UnsafeBufferPointer<Int16>) throws(AudioFailure) -> Int {
    try check()
    let count = min(samples.count, 24_000 * channels - queue.count)
    queue += samples[..<count]
    return count / channels
  }

  func waiting() throws(AudioFailure) -> Int {
    try check()
    return max(remainder, queue.count / channels)
  }

  func drop() throws(AudioFailure) {
    try check()
    queue = []
  }

  private func check() throws(AudioFailure) {
    if isGone { throw AudioFailure(kind: .device, operation: "unplugged", code: -19, reason: "No such device") }
  }
}

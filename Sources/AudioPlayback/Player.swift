public import AudioCapture

/// Plays recorded sound, and knows at any time which second of it is heard.
///
/// It has no thread: ``pump()`` is to be called at least every 100 ms while it plays. A device that goes away is told to
/// `onLoss`, and the time goes on in silence.
public final class Player {
  public private(set) var transport: Transport
  /// The device could not be used, or is gone.
  public private(set) var isSilent: Bool
  private let sound: any RecordedSound
  private var output: any SoundOutput
  private let now: () -> SuspendingClock.Instant
  private let onLoss: (AudioFailure) -> Void
  private let rate: Double
  private let frames: Int

  private var stretch: TimeStretch
  /// Made and not taken by the device yet.
  private let block: UnsafeMutableBufferPointer<Int16>
  private var blockRest: Range<Int> = 0..<0
  /// Frames that the device took since it was last empty, and frames of sound that went into them.
  private var written = 0
  private var consumed = 0
  private var hasEnded = false
  /// When the last of it will have been heard; nil until the device has all of it. A sound server may never say so itself:
  /// Pulse's plugin is left with some frames that it does not count down.
  private var endsAt: SuspendingClock.Instant?
  /// Stretches of the sound as they were read one after the other: where each began in what was read, and in the sound.
  private var runs: [(read: Int, sound: Int)] = []
  /// The next frame of the sound that is read.
  private var next = 0

  /// `output` is `nil` where there is no device: then only the time passes. A sound shorter than `seconds` has silence
  /// behind it.
  public init(
    _ sound: any RecordedSound, output: (any SoundOutput)?, seconds: Double = 0,
    now: @escaping () -> SuspendingClock.Instant = { SuspendingClock.now },
    onLoss: @escaping (AudioFailure) -> Void = { _ in }
  ) {
    self.sound = sound
    self.output = output ?? SilentOutput(format: sound.format, now: now)
    self.now = now
    self.onLoss = onLoss
    isSilent = output == nil
    rate = Double(sound.format.sampleRate)
    frames = max(sound.frames, Int(max(0, seconds) * rate))
    transport = Transport(length: Double(frames) / rate)
    stretch = TimeStretch(speed: 1, format: sound.format)
    block = .allocate(capacity: 960 * sound.format.channels)
    block.initialize(repeating: 0)
  }

  deinit { block.deallocate() }

  /// Does to the transport what a key asks. What was to be heard next is thrown away, and the new place heard at once.
  public func change<Result>(_ body: (inout Transport) -> Result) -> Result {
    catchUp()
    let before = transport
    let result = body(&transport)
    // At the very end there is nothing more to play; what is asked for then is the beginning.
    if transport.isPlaying, !before.isPlaying, transport.position >= transport.length { transport.seek(to: 0) }
    if transport.loopStart != before.loopStart, transport.loop == before.loop, transport.isPlaying == before.isPlaying {
      return result
    }
    if before.isPlaying { stop() }
    if transport.isPlaying { start() }
    return result
  }

  /// The second that was heard at `moment`, which is now or a little while ago.
  public func position(at moment: SuspendingClock.Instant) -> Double {
    guard transport.isPlaying else { return transport.position }
    let ago = moment.duration(to: now()) / .seconds(1) * rate
    return second(Double(heard()) - max(0, ago))
  }

  /// Gives the device what it has room for, and notices the end.
  public func pump() {
    guard transport.isPlaying else { return }
    do throws(AudioFailure) {
      while true {
        if blockRest.isEmpty, !hasEnded { produce() }
        if blockRest.isEmpty { break }
        let channels = sound.format.channels
        let rest = UnsafeBufferPointer(
          rebasing: block[blockRest.lowerBound * channels..<blockRest.upperBound * channels])
        let count = try output.write(rest)
        written += count
        blockRest = blockRest.lowerBound + count..<blockRest.upperBound
        if !blockRest.isEmpty { break }
      }
      if hasEnded, blockRest.isEmpty {
        let waiting = try output.waiting()
        let end = endsAt ?? now().advanced(by: .seconds(Double(waiting) / rate))
        endsAt = end
        guard waiting == 0 || now() >= end else { return catchUp() }
        transport.reached(transport.length)
        transport.isPlaying = false
        try output.drop()
        return
      }
    } catch {
      return lose(error)
    }
    catchUp()
  }

  private func catchUp() {
    guard transport.isPlaying else { return }
    transport.reached(second(Double(heard())))
    // Of a loop's rounds that are over, nothing more is asked.
    while runs.count > 1, Double(runs[1].read) <= Double(heard()) * stretch.speed - 8 * rate { runs.removeFirst() }
  }

  private func start() {
    next = Int((transport.position * rate).rounded())
    sound.seek(to: next)
    stretch = TimeStretch(speed: transport.speed, format: sound.format)
    (written, consumed, hasEnded, endsAt, blockRest) = (0, 0, false, nil, 0..<0)
    runs = [(0, next)]
    pump()
  }

  private func stop() {
    do throws(AudioFailure) {
      try output.drop()
    } catch {
      lose(error, goesOn: false)
    }
  }

  private func produce() {
    let count = stretch.read(into: block) { self.read(into: $0) }
    blockRest = 0..<count
    hasEnded = count < block.count / sound.format.channels
  }

  /// Reads on, from the loop's end at its beginning.
  private func read(into samples: UnsafeMutableBufferPointer<Int16>) -> Int {
    let channels = sound.format.channels
    var part = samples.count / channels
    if let loop = transport.loop {
      let (from, to) = (Int((loop.lowerBound * rate).rounded()), Int((loop.upperBound * rate).rounded()))
      if next >= to {
        next = from
        sound.seek(to: from)
        runs.append((consumed, from))
      }
      part = min(part, to - next)
    }
    var count = sound.read(into: UnsafeMutableBufferPointer(rebasing: samples[..<(part * channels)]))
    if count == 0, next < frames {
      // What cannot be decoded any more is silence up to the end.
      count = min(part, frames - next)
      samples[..<(count * channels)].update(repeating: 0)
    }
    next += count
    consumed += count
    return count
  }

  /// Frames of output that were heard since ``start()``.
  private func heard() -> Int {
    do throws(AudioFailure) {
      return max(0, written - (try output.waiting()))
    } catch {
      lose(error)
      return 0
    }
  }

  /// The second of the sound that belongs to a frame of the output.
  private func second(_ frame: Double) -> Double {
    let read = max(0, frame) * stretch.speed
    let run = runs.last { Double($0.read) <= read } ?? runs.first ?? (0, next)
    return min((Double(run.sound) + read - Double(run.read)) / rate, transport.length)
  }

  /// Goes on in silence from what was last known to be heard.
  private func lose(_ failure: AudioFailure, goesOn: Bool = true) {
    output = SilentOutput(format: sound.format, now: now)
    isSilent = true
    if goesOn, transport.isPlaying { start() }
    onLoss(failure)
  }
}

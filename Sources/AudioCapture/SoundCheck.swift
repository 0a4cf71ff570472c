/// What a sound check heard.
public enum SoundCheckVerdict: Equatable, Sendable {
  /// Speech, loud enough.
  case good(Level)
  /// Something like speech, but far too low.
  case quiet(Level)
  /// The noise of a room, and nobody speaking.
  case silent(Level)
  /// Mains hum, and nobody speaking.
  case hum(Level)
  /// Exact zeros: muted, the wrong device, or the monitor of a loudspeaker.
  case digitalSilence(Level)
  /// So loud that the sound is damaged.
  case clipping(Level)
  /// The device could not be started (with the reason), or delivered nothing.
  case noSound(AudioFailure?)
}

/// Listens before a meeting, so that a muted or wrong microphone is noticed in time.
public enum SoundCheck {
  /// Listens to `source` for at most `limit`, less when about a second of healthy speech has been heard. It starts the
  /// source and closes it again. `now` is the source's clock; as much real time ends the check as well.
  public static func listen(
    to source: any AudioSource, for limit: Duration,
    now: @Sendable () -> SuspendingClock.Instant = { SuspendingClock.now }
  ) -> SoundCheckVerdict {
    do { try source.start() } catch { return .noSound(error) }
    defer { source.close() }
    let format = source.format
    let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: format.sampleRate / 10 * format.channels)
    defer { buffer.deallocate() }
    let limitFrames = Int(limit / .seconds(1) * Double(format.sampleRate))
    let (began, reallyBegan) = (now(), SuspendingClock.now)
    var impression = Impression(format: format)
    listening: while impression.frames < limitFrames, began.duration(to: now()) < limit,
      reallyBegan.duration(to: SuspendingClock.now) < limit, !impression.isEnough
    {
      switch source.read(into: buffer, timeout: .milliseconds(50)) {
      case .frames(let count, _, _):
        impression.add(UnsafeBufferPointer(rebasing: buffer[..<(count * format.channels)]))
      case .nothing, .overrun: continue
      case .lost(let code):
        return .noSound(
          AudioFailure(kind: .device, operation: "read(\(source.name))", code: code, reason: "the device went away"))
      case .ended: break listening
      }
    }
    return impression.verdict
  }

  /// What has been heard so far, by the level of each block of some 20 ms.
  struct Impression {
    private let format: AudioFormat
    private var total = LevelMeter.Block()
    private var levels: [(rms: Double, frames: Int)] = []
    private var hum: HumMeter
    private var humFrames = 0
    private var healthyFrames = 0
    /// Of the half second that is not over: all frames, and those as loud as healthy speech.
    private var open = (frames: 0, healthy: 0)
    private(set) var frames = 0

    init(format: AudioFormat) {
      self.format = format
      hum = HumMeter(format: format)
    }

    mutating func add(_ samples: UnsafeBufferPointer<Int16>) {
      var block = LevelMeter.Block()
      block.add(samples)
      total.add(block)
      let count = samples.count / format.channels
      frames += count
      levels.append((block.level.rms, count))
      open.frames += count
      if block.level.rms >= Level.healthySpeech { open.healthy += count }
      guard let isHum = hum.add(samples, energy: block.energy) else { return }
      if isHum { humFrames += open.frames } else { healthyFrames += open.healthy }
      open = (0, 0)
    }

    var isEnough: Bool { healthyFrames >= format.sampleRate }

    /// Speech stands at least 10 dB out of the room's noise for a third of a second in all.
    private var hasSpeech: Bool {
      let floor = levels.map(\.rms).sorted()[levels.count / 10]
      let speech = levels.filter { $0.rms > max(floor + 10, Level.nearSilence - 10) }.reduce(0) { $0 + $1.frames }
      return speech >= format.sampleRate / 3
    }

    var verdict: SoundCheckVerdict {
      guard frames > 0 else { return .noSound(nil) }
      let level = total.level
      if level.isDigitalSilence { return .digitalSilence(level) }
      if total.clipped >= max(10, total.count / 2000) { return .clipping(level) }
      if healthyFrames >= format.sampleRate / 3 { return .good(level) }
      if hasSpeech { return .quiet(level) }
      return humFrames > frames / 2 && level.rms >= Level.nearSilence ? .hum(level) : .silent(level)
    }
  }
}

internal import Synchronization

/// Records from a source into a sink, so that audio time is meeting time.
///
/// A capture thread fetches sound and a writer thread writes it; what is lost on the way becomes silence of the right
/// length. ``time(at:)`` says where in the recording a moment of the monotonic clock is. One recorder makes one
/// recording: ``start()`` once, ``stop(at:)`` once.
public final class Recorder: Sendable {
  private let source: any AudioSource
  private let now: @Sendable () -> SuspendingClock.Instant
  private let timeline: Timeline
  private let clock: FrameClock
  private let ring: FrameRing
  private let capture: CaptureLoop
  private let pauses = PauseList()
  private let writer: RecordingWriter
  private let ending = Atomic<Int>(Recorder.open)
  private let published = Mutex(LevelMeter.Block())
  private let life = Mutex(Life())
  private static let open = Int.max

  private struct Life {
    var capturing: WorkerThread?
    var writing: WorkerThread?
    var summary: RecordingSummary?
  }

  /// Prepares a recording; nothing starts yet. `notify` is called on the writer thread and should be quick. `now` must
  /// be the clock that the source takes its moments from.
  public convenience init(
    source: any AudioSource, sink: any AudioSink,
    now: @escaping @Sendable () -> SuspendingClock.Instant = { SuspendingClock.now },
    notify: @escaping @Sendable (RecorderNotice) -> Void
  ) {
    self.init(source: source, sink: sink, ring: FrameRing(format: source.format), now: now, notify: notify)
  }

  init(
    source: any AudioSource, sink: any AudioSink, ring: FrameRing,
    now: @escaping @Sendable () -> SuspendingClock.Instant, notify: @escaping @Sendable (RecorderNotice) -> Void
  ) {
    self.source = source
    self.now = now
    self.ring = ring
    timeline = Timeline(base: now())
    clock = FrameClock(timeline: timeline, rate: source.format.sampleRate)
    capture = CaptureLoop(source: source, ring: ring, timeline: timeline, now: now)
    writer = RecordingWriter(
      sink: sink, format: source.format, isLive: source.isLive, ring: ring, clock: clock, pauses: pauses,
      notify: notify)
  }

  /// Starts the source and returns when its sound is here and its time is known. Throws `.device` when the source does
  /// not start, or brings nothing within 3 s; the sink is closed then, empty.
  public func start() throws(AudioFailure) {
    try source.start()
    let capturing = WorkerThread(urgent: source.isLive) { [capture] in capture.run() }
    let writing = WorkerThread { [self] in write() }
    life.withLock { ($0.capturing, $0.writing) = (capturing, writing) }
    guard capturing != nil, writing != nil else {
      throw abandon(AudioFailure(kind: .device, operation: "pthread_create", code: 0, reason: "no thread to be had"))
    }
    let deadline = SuspendingClock.now + .seconds(3)
    while !clock.isRunning {
      guard SuspendingClock.now < deadline else {
        throw abandon(
          AudioFailure(
            kind: .device, operation: "read(\(source.name))", code: 0, reason: "no sound arrived within 3 seconds"))
      }
      WorkerThread.sleep(milliseconds: 2)
    }
    guard source.isLive else { return }
    let patience = SuspendingClock.now + .seconds(1)
    while !clock.isSettled, SuspendingClock.now < patience { WorkerThread.sleep(milliseconds: 2) }
  }

  /// Seconds of meeting audio at that moment; 0 before the first frame.
  public func time(at moment: SuspendingClock.Instant) -> Double { clock.time(at: moment) }

  /// From that moment on silence is written, and the sound reaches neither the sink nor the level. Returns the second of
  /// meeting audio from which it is silent: some hundredths later when sound of that moment is in the file already.
  @discardableResult public func pause(at moment: SuspendingClock.Instant) -> Double {
    turn(isPaused: true, at: moment)
  }

  /// From that moment on sound is written again. Returns the second it begins at.
  @discardableResult public func resume(at moment: SuspendingClock.Instant) -> Double {
    turn(isPaused: false, at: moment)
  }

  private func turn(isPaused: Bool, at moment: SuspendingClock.Instant) -> Double {
    let frame = pauses.add(frame: clock.frame(at: moment) ?? 0, isPaused: isPaused)
    return Double(frame) / Double(source.format.sampleRate)
  }

  /// The level of the last second; exact silence while paused or when the device is gone. `clipped` counts from the
  /// beginning.
  public var level: Level { published.withLock(\.self).level }

  /// Ends the recording at the frame of that moment, waiting for it to arrive where it has not yet, and closes source
  /// and sink. Called again, it gives the same answer.
  public func stop(at moment: SuspendingClock.Instant) -> RecordingSummary {
    finish(at: max(0, clock.frame(at: moment) ?? 0))
  }

  private func abandon(_ failure: AudioFailure) -> AudioFailure {
    _ = finish(at: 0)
    return failure
  }

  private func finish(at frame: Int) -> RecordingSummary {
    _ = ending.compareExchange(expected: Self.open, desired: frame, ordering: .acquiringAndReleasing)
    return life.withLock { life in
      if let summary = life.summary { return summary }
      life.writing?.join()
      capture.stop()
      life.capturing?.join()
      source.close()
      let summary = writer.close()
      life.summary = summary
      return summary
    }
  }

  // MARK: The writer thread

  private func write() {
    var lastSync = SuspendingClock.now
    var lastBlock = SuspendingClock.now
    var hasEnd = false
    var absent: String?
    while true {
      if !hasEnd {
        let end = ending.load(ordering: .acquiring)
        if end != Self.open {
          hasEnd = true
          writer.finish(at: end)
          lastBlock = SuspendingClock.now
        }
      }
      let state = capture.state  // before draining: what came before a loss is in the ring by now
      if writer.drain(state: state, now: timeline.nanoseconds(now())) { lastBlock = SuspendingClock.now }
      publishLevel()
      let nowAbsent = source.absentPart
      if nowAbsent != absent { writer.notePart(lost: nowAbsent, back: absent) }
      absent = nowAbsent
      if hasEnd && isDone(state: state, lastBlock: lastBlock) { break }
      if lastSync.duration(to: SuspendingClock.now) >= .seconds(1) {
        writer.sync()
        lastSync = SuspendingClock.now
      }
      ring.wait(milliseconds: hasEnd ? 2 : 200)
    }
    writer.pad()
  }

  /// The end is written, or what is missing of it will not come.
  private func isDone(state: CaptureLoop.State, lastBlock: SuspendingClock.Instant) -> Bool {
    if writer.isComplete || state != .running { return true }
    return lastBlock.duration(to: SuspendingClock.now) > (source.isLive ? .milliseconds(500) : .seconds(5))
  }

  private func publishLevel() {
    var recent = writer.meter.recent
    recent.clipped = writer.meter.clipped
    published.withLock { [recent] in $0 = recent }
  }
}

internal import Synchronization

/// What the capture thread does: fetch from the source, hand to the ring, and get a lost device back.
///
/// It allocates nothing and locks nothing; besides the source and the ring it only reads the clock and sleeps.
final class CaptureLoop: Sendable {
  enum State: UInt8, AtomicRepresentable { case running, lost, ended }

  /// Rests of 2 ms for which a live source waits for room: less than any device's buffer holds.
  private static let patience = 100
  /// A device may die without an error. So long without a frame is no hiccup.
  private static let deadAfter = Duration.seconds(3)
  /// Somebody who was stopped himself for so long knows nothing of the device, which has kept for him what came meanwhile.
  /// A sound server does so for some 20 s; of a longer stop it is not to be told what is missing, and where: the device is
  /// fetched anew, and the gap is exact. (Two numbers, and no range: the first use of a generic type asks for memory.)
  private static let stoppedAfter = Duration.seconds(1)
  private static let keptFor = Duration.seconds(15)

  private let source: any AudioSource
  private let ring: FrameRing
  private let timeline: Timeline
  private let now: @Sendable () -> SuspendingClock.Instant
  /// Where sound goes that finds no room; only the capture thread touches it.
  private nonisolated(unsafe) let spill: UnsafeMutableBufferPointer<Int16>
  private let isStopping = Atomic<Bool>(false)
  private let current = Atomic<State>(.running)

  init(
    source: any AudioSource, ring: FrameRing, timeline: Timeline, now: @escaping @Sendable () -> SuspendingClock.Instant
  ) {
    self.source = source
    self.ring = ring
    self.timeline = timeline
    self.now = now
    spill = .allocate(capacity: ring.framesPerSlot * source.format.channels)
    spill.initialize(repeating: 0)
  }

  deinit { spill.deallocate() }

  // MARK: Any thread

  var state: State { current.load(ordering: .acquiring) }

  func stop() { isStopping.store(true, ordering: .releasing) }

  // MARK: The capture thread

  func run() {
    let isLive = source.isLive
    var header = FrameRing.Header()
    var patience = Self.patience
    var isSpilling = false
    var lastArrival = now()
    var lastAnswer = lastArrival
    while !isStopping.load(ordering: .acquiring) {
      if ring.count == ring.slots {
        // The device has a buffer too, so waiting a little loses nothing. A file waits as long as it takes.
        if !isLive || patience > 0 {
          patience -= 1
          WorkerThread.sleep(milliseconds: 2)
          continue
        }
        isSpilling = true
      } else if !isSpilling || ring.count <= ring.slots / 2 {  // one gap is better than many small ones
        isSpilling = false
        patience = Self.patience
      }
      let room = isSpilling ? nil : ring.room()
      switch source.read(into: room ?? spill, timeout: .milliseconds(200)) {
      case .frames(let count, let waiting, let at):
        lastArrival = now()
        lastAnswer = lastArrival
        guard room != nil else {
          header.gap += count
          continue
        }
        header.count = count
        header.waiting = waiting
        header.at = timeline.nanoseconds(at)
        ring.publish(header)
        header = FrameRing.Header()
        current.store(.running, ordering: .releasing)
      case .nothing:
        let moment = now()
        let away = lastAnswer.duration(to: moment)
        if away >= Self.stoppedAfter && away <= Self.keptFor { lastArrival = moment }
        lastAnswer = moment
        if isLive && lastArrival.duration(to: moment) > Self.deadAfter {
          header.cut = .lost
          awaitReturn()
          lastArrival = now()
        }
      case .overrun:
        if header.cut == .none { header.cut = .overrun }
      case .lost:
        header.cut = .lost
        awaitReturn()
        lastArrival = now()
      case .ended:
        current.store(.ended, ordering: .releasing)
        return
      }
    }
  }

  /// Asks for the device about every half second. The state stays `lost` until its first frames are here.
  private func awaitReturn() {
    current.store(.lost, ordering: .releasing)
    while true {
      for _ in 0..<10 {
        if isStopping.load(ordering: .acquiring) { return }
        WorkerThread.sleep(milliseconds: 50)
      }
      if source.reopen() { return }
    }
  }
}

internal import Synchronization

/// Two microphones, one a person, as the two channels of one recording.
///
/// The first gives the clock: what happens to it happens to the pair. The second is captured by a thread of its own, as a
/// single microphone is, and its sound is laid beside the first's by the moments at which both were heard. No two quartzes
/// agree, so now and then one frame of the second is left out or comes twice, where the wave is flattest. While the second
/// is away its channel is silence. Of a device with two channels each sample is their mean.
public final class PairedSource: AudioSource, @unchecked Sendable {  // what is mutable belongs to the reading thread
  public let name: String
  public let format: AudioFormat
  public let isLive = true

  /// How long the first waits for sound of the second that is on its way.
  private static let patience = 0.4
  /// Seconds by which the two may differ before a frame is left out or repeated.
  private static let tolerance = 0.001
  /// From here on it is no drift.
  private static let rupture = 0.04

  private let first: any AudioSource
  private let second: any AudioSource
  private let now: @Sendable () -> SuspendingClock.Instant
  private let timeline: Timeline
  private var capture: CaptureLoop?
  private var ring: FrameRing
  private var thread: WorkerThread?

  private let scratch: UnsafeMutableBufferPointer<Int16>
  /// Mono frames of the first for which the second's are not here yet.
  private let held: UnsafeMutableBufferPointer<Int16>
  private var heldCount = 0
  /// What the first said after the frames that are held.
  private var interruption: SourceRead?
  private var firstLine: StreamLine
  private var secondLine: StreamLine
  /// When the first was last read, and the frames that were in it then.
  private var lastRead: (at: SuspendingClock.Instant, waiting: Int)
  /// Frames of the ring's oldest block that are used up; nil when it has not been looked at.
  private var used: Int?
  /// False until the second's sound has found its place.
  private var isAligned = false

  /// `now` is the clock of the second.
  public init(
    _ first: any AudioSource, _ second: any AudioSource,
    now: @escaping @Sendable () -> SuspendingClock.Instant = { SuspendingClock.now }
  ) {
    (self.first, self.second, self.now) = (first, second, now)
    name = "\(first.name) + \(second.name)"
    let rate = first.format.sampleRate
    format = AudioFormat(sampleRate: rate, channels: 2)
    timeline = Timeline(base: SuspendingClock.now)
    lastRead = (timeline.base, 0)
    ring = FrameRing(format: second.format, slots: 1)
    (firstLine, secondLine) = (StreamLine(rate: rate), StreamLine(rate: rate))
    scratch = .allocate(capacity: rate / 10 * first.format.channels)
    scratch.initialize(repeating: 0)
    held = .allocate(capacity: rate)
    held.initialize(repeating: 0)
  }

  deinit {
    close()
    scratch.deallocate()
    held.deallocate()
  }

  /// The microphone of the two that is away while the other goes on. Any thread.
  public var absentPart: String? { capture?.state == .lost ? second.name : nil }

  public func start() throws(AudioFailure) {
    stopSecond()
    try first.start()
    try second.start()
    ring = FrameRing(format: second.format)
    let capture = CaptureLoop(source: second, ring: ring, timeline: timeline, now: now)
    thread = WorkerThread(urgent: true) { capture.run() }
    guard thread != nil else {
      throw AudioFailure(kind: .device, operation: "pthread_create", code: 0, reason: "no thread to be had")
    }
    self.capture = capture
    beginAgain()
  }

  public func reopen() -> Bool {
    beginAgain()
    return first.reopen()
  }

  public func close() {
    stopSecond()
    first.close()
    second.close()
    heldCount = 0
  }

  private func stopSecond() {
    capture?.stop()
    thread?.join()
    (capture, thread) = (nil, nil)
  }

  /// The first's frames are counted from here.
  private func beginAgain() {
    firstLine.restart()
    (heldCount, interruption, isAligned) = (0, nil, false)
  }

  // MARK: The reading thread

  public func read(into buffer: UnsafeMutableBufferPointer<Int16>, timeout: Duration) -> SourceRead {
    guard capture != nil else { return .lost(code: -19) }  // -ENODEV: it is closed
    if interruption == nil { fetchFirst(timeout: timeout) }
    let count = lay(into: buffer)
    if count > 0 { return .frames(count: count, waiting: heldCount + lastRead.waiting, at: lastRead.at) }
    guard let interruption, heldCount == 0 else { return .nothing }
    beginAgain()
    return interruption
  }

  private func fetchFirst(timeout: Duration) {
    let channels = first.format.channels
    let room = min(scratch.count / channels, held.count - heldCount)
    guard room > 0 else { return }
    let part = UnsafeMutableBufferPointer(rebasing: scratch[..<(room * channels)])
    let read = first.read(into: part, timeout: timeout)
    switch read {
    case .frames(let count, let waiting, let at):
      for frame in 0..<count { held[heldCount + frame] = Self.mean(of: part, frame, channels) }
      heldCount += count
      lastRead = (at, waiting)
      firstLine.hear(count, waiting: waiting, at: timeline.nanoseconds(at))
    case .nothing: break
    case .overrun, .lost, .ended: interruption = read
    }
  }

  private static func mean(of samples: UnsafeMutableBufferPointer<Int16>, _ frame: Int, _ channels: Int) -> Int16 {
    channels == 1 ? samples[frame] : Int16((Int(samples[2 * frame]) + Int(samples[2 * frame + 1])) / 2)
  }

  /// Pairs what is held with the second's sound of the same moments, or with silence. Returns the frames it made.
  private func lay(into buffer: UnsafeMutableBufferPointer<Int16>) -> Int {
    let room = min(buffer.count / 2, heldCount)
    var made = 0
    while made < room {
      guard let (header, samples) = ring.front() else {
        // Nothing is on its way, or it takes too long.
        let isAway = interruption != nil || capture?.state != .running
        let patience = isAway ? 0 : Int(Self.patience * Double(format.sampleRate))
        let silent = min(room - made, heldCount - made - patience)
        if silent > 0 { made += layFirst(silent, into: buffer, from: made) { _ in 0 } }
        break
      }
      if used == nil { begin(header) }
      let left = header.count - (used ?? 0)
      guard left > 0 else {
        releaseBlock()
        continue
      }
      let ahead = secondLine.position - secondLine.frame(at: firstLine.moment(of: firstLine.heard - heldCount + made))
      let limit = isAligned ? Int(Self.rupture * Double(format.sampleRate)) : 0
      if ahead > limit {
        isAligned = false
        made += layFirst(min(room - made, ahead), into: buffer, from: made) { _ in 0 }
      } else if ahead < -limit {
        isAligned = false
        use(min(left, -ahead))
      } else {
        isAligned = true
        made += mix(samples, left: left, ahead: ahead, into: buffer, from: made, room: room)
      }
    }
    held.baseAddress.map { $0.update(from: $0 + made, count: heldCount - made) }
    heldCount -= made
    return made
  }

  private func begin(_ header: FrameRing.Header) {
    used = 0
    if header.cut != .none {
      secondLine.restart()
      isAligned = false
    }
    secondLine.skip(header.gap)
    secondLine.hear(header.count, waiting: header.waiting, at: header.at)
  }

  private func use(_ frames: Int) {
    used = (used ?? 0) + frames
    secondLine.position += frames
  }

  private func releaseBlock() {
    ring.release()
    used = nil
  }

  private func layFirst(
    _ count: Int, into buffer: UnsafeMutableBufferPointer<Int16>, from made: Int, second: (Int) -> Int16
  ) -> Int {
    for frame in made..<made + count {
      buffer[2 * frame] = held[frame]
      buffer[2 * frame + 1] = second(frame - made)
    }
    return count
  }

  /// Lays frames of the second's block beside the first's, one more or one less of them when the two have drifted apart.
  private func mix(
    _ samples: UnsafeMutableBufferPointer<Int16>, left: Int, ahead: Int,
    into buffer: UnsafeMutableBufferPointer<Int16>, from made: Int, room: Int
  ) -> Int {
    let (channels, start) = (second.format.channels, used ?? 0)
    var count = min(room - made, left, format.sampleRate / 100)  // so that a seam comes at most every 10 ms
    var seam = count
    let step = abs(ahead) > Int(Self.tolerance * Double(format.sampleRate)) && count > 200 ? -ahead.signum() : 0
    if step != 0 {
      count = min(count, left - 1)
      seam = flattest(samples, from: start, count: count, channels)
    }
    use(count + step)
    return layFirst(count, into: buffer, from: made) {
      Self.mean(of: samples, start + ($0 > seam ? $0 + step : $0), channels)
    }
  }

  /// The frame that differs least from the two beside it: one more or less of it is not heard.
  private func flattest(
    _ samples: UnsafeMutableBufferPointer<Int16>, from start: Int, count: Int, _ channels: Int
  ) -> Int {
    var (best, least) = (1, Int.max)
    for frame in 1..<count - 1 {
      let before = Int(Self.mean(of: samples, start + frame - 1, channels))
      let here = Int(Self.mean(of: samples, start + frame, channels))
      let after = Int(Self.mean(of: samples, start + frame + 1, channels))
      let difference = abs(here - before) + abs(after - here)
      if difference < least { (best, least) = (frame, difference) }
    }
    return best
  }
}

/// Where a stream is in time: the moment of its frame 0. Sound is seen late at times, but never early, so an earlier
/// moment is believed at once, and a later one only as fast as two quartzes may drift apart.
private struct StreamLine {
  /// Frames that have been taken from the device since the stream began.
  private(set) var heard = 0
  /// The next of them to be used.
  var position = 0
  private let perFrame: Double
  /// In frames a frame: more than any quartz errs.
  private static let mostDrift = 0.001
  private var origin = Double.infinity
  private var strays = 0

  init(rate: Int) { perFrame = 1e9 / Double(rate) }

  mutating func restart() { (heard, position, origin, strays) = (0, 0, .infinity, 0) }

  mutating func skip(_ frames: Int) {
    heard += frames
    position += frames
  }

  mutating func hear(_ count: Int, waiting: Int, at: Int64) {
    heard += count
    let seen = Double(at) - Double(heard + waiting) * perFrame
    // A server that stalls delivers late, and then in a burst; when it stays so for a second, sound was left out.
    if seen > origin + 1e8 {
      strays += 1
      guard strays > 10 else { return }
      origin = seen
    }
    strays = 0
    origin = min(seen, origin + Self.mostDrift * Double(count) * perFrame)
  }

  func moment(of frame: Int) -> Double { origin + Double(frame) * perFrame }

  func frame(at moment: Double) -> Int { Int(((moment - origin) / perFrame).rounded()) }
}

internal import Synchronization

/// What the writer thread does: takes blocks from the ring, turns gaps and pauses into silence, and writes.
///
/// The position in the recording is counted in frames, and keeps counting when the sink has failed.
final class RecordingWriter: @unchecked Sendable {  // everything mutable here belongs to the writer thread
  private let sink: any AudioSink
  private let format: AudioFormat
  private let isLive: Bool
  private let ring: FrameRing
  private let clock: FrameClock
  private let pauses: PauseList
  private let notify: @Sendable (RecorderNotice) -> Void

  /// The next frame to be written.
  private(set) var position = 0
  private(set) var failure: AudioFailure?
  private(set) var meter: LevelMeter
  private var kept = 0
  private var missing = 0
  private var paused = 0
  private var end = Int.max
  private var lostFrom: Int?
  private var silence: SilenceWatch
  private let zeros: [Int16]

  init(
    sink: any AudioSink, format: AudioFormat, isLive: Bool, ring: FrameRing, clock: FrameClock, pauses: PauseList,
    notify: @escaping @Sendable (RecorderNotice) -> Void
  ) {
    self.sink = sink
    self.format = format
    self.isLive = isLive
    self.ring = ring
    self.clock = clock
    self.pauses = pauses
    self.notify = notify
    meter = LevelMeter(format: format)
    silence = SilenceWatch(sampleRate: format.sampleRate)
    zeros = Array(repeating: 0, count: format.sampleRate / 10 * format.channels)
  }

  /// From here on nothing at or after `frame` is written.
  func finish(at frame: Int) { end = max(position, frame) }

  var isComplete: Bool { position >= end }

  /// Takes what is in the ring. Returns true when there was anything.
  @discardableResult func drain(state: CaptureLoop.State, now: Int64) -> Bool {
    var hasMoved = false
    while !isComplete, let (header, samples) = ring.front() {
      take(header, samples)
      ring.release()
      hasMoved = true
    }
    switch state {
    case .running: break
    case .lost:
      noteLoss()
      keepUp(with: now)
    case .ended:
      keepUp(with: now)
    }
    return hasMoved
  }

  /// Silence up to the end that was set.
  func pad() { missing += writeSilence(end - position) }

  func sync() {
    guard failure == nil else { return }
    do { try sink.sync() } catch { fail(error) }
  }

  /// Completes the file and tells what the recording came to.
  func close() -> RecordingSummary {
    do { try sink.close() } catch { fail(error) }
    var summary = RecordingSummary()
    summary.seconds = seconds(position)
    summary.kept = seconds(kept)
    summary.missing = seconds(missing)
    summary.paused = seconds(paused)
    summary.clipped = meter.clipped
    summary.clock = isLive ? clock.quality : nil
    summary.failure = failure
    return summary
  }

  /// One of two microphones went away, or came back, or the one did as the other went.
  func notePart(lost: String?, back: String?) {
    if let back { notify(.partBack(back, at: seconds(position))) }
    if let lost { notify(.partLost(lost, at: seconds(position))) }
  }

  // MARK: Blocks

  private func take(_ header: FrameRing.Header, _ samples: UnsafeMutableBufferPointer<Int16>) {
    fillGap(before: header)
    clock.observe(at: header.at, frames: position + header.count + header.waiting)
    let size = min(header.count, end - position) * format.channels
    write(UnsafeMutableBufferPointer(rebasing: samples[..<size]))
    if isLive { fillUnreported() }
  }

  private func fillGap(before header: FrameRing.Header) {
    var gap = header.gap
    if header.cut != .none, let expected = clock.frame(at: header.at) {
      gap = max(gap, expected - position - header.count - header.waiting)
    }
    if header.cut == .lost { noteLoss() }
    let from = position
    missing += writeSilence(min(gap, end - position))
    if let start = lostFrom {
      lostFrom = nil
      if !isComplete { notify(.back(at: seconds(position), gap: seconds(position - start))) }
    } else if position > from {
      let reason: RecorderNotice.GapReason = header.cut == .overrun ? .overrun : .slowDisk
      notify(.gap(from: seconds(from), seconds: seconds(position - from), reason: reason))
    }
  }

  private func fillUnreported() {
    let gap = min(clock.missing(), end - position)
    guard gap > 0 else { return }
    notify(.gap(from: seconds(position), seconds: seconds(gap), reason: .unreported))
    missing += writeSilence(gap)
    clock.correct(by: gap)
  }

  private func noteLoss() {
    guard lostFrom == nil else { return }
    lostFrom = position
    meter.rest()
    notify(.lost(at: seconds(position)))
  }

  /// While nothing comes, the file still grows with the meeting. Half a second behind, so that sound which comes back
  /// finds its place free.
  private func keepUp(with now: Int64) {
    guard let expected = clock.frame(at: now) else { return }
    missing += writeSilence(min(expected - format.sampleRate / 2, end) - position)
  }

  // MARK: Writing

  private func write(_ samples: UnsafeMutableBufferPointer<Int16>) {
    var rest = samples[...]
    while !rest.isEmpty {
      let (isPaused, frames) = pauses.stretch(from: position, frames: rest.count / format.channels)
      let part = UnsafeMutableBufferPointer(rebasing: rest.prefix(frames * format.channels))
      rest = rest.dropFirst(part.count)
      if isPaused {
        part.update(repeating: 0)
        meter.rest()
        paused += frames
      } else {
        listen(UnsafeBufferPointer(part))
      }
      put(UnsafeBufferPointer(part))
    }
  }

  /// Returns the frames written.
  private func writeSilence(_ frames: Int) -> Int {
    var left = max(0, frames)
    while left > 0 {
      let part = min(left, zeros.count / format.channels)
      zeros.withUnsafeBufferPointer { put(UnsafeBufferPointer(rebasing: $0[..<(part * format.channels)])) }
      left -= part
    }
    return max(0, frames)
  }

  private func put(_ samples: UnsafeBufferPointer<Int16>) {
    let frames = samples.count / format.channels
    position += frames
    guard failure == nil else { return }
    do {
      try sink.write(samples)
      kept += frames
    } catch {
      fail(error)
    }
  }

  private func fail(_ failure: AudioFailure) {
    guard self.failure == nil else { return }
    self.failure = failure
    notify(.sinkFailed(failure, at: seconds(position)))
  }

  private func listen(_ samples: UnsafeBufferPointer<Int16>) {
    guard let heard = silence.add(meter.add(samples), from: position, frames: samples.count / format.channels) else {
      return
    }
    notify(.silent(since: seconds(heard.from), heard.silence))
  }

  private func seconds(_ frames: Int) -> Double { Double(frames) / Double(format.sampleRate) }
}

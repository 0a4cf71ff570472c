public import AudioCapture
internal import Glibc

/// A microphone behind an ALSA name, at 48 kHz.
///
/// Everything but ``name``, ``format`` and ``isLive`` belongs to the thread that reads; before that thread runs and
/// after it has ended, to the one that started it.
public final class ALSASource: AudioSource, @unchecked Sendable {
  public let name: String
  public let format: AudioFormat
  public let isLive = true

  private static let rate = 48_000
  private var pcm: PCM?
  private var isStarted = false
  private var startedAt = SuspendingClock.now
  private var delivered = 0
  /// Frames that the last read left in the device.
  private var waiting = 0
  private var pace = Pace.unknown

  /// Some devices (`null`, `file`) have sound whenever they are asked, as much as one wants. Those are read no faster
  /// than time passes, or they would keep a processor busy and a recording would run ahead of the meeting.
  private enum Pace { case unknown, device, clock }

  /// Opens the device, so that it is taken from here on. Throws `.device` with libasound's reason.
  public init(device: String) throws(AudioFailure) {
    name = device
    do throws(ALSAError) {
      let pcm = try PCM(device: device, rate: Self.rate)
      format = AudioFormat(sampleRate: Self.rate, channels: pcm.layout.channels)
      self.pcm = consume pcm
    } catch {
      throw AudioFailure(error)
    }
  }

  public func start() throws(AudioFailure) {
    do throws(ALSAError) {
      if pcm == nil || isStarted { try connect() }
      try begin()
    } catch {
      throw AudioFailure(error)
    }
  }

  public func reopen() -> Bool {
    do throws(ALSAError) {
      try connect()
      try begin()
      return true
    } catch {
      pcm = nil
      return false
    }
  }

  public func close() { pcm = nil }

  private func connect() throws(ALSAError) {
    pcm = nil  // a device that allows one user must be free before it is opened again
    pcm = try PCM(device: name, rate: format.sampleRate, channels: format.channels)
    isStarted = false
  }

  /// Starts a stream that is fresh: a sound server collects from the moment the stream was prepared, and what it holds
  /// back it never reports, so that all sound would be late by the time between.
  private func begin() throws(ALSAError) {
    try pcm?.prepare()
    try pcm?.start()
    isStarted = true
    startedAt = SuspendingClock.now
    delivered = 0
    waiting = 0
    pace = .unknown
  }

  // MARK: Reading

  public func read(into buffer: UnsafeMutableBufferPointer<Int16>, timeout: Duration) -> SourceRead {
    guard pcm != nil, let samples = buffer.baseAddress else { return .lost(code: Int(-ENODEV)) }
    let milliseconds = Int(timeout / .milliseconds(1))
    let room = buffer.count / format.channels
    do throws(ALSAError) {
      if pace == .clock { return try readByTheClock(into: samples, room: room, milliseconds: milliseconds) }
      // What is left of a period that is longer than the buffer is there now; the device calls only for the next one.
      if waiting == 0, try pcm?.wait(milliseconds: milliseconds) != true {
        if delivered == 0 { Self.rest(milliseconds: 2) }  // some plugins call again and again until they have begun
        return .nothing
      }
      let available = try pcm?.available() ?? 0
      let at = SuspendingClock.now
      if pace == .unknown { pace = isAhead(available, at: at) ? .clock : .device }
      guard available > 0, pace == .device else {
        waiting = 0
        Self.rest(milliseconds: 2)  // it called and had nothing: not again at once
        return .nothing
      }
      let count = try pcm?.read(into: samples, frames: min(available, room)) ?? 0
      delivered += count
      waiting = available - count
      return .frames(count: count, waiting: waiting, at: at)
    } catch {
      waiting = 0
      return recover(from: error.code)
    }
  }

  /// No microphone has more sound ready than there was time for.
  private func isAhead(_ available: Int, at moment: SuspendingClock.Instant) -> Bool {
    available > due(at: moment) + format.sampleRate / 4
  }

  private func due(at moment: SuspendingClock.Instant) -> Int {
    Int(startedAt.duration(to: moment) / .seconds(1) * Double(format.sampleRate))
  }

  private func readByTheClock(
    into samples: UnsafeMutablePointer<Int16>, room: Int, milliseconds: Int
  ) throws(ALSAError) -> SourceRead {
    let period = format.sampleRate / 50
    let wait = (delivered + period - due(at: SuspendingClock.now)) * 1000 / format.sampleRate + 1
    if wait > 0 { Self.rest(milliseconds: min(wait, milliseconds)) }
    let at = SuspendingClock.now
    let ready = due(at: at) - delivered
    guard ready >= period else { return .nothing }
    samples.update(repeating: 0, count: room * format.channels)  // `null` leaves it as it was
    let count = try pcm?.read(into: samples, frames: min(ready, room)) ?? 0
    delivered += count
    return .frames(count: count, waiting: ready - count, at: at)
  }

  private func recover(from code: Int) -> SourceRead {
    switch Int32(-code) {
    case EAGAIN, EINTR:
      Self.rest(milliseconds: 2)
      return .nothing
    case EPIPE, ESTRPIPE:
      do throws(ALSAError) {
        try begin()
        return .overrun
      } catch {
        return .lost(code: error.code)
      }
    default: return .lost(code: code)
    }
  }

  private static func rest(milliseconds: Int) {
    var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    nanosleep(&time, nil)
  }
}

extension AudioFailure {
  init(_ error: ALSAError) {
    self.init(kind: .device, operation: error.operation, code: error.code, reason: error.reason)
  }
}

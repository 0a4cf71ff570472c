public import AudioCapture
internal import Synchronization

/// A microphone that follows a script, in a time of its own that goes as fast as the sound is fetched.
///
/// Its clock is ``now()``; sound for which the clock has moved is what a real device would have delivered.
public final class ScriptedSource: AudioSource {
  public enum Step: Sendable {
    /// That many frames of a constant sample, in blocks of 20 ms, as time passes.
    case sound(Int16, frames: Int)
    /// A whole block of exactly these samples.
    case block([Int16])
    /// Time passes and the device says nothing.
    case quiet(Duration)
    /// The device drops that much sound and reports it.
    case overrun(Duration)
    /// The device drops that much sound and does not report it.
    case skip(Duration)
    /// The device goes away for that long; that many tries to get it back fail.
    case loss(Duration, failedTries: Int = 0)
    /// The script waits, in real time, until the condition holds.
    case wait(@Sendable () -> Bool)
    case end
  }

  private struct State {
    var steps: [Step]
    var elapsed = Duration.zero
    var jitter: [Duration]
    var reads = 0
    var failedTries = 0
    var isStarted = false
    var isClosed = false
  }

  public let name = "scripted"
  private let ppm: Double
  public let format: AudioFormat
  public let isLive: Bool
  private let base = SuspendingClock.now
  private let state: Mutex<State>
  /// A script has no time to lose: it waits for whoever writes, or tests would hang on how threads are scheduled.
  private let mayGoOn: @Sendable () -> Bool

  /// `jitter` is added to the moments of the reads in turn: wake-ups that come late. `ppm` is how much faster than it says
  /// its quartz runs. Before each step it waits until `mayGoOn`.
  public init(
    _ steps: [Step], format: AudioFormat = AudioFormat(), isLive: Bool = true, jitter: [Duration] = [.zero],
    ppm: Double = 0, mayGoOn: @escaping @Sendable () -> Bool = { true }
  ) {
    self.format = format
    self.isLive = isLive
    self.ppm = ppm
    self.mayGoOn = mayGoOn
    state = Mutex(State(steps: steps, jitter: jitter))
  }

  /// The script's own clock.
  public func now() -> SuspendingClock.Instant { base + state.withLock(\.elapsed) }

  /// True when every step has been taken.
  public var isDone: Bool { state.withLock(\.steps.isEmpty) }
  public var isClosed: Bool { state.withLock(\.isClosed) }

  public func start() throws(AudioFailure) { state.withLock { $0.isStarted = true } }
  public func close() { state.withLock { $0.isClosed = true } }

  public func reopen() -> Bool {
    state.withLock { state in
      state.failedTries -= 1
      return state.failedTries < 0
    }
  }

  public func read(into buffer: UnsafeMutableBufferPointer<Int16>, timeout: Duration) -> SourceRead {
    guard mayGoOn() else {
      AudioTestClock.pause(milliseconds: 1)
      return .nothing
    }
    let step = state.withLock { $0.isStarted && !$0.isClosed ? $0.steps.first : nil }
    switch step {
    case nil:
      AudioTestClock.pause(milliseconds: 1)
      return .nothing
    case .wait(let isOver):
      if isOver() { drop() } else { AudioTestClock.pause(milliseconds: 1) }
      return .nothing
    case .sound(let sample, let frames):
      let count = min(frames, format.sampleRate / 50)
      let rest: Step? = frames > count ? .sound(sample, frames: frames - count) : nil
      return deliver(repeatElement(sample, count: count * format.channels), into: buffer, rest: rest)
    case .block(let samples):
      return deliver(samples, into: buffer)
    case .quiet(let time), .skip(let time):
      drop(passing: time)
      return .nothing
    case .overrun(let time):
      drop(passing: time)
      return .overrun
    case .loss(let time, let failedTries):
      drop(passing: time)
      state.withLock { $0.failedTries = failedTries }
      return .lost(code: -19)
    case .end:
      drop()
      return .ended
    }
  }

  private func drop(passing time: Duration = .zero) {
    state.withLock { state in
      state.steps.removeFirst()
      state.elapsed += time
    }
  }

  private func deliver(
    _ samples: some Collection<Int16>, into buffer: UnsafeMutableBufferPointer<Int16>, rest: Step? = nil
  ) -> SourceRead {
    _ = buffer.update(fromContentsOf: samples)
    let count = samples.count / format.channels
    return state.withLock { state in
      if let rest { state.steps[0] = rest } else { state.steps.removeFirst() }
      state.elapsed += .seconds(Double(count) / (Double(format.sampleRate) * (1 + ppm / 1e6)))
      let late = state.jitter[state.reads % state.jitter.count]
      state.reads += 1
      return .frames(count: count, waiting: 0, at: base + state.elapsed + late)
    }
  }
}

import Synchronization
import TestSupport

@testable import AudioCapture

/// A recording from a script into memory, with what it told on the way.
final class Recording: Sendable {
  let source: ScriptedSource
  let sink: MemorySink
  let recorder: Recorder
  private let told: Told

  private final class Told: Sendable {
    let notices = Mutex<[RecorderNotice]>([])
  }

  /// The time of the script's beginning.
  let base: SuspendingClock.Instant
  var notices: [RecorderNotice] { told.notices.withLock(\.self) }

  init(
    _ steps: [ScriptedSource.Step], format: AudioFormat = AudioFormat(), isLive: Bool = true,
    jitter: [Duration] = [.zero], sink: MemorySink = MemorySink(), slots: Int = 512, isPatient: Bool = true
  ) {
    let (ring, told) = (FrameRing(format: format, slots: slots), Told())
    source = ScriptedSource(steps, format: format, isLive: isLive, jitter: jitter) { !isPatient || ring.count < 50 }
    base = source.now()
    self.sink = sink
    self.told = told
    recorder = Recorder(source: source, sink: sink, ring: ring, now: source.now) { notice in
      told.notices.withLock { $0.append(notice) }
    }
  }

  /// Waits until the script is over.
  func play() -> Bool { AudioTestClock.wait { source.isDone } }

  func moment(_ seconds: Double) -> SuspendingClock.Instant { base + .seconds(seconds) }

  /// Runs the script from beginning to end, and stops then.
  func run() throws -> RecordingSummary {
    try recorder.start()
    _ = play()
    return recorder.stop(at: source.now())
  }
}

/// Something that happens once.
final class Gate: Sendable {
  private let flag = Atomic<Bool>(false)
  @Sendable func isOpen() -> Bool { flag.load(ordering: .acquiring) }
  func open() { flag.store(true, ordering: .releasing) }
}

/// Runs of equal samples: `(value, how many)`.
func runs(_ samples: [Int16]) -> [[Int]] {
  var runs: [[Int]] = []
  for sample in samples {
    if runs.last?[0] == Int(sample) { runs[runs.count - 1][1] += 1 } else { runs.append([Int(sample), 1]) }
  }
  return runs
}

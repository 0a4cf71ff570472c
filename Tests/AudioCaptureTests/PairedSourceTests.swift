import Synchronization
import TestSupport
import Testing

@testable import AudioCapture

/// Two scripted microphones in one time: neither gets more than 40 ms ahead of the other.
private final class Pair: Sendable {
  let first: ScriptedSource
  let source: PairedSource
  private let told: Told

  init(
    _ firstSteps: [ScriptedSource.Step], _ secondSteps: [ScriptedSource.Step], channels: (Int, Int) = (1, 1),
    ppm: (Double, Double) = (0, 0), jitter: [Duration] = [.zero], told: Told = Told()
  ) {
    self.told = told
    let gates = Gates()
    let one = ScriptedSource(
      firstSteps, format: AudioFormat(channels: channels.0), jitter: jitter, ppm: ppm.0, mayGoOn: { gates.mayGoOn(0) })
    let other = ScriptedSource(
      secondSteps, format: AudioFormat(channels: channels.1), jitter: jitter, ppm: ppm.1, mayGoOn: { gates.mayGoOn(1) })
    gates.sources.withLock { $0 = [one, other] }
    first = one
    source = PairedSource(one, other, now: other.now)
  }

  private final class Gates: Sendable {
    let sources = Mutex<[ScriptedSource]>([])
    func mayGoOn(_ own: Int) -> Bool {
      let both = sources.withLock(\.self)
      return both.count < 2 || both[1 - own].isDone || both[own].now() < both[1 - own].now() + .milliseconds(40)
    }
  }

  /// Records until the first's script is over.
  func record() throws -> (channels: [[Int]], summary: RecordingSummary, notices: [RecorderNotice]) {
    let sink = MemorySink()
    let recorder = Recorder(source: source, sink: sink, now: first.now) { [told] notice in
      told.all.withLock { $0.append(notice) }
    }
    try recorder.start()
    #expect(AudioTestClock.wait { first.isDone })
    let summary = recorder.stop(at: first.now())
    let channels = (0..<2).map { TestSound.channel($0, of: sink.samples, channels: 2).map { Int($0) } }
    return (channels, summary, told.all.withLock(\.self))
  }

  /// What the recorder has told so far.
  final class Told: Sendable {
    let all = Mutex<[RecorderNotice]>([])
    /// The script waits until the recorder, which looks now and then, has told so much.
    func wait(for count: Int) -> ScriptedSource.Step { .wait { self.all.withLock { $0.count >= count } } }
  }
}

/// Counts from 1 to 30,000, over and over, in blocks of 20 ms.
private func counting(seconds: Int, from start: Int = 0, channels: Int = 1) -> [ScriptedSource.Step] {
  (0..<seconds * 50).map { block in
    .block((0..<960 * channels).map { Int16((start + block * 960 + $0 / channels) % 30_000 + 1) })
  }
}

/// The way from one count to another.
private func way(_ from: Int, _ to: Int) -> Int {
  let way = (to - from) % 30_000
  return way > 15_000 ? way - 30_000 : way < -15_000 ? way + 30_000 : way
}

struct `Two microphones as two channels` {
  @Test(arguments: [(1, 1), (2, 1), (1, 2), (2, 2)]) func `a channel each, side by side`(channels: (Int, Int)) throws {
    let pair = Pair(
      counting(seconds: 5, channels: channels.0), counting(seconds: 5, channels: channels.1), channels: channels)
    let (sound, summary, notices) = try pair.record()
    #expect(summary.seconds == 5)
    #expect(summary.missing == 0)
    #expect(notices == [])
    #expect(zip(sound[0], sound[0].dropFirst()).allSatisfy { way($0, $1) == 1 })
    #expect(zip(sound[0], sound[1]).dropFirst(9600).dropLast(9600).allSatisfy { abs(way($0, $1)) < 96 })
  }

  @Test func `they keep the contract of a source`() {
    let pair = Pair(counting(seconds: 3), counting(seconds: 3))
    #expect(AudioContract.violations(of: pair.source, frames: 48_000) == [])
  }

  @Test(arguments: [-800.0, -150, 150, 800]) func `two quartzes that disagree do not drift apart`(ppm: Double) throws {
    let pair = Pair(
      counting(seconds: 21), counting(seconds: 22), ppm: (0, ppm), jitter: [.zero, .milliseconds(3), .milliseconds(1)])
    let (sound, summary, _) = try pair.record()
    #expect(summary.missing == 0)
    #expect(zip(sound[0], sound[0].dropFirst()).allSatisfy { way($0, $1) == 1 })
    let middle = 48_000..<20 * 48_000
    let apart = middle.map { way(Int(Double($0) * (1 + ppm / 1e6)) % 30_000 + 1, sound[1][$0]) }
    #expect(apart.allSatisfy { abs($0) < 240 }, "\(apart.min() ?? 0)…\(apart.max() ?? 0)")
    let steps = middle.map { way(sound[1][$0], sound[1][$0 + 1]) }
    #expect(steps.allSatisfy { (0...2).contains($0) })
    #expect(abs(Double(steps.count { $0 != 1 }) - 19 * 0.048 * abs(ppm)) < 100)
  }

  @Test func `while the second is away its channel is silence, and the first knows nothing of it`() throws {
    let away: [ScriptedSource.Step] = [.loss(.seconds(2), failedTries: 1)]
    let told = Pair.Told()
    let one =
      counting(seconds: 3) + [told.wait(for: 1)] + counting(seconds: 2, from: 144_000) + [told.wait(for: 2)]
      + counting(seconds: 1, from: 240_000)
    let pair = Pair(one, counting(seconds: 2) + away + counting(seconds: 2, from: 192_000), told: told)
    let (sound, summary, notices) = try pair.record()
    #expect(summary.seconds == 6)
    #expect(summary.missing == 0)
    #expect(zip(sound[0], sound[0].dropFirst()).allSatisfy { way($0, $1) == 1 })
    guard case .partLost("scripted", _)? = notices.first, case .partBack("scripted", _)? = notices.last else {
      Issue.record("\(notices)")
      return
    }
    #expect(notices.count == 2)
    let silence = sound[1].indices.dropFirst(24_000).dropLast(24_000).filter { sound[1][$0] == 0 }
    #expect(abs(silence.count - 96_000) < 4_000, "\(silence.count)")
    let after = (5 * 48_000 - 12_000)..<(6 * 48_000 - 12_000)
    #expect(after.allSatisfy { abs(way(sound[0][$0], sound[1][$0])) < 240 })
  }

  @Test func `when the first is lost, both are silence as long as it is away`() throws {
    let pair = Pair(
      counting(seconds: 2) + [.loss(.seconds(2))] + counting(seconds: 3, from: 192_000), counting(seconds: 7))
    let (sound, summary, notices) = try pair.record()
    #expect(abs(summary.seconds - 7) < 0.1)
    guard case .lost(let lost)? = notices.first, case .back(_, let gap)? = notices.last else {
      Issue.record("\(notices)")
      return
    }
    #expect(abs(lost - 2) < 0.001)
    #expect(abs(gap - 2) < 0.1)
    let after = Int(4.5 * 48_000)..<Int(6.5 * 48_000)
    #expect(after.allSatisfy { abs(way(sound[0][$0], sound[1][$0])) < 240 })
  }

  @Test func `what the first drops in an overrun is silence in both`() throws {
    let pair = Pair(
      counting(seconds: 2) + [.overrun(.milliseconds(500))] + counting(seconds: 2, from: 120_000), counting(seconds: 5))
    let (sound, summary, notices) = try pair.record()
    #expect(abs(summary.missing - 0.5) < 0.03)
    #expect(notices.count == 1)
    #expect((3 * 48_000..<4 * 48_000).allSatisfy { abs(way(sound[0][$0], sound[1][$0])) < 240 })
  }
}

import Glibc
import Testing

@testable import AudioCapture

struct `The clock that ties time to frames` {
  let base = SuspendingClock.now
  var clock: FrameClock { FrameClock(timeline: Timeline(base: base), rate: 48_000) }

  private func moment(_ seconds: Double) -> SuspendingClock.Instant { base + .seconds(seconds) }

  /// Reads every 20 ms of a device that began at 1 s and counts `rate` frames a second.
  private func run(
    _ clock: FrameClock, from first: Int = 1, to last: Int, rate: Double = 48_000, late: (Int) -> Double = { _ in 0 },
    lost: Int = 0
  ) {
    for read in first...last {
      let time = Double(read) * 0.02
      clock.observe(at: Int64((1 + time + late(read)) * 1e9), frames: Int((time * rate).rounded()) - lost)
    }
  }

  @Test func `the suspending clock is the monotonic one`() {
    func monotonic() -> Duration {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    // The two agree for good when no reading of one falls outside two readings of the other.
    let (start, began) = (SuspendingClock.now, monotonic())
    for _ in 0..<1000 {
      let before = monotonic() - began
      let between = start.duration(to: SuspendingClock.now)
      let after = monotonic() - began
      #expect(between >= before && between - after < .milliseconds(500))
    }
  }

  @Test func `it knows nothing before the first read and is right from then on`() {
    let clock = clock
    #expect(!clock.isRunning)
    #expect(clock.time(at: moment(5)) == 0)
    #expect(clock.frame(at: moment(5)) == nil)
    run(clock, to: 1)
    #expect(clock.isRunning)
    #expect(abs(clock.time(at: moment(1.5)) - 0.5) < 0.0001)
    #expect(clock.frame(at: moment(1.5)) == 24_000)
    #expect(clock.time(at: moment(0.2)) == 0)
  }

  @Test func `late wake-ups do not move it`() {
    let clock = clock
    run(clock, to: 500) { read in read % 3 == 0 ? 0.015 : read % 50 == 0 ? 0.3 : 0.0002 }
    #expect(abs(clock.time(at: moment(8)) - 7) < 0.0005)
  }

  @Test func `sound that comes in another's portions is not taken for late`() {
    let clock = clock
    // A server that hears 62.5 ms at a time, and a reader who looks every 100 ms.
    for read in 1...300 {
      let portions = (Double(read) * 0.1 / 0.0625).rounded(.down)
      clock.observe(at: Int64((1 + Double(read) * 0.1) * 1e9), frames: Int(portions * 3_000))
    }
    #expect(abs(clock.time(at: moment(31)) - 30) < 0.0001)
  }

  @Test func `it follows a quartz that runs fast`() throws {
    let clock = clock
    run(clock, to: 50_000, rate: 48_000 * 1.0001) { Double($0 % 7) * 0.0001 }  // 1000 s, 100 ppm, up to 0.6 ms late
    #expect(abs(clock.time(at: moment(1001)) - 1000.1) < 0.0001)
    #expect(clock.missing() == 0)
    let quality = try #require(clock.quality)
    #expect(abs(quality.drift - 100) < 2)
    #expect(quality.error < 0.0002)
  }

  @Test func `how far its predictions were off is told`() throws {
    let clock = clock
    #expect(clock.quality == nil)
    // Every other second the device is 4 ms late with everything.
    run(clock, to: 2_000) { $0 / 50 % 2 == 0 ? 0 : 0.004 }
    let quality = try #require(clock.quality)
    #expect(quality.error > 0.0015 && quality.error < 0.006)
    #expect(abs(quality.drift) < 100)
  }

  @Test func `sound that is left out without a word is noticed after two seconds`() {
    let clock = clock
    run(clock, to: 500)
    run(clock, from: 525, to: 600, lost: 24_000)
    #expect(clock.missing() == 0)
    run(clock, from: 601, to: 640, lost: 24_000)
    #expect(clock.missing() == 24_000)
    clock.correct(by: 24_000)
    #expect(clock.missing() == 0)
    run(clock, from: 641, to: 900)
    #expect(clock.missing() == 0)
    #expect(abs(clock.time(at: moment(19)) - 18) < 0.0001)
  }

  @Test func `sound that is only late is not missing`() {
    let clock = clock
    run(clock, to: 500)
    run(clock, from: 501, to: 580) { _ in 0.5 }
    #expect(clock.missing() == 0)
    run(clock, from: 581, to: 700)
    #expect(clock.missing() == 0)
  }

  @Test func `many reads at one moment cost no memory and no sense`() {
    let clock = clock
    for read in 1...5_000 { clock.observe(at: 1_000_000_000, frames: read % 7) }
    #expect(abs(clock.time(at: moment(2)) - 1) < 0.001)
  }
}

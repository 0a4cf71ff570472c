import TestSupport
import Testing

@testable import AudioCapture

/// The clock of another computer, found from presses of a key.
@Suite struct ClockAlignmentTests {
  /// A clock that is 90 s off and loses 100 parts per million: its time when the meeting's is `t`.
  private func other(_ t: Double) -> Double { (t - 90) / (1 + 100e-6) }

  /// The farthest that `alignment` is off anywhere in an hour.
  private func worst(_ alignment: ClockAlignment) -> Double {
    stride(from: 0.0, through: 3600, by: 10).map { abs(alignment.meetingTime(other($0)) - $0) }.max()!
  }

  @Test func `two presses an hour apart give offset and drift`() throws {
    let alignment = try #require(ClockAlignment(marks: [5, 3595].map(other), meeting: [5, 3595]))
    #expect(worst(alignment) < 0.001)
    #expect(abs(alignment.drift - 100) < 1 && alignment.knowsDrift && alignment.count == 2)
  }

  @Test func `presses that only one side has, and one that is wrong, do not matter`() throws {
    let meeting: [Double] = [5, 700, 1800, 2000, 2900, 3595]
    let presses: [Double] = [other(5) + 0.05, other(1800), 1850, other(2900) - 0.04, other(3400), other(3595)]
    let alignment = try #require(ClockAlignment(marks: presses, meeting: meeting))
    #expect(worst(alignment) < 0.1)
    #expect(alignment.count == 4)
  }

  @Test func `presses close together tell where it stands, not how it drifts`() throws {
    let alignment = try #require(ClockAlignment(marks: [5, 65].map { other($0) + 0.1 }, meeting: [5, 65]))
    #expect(!alignment.knowsDrift && alignment.drift == 0)
    #expect(worst(alignment) < alignment.error(at: other(3600)))
    #expect(alignment.error(at: other(3600)) > alignment.error(at: other(35)))
  }

  @Test(
    arguments: [
      ([], []), ([10], [20]), ([10, 500], [20]), ([10, 500], [20, 600]),  // nothing, too few, not the same presses
      ([10, 12], [30, 32]),  // a key pressed twice
      ([10, 20, 30, 40], [110, 120, 130, 140, 150]),  // the same again and again
      ([0, 1000], [0, 1000, 5000, 6000]),  // two ways
      ([.nan, .infinity, 5], [5, 5]),
    ] as [([Double], [Double])])
  func `it says that it cannot tell`(marks: [Double], meeting: [Double]) {
    #expect(ClockAlignment(marks: marks, meeting: meeting) == nil)
  }

  @Test func `any number of presses is dealt with at once`() {
    var random = Seeded(4)
    let many = (0..<20_000).map { _ in Double.random(in: 0...3600, using: &random) }
    _ = ClockAlignment(marks: many, meeting: many.shuffled(using: &random))
  }
}

import Coaching
import TalkAnalysis
import Testing

@Suite struct EventMatchingTests {
  @Test func `three moments two people marked are the same three`() {
    let matching = EventMatching([155.105, 169.855, 264.855], [156.405, 170.852, 264.606], within: 2)
    #expect(matching.pairs.map(\.second) == [0, 1, 2])
    #expect(matching.pairs.map(\.distance) == [1.3, 0.997, 0.249])
    #expect(matching.agreement == 1)
  }

  @Test func `kappa by seconds misses that, as the explanation says`() throws {
    func points(_ times: Double...) -> [CodedStretch] {
      times.map { CodedStretch(start: $0, end: nil, code: "moment") }
    }
    let overTime = try #require(
      TimeUnitAgreement(points(155.105, 169.855, 264.855), points(156.405, 170.852, 264.606)))
    #expect(overTime.kappa < 0)
    #expect(AgreementWords.singleEvents.contains("below 0"))
  }

  @Test func `more pairs come before near pairs`() {
    // 3 is nearest to 2.9, but then 1 would have nobody.
    let matching = EventMatching([1, 2.9], [3, 4.5])
    #expect(matching.pairs.map(\.second) == [0, 1])
  }

  @Test func `of as many pairs the nearest are taken, and what is left is told, by time`() {
    let matching = EventMatching([10, 0, 20, 30], [31, 11, 9.5, 50, 40])
    #expect(matching.pairs.map(\.first) == [0, 3])
    #expect(matching.pairs.map(\.second) == [2, 0])
    #expect(matching.onlyFirst == [1, 2])
    #expect(matching.onlySecond == [1, 4, 3])
    #expect(matching.agreement == 4.0 / 9)
    #expect(matching.shareOfFirst == 0.5)
    #expect(matching.shareOfSecond == 0.4)
  }

  @Test func `where two are as near, the later one is left out`() {
    #expect(EventMatching([1], [0, 2]).onlySecond == [1])
    #expect(EventMatching([0, 2], [1]).onlyFirst == [1])
    #expect(EventMatching([5, 5, 5], [5, 5]).onlyFirst == [2])
  }

  @Test func `the tolerance is included, whatever binary fractions make of it`() {
    // 1.1 − 0.6 is a little more than 0.5 to a computer.
    #expect(EventMatching([0.6], [1.1], within: 0.5).pairs.count == 1)
    #expect(EventMatching([0.6], [1.100_001], within: 0.5).pairs.isEmpty)
    #expect(EventMatching([3], [3], within: 0).pairs.count == 1)
    #expect(EventMatching([3], [3], within: -1).pairs.isEmpty)
  }

  @Test func `nothing agrees with nothing no further than that it is nothing`() {
    let none = EventMatching([], [])
    #expect(none.agreement == nil)
    #expect(none.shareOfFirst == nil)
    #expect(EventMatching([1], []).agreement == 0)
    #expect(EventMatching([1], []).shareOfFirst == 0)
    #expect(EventMatching([1], []).shareOfSecond == nil)
  }

  @Test func `times no meeting has do not stop it`() {
    #expect(EventMatching([.infinity, 1, .nan], [-.infinity, 1.5], within: .infinity).pairs.count == 2)
  }

  @Test func `ten thousand events each are matched`() {
    let times = (0..<10_000).map { Double($0) * 0.36 }
    let matching = EventMatching(times, times.reversed().map { $0 + 0.1 })
    #expect(matching.pairs.count == 10_000)
    #expect(matching.pairs.allSatisfy { $0.second == 9_999 - $0.first && $0.distance == 0.1 })
  }
}

@Suite struct TimeUnitTests {
  func coding(_ stretches: (Double, Double?, String)...) -> [CodedStretch] {
    stretches.map { CodedStretch(start: $0.0, end: $0.1, code: $0.2) }
  }

  @Test func `units run from the first start to the last end, both included`() throws {
    let ours = try #require(TimeUnitAgreement(coding((2, 5, "a")), coding((3, 7.5, "a"))))
    // At 2, 3, 4, 5, 6 and 7; both say a at 3, 4 and 5.
    #expect(ours.units == 6)
    #expect(ours.observed == 0.5)
  }

  @Test func `where two turns meet on a unit, both hold there`() throws {
    let ours = try #require(TimeUnitAgreement(coding((0, 2, "a"), (2, 4, "b")), coding((0, 1.5, "a"), (1.5, 4, "b"))))
    #expect(ours.units == 5)
    #expect(ours.observed == 0.8)
  }

  @Test func `a point midway between two units holds at both`() throws {
    let ours = try #require(
      TimeUnitAgreement(coding((0, 4, "a"), (1.5, nil, "p")), coding((0, 4, "a"), (1.4, nil, "p"))))
    #expect(ours.observed == 0.8)
  }

  @Test func `nothing to compare with, and nothing to tell apart`() {
    #expect(TimeUnitAgreement([], coding((0, 1, "a"))) == nil)
    #expect(TimeUnitAgreement(coding((0, 1, "a")), coding((0, 1, "a")))?.kappa == 1)
  }

  @Test func `stretches that cannot be do not stop it`() {
    #expect(TimeUnitAgreement(coding((5, 3, "a")), coding((4, 6, "a")), unit: 0) != nil)
    #expect(TimeUnitAgreement(coding((-.infinity, .nan, "a")), coding((4, .infinity, "a")), unit: .nan) != nil)
  }
}

@Suite struct KappaTests {
  @Test func `one label all along leaves kappa undefined, and the agreement full`() {
    let kappa = CohenKappa(zip(["a", "a"], ["a", "a"]))
    #expect(kappa.value == nil)
    #expect(kappa.observed == 1)
    #expect(kappa.expected == 1)
    #expect(CohenKappa(zip([Int](), [])).observed == nil)
  }

  @Test func `the words follow the figure, and none of them is a mark`() {
    let figures: [Double?] = [nil, -0.5, 0.1, 0.3, 0.5, 0.7, 0.9]
    #expect(Set(figures.map(AgreementWords.reading)).count == figures.count)
    #expect(AgreementWords.reading(0.2) == AgreementWords.reading(-0.1))
    #expect(AgreementWords.reading(.nan) == AgreementWords.reading(nil))
    #expect(AgreementWords.bands.contains("a habit, not a law"))
  }
}

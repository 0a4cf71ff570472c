import Foundation
import TalkAnalysis
import Testing

/// Our figures against those of scikit-learn, the package krippendorff, BORIS and SciPy on the same random data, which
/// `Fixtures/make-agreement.py` wrote.
@Suite struct AgreementFigureTests {
  let others: OtherPrograms

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/agreement.json")
    others = try JSONDecoder().decode(OtherPrograms.self, from: Data(contentsOf: file))
  }

  @Test func `Cohen's kappa is scikit-learn's`() {
    #expect(others.kappa.count { $0.kappa != nil } >= 40)
    for (index, theirs) in others.kappa.enumerated() {
      let ours = CohenKappa(zip(theirs.first, theirs.second))
      #expect(ours.count == theirs.first.count)
      #expect(same(ours.value, theirs.kappa), "case \(index)")
      #expect(same(ours.observed, theirs.observed), "case \(index)")
    }
  }

  @Test func `Krippendorff's alpha is the package's, nominal and ordinal`() {
    #expect(others.alpha.count { $0.ordinal != nil } >= 40)
    for (index, theirs) in others.alpha.enumerated() {
      let units = theirs.coders[0].indices.map { unit in theirs.coders.compactMap { $0[unit] } }
      #expect(same(KrippendorffAlpha(nominal: units).value, theirs.nominal), "case \(index)")
      #expect(same(KrippendorffAlpha(ordinal: units).value, theirs.ordinal), "case \(index)")
    }
  }

  @Test func `time-unit kappa is BORIS's`() {
    #expect(others.units.count { $0.kappa != nil } >= 40)
    for (index, theirs) in others.units.enumerated() {
      let ours = TimeUnitAgreement(theirs.first.map(\.stretch), theirs.second.map(\.stretch), unit: theirs.unit)
      #expect((ours?.units ?? 0) == theirs.units, "case \(index)")
      #expect(same(ours?.kappa, theirs.kappa), "case \(index)")
      #expect(same(ours?.kappa, theirs.boris, within: 0.000501), "case \(index)")
    }
  }

  @Test func `a matching has the most pairs, and of those the least distance`() {
    #expect(others.matching.count >= 40)
    for (index, theirs) in others.matching.enumerated() {
      let ours = EventMatching(theirs.first, theirs.second, within: theirs.tolerance)
      #expect(ours.pairs.count == theirs.pairs, "case \(index)")
      #expect(same(ours.pairs.map(\.distance).reduce(0, +), theirs.distance), "case \(index)")
      #expect(ours.pairs.allSatisfy { $0.distance <= theirs.tolerance })
      #expect((ours.pairs.map(\.first) + ours.onlyFirst).sorted() == Array(theirs.first.indices))
      #expect((ours.pairs.map(\.second) + ours.onlySecond).sorted() == Array(theirs.second.indices))
      #expect(ours.pairs.allSatisfy { same($0.distance, abs(theirs.first[$0.first] - theirs.second[$0.second])) })
    }
  }

  private func same(_ ours: Double?, _ theirs: Double?, within error: Double = 1e-9) -> Bool {
    if let ours, let theirs { abs(ours - theirs) <= error } else { ours == nil && theirs == nil }
  }
}

/// What is in the file. `nil` is where the other program gives nan, or refuses.
struct OtherPrograms: Decodable, Sendable {
  struct Kappa: Decodable {
    var first: [String]
    var second: [String]
    var observed: Double?
    var kappa: Double?
  }

  struct Alpha: Decodable {
    var coders: [[Int?]]
    var nominal: Double?
    var ordinal: Double?
  }

  struct Units: Decodable {
    var first: [Stretch]
    var second: [Stretch]
    var unit: Double
    var units: Int
    var kappa: Double?
    var boris: Double?
  }

  struct Stretch: Decodable {
    var stretch: CodedStretch

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      stretch = try CodedStretch(
        start: values.decode(Double.self), end: values.decode(Double?.self), code: values.decode(String.self))
    }
  }

  struct Matching: Decodable {
    var first: [Double]
    var second: [Double]
    var tolerance: Double
    var pairs: Int
    var distance: Double
  }

  var kappa: [Kappa]
  var alpha: [Alpha]
  var units: [Units]
  var matching: [Matching]
}

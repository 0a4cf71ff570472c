import Coaching
import Testing

@testable import TalkAnalysis

@Suite struct AgreementReportTests {
  func tagged(_ turns: (Double, Turn)...) -> [TaggedTurn] {
    turns.enumerated().map { TaggedTurn(number: $0.offset + 2, t: $0.element.0, turn: $0.element.1) }
  }

  func report(_ taggers: [TaggedTurn]..., duration: Double = 60) -> AgreementReport {
    AgreementReport(zip(["Anna", "Ben", "Cleo"], taggers).map { ($0, $1) }, duration: duration)
  }

  func pair(_ report: AgreementReport, _ aspect: Aspect) throws -> PairAgreement {
    try #require(report.aspects.first { $0.aspect == aspect }?.pairs.first)
  }

  @Test func `turns of the same speaker are matched first, then what is left`() throws {
    let both = report(
      tagged((10, c()), (11, t()), (30, c())), tagged((9, t()), (10.5, c()), (30.5, t()), (50, c())))
    let matching = try #require(both.matchings.first)
    #expect(matching.pairs.map(\.first.t) == [10, 11, 30])
    #expect(matching.pairs.map(\.second.t) == [10.5, 9, 30.5])
    #expect(matching.onlySecond.map(\.t) == [50])
    #expect(matching.agreement == 6.0 / 7)
    let speaker = try pair(both, .speaker)
    #expect(speaker.compared == 3)
    #expect(speaker.disagreements.map(\.time) == [30])
    #expect(speaker.disagreements.map(\.firstSaid) == ["coach"])
    #expect(speaker.disagreements.map(\.secondSaid) == ["coachee"])
  }

  @Test func `what neither said is not compared, what one said is compared with not said`() throws {
    let both = report(
      tagged((0, c(scale: .lesson)), (10, t(scale: .moment)), (20, c())),
      tagged((0, c(scale: .lesson)), (10, t()), (20, c())))
    let scale = try pair(both, .dimension(.scale))
    #expect(scale.compared == 2)
    #expect(scale.observed == 0.5)
    #expect(scale.disagreements.map(\.secondSaid) == ["not said"])
    let stimulus = try pair(both, .dimension(.stimulus))
    #expect(stimulus.compared == 0)
    #expect(stimulus.observed == nil)
    #expect(stimulus.kappa == nil)
    #expect(stimulus.overTime == nil)
  }

  @Test func `a tag that can only say yes is not compared where neither of the two uses it`() throws {
    let three = report(tagged((0, c()), (10, t())), tagged((0, c()), (10, t())), tagged((0, c(co: true)), (10, t())))
    let builds = try #require(three.aspects.first { $0.aspect == .dimension(.coConstruction) })
    #expect(builds.pairs.map(\.compared) == [0, 2, 2])
    #expect(builds.pairs.map(\.observed) == [nil, 0.5, 0.5])
  }

  @Test func `disagreements come by the earlier tag, pairs by the first one's`() throws {
    let both = report(
      tagged((10, c(scale: .lesson)), (11, t(scale: .lesson)), (20, c(scale: .lesson))),
      tagged((9, t(scale: .moment)), (10.5, c(scale: .moment)), (20, c(scale: .moment))))
    #expect(try pair(both, .dimension(.scale)).disagreements.map(\.time) == [9, 10, 20])
    #expect(both.matchings[0].pairs.map(\.first.t) == [10, 11, 20])
  }

  @Test func `functions are compared as a set, and each as yes or no over all matched turns`() throws {
    let both = report(
      tagged((0, c(.question, .challenge)), (10, t(.defence)), (20, c())),
      tagged((0, c(.challenge, .question)), (10, t(.defence, .context)), (20, c())))
    let sets = try pair(both, .dimension(.function))
    #expect(sets.compared == 2)
    #expect(sets.disagreements.map(\.secondSaid) == ["context, defence"])
    #expect(try pair(both, .function(.question)).kappa == 1)
    let context = try pair(both, .function(.context))
    #expect(context.compared == 3)
    #expect(context.kappa == 0)
    #expect(context.disagreements.map { [$0.firstSaid, $0.secondSaid] } == [["no", "yes"]])
    #expect(
      both.aspects.dropFirst(9).map(\.aspect)
        == [.function(.question), .function(.challenge), .function(.context), .function(.defence)])
  }

  @Test func `who spoke does not enter into whether a turn is new or builds`() throws {
    let both = report(tagged((0, c(new: true, co: true)), (10, t())), tagged((0, t(new: true, co: true)), (10, t())))
    #expect(try pair(both, .dimension(.initiation)).kappa == 1)
    #expect(try pair(both, .dimension(.coConstruction)).kappa == 1)
    #expect(try pair(both, .speaker).kappa == 0)
  }

  @Test func `subjects are the same whatever their case and spaces`() throws {
    let both = report(tagged((0, t(subject: " Group  work"))), tagged((0, t(subject: "group work"))))
    #expect(try pair(both, .dimension(.subject)).observed == 1)
  }

  @Test func `a last turn lasts to the end, and long turns weigh more over time`() throws {
    let both = report(
      tagged((0, c(time: .past)), (9.5, t(time: .future))), tagged((0, c(time: .past)), (9.5, t(time: .past))),
      duration: 99.5)
    let overTime = try #require(try pair(both, .dimension(.time)).overTime)
    #expect(overTime.units == 100)
    #expect(overTime.observed == 0.1)
    #expect(try pair(both, .dimension(.time)).observed == 0.5)
  }

  @Test func `turns that say the same are one stretch`() {
    let turns = tagged((0, c(scale: .lesson)), (10, t(scale: .lesson)), (20, t()), (30, c(scale: .lesson)))
    #expect(
      Aspect.dimension(.scale).coding(turns, until: 40) == [
        CodedStretch(start: 0, end: 20, code: "lesson"), CodedStretch(start: 30, end: 40, code: "lesson"),
      ])
  }

  @Test func `alpha is over all who tagged the turn, in order for tone`() throws {
    let tones: [[Tone?]] = [
      [.negative, .neutral, .positive, nil], [.negative, .neutral, .veryPositive, .neutral], [.veryNegative, .neutral],
    ]
    let taggers = tones.map { tones in
      tones.enumerated().map { TaggedTurn(number: $0.offset, t: Double($0.offset) * 10, turn: c(tone: $0.element)) }
    }
    let three = report(taggers[0], taggers[1], taggers[2])
    #expect(three.matchings.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [1, 2]])
    let tone = try #require(three.aspects.first { $0.aspect == .dimension(.tone) })
    #expect(tone.alpha == KrippendorffAlpha(ordinal: [[1, 1, 0], [2, 2, 2], [3, 4], [2]]).value)
    #expect(tone.pairs.map(\.compared) == [4, 2, 2])
    #expect(three.aspects.first { $0.aspect == .dimension(.scale) }?.alpha == nil)
  }

  @Test func `alpha counts not said where somebody said something`() throws {
    let both = report(
      tagged((0, c(scale: .lesson)), (10, c(scale: .moment)), (20, c()), (30, c(scale: .moment))),
      tagged((0, c(scale: .lesson)), (10, c()), (20, c()), (30, c(scale: .moment))))
    #expect(
      both.aspects.first { $0.aspect == .dimension(.scale) }?.alpha
        == KrippendorffAlpha(nominal: [["l", "l"], ["m", "-"], ["m", "m"]]).value)
  }

  @Test func `one tagger, or none, or nothing tagged, leaves nothing to compare`() {
    #expect(report(tagged((0, c()))).aspects.allSatisfy { $0.pairs.isEmpty && $0.alpha == nil })
    #expect(report().matchings.isEmpty)
    let empty = report([], tagged((0, c(.question, new: true))))
    #expect(empty.matchings.map(\.agreement) == [0])
    #expect(empty.aspects.allSatisfy { $0.pairs.allSatisfy { $0.compared == 0 && $0.kappa == nil } })
  }

  @Test func `where most differ comes first, and what somebody left open is no difference`() throws {
    let three = report(
      tagged((0, c(.question)), (10, t(.defence, scale: .lesson)), (20, c(.question)), (30, c(new: true))),
      tagged((0, c(.question)), (10, c(.challenge)), (20, c(.summary)), (30, c())),
      tagged((0, c(.question, scale: .moment)), (10, c(.challenge)), (30, c(new: true))))
    #expect(three.differing.map(\.t) == [10, 20, 30])
    #expect(three.differing.map(\.weight) == [4, 3, 2])
    #expect(three.differing.map(\.missing) == [[], [2], []])
    let worst = three.differing[0].differences
    #expect(worst.map(\.aspect) == [.speaker, .dimension(.function)])
    #expect(worst[0].answers.map(\.said) == ["coach", "coachee"])
    #expect(worst[0].answers.map(\.by) == [[1, 2], [0]])
    #expect(three.differing[2].differences[0].answers.map(\.said) == ["yes", "no"])
    let same = tagged((0, c(.question)), (10, t()))
    #expect(report(same, same, same).differing.isEmpty)
  }

  @Test func `turns may come in any order`() {
    let turns = tagged((0, c(.question)), (10, t(.defence)), (20, c(.challenge)))
    #expect(report(turns.reversed(), turns) == report(turns, turns))
  }
}

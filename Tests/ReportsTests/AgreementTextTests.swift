import Coaching
import Foundation
import PromptLibrary
import TalkAnalysis
import Testing

@testable import Reports

/// What people who tagged the same meeting read about it.
@Suite struct AgreementTextTests {
  private func tagged(_ turns: [(Double, Turn)]) -> [TaggedTurn] {
    turns.enumerated().map { TaggedTurn(number: $0.offset + 2, t: $0.element.0, turn: $0.element.1) }
  }

  private func lines(_ first: [(Double, Turn)], _ second: [(Double, Turn)], moments: [[Double]] = [[], []]) -> [String]
  {
    AgreementText(
      AgreementReport([("Anna and Ben", tagged(first)), ("Cleo", tagged(second))], duration: 60), moments: moments,
      vocabulary: SampleMeeting.library.vocabulary, people: People(coach: "Anna", coachee: "Ben")
    ).lines
  }

  private let question = Turn(by: .coach, functions: [.question])
  private let suggestion = Turn(by: .coachee, functions: [.suggestion, .newIdea])

  @Test func `turns that one person has alone are listed with the rest, by time`() throws {
    let lines = lines(
      [(0, question), (10, suggestion), (20, question)],
      [(0.5, Turn(by: .coach, functions: [.challenge])), (20, question), (40, Turn(by: .coachee))])
    #expect(
      lines[0]
        == "Anna and Ben, beside Cleo: 2 turns are in both (starting within 2 seconds of each other), 1 only in the tags of Anna and Ben, 1 only in those of Cleo."
    )
    let start = try #require(lines.firstIndex(of: "To talk about:"))
    #expect(
      lines[(start + 1)...].prefix(3) == [
        "  0:00 interaction function: question (Anna and Ben) or challenge (Cleo)?",
        "  0:10 Ben: suggestion, new idea (Anna and Ben alone)", "  0:40 Ben (Cleo alone)",
      ])
  }

  @Test func `a group reads first where it differs most, and scripts are given the same`() throws {
    let all = [("Anna and Ben", question), ("Cleo", question), ("Dora", suggestion)].map { name, turn in
      (name, tagged([(0, question)] + (name == "Cleo" ? [] : [(10, turn)])))
    }
    let report = AgreementReport(all, duration: 60)
    let lines = AgreementText(
      report, moments: [[], [], []], vocabulary: SampleMeeting.library.vocabulary,
      people: People(coach: "Anna", coachee: "Ben")
    ).lines
    #expect(
      lines.prefix(3) == [
        "Where you differ most, all together (the most first):",
        "  0:10 who spoke: Anna (Anna and Ben) or Ben (Dora)? interaction function: question (Anna and Ben) or new idea, suggestion (Dora)? Not tagged by Cleo.",
        "",
      ])
    #expect(lines.contains("All together (Krippendorff’s alpha):"))
    let json = try JSONSerialization.jsonObject(
      with: JSONEncoder().encode(AgreementFigures(report, moments: [[], [], []])))
    let turn = try #require(((json as? [String: Any])?["differing"] as? [[String: Any]])?.first)
    #expect(turn["t"] as? Double == 10 && turn["weight"] as? Int == 4)
    #expect(turn["notTaggedBy"] as? [String] == ["Cleo"])
    #expect((turn["differences"] as? [[String: Any]])?.map { $0["aspect"] as? String } == ["speaker", "function"])
  }

  @Test func `no word is put to a handful of turns`() {
    let four = (0..<4).map { (Double($0) * 10, $0 % 2 == 0 ? question : suggestion) }
    #expect(lines(four, four).contains("  who spoke: 4 of 4 the same; too few to say more (kappa 1.00)"))
    let five = four + [(40, question)]
    #expect(lines(five, five).contains("  who spoke: 5 of 5 the same; see nearly the same (kappa 1.00)"))
  }

  @Test func `moments are told by who marked them, and one turn is one turn`() {
    let one = lines([(0, question)], [(1, question)], moments: [[5, 30], [6.3]])
    #expect(one[0].contains("1 turn is in both"))
    #expect(one[1] == "Critical moments: 1 marked by both; by one alone at 0:30.")
    let none = lines([(0, question)], [(30, question)])
    #expect(!none.contains { $0.hasPrefix("How often you said the same") })
  }
}

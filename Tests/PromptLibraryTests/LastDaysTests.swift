import Coaching
import Testing

@testable import PromptLibrary

@Suite struct LastDaysTests {
  private func read(_ part: String, id: String = "keep") -> ([Choices.Option], [PromptProblem]) {
    var reader = PromptReader(file: "agreement.md")
    let text = """
      # Ours

      - id: ours
      - stage: agreement
      - guide: C1

      ## How long

      - id: \(id)
      - asked: both
      - guide: D1

      How long?

      ### Choose one

      - term: This term
      - year: This year

      \(part)
      """
    let script = reader.script(text, for: nil)
    return (script?.prompts.first?.choices?.options ?? [], reader.problems)
  }

  @Test func `the days stand beside their choice`() {
    let (options, problems) = read("### Last days\n\n- term: 31 December, 30 april,31 Aug\n")
    #expect(problems == [])
    #expect(options.map { $0.lastDays.map(\.description) } == [["31 December", "30 April", "31 August"], []])
  }

  @Test func `a choice that has several ends with the first that comes`() throws {
    let options = read("### Last days\n\n- term: 31 December, 30 April, 31 August\n").0
    let began = try #require(Day(year: 2026, month: 11, day: 3))
    #expect(options[0].end(after: began)?.description == "31 December 2026")
    #expect(options[1].end(after: began) == nil)
  }

  @Test(arguments: [
    ("- term: 31 Novembr", 22, "'31 Novembr' is not a day of every year; write it like '31 August'"),
    ("- term: 31 August, 29 February", 22, "'29 February' is not a day of every year"),
    ("- trem: 31 August", 22, "the choice 'trem' is not known; did you mean 'term'?"),
    ("- year:", 22, "there is nothing after 'year:'"),
    ("- year: 31 August\n- year: 1 May", 23, "'year' is here twice"),
    ("– year: 31 August", 22, "this line begins with '–'"),
    ("On 31 August.", 22, "text is not shown here"),
  ])
  func `what is wrong is told with its line`(lines: String, line: Int, words: String) throws {
    let problems = read("### Last days\n\n\(lines)\n").1
    let problem = try #require(problems.first)
    #expect(problems.count == 1, "\(problems)")
    #expect(problem.line == line)
    #expect(problem.message.contains(words), "\(problem)")
  }

  @Test func `a slip in the heading is told, and read as it was meant`() {
    let (options, problems) = read("### Last day\n\n- year: 31 August\n")
    #expect(problems.map(\.message) == ["the part 'Last day' is not known; did you mean 'last days'?"])
    #expect(options[1].lastDays.map(\.description) == ["31 August"])
  }

  @Test func `under any other prompt it has nothing to say`() {
    let problems = read("### Last days\n\n- year: 31 August\n", id: "schedule").1
    #expect(problems.map(\.line) == [20])
  }
}

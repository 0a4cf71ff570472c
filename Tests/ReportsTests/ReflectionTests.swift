import Coaching
import Foundation
import PromptLibrary
import Testing

@testable import Reports

struct ReflectionTests {
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</style></title><b>", "# | `x` | <!-- ]]>",
    "\n\n# top\n- a\n> b", "[x](javascript:alert(1))", "\u{1B}]0;x\u{7}\u{202E}\u{0}", "{coach} {times} &lt;",
  ]

  static func hostileMeeting(_ text: String) -> SampleMeeting {
    var meeting = SampleMeeting(people: People(coach: text, coachee: text, observer: text), focus: text)
    meeting.add(1, .prompt(id: text))
    meeting.add(2, .note(text: text, prompt: text))
    meeting.add(3, .note(text: text, prompt: nil))
    meeting.add(4, .prompt(id: "post-opening"))
    meeting.add(5, .note(text: text, prompt: "post-opening"))
    meeting.add(6, .moment(text: text))
    meeting.add(7, .stimulus(.video, text: text, from: 1, to: 2))
    meeting.add(8, .feedback(text: text))
    meeting.add(9, .action(text: text))
    for speaker in Speaker.allCases {
      meeting.add(
        10, .turn(Turn(by: speaker, functions: [.init(rawValue: text)], new: true, co: true, subject: text, note: text))
      )
    }
    return meeting
  }

  @Test(arguments: hostile)
  func `hostile text in every field stays text in the page`(text: String) throws {
    let text = text + " waiting"
    let plain = try Parsed(Self.hostileMeeting("x waiting").reflection(audio: .recorded(file: "x", seconds: 20)).html)
    let page = try Parsed(Self.hostileMeeting(text).reflection(audio: .recorded(file: text, seconds: 20)).html)
    #expect(page.elements.map(\.name) == plain.elements.map(\.name))
    #expect(page.elements.map { $0.attributes.keys.sorted() } == plain.elements.map { $0.attributes.keys.sorted() })
    let said = page.all("p") { $0.attributes["class"] == "said" }.map(\.text)
    #expect(said.count == 7)
    #expect(said.allSatisfy { $0 == text.printable })
  }

  @Test(arguments: hostile)
  func `hostile text in every field starts nothing in Markdown`(text: String) {
    let text = text + " waiting"
    func shape(_ markdown: String) -> [String] {
      markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let starts = ["# ", "## ", "### ", "- ", "> ", "| ", "*"]
        let pipes = line.replacing("\\|", with: "").count { $0 == "|" }
        return (starts.first { line.hasPrefix($0) } ?? "") + String(repeating: "|", count: pipes)
      }
    }
    let markdown = Self.hostileMeeting(text).reflection(audio: .recorded(file: text, seconds: 20)).markdown
    #expect(
      shape(markdown)
        == shape(Self.hostileMeeting("x waiting").reflection(audio: .recorded(file: "x", seconds: 20)).markdown))
    for sign in ["<", "[", "`"] { #expect(!markdown.replacing("\\" + sign, with: "").contains(sign)) }
    #expect(!markdown.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
  }

  @Test func `both forms say the same, the pair's own words first`() throws {
    let reflection = SampleMeeting.full.reflection(audio: SampleMeeting.recorded)
    let markdown = reflection.markdown
    let sections = try Parsed(reflection.html).all("h2").map(\.text)
    #expect(sections == markdown.split(separator: "\n").filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) })
    #expect(sections.prefix(2) == ["In your own words", "What you want to try next"])
    #expect(markdown.contains("*For Anna and Ben alone. Nobody else is sent this.*"))
    #expect(markdown.contains("- **36:42** Monday, 8B: wait after every question, and count who speaks"))
    #expect(
      markdown.contains("| 5:31 | Ben | Dissonance | subject matter: wait time; scale: Moment; stimulus: Video |"))
  }

  @Test func `what did not come up is named`() {
    let reflection = SampleMeeting.full.reflection()
    #expect(reflection.profile(.function).absenceInWords == "Did not come up: Summary.")
    #expect(reflection.profile(.stimulus).absent == ["Plan", "Notes", "Something else"])
    #expect(reflection.profile(.initiation).absent.isEmpty)
    #expect(!reflection.markdown.contains("%"))
  }

  @Test func `with few tags the page says that absence may mean nothing`() throws {
    var meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben"))
    meeting.add(60, .turn(Turn(by: .coach, functions: [.question])))
    let reflection = meeting.reflection()
    let text = "1 turn was tagged: 1 by Anna, 0 by Ben. That is not many, so what is missing below may only mean that "
    #expect(reflection.markdown.contains(text + "nobody tagged it."))
    let main = try #require(Parsed(reflection.html).all("main").first)
    #expect(main.text.contains(text))
    #expect(
      main.text.contains("Nobody tagged: initiation, subject matter, scale, time, stimulus, tone, co-construction."))
  }

  @Test func `an empty meeting is a short page`() throws {
    let reflection = SampleMeeting(people: People(coach: "Anna", coachee: "Ben")).reflection()
    let page = try Parsed(reflection.html)
    #expect(page.all("table").isEmpty && page.all("svg").isEmpty)
    #expect(page.all("section").count == 7)
    #expect(reflection.markdown.contains("No notes were taken this time."))
    #expect(reflection.markdown.contains("No turns were tagged."))
  }

  @Test func `nothing is suggested after a meeting that was over at once`() {
    let reflection = SampleMeeting(people: People(coach: "Anna", coachee: "Ben")).reflection()
    #expect(reflection.challenges.isEmpty)
  }

  @Test func `what was picked stands under its question, as it was put`() throws {
    var meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben"))
    meeting.add(5, .prompt(id: "post-close-level", level: 2))
    meeting.add(9, .chosen(prompt: "post-close-level", choices: ["level-2"]))
    meeting.add(10, .prompt(id: "post-moment", level: 4))
    meeting.add(20, .note(text: "the second question", prompt: "post-moment"))
    let reflection = meeting.reflection()
    let prompt = try #require(SampleMeeting.library.prompts.first { $0.id == "post-moment" })
    #expect(reflection.passages.map(\.picked.count) == [1, 0])
    #expect(reflection.passages.last?.question == prompt.wording[4])
    #expect(reflection.markdown.contains("✓ "))
  }

  @Test func `a lesson's page has its evidence by the time in the lesson, and nothing about turns`() throws {
    var meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben"), stage: .lesson)
    meeting.add(5, .evidence(.video, text: "two pupils *explain*", from: 760, to: 790))
    meeting.add(8, .evidence(.notes, text: "nobody starts", from: 125, to: nil))
    let reflection = meeting.reflection()
    #expect(reflection.observations.map(\.text) == ["nobody starts", "two pupils *explain*"])
    #expect(reflection.markdown.contains("- **12:40** two pupils \\*explain\\* (Video, until 13:10)"))
    #expect(!reflection.markdown.contains("Every tagged turn") && reflection.challenges.isEmpty)
    #expect(try Parsed(reflection.html).all("section").count == 4)
  }

  @Test func `a review's page says where the school stands, and is for those who took part`() throws {
    var meeting = SampleMeeting(people: People(group: ["Dana", "Eve"]), stage: .review)
    meeting.add(5, .prompt(id: "review-b2-3"))
    meeting.add(8, .chosen(prompt: "review-b2-3", choices: ["voluntary-own"]))
    meeting.add(9, .note(text: "mostly in science", prompt: "review-b2-3"))
    meeting.add(12, .action(text: "ask the governors"))
    let reflection = meeting.reflection()
    let options = SampleMeeting.library.prompts.first { $0.id == "review-b2-3" }?.choices?.options
    let option = try #require(options?.first { $0.key == "voluntary-own" })
    let main = try #require(Parsed(reflection.html).all("body").first?.text)
    for text in ["For those who took part", "Dana and Eve", option.text, option.remark ?? "-", "mostly in science"] {
      #expect(main.contains(text), "\(text)")
    }
    #expect(main.contains("ask the governors") && !main.contains("Focus"))
    #expect(reflection.html.contains("<title>Coaching review, Dana and Eve</title>"))
  }

  @Test func `a contract holds what was agreed as literal text, and only the parts that apply`() {
    let contract = SampleMeeting.library.contract!
    let names = Placeholders(people: People(coach: "Anna", coachee: "Ben"), focus: nil)
      .with("schedule", "Tue *3 pm*").with("keep", "Not agreed yet.")
    let text = contract.markdown(names: names, holds: [.noFocus])
    #expect(text.contains("Tue \\*3 pm\\*") && text.contains("Not agreed yet."))
    #expect(!text.contains("{focus}") && !text.contains("the observer"))
    #expect(contract.markdown(names: names, holds: [.observer]).contains("the observer"))
  }

  @Test func `damaged lines are owned up to`() {
    let meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben"))
    #expect(meeting.reflection(damagedLines: [14, 15]).markdown.contains("2 lines of the journal (14, 15) could not"))
    #expect(meeting.reflection(damagedLines: [14]).markdown.contains("One line of the journal (14) could not be read"))
    #expect(!meeting.reflection().markdown.contains("could not be read"))
  }

  @Test func `a triad's feedback is under the observer's name`() {
    #expect(SampleMeeting.full.reflection().markdown.contains("### Feedback from Cleo\n\n- **9:40** Anna, you counted"))
  }

  @Test(arguments: [
    (
      1, true, [InteractionFunction.acceptance],
      "1 challenge, met with acceptance. Going by the notes, it was put as “we”."
    ),
    (1, true, [.continuity], "1 challenge. It got no answer in the next turns."),
    (2, true, [.defence], "2 challenges, met with a defence twice. Going by the notes, 2 were put as “we”."),
    (1, false, [], "1 challenge. Going by the notes, it was put as “we”."),
  ])
  func `one challenge and several are told in sentences`(
    count: Int, isAnswered: Bool, answer: [InteractionFunction], sentence: String
  ) {
    var meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben"))
    for index in 0..<count {
      let t = Double(index) * 100
      meeting.add(t, .turn(Turn(by: .coach, functions: [.challenge], note: "are we sure?")))
      if isAnswered { meeting.add(t + 10, .turn(Turn(by: .coachee, functions: answer))) }
    }
    #expect(meeting.reflection().markdown.contains(sentence), "\(meeting.reflection().markdown)")
  }

  @Test func `what became of a moment is told as far as the tags go`() {
    func told(_ turns: [Turn], moments: [Double]) -> String {
      var meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben"))
      for (index, turn) in turns.enumerated() { meeting.add(Double(index) * 10, .turn(turn)) }
      for moment in moments { meeting.add(moment, .moment(text: nil)) }
      return meeting.reflection().markdown
    }
    let question = Turn(by: .coach, functions: [.question])
    let close = Turn(by: .coachee, functions: [.explanation], scale: .moment)
    #expect(
      told([question, question], moments: [5]).contains(
        "1 moment was marked. No turn soon after was tagged as being about it."))
    #expect(told([question], moments: [5]).contains("1 moment was marked. Nothing was tagged after that."))
    #expect(told([question, close], moments: [5, 6]).contains("2 moments were marked. The talk stayed with both."))
  }

  @Test func `moves are told by how often they were made`() {
    func told(_ scales: [Scale]) -> String {
      var meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben"))
      for (index, scale) in scales.enumerated() {
        meeting.add(Double(index) * 10, .turn(Turn(by: .coach, functions: [.question], scale: scale)))
      }
      return meeting.reflection().markdown
    }
    #expect(told([.lesson, .moment]).contains("1 move between sizes: from lesson to moment."))
    #expect(
      told([.lesson, .moment, .lesson, .moment]).contains(
        "3 moves between sizes, most often from lesson to moment (2)."))
  }

  @Test func `long lists of times are cut short in a sentence, not in the links`() throws {
    #expect(Reflection.phrase([]) == "")
    #expect(Reflection.phrase([190]) == "3:10")
    #expect(Reflection.phrase([190, 462, 541]) == "3:10, 7:42 and 9:01")
    #expect(Reflection.phrase((0..<12).map { Double($0) * 60 }) == "0:00, 1:00, 2:00 and 9 more")
    var meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben"))
    for index in 0..<12 {
      meeting.add(Double(index) * 60, .turn(Turn(by: .coach, functions: [.question], new: true)))
    }
    let suggested = try #require(
      meeting.reflection().challenges.first { $0.challenge.condition == "coach-starts-everything" })
    #expect(suggested.reason.contains("(12 of them"))
    #expect(suggested.places.count == 12)
  }

  @Test func `the prompts' code marks are dropped, those in a name are kept`() throws {
    var meeting = SampleMeeting(people: People(coach: "`Anna`", coachee: "`Ben`"))
    meeting.add(300, .note(text: "n", prompt: nil))
    let reflection = meeting.reflection()
    let suggested = try #require(reflection.challenges.first { $0.challenge.condition == "no-action" })
    #expect(suggested.challenge.attempt.contains("`/action`"))
    #expect(suggested.attempt.contains(" /action "))
    #expect(reflection.html.contains("For `Anna` and `Ben` alone."))
  }

  @Test func `the same meeting makes the same page`() {
    let audio = SampleMeeting.recorded
    #expect(SampleMeeting.full.reflection(audio: audio).html == SampleMeeting.full.reflection(audio: audio).html)
    #expect(
      SampleMeeting.full.reflection(audio: audio).markdown == SampleMeeting.full.reflection(audio: audio).markdown)
  }

  @Test func `the date is written out in British English`() {
    let when = SampleMeeting.full.reflection().page.facts[0].value
    #expect(when.wholeMatch(of: /Tuesday 14 November 2023, \d\d:\d\d|Wednesday 15 November 2023, \d\d:\d\d/) != nil)
  }
}

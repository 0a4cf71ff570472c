import Coaching
import Testing

@testable import Chat

@Suite struct TagParserTests {
  private func turn(_ text: String) throws(Complaint) -> Turn {
    try TagParser(functions: InteractionFunction.standard).turn(by: .coach, Substring(text))
  }

  @Test func `every dimension can be tagged in one line`() throws {
    let text =
      #"question,challenge new co subject="wait time" stimulus=pupil-work scale=moment time=past tone=-- : why: there?"#
    #expect(
      try turn(text)
        == Turn(
          by: .coach, functions: [.question, .challenge], new: true, co: true, subject: "wait time",
          stimulus: .pupilWork,
          scale: .moment, time: .past, tone: .veryNegative, note: "why: there?"))
  }

  @Test(arguments: [
    ("q", [InteractionFunction.question]), ("new-", [.newIdea]), ("expl, just", [.explanation, .justification]),
    ("question,question", [.question]), ("cont", []), ("", []),
  ])
  func `functions may be shortened while they are the only one`(text: String, functions: [InteractionFunction]) throws {
    if text == "cont" {
      #expect(throws: Complaint(.data, "cont could be context or continuity; type one more letter.")) { try turn(text) }
    } else {
      #expect(try turn(text).functions == functions)
    }
  }

  @Test func `new and co are marks, not functions`() throws {
    #expect(try turn("new") == Turn(by: .coach, new: true))
    #expect(try turn("co") == Turn(by: .coach, co: true))
  }

  @Test func `a note may stand directly behind the function`() throws {
    #expect(try turn("question: who waits?") == Turn(by: .coach, functions: [.question], note: "who waits?"))
    #expect(try turn("question :").note == nil)
  }

  @Test(arguments: [
    ("questoin", "did you mean question"), ("x", "there are question"), ("q scale=huge", "there are moment"),
    ("q tone=5", "The tone is one of"), ("q colour=red", "there are subject="), ("q subjct=x", "did you mean subject="),
    ("q subject=\"open", "not closed"),
  ])
  func `what is wrong is said with what was meant`(text: String, hint: String) {
    let complaint = #expect(throws: Complaint.self) { try turn(text) }
    #expect(complaint?.message.contains(hint) == true, "\(complaint?.message ?? "")")
    #expect(complaint?.status == .data)
  }

  @Test func `quotes keep words together and apostrophes are letters`() throws {
    let arguments = try Arguments(
      #"coach="Mary Ann" coachee=O'Brien observer='Jo B'"#, keys: ["coach", "coachee", "observer"])
    #expect(arguments.values == ["coach": "Mary Ann", "coachee": "O'Brien", "observer": "Jo B"])
  }

  @Test func `an error never repeats what a person said`() {
    let secret = "secretword secretly"
    for text in ["q scale=\(secret)", "q tone=\(secret)", "\(secret)", "q time=\(secret) : \(secret)"] {
      let complaint = #expect(throws: Complaint.self) { try turn(text) }
      #expect(complaint?.message.contains("secret") == false)
    }
  }
}

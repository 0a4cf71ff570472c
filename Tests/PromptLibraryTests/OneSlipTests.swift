import Coaching
import Foundation
import TalkAnalysis
import Testing

@testable import PromptLibrary

/// One slip of the fingers gives one message, on its line, and takes nothing else with it.
@Suite struct OneSlipTests {
  static let names = AnalysisNames(
    conditions: Set(Condition.allCases.map(\.rawValue)), signs: Set(Sign.allCases.map(\.rawValue)),
    nudges: Set(Occasion.allCases.map(\.rawValue)))
  /// Read once: it takes a while.
  static let builtIn = Library.load(nil, names: names)

  /// Where in a file, what is put there instead, in which of its lines it is told, and how.
  struct Slip: CustomTestStringConvertible, Sendable {
    var name: String
    var part: String
    var instead: String
    /// Counted from the line that `part` begins in.
    var line = 0
    var words: String
    var testDescription: String { "\(name): \(instead.debugDescription)" }
  }

  /// Slips that are read as they were meant.
  static let mended: [Slip] = [
    // Dashes and bullets.
    Slip(
      name: "meetings/pre-lesson.md", part: "- level: 2", instead: "– level: 2",
      words: "this line begins with '–'; type a plain '-' and a space"),
    Slip(name: "techniques.md", part: "- asked", instead: "— asked", words: "this line begins with '—'"),
    Slip(name: "challenges.md", part: "- id", instead: "• id", words: "this line begins with '•'"),
    Slip(name: "contract.md", part: "- when", instead: "− when", words: "this line begins with '−'"),
    Slip(
      name: "themes/group-work.md", part: "- after", instead: "-\tafter", words: "a plain space is missing after '-'"),
    Slip(name: "guide/talk.md", part: "- guide", instead: "-\u{A0}guide", words: "a plain space is missing after '-'"),
    Slip(name: "nudges.md", part: "- condition", instead: "-condition", words: "a plain space is missing after '-'"),
    Slip(name: "levels.md", part: "- id: level-2", instead: "\\- id: level-2", words: "this line begins with '\\-'"),
    Slip(name: "meetings/lesson.md", part: "- asked", instead: "asked", words: "a '-' and a space are missing before"),
    Slip(name: "meetings/pre-lesson.md", part: "- level 3:", instead: "– level 3:", words: "this line begins with '–'"),
    Slip(name: "meetings/review.md", part: "- voluntary-own:", instead: "•\tvoluntary-own:", words: "this line begins"),
    // Colons.
    Slip(
      name: "meetings/pre-lesson.md", part: "- guide: C", instead: "- guide C",
      words: "a colon is missing after 'guide'"),
    Slip(name: "meetings/pre-lesson.md", part: "- id: ", instead: "- id ", words: "a colon is missing after 'id'"),
    Slip(name: "challenges.md", part: "- for: ", instead: "- for ", words: "a colon is missing after 'for'"),
    Slip(
      name: "themes/group-work.md", part: "- stage: ", instead: "- stage; ", words: "a colon is missing after 'stage'"),
    Slip(
      name: "meetings/pre-lesson.md", part: "- level 2: ", instead: "- level 2 ",
      words: "a colon is missing after 'level 2'"),
    // Headings.
    Slip(name: "challenges.md", part: "### Try", instead: "###Try", words: "a plain space is missing after '###'"),
    Slip(name: "techniques.md", part: "\n## ", instead: "\n##", line: 1, words: "a plain space is missing after '##'"),
    Slip(
      name: "vocabulary.md", part: "### Recall", instead: "###\u{A0}Recall",
      words: "a plain space is missing after '###'"),
    Slip(
      name: "meetings/lesson.md", part: "# The lesson", instead: "#The lesson",
      words: "a plain space is missing after '#'"),
    Slip(
      name: "meetings/lesson.md", part: "# The lesson", instead: "The lesson",
      words: "the file should begin with a title"),
    Slip(
      name: "guide/talk.md", part: "## Tone\n", instead: "Tone\n", words: "this line should be a heading: '## Tone'"),
    Slip(
      name: "vocabulary.md", part: "## Tone\n", instead: "Tone\n", words: "this line should be a heading: '## Tone'"),
    Slip(
      name: "vocabulary.md", part: "### Plan\n", instead: "Plan\n", words: "this line should be a heading: '### Plan'"),
    Slip(
      name: "guide/talk.md", part: "## Tone\n", instead: "**Tone**\n", words: "this line should be a heading: '## Tone'"
    ),
    Slip(
      name: "meetings/lesson.md", part: "### Why\n", instead: "Why\n",
      words: "this line should be a heading: '### Why'"),
    Slip(
      name: "challenges.md", part: "### Try\n", instead: "## Try\n",
      words: "this heading should have three marks: '### Try'"),
    // The name of the file says it.
    Slip(
      name: "guide/talk.md", part: "- id: talk\n", instead: "", line: -2,
      words: "'The talk itself' needs a line '- id: …'"),
    Slip(
      name: "meetings/lesson.md", part: "- stage: lesson\n", instead: "", line: -3,
      words: "'The lesson and its evidence' needs a line '- stage: …'"),
    // Words that are near another.
    Slip(
      name: "challenges.md", part: "- for:", instead: "- fro:",
      words: "the setting 'fro' is not known; did you mean 'for'?"),
    Slip(
      name: "meetings/pre-lesson.md", part: "- asked:", instead: "- askd:", words: "the setting 'askd' is not known"),
    Slip(
      name: "meetings/post-lesson.md", part: "- stage:", instead: "- stge:", words: "the setting 'stge' is not known"),
    Slip(
      name: "techniques.md", part: "### While you watch", instead: "### While you wach",
      words: "the part 'While you wach'"),
    Slip(
      name: "challenges.md", part: "### Try", instead: "### Tyr",
      words: "the part 'Tyr' is not known; did you mean 'try'?"),
    // Ids that are written otherwise.
    Slip(
      name: "themes/group-work.md", part: "- id: group-work", instead: "- id: Group work",
      words: "the id 'Group work' should have only small letters, figures and hyphens; write 'group-work'"),
    Slip(
      name: "meetings/pre-lesson.md", part: "- id: pre-surprise", instead: "- id: Pre_Surprise",
      words: "the id 'Pre_Surprise' should have only small letters, figures and hyphens; write 'pre-surprise'"),
  ]

  /// Slips of which only what they stand in is left out.
  static let lost: [Slip] = [
    Slip(
      name: "meetings/pre-lesson.md", part: "- id: pre-surprise", instead: "- **id**: pre-surprise",
      words: "a line with '-' should be a setting"),
    Slip(
      name: "meetings/review.md", part: "- voluntary-own: ", instead: "- voluntary-own ",
      words: "a choice should be written"),
    Slip(
      name: "vocabulary.md", part: "- id: question", instead: "- id: qestion",
      words: "'qestion' is not a value of function; did you mean 'question'?"),
    Slip(
      name: "vocabulary.md", part: "- id: moment", instead: "- id: momnet",
      words: "'momnet' is not a value of scale; did you mean 'moment'?"),
    Slip(
      name: "meetings/lesson.md", part: "- when: video", instead: "- when: vidio",
      words: "'vidio' is not one of the values of 'when'; did you mean 'video'?"),
    Slip(
      name: "meetings/pre-lesson.md", part: "- asked: coachee", instead: "- asked: group",
      words: "'group' is not one of the values of 'asked'; they are coach, coachee, both, observer"),
    Slip(
      name: "meetings/review.md", part: "- asked: group", instead: "- asked: coach",
      words: "'coach' is not one of the values of 'asked'; it can only be 'group'"),
    Slip(
      name: "themes/group-work.md", part: "- stage: post", instead: "- stage: review",
      words: "'review' is not one of the values of 'stage'; they are pre, lesson, post"),
    Slip(
      name: "themes/group-work.md", part: "- asked: coachee", instead: "- asked: pupils",
      words: "'pupils' is not one of the values of 'asked'"),
    Slip(
      name: "themes/group-work.md", part: "- asked: coachee\n", instead: "", line: -5,
      words: "'Does it need a group' needs a line '- asked: …'"),
    Slip(
      name: "themes/group-work.md", part: "- id: principles", instead: "- id: principels",
      words: "the collection 'principels' is not known; did you mean 'principles'?"),
    Slip(
      name: "meetings/pre-lesson.md", part: "- id: pre-surprise", instead: "- id:",
      words: "there is nothing after 'id:'"),
    Slip(
      name: "meetings/lesson.md", part: "- when: video", instead: "- when:", words: "there is nothing after 'when:'"),
    Slip(
      name: "meetings/lesson.md", part: "- asked: both", instead: "- asked:", words: "there is nothing after 'asked:'"),
    Slip(name: "challenges.md", part: "- level: 3", instead: "- level:", words: "there is nothing after 'level:'"),
    Slip(
      name: "challenges.md", part: "- condition: no-challenge", instead: "- condition:",
      words: "there is nothing after 'condition:'"),
    Slip(name: "techniques.md", part: "- guide: D5", instead: "- guide:", words: "there is nothing after 'guide:'"),
    Slip(
      name: "meetings/pre-lesson.md", part: "### Listen for\n\n", instead: "### Listen for\n\nWords.\n\n", line: 2,
      words: "text is not shown here"),
    Slip(
      name: "meetings/post-lesson.md", part: "### Listen for", instead: "### Why\n\nOnce more.\n\n### Listen for",
      words: "'Why' is here twice; only the first is used"),
    Slip(
      name: "techniques.md", part: "### Listen for\n", instead: "", line: 1,
      words: "a list is not shown here"),
    Slip(
      name: "meetings/lesson.md", part: "- when: video", instead: "- when: video, pre, no-pre",
      words: "'pre' and 'no-pre' never hold together"),
    Slip(
      name: "themes/group-work.md", part: "- after: pre-learning", instead: "- after: grp-need",
      words: "'after' names this prompt itself"),
    Slip(
      name: "meetings/post-lesson.md", part: "- recalls: pre-evidence", instead: "- recalls: pre-evidense",
      words: "'recalls' names 'pre-evidense', and no prompt has that id; did you mean 'pre-evidence'?"),
    Slip(
      name: "guide/talk.md", part: "Coaching is", instead: "{coachs} is", words: "the name in braces 'coachs' is not"),
    Slip(
      name: "vocabulary.md", part: "Eight things", instead: "{tings}", words: "the name in braces 'tings' is not known"),
    Slip(name: "challenges.md", part: "{coachee}", instead: "{coachee", words: "a '}' is missing after '{coachee'"),
    Slip(name: "challenges.md", part: "{coachee}", instead: "{{coachee}}", words: "one brace on each side is enough"),
  ]

  /// The library with `slip` in one of its files, and the line that it is told in.
  private func library(with slip: Slip) throws -> (library: Library, told: [PromptProblem], line: Int) {
    let folder = try Folder()
    var text = try #require(BuiltInPrompts.files.first { $0.name == slip.name }).text
    let place = try #require(text.firstRange(of: slip.part))
    let line = text[..<place.lowerBound].count { $0 == "\n" } + 1 + slip.line
    text.replaceSubrange(place, with: slip.instead)
    try folder.write(slip.name, text)
    let library = Library.load(folder.path, names: Self.names)
    return (library, library.problems, line)
  }

  @Test(arguments: mended) func `what can be read as it was meant is, and told once`(slip: Slip) throws {
    let (library, told, line) = try library(with: slip)
    #expect(told.map(\.line) == [line], "\(told)")
    #expect(told.first?.message.hasPrefix(slip.words) == true, "\(told)")
    var expected = Self.builtIn
    expected.problems = told
    #expect(library == expected)
  }

  @Test(arguments: lost) func `what cannot is told once, and nothing follows from it`(slip: Slip) throws {
    let (library, told, line) = try library(with: slip)
    #expect(told.map(\.line) == [line], "\(told)")
    #expect(told.first?.message.hasPrefix(slip.words) == true, "\(told)")
    let all = Self.builtIn
    #expect(library.prompts.count >= all.prompts.count - 1)
    #expect(library.vocabulary.functions == InteractionFunction.standard)
    #expect(library.contract == all.contract && library.scripts.count == all.scripts.count)
  }

  @Test(arguments: BuiltInPrompts.files.map(\.name)) func `a heading that is missing is told once, above its id`(
    name: String
  ) throws {
    let lines = try #require(BuiltInPrompts.files.first { $0.name == name }).text.split(
      separator: "\n", omittingEmptySubsequences: false)
    let headings = lines.indices.filter { index in
      lines[index].hasPrefix("##") && lines.dropFirst(index + 2).first?.hasPrefix("- id:") == true
    }
    // The first in the challenges is below the title, which has no settings and so nothing to tell it by.
    for index in [headings.dropFirst().first, headings.last].compactMap(\.self) {
      let folder = try Folder()
      try folder.write(name, (lines[..<index] + lines[(index + 1)...]).joined(separator: "\n"))
      let library = Library.load(folder.path, names: Self.names)
      #expect(library.problems.map(\.line) == [index + 2], "\(library.problems)")
      #expect(library.problems.first?.message.contains("seems to be missing above this line") == true)
      #expect(library.prompts.map(\.id) == Self.builtIn.prompts.map(\.id))
    }
  }

  @Test func `a part of the contract without its heading is told by its 'when'`() throws {
    let folder = try Folder()
    let text = try #require(BuiltInPrompts.files.first { $0.name == "contract.md" }).text
    try folder.write("contract.md", text.replacing("## The observer promises\n", with: ""))
    let library = Library.load(folder.path, names: Self.names)
    #expect(library.problems.count == 1)
    #expect(library.problems.first?.message.hasPrefix("a heading such as '## Its title' seems to be missing") == true)
    #expect(library.contract?.sections.count { $0.when == [.observer] } == 1)
  }

  @Test func `a challenge needs a reason and something to say`() {
    var reader = PromptReader(file: "c.md")
    let text =
      "# C\n\n## One\n\n- id: one\n- condition: no-challenge\n- for: coach\n- guide: F4\n\n### Try\n\nSay it.\n"
    #expect(reader.challenges(text, conditions: [])?.count == 1)
    #expect(
      reader.problems.map(\.message) == [
        "the challenge 'one' has no reason under its heading",
        "the challenge 'one' has no line with '>' that somebody could say",
      ])
  }

  @Test func `a function that is missing is told, and can be tagged all the same`() throws {
    let folder = try Folder()
    let text = try #require(BuiltInPrompts.files.first { $0.name == "vocabulary.md" }).text
    let begin = try #require(text.firstRange(of: "### Question\n")).lowerBound
    let end = try #require(text[begin...].dropFirst().firstRange(of: "### ")).lowerBound
    try folder.write(
      "vocabulary.md", text[..<begin] + "### Silence\n\n- id: silence\n- guide: F1\n\nNobody talks.\n\n" + text[end...])
    let library = Library.load(folder.path, names: Self.names)
    #expect(
      library.problems.map(\.message) == ["'function' should also have 'question', each with a heading and its id"])
    #expect(library.vocabulary.functions == InteractionFunction.standard + [InteractionFunction(rawValue: "silence")])
  }

  @Test func `a file with a fault in every line is not told of for ever`() throws {
    let folder = try Folder()
    try folder.write(
      "nudges.md", "# N\n\n- guide: F3\n" + (1...300).map { "\n## \($0)\n\n- id: n\($0)\n\nText.\n" }.joined())
    let problems = Library.load(folder.path, names: Self.names).problems.filter { $0.line > 1 }
    #expect(problems.count == 101 && problems.last?.message == "… and more")
  }
}

/// A folder of prompts that is gone when the test is.
final class Folder {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("prompts-\(UUID().uuidString)").path

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: some StringProtocol) throws {
    let file = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try String(text).write(to: file, atomically: true, encoding: .utf8)
  }
}

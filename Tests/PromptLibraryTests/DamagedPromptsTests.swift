import Coaching
import Foundation
import Testing

@testable import PromptLibrary

@Suite struct DamagedPromptsTests {
  private func script(_ text: String) -> (MeetingScript?, [PromptProblem]) {
    var reader = PromptReader(file: "post.md")
    return (reader.script(text, for: .post), reader.problems)
  }

  private static let sound = """
    # Ours

    - id: ours
    - stage: post
    - guide: C4

    Welcome.

    ## One

    - id: one
    - asked: coachee
    - level: 2
    - guide: C4

    What now?

    ### Listen for

    - level 1: this: with a colon
    """

  @Test func `a school's id with capitals can be chosen and looked up`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("own-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/themes", withIntermediateDirectories: true)
    try "# Phones in class\n\n- id: Mobile-Phones\n- guide: E4\n\nAbout.\n".write(
      toFile: folder + "/themes/own.md", atomically: true, encoding: .utf8)
    let library = Library.load(folder, names: AnalysisNames())
    #expect(library.theme(named: "mobile-p")?.id == "Mobile-Phones")
    let choices = library.agreement?.prompts.first { $0.id == "theme" }?.choices
    #expect(choices?.keys(in: "mobile-phones") == ["Mobile-Phones"])
    for number in [Int.min, 0, Int.max] { #expect(choices?.keys(in: "\(number)") == nil) }
    let theme = try #require(library.theme("Mobile-Phones"))
    #expect(library.lookUp("Mobile-Phones") == .entries([library.entry(theme)]))
  }

  @Test func `a sound file is read as it stands`() throws {
    let (script, problems) = script(Self.sound)
    #expect(problems == [])
    let prompt = try #require(script?.prompts.first)
    #expect((script?.title, script?.opening) == ("Ours", "Welcome."))
    #expect((prompt.id, prompt.asked, prompt.level, prompt.question) == ("one", .coachee, 2, "What now?"))
    #expect(prompt.listenFor == [1: "this: with a colon"])
  }

  @Test(arguments: [
    ("# Ours", "Ours", 1, "begin with a title"), ("- stage: post\n", "", 1, "needs a line '- stage:"),
    ("stage: post", "stage: pots", 4, "did you mean 'post'?"), ("- id: one\n", "", 9, "needs a line '- id:"),
    ("- id: one", "- id: one two", 11, "write 'one-two'"),
    ("asked: coachee", "asked: pupils", 12, "they are coach, coachee"),
    ("level: 2", "level: two", 13, "should be 1, 2, 3 or 4"), ("What now?\n", "", 9, "has no question"),
    ("### Listen for\n", "", 19, "a heading such as '### Listen for'"),
    ("- level 1:", "- level 9:", 20, "should be 'level 1'"),
    ("- asked: coachee\n- level: 2\n- guide: C4\n", "- asked: coachee\n", 9, "naming its source"),
    ("### Listen for\n\n- level 1: this: with a colon", "### Choose one", 9, "offers choices and has none"),
  ])
  func `each kind of damage is told with its line and what to do`(
    part: String, instead: String, line: Int, words: String
  ) throws {
    let (_, problems) = script(Self.sound.replacing(part, with: instead, maxReplacements: 1))
    let problem = try #require(problems.first)
    #expect(problem.line == line, "\(problem)")
    #expect(problem.description.hasPrefix("post.md:\(line): "))
    #expect(problem.message.contains(words), "\(problem)")
  }

  @Test func `a prompt that is broken does not take the others with it`() {
    let two =
      Self.sound
      + "\n\n## Two\n\n- id: one\n- asked: both\n- guide: C4\n\nAgain?\n\n## Three\n\n- id: three\n- asked: both\n- guide: C4\n\nAnd?\n"
    let (script, problems) = script(two)
    #expect(script?.prompts.map(\.id) == ["one", "three"])
    #expect(problems.map(\.message) == ["the id 'one' is already used in line 11; each needs its own"])
  }

  @Test func `closing prompts come last wherever they stand`() {
    let text =
      Self.sound.replacing("- level: 2", with: "- level: 2\n- part: closing")
      + "\n\n## Two\n\n- id: two\n- asked: both\n- guide: C4\n\nAnd?\n"
    let (script, _) = script(text)
    #expect(script?.prompts.map(\.id) == ["two", "one"])
  }

  @Test func `a file that cannot be used is replaced by the built-in one, and that is told`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("prompts-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/vocabulary.md", withIntermediateDirectories: true)
    try Data([0x23, 0x20, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: folder + "/challenges.md"))
    let library = Library.load(folder, names: AnalysisNames(conditions: ["no-challenge"]))
    let builtIn = Library.load(nil, names: AnalysisNames(conditions: ["no-challenge"]))
    #expect(library.vocabulary == builtIn.vocabulary)
    #expect(library.challenges == builtIn.challenges)
    #expect(library.scripts == builtIn.scripts)
    let told = library.problems.map(\.description)
    #expect(told.contains { $0.hasPrefix(folder + "/vocabulary.md:1: ") && $0.contains("this is a folder") })
    #expect(told.contains { $0.hasPrefix(folder + "/challenges.md:1: ") && $0.contains("UTF-8") })
  }

  @Test func `a file from Notepad is read like any other`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("prompts-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/meetings", withIntermediateDirectories: true)
    let bytes = [0xEF, 0xBB, 0xBF] + Self.sound.replacing("\n", with: "\r\n").utf8
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/meetings/post-lesson.md"))
    let library = Library.load(folder, names: AnalysisNames(conditions: []))
    #expect(library.script(.post)?.title == "Ours")
    #expect(library.script(.post)?.prompts.map(\.question) == ["What now?"])
    #expect(!library.problems.contains { $0.file.hasSuffix("post-lesson.md") })
  }

  @Test func `an unknown condition of a challenge is told with the nearest`() {
    var reader = PromptReader(file: "c.md")
    let text = "# C\n\n## One\n\n- id: one\n- condition: no-chalenge\n- for: coach\n- guide: F4\n\nWhy.\n"
    #expect(reader.challenges(text, conditions: ["no-challenge"]) == nil)
    #expect(
      reader.problems.map(\.description) == [
        "c.md:6: 'no-chalenge' is not one of the values of 'condition'; did you mean 'no-challenge'?"
      ])
  }

  @Test func `a school may add a function, and nothing else`() {
    var reader = PromptReader(file: "v.md")
    let text =
      "# V\n\n## F\n\n- id: function\n- guide: F1\n\nM.\n\n### Silence\n\n- id: silence\n\nS.\n\n## S\n\n- id: scale\n- guide: F1\n\nM.\n\n### Galaxy\n\n- id: galaxy\n\nG.\n"
    let vocabulary = reader.vocabulary(text)
    #expect(vocabulary?.functions == InteractionFunction.standard + [InteractionFunction(rawValue: "silence")])
    #expect(vocabulary?.entry(.scale)?.values == [])
    #expect(reader.problems.filter { $0.line > 1 }.map(\.line).sorted() == [3, 16, 25])
    #expect(reader.problems.filter { $0.line == 1 }.count == 6)
  }
}

@Suite struct PlaceholdersTests {
  @Test func `names are filled in once, and unknown braces stay`() {
    let names = Placeholders(
      people: People(coach: "{coachee}", coachee: "Ben"), focus: nil, count: 3, times: ["0:10", "1:00"])
    #expect(names.fill("{coach} and {coachee}") == "{coachee} and Ben")
    #expect(names.fill("{focus}; {count} at {times}") == "the focus you agreed; 3 at 0:10, 1:00")
    #expect(names.fill("{actions}; {last-focus}") == "something new; what you looked at then")
    #expect(names.fill("{nobody} { {coachee} }") == "{nobody} { Ben }")
    #expect(names.fill("{") == "{")
    #expect(names.fill("{{coachee}{x{coachee}}{coachee") == "{Ben{xBen}{coachee")
  }

  @Test func `what people typed is set in quotation marks, once`() {
    let names = Placeholders(
      people: People(coach: "Anna", coachee: "Ben"), focus: "\"fewer questions\"", actions: ["wait", "count {coach}"],
      lastFocus: "Year 9")
    #expect(names.fill("{focus} after {last-focus}") == "“fewer questions” after “Year 9”")
    #expect(names.fill("{actions}") == "“wait” and “count {coach}”")
    #expect(names.with("keep", "a term").fill("{keep}, {coach}") == "a term, Anna")
  }
}

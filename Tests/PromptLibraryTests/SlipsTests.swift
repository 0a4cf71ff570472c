import Coaching
import Foundation
import TalkAnalysis
import Testing

@testable import PromptLibrary

/// Slips of the fingers in files that are otherwise as they are shipped: none is passed over, and none takes anything
/// else with it.
@Suite struct SlipsTests {
  private static let conditions = Set(Condition.allCases.map(\.rawValue))
  private static let names = BuiltInPrompts.files.map(\.name)

  private static let agreementKeys =
    Library.load(nil, names: AnalysisNames(conditions: conditions)).agreement?.prompts.map(\.id) ?? []

  private func shipped(_ name: String) -> String { BuiltInPrompts.files.first { $0.name == name }!.text }

  /// The ids in a file, and what is wrong with it.
  private func read(_ name: String, _ text: String) -> (ids: [String], problems: [PromptProblem]) {
    var reader = PromptReader(file: name)
    let ids =
      switch name {
      case "vocabulary.md":
        reader.vocabulary(text)?.entries.flatMap { entry in
          [entry.dimension.rawValue] + entry.values.map { "\(entry.dimension.rawValue) \($0.id)" }
        }
      case "keys.md": reader.layouts(text, functions: InteractionFunction.standard)?.map(\.id)
      case "challenges.md": reader.challenges(text, conditions: Self.conditions)?.map(\.id)
      case "levels.md": reader.levels(text, known: [])?.levels.flatMap { [$0.title] + $0.signs.map(\.id) }
      case "nudges.md": reader.nudges(text, conditions: [])?.map(\.id)
      case "techniques.md": reader.techniques(text)?.map(\.id)
      case "contract.md": reader.contract(text, keys: Self.agreementKeys)?.sections.map(\.title)
      case "meetings/agreement.md": reader.script(text, for: nil)?.prompts.map(\.id)
      case "meetings/pre-lesson.md": reader.script(text, for: .pre)?.prompts.map(\.id)
      case "meetings/lesson.md": reader.script(text, for: .lesson)?.prompts.map(\.id)
      case "meetings/post-lesson.md": reader.script(text, for: .post)?.prompts.map(\.id)
      case "meetings/review.md": reader.script(text, for: .review)?.prompts.map(\.id)
      case _ where name.hasPrefix("themes/"):
        reader.theme(text).map { $0.prompts.map(\.id) + $0.sections.map(\.collection.rawValue) }
      default: reader.chapter(text)?.topics.map(\.id)
      }
    return (ids ?? [], reader.problems)
  }

  @Test(arguments: [
    ("challenges.md", "- level: 3", "- levle: 3", "the setting 'levle' is not known; did you mean 'level'?"),
    ("challenges.md", "- level: 3", "- level 3", "a colon is missing after 'level'"),
    ("challenges.md", "- level: 3", "- level: 0", "the level is '0'; it should be 1, 2, 3 or 4"),
    ("challenges.md", "### Try", "### Trie", "the part 'Trie' is not known; did you mean 'try'?"),
    ("challenges.md", "{times}", "{tims}", "the name in braces 'tims' is not known; did you mean 'times'?"),
    ("challenges.md", "{coachee}", "{Coachee}", "the name in braces 'Coachee' is not known; did you mean 'coachee'?"),
    ("meetings/post-lesson.md", "- part: closing", "- part: closeing", "'part' can only be 'closing'; leave the line"),
    (
      "meetings/pre-lesson.md", "- when: observer", "- when: Observer",
      "'Observer' is not one of the values of 'when'; did you mean 'observer'?"
    ),
    ("meetings/pre-lesson.md", "- fades: 3", "- fades: 1", "it fades at '1'; it should be at level 2, 3 or 4"),
    ("meetings/pre-lesson.md", "- level 1: ", "Words.\n\n- level 1: ", "text is not shown here"),
    ("meetings/pre-lesson.md", "- guide: C2", "- guide: c2", "the guide's parts are written with a capital: 'C2'"),
    ("meetings/pre-lesson.md", "- guide: C2", "- guide: C9", "the guide has no part 'C9'; under C it has C1 to C8"),
    ("meetings/pre-lesson.md", "- guide: C2", "- guide: page 12", "the guide has no part 'page 12'; the parts are A1"),
    ("meetings/review.md", "- voluntary-own:", "- voluntary own:", "a choice should be written '- its-name: what it"),
    ("meetings/agreement.md", "- coaching: Coaching", "- 1: Coaching", "the name of a choice cannot be a number"),
    (
      "meetings/lesson.md", "- pupils: The", "- plan: The", "there is a choice 'plan' already; each needs a name of its"
    ),
    (
      "meetings/agreement.md", "- coaching: {coachee}", "- coachng: {coachee}", "the choice 'coachng' is not known; did"
    ),
    ("meetings/agreement.md", "### Choose one", "### Chose one", "the part 'Chose one' is not known; did you mean"),
    ("techniques.md", "### While you watch", "### While you wach", "the part 'While you wach' is not known; did you"),
    ("contract.md", "{keep}", "{kept}", "the name in braces 'kept' is not known; did you mean 'keep'?"),
    ("contract.md", "- when: observer", "- wen: observer", "the setting 'wen' is not known; did you mean 'when'?"),
    ("themes/group-work.md", "- stage: pre", "- stage: per", "'per' is not one of the values of 'stage'; did you"),
    ("themes/group-work.md", "- id: principles", "- id: principels", "the collection 'principels' is not known; did"),
    ("guide/talk.md", "- guide: F1", "- gide: F1", "the setting 'gide' is not known; did you mean 'guide'?"),
    (
      "guide/talk.md", "### Trigger question", "### Triger question", "the part 'Triger question' is not known; did you"
    ),
    ("guide/talk.md", "## Eight things", "### Why\n\nWords.\n\n## Eight things", "there is nothing that 'Why' could"),
    ("meetings/pre-lesson.md", "{observer}", "{count}", "the name in braces 'count' is not known"),
    ("meetings/pre-lesson.md", "### Listen for", "### Lisen for", "the part 'Lisen for' is not known; did you mean"),
    ("meetings/pre-lesson.md", "- level 3:", "- levl 3:", "'levl 3' should be 'level 1'"),
    ("meetings/pre-lesson.md", "- level 3:", "- level 3", "a colon is missing after 'level 3'"),
    (
      "vocabulary.md", "- guide: F1, C2", "- guides: F1, C2", "the setting 'guides' is not known; did you mean 'guide'?"
    ),
  ])
  func `a slip is told in its line, with what was meant`(name: String, part: String, slip: String, words: String)
    throws
  {
    let text = shipped(name)
    let place = try #require(text.firstRange(of: part))
    let line = text[..<place.lowerBound].count { $0 == "\n" } + 1
    let (ids, problems) = read(name, text.replacingCharacters(in: place, with: slip))
    #expect(problems.contains { $0.line == line && $0.message.hasPrefix(words) }, "\(problems)")
    // At most the one that it stands in is gone.
    #expect(Set(read(name, text).ids).subtracting(ids).count <= 1)
  }

  /// What may be left out: settings with a meaning of their own when they are not there.
  private func isOptional(_ line: Substring, in name: String) -> Bool {
    let optional =
      [
        "- level", "- part:", "- when:", "- fades:", "- recalls:", "- after:", "- heading:", "### Why", "### Trigger",
        "### Review",
      ] + (name == "vocabulary.md" ? ["- guide:"] : name == "contract.md" ? ["## ", "- id:", "- guide:"] : [])
    let ids = ["agreement", "pre-lesson", "lesson", "post-lesson", "review", "techniques", "signs", "nudges"].map {
      "- id: \($0)"
    }
    return optional.contains { line.hasPrefix($0) } || ids.contains(String(line))
  }

  @Test(arguments: names) func `no heading and no setting is lost without a word`(name: String) {
    let lines = shipped(name).split(separator: "\n", omittingEmptySubsequences: false)
    let all = Set(read(name, shipped(name)).ids)
    var tried = 0
    var isChoice = false
    for (index, line) in lines.enumerated() {
      // A choice, a remark on one, or its days may be taken out.
      if line.hasPrefix("#") {
        isChoice = ["### Choose", "### Checklist", "### About the choices", "### Last days"].contains {
          line.hasPrefix($0)
        }
      }
      if isChoice, line.hasPrefix("- ") { continue }
      // The agreement's questions on themes and techniques are filled in by the program.
      if line.hasPrefix("### Choose"), !lines[min(index + 2, lines.count - 1)].hasPrefix("- ") { continue }
      guard line.hasPrefix("#") || line.hasPrefix("- "), !isOptional(line, in: name) else { continue }
      tried += 1
      let text = (lines[..<index] + lines[(index + 1)...]).joined(separator: "\n")
      let (ids, problems) = read(name, text)
      #expect(!problems.isEmpty, "line \(index + 1) of \(name): \(line)")
      #expect(problems.allSatisfy { (1...lines.count).contains($0.line) }, "\(problems)")
      // At most the one that the line belonged to is gone; a dimension takes its values with it.
      if index > 3, name != "vocabulary.md", name != "levels.md" {
        #expect(all.subtracting(ids).count <= 1, "line \(index + 1) of \(name)")
      }
    }
    #expect(tried > (name == "contract.md" ? 0 : 10))
  }

  @Test(arguments: names) func `half a file is read as far as it goes`(name: String) {
    let lines = shipped(name).split(separator: "\n", omittingEmptySubsequences: false)
    let all = read(name, shipped(name)).ids
    for end in stride(from: 0, through: lines.count, by: 7) {
      let (ids, _) = read(name, lines[..<end].joined(separator: "\n"))
      let begun = Array(ids.dropLast())
      #expect(Set(all).isSuperset(of: begun))
    }
    #expect(read(name, lines.joined(separator: "\n")).ids == all)
  }

  @Test(arguments: ["meetings/post-lesson.md", "challenges.md"])
  func `the same id twice is told, and the first is kept`(
    name: String
  ) throws {
    let text = shipped(name)
    let second = text[try #require(text.ranges(of: "\n## ").first).lowerBound...]
    let (ids, problems) = read(name, text + second)
    #expect(Set(ids) == Set(read(name, text).ids) && ids.count == Set(ids).count)
    #expect(problems.count == ids.count)
    #expect(problems.allSatisfy { $0.message.contains("is already used in line") })
  }

  @Test func `a dimension or a value twice is told`() {
    let text = shipped("vocabulary.md")
    let (ids, problems) = read("vocabulary.md", text + "\n## More tone\n\n- id: tone\n- guide: F1\n\nM.\n")
    #expect(ids == read("vocabulary.md", text).ids)
    #expect(problems.map(\.message).first?.hasPrefix("the id 'tone' is already used in line") == true)
    let twice = text.replacing("### Neutral\n\n- id: 0", with: "### Neutral\n\n- id: --")
    #expect(read("vocabulary.md", twice).problems.map(\.message).first?.hasPrefix("the id '--' is already") == true)
  }

  @Test(arguments: names, ["", "\n\n", "\u{FEFF}", "Only words.\n", "# A title and nothing else\n"])
  func `a file with nothing in it is replaced, and that is told`(name: String, text: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slips-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    let library = Library.load(folder.path, names: AnalysisNames(conditions: Self.conditions))
    let builtIn = Library.load(nil, names: AnalysisNames(conditions: Self.conditions))
    #expect(library.problems.map(\.file).allSatisfy { $0 == folder.path + "/" + name })
    #expect(library.problems.contains { $0.message.hasPrefix("nothing in this file can be used") })
    #expect(library.scripts == builtIn.scripts)
    #expect(library.vocabulary == builtIn.vocabulary)
    #expect(library.challenges == builtIn.challenges && library.layouts == builtIn.layouts)
    #expect(library.agreement == builtIn.agreement && library.contract == builtIn.contract)
    #expect(library.themes == builtIn.themes && library.chapters == builtIn.chapters)
    #expect(library.techniques == builtIn.techniques)
    #expect(library.levels == builtIn.levels && library.nudges == builtIn.nudges)
  }

  @Test func `a meeting in the other one's file is not taken for it`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slips-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/meetings", withIntermediateDirectories: true)
    let pre = shipped("meetings/pre-lesson.md")
    try pre.write(toFile: folder + "/meetings/post-lesson.md", atomically: true, encoding: .utf8)
    let library = Library.load(folder, names: AnalysisNames(conditions: Self.conditions))
    #expect(library.scripts == Library.load(nil, names: AnalysisNames(conditions: Self.conditions)).scripts)
    let told = library.problems.first { $0.line == 4 }
    #expect(told?.message == "the stage is 'pre'; in this file it should be 'post'")
  }

  @Test func `what a school has not changed comes from the program`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slips-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let ours = shipped("challenges.md").replacing("## Put a challenge kindly", with: "## Ours")
    try ours.write(toFile: folder + "/challenges.md", atomically: true, encoding: .utf8)
    let library = Library.load(folder, names: AnalysisNames(conditions: Self.conditions))
    #expect(library.problems == [])
    #expect(library.challenges.first?.title == "Ours")
    #expect(library.scripts == Library.load(nil, names: AnalysisNames(conditions: Self.conditions)).scripts)
  }

  @Test func `a setting may stand directly under the text`() throws {
    let text = "# M\n- stage: post\n- guide: C4\n## One\nWhat now?\n- id: one\n- asked: both\n* guide: C4\n"
    var reader = PromptReader(file: "post.md")
    let prompt = try #require(reader.script(text, for: .post)?.prompts.first)
    #expect((prompt.id, prompt.asked, prompt.question, prompt.guide) == ("one", .both, "What now?", ["C4"]))
    #expect(reader.problems == [])
  }

  @Test func `what belongs to a circumstance is asked for only in it`() throws {
    for prompt in Library.load(nil, names: AnalysisNames(conditions: Self.conditions)).prompts {
      let text = ([prompt.title, prompt.question, prompt.why] + prompt.wording.values).joined(separator: " ")
      if text.contains("{observer}") { #expect(prompt.when.contains(.observer), "\(prompt.id)") }
      if text.contains("{focus}") { #expect(prompt.when.contains(.focus), "\(prompt.id)") }
      if text.contains("{actions}") { #expect(prompt.when.contains(.again), "\(prompt.id)") }
      if text.contains("{last-focus}") { #expect(prompt.when.contains(.lastFocus), "\(prompt.id)") }
    }
  }
}

import Coaching
import Foundation
import TalkAnalysis
import Testing

@testable import PromptLibrary

/// The prompts in the repository, and the copy of them inside the program.
@Suite struct ShippedPromptsTests {
  private static let conditions = Set(Condition.allCases.map(\.rawValue))
  private static let folder: String = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder.path + "/Prompts"
  }()
  private let library = Library.load(Self.folder, names: AnalysisNames(conditions: Self.conditions))

  @Test func `they are sound, and the built-in copy is the folder`() throws {
    #expect(library.problems.isEmpty, "\(library.problems)")
    #expect(Library.load(nil, names: AnalysisNames(conditions: Self.conditions)) == library)
    let names = Set(BuiltInPrompts.files.map(\.name))
    let onDisk = try #require(FileManager.default.enumerator(atPath: Self.folder)).compactMap { $0 as? String }
    #expect(Set(onDisk.filter { $0.hasSuffix(".md") && $0 != "README.md" }) == names)
    for (name, text) in BuiltInPrompts.files {
      #expect(try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8) == text)
    }
  }

  @Test func `every meeting and the agreement are complete`() throws {
    let agreement = try #require(library.agreement)
    for script in try Stage.allCases.map({ try #require(library.script($0)) }) + [agreement] {
      #expect(!script.opening.isEmpty)
      for prompt in script.prompts {
        #expect(!prompt.why.isEmpty, "\(prompt.id)")
        #expect(prompt.stage == nil && prompt.after == nil)
      }
    }
    #expect(
      Set(agreement.prompts.map(\.id)).isSuperset(of: [
        "schedule", "evidence", "confidentiality", "performance", "keep",
      ]))
    #expect(
      library.script(.post)?.prompts.last?.choices?.options.map(\.key) == ["level-1", "level-2", "level-3", "level-4"])
  }

  /// Prompts that are talked about, and so have levels: those of the two meetings, of the techniques, and of the themes.
  private var talked: [Prompt] {
    [Stage.pre, .post].compactMap(library.script).flatMap(\.prompts) + library.techniques
      + library.themes.flatMap(\.prompts).filter { $0.stage != .lesson }
  }

  @Test func `what is talked about says what to listen for, how to go on, and how it grows with the pair`() {
    for prompt in talked {
      #expect(prompt.listenFor.keys.sorted() == [1, 2, 3, 4], "\(prompt.id)")
      #expect(prompt.further.keys.sorted() == [2, 3, 4], "\(prompt.id)")
      if !prompt.isClosing { #expect(prompt.wording.count >= 2, "\(prompt.id)") }
    }
  }

  @Test func `every question can be read out in one breath`() {
    for prompt in library.prompts {
      for text in [prompt.question] + prompt.wording.values + prompt.further.values {
        #expect(text.split(separator: " ").count <= 40, "\(prompt.id): \(text)")
      }
    }
  }

  @Test func `the explanation for teachers names every file and everything that can be set`() throws {
    let text = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
    let settings = ["id", "asked", "level", "guide", "part", "when", "fades", "recalls", "heading", "stage", "after"]
    for word in settings + Circumstance.allCases.map(\.rawValue) { #expect(text.contains("`\(word)`"), "\(word)") }
    for name in Placeholders.names + ["theme", "count", "times"] { #expect(text.contains("`{\(name)}`"), "\(name)") }
    for (name, _) in BuiltInPrompts.files {
      let folder = name.hasPrefix("themes/") || name.hasPrefix("guide/")
      #expect(
        text.contains(folder ? String(name.prefix { $0 != "/" }) + "/" : String(name.split(separator: "/").last!)))
    }
  }

  @Test func `the example for teachers is a prompt`() throws {
    let text = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
    let example = try #require(text.components(separatedBy: "```").dropFirst().first).dropFirst("markdown".count)
    var reader = PromptReader(file: "README.md")
    let script = reader.script("# Ours\n\n- stage: post\n- guide: C4\n" + example, for: .post)
    #expect(script?.prompts.map(\.id) == ["post-quiet"])
    #expect(reader.problems == [])
  }

  // MARK: - Traceability

  /// Every place where a file names its source.
  private var sources: [String] {
    var named = library.scripts.flatMap(\.guide) + (library.agreement?.guide ?? []) + (library.contract?.guide ?? [])
    named += library.prompts.flatMap(\.guide) + library.challenges.flatMap(\.guide) + library.themes.flatMap(\.guide)
    named += library.levels.flatMap { $0.guide + $0.signs.flatMap(\.guide) } + library.nudges.flatMap(\.guide)
    for entry in library.vocabulary.entries { named += entry.guide + entry.values.flatMap(\.guide) }
    for chapter in library.chapters { named += chapter.guide + chapter.topics.flatMap(\.guide) }
    return named
  }

  @Test func `no element of the guide is missing, and none is invented`() {
    let counts = [("A", 5), ("B", 7), ("C", 8), ("D", 5), ("E", 4), ("F", 6), ("G", 7), ("H", 6), ("I", 1)]
    let elements = counts.flatMap { letter, count in (1...count).map { "\(letter)\($0)" } }
    #expect(elements.count == 49)
    #expect(GuideElement.all == elements)
    #expect(Set(sources) == Set(elements))
  }

  @Test func `what the guide counts is all there`() {
    let review = library.script(.review)?.prompts ?? []
    for (part, count) in [("B1", 7), ("B2", 3), ("B3", 3), ("B4", 3), ("B5", 6), ("B6", 3)] {
      #expect(review.count { $0.guide.contains(part) && $0.id.hasPrefix("review-\(part.lowercased())-") } == count)
    }
    #expect(review.filter { !$0.isClosing }.count == 25)
    #expect(review.first { $0.id == "review-b2-3" }?.choices?.options.count == 4)
    #expect(review.first { $0.id == "review-b3-1" }?.choices?.options.count == 9)
    #expect(library.agreement?.prompts.first { $0.id == "performance" }?.choices?.options.count == 4)
    #expect(library.techniques.count == 8)
    #expect(library.techniques.allSatisfy { $0.guide.contains("D5") && !$0.whileWatching.isEmpty })
    #expect(library.themes.count == 6)
    #expect(library.themes.allSatisfy { $0.sections.map(\.collection) == Theme.Collection.allCases })
    let learning = library.theme("assessment-for-learning")?.prompts ?? []
    #expect(learning.count { $0.guide.contains("E1") } >= 5)
    #expect(learning.count { $0.guide.contains("E2") && $0.stage == .post } == 4)
    let topics = library.chapters.flatMap(\.topics)
    #expect(topics.flatMap(\.triggerQuestions).count == 8)
    #expect(topics.flatMap(\.reviewQuestions).count == 19)
  }

  @Test func `the vocabulary has the eight dimensions and all of their values`() throws {
    #expect(library.vocabulary.entries.map(\.dimension) == Coaching.Dimension.allCases)
    #expect(library.vocabulary.functions == InteractionFunction.standard)
    let values = { (dimension: Coaching.Dimension) in library.vocabulary.entry(dimension)?.values.map(\.id) ?? [] }
    #expect(values(.scale) == Scale.allCases.map(\.rawValue))
    #expect(values(.time) == TimeFrame.allCases.map(\.rawValue))
    #expect(values(.tone) == Tone.allCases.map(\.rawValue))
    #expect(values(.stimulus) == Stimulus.allCases.map(\.rawValue))
    for entry in library.vocabulary.entries {
      #expect(!entry.meaning.isEmpty && !entry.significance.isEmpty)
      for value in entry.values { #expect(!value.meaning.isEmpty && !value.example.isEmpty, "\(value.id)") }
    }
  }

  @Test func `every sign that is looked for is worded, at its level and in the order of the guide`() {
    #expect(library.levels.map(\.level) == [1, 2, 3, 4])
    #expect(library.levels.flatMap { $0.signs.map(\.id) } == Sign.allCases.map(\.rawValue))
    for level in library.levels {
      for sign in level.signs {
        #expect(Sign(rawValue: sign.id)?.level == level.level)
        #expect(!sign.sentence.isEmpty && !sign.rule.isEmpty && sign.guide.contains("G\(level.level)"), "\(sign.id)")
      }
    }
  }

  @Test func `every occasion has one quiet word`() {
    #expect(Set(library.nudges.map(\.condition)) == Set(Occasion.allCases.map(\.rawValue)))
    // One is enough, but for the sides from which something is heard again.
    let sides = library.nudges.filter { $0.condition == Occasion.playedAgain.rawValue }
    #expect(library.nudges.count == Occasion.allCases.count + sides.count - 1 && sides.count >= 4)
  }

  @Test(arguments: Condition.allCases) func `every condition has a challenge with something to say`(
    condition: Condition
  ) {
    let challenges = library.challenges.filter { $0.condition == condition.rawValue }
    #expect(!challenges.isEmpty)
    for challenge in challenges {
      #expect(!challenge.reason.isEmpty && !challenge.attempt.isEmpty && !challenge.sentence.isEmpty)
      // What is absent has no turns to point at.
      if condition.rawValue.hasPrefix("no-") { #expect(!challenge.reason.contains("{times}")) }
    }
  }
}

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
  private let library = Library.load(Self.folder, conditions: Self.conditions)

  @Test func `they are sound, and the built-in copy is the folder`() throws {
    #expect(library.problems.isEmpty, "\(library.problems)")
    #expect(Library.load(nil, conditions: Self.conditions) == library)
    let names = Set(BuiltInPrompts.files.map(\.name))
    let onDisk = try #require(FileManager.default.enumerator(atPath: Self.folder)).compactMap { $0 as? String }
    #expect(Set(onDisk.filter { $0.hasSuffix(".md") && $0 != "README.md" }) == names)
    for (name, text) in BuiltInPrompts.files {
      #expect(try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8) == text)
    }
  }

  @Test func `both meetings are complete`() throws {
    let people = People(coach: "Anna", coachee: "Ben")
    for stage in [Stage.pre, .post] {
      let script = try #require(library.script(stage))
      #expect(!script.opening.isEmpty)
      #expect(script.prompts(for: people, closing: false).count >= 7)
      #expect((2...3).contains(script.prompts(for: people, closing: true).count))
      for prompt in script.prompts {
        #expect(!prompt.why.isEmpty, "\(prompt.id)")
        #expect(prompt.listenFor.keys.sorted() == [1, 2, 3, 4], "\(prompt.id)")
        #expect(prompt.further.keys.sorted() == [2, 3, 4], "\(prompt.id)")
        #expect(prompt.question.split(separator: " ").count <= 40, "\(prompt.id) is too long to read out")
      }
    }
  }

  @Test func `every source named is an element of the guide`() {
    let counts: [Character: Int] = ["A": 5, "B": 7, "C": 8, "D": 5, "E": 4, "F": 6, "G": 7, "H": 6, "I": 1]
    let known = Set(counts.flatMap { letter, count in (1...count).map { "\(letter)\($0)" } })
    var named = library.scripts.flatMap(\.guide) + library.challenges.flatMap(\.guide)
    for script in library.scripts { named += script.prompts.flatMap(\.guide) }
    for entry in library.vocabulary.entries { named += entry.guide + entry.values.flatMap(\.guide) }
    #expect(!named.isEmpty)
    #expect(Set(named).subtracting(known) == [])
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

import Coaching
import Testing

@testable import PromptLibrary

@Suite struct KeyLayoutTests {
  private static let builtIn = Library.load(nil, names: AnalysisNames())
  private static let text = BuiltInPrompts.files.first { $0.name == "keys.md" }!.text

  private func read(_ text: String, functions: [InteractionFunction] = InteractionFunction.standard) -> (
    [KeyLayout], [PromptProblem]
  ) {
    var reader = PromptReader(file: "keys.md")
    return (reader.layouts(text, functions: functions) ?? [], reader.problems)
  }

  @Test func `there is a layout for both hands and for each, with a key for everything`() {
    #expect(Self.builtIn.layouts.map(\.id) == ["both", "left", "right"])
    for layout in Self.builtIn.layouts {
      #expect(
        layout.bindings.map(\.meaning) == KeyMeaning.all([]).prefix(4).map(\.meaning)
          + layout.bindings.dropFirst(4).map(\.meaning))
      #expect(Set(layout.bindings.map(\.meaning)) == Set(KeyMeaning.all(InteractionFunction.standard).map(\.meaning)))
    }
  }

  @Test(arguments: [
    ("left", "qwertasdfgzxcvb12345"), ("right", "yuiophjklnm,.67890"),
  ])
  func `one hand reaches all of its keys`(id: String, reach: String) {
    let keys = Set(Self.builtIn.layouts.first { $0.id == id }!.bindings.flatMap(\.strokes))
    let named: Set = ["backspace", "left", "right"]
    #expect(keys.subtracting(reach.map(String.init)).isSubset(of: id == "right" ? named : []))
  }

  @Test(arguments: [
    ("- question: q", "- question: qq", "'qq' is no key; write one character, or one of space, backspace"),
    ("- next: right", "- next: rigth", "'rigth' is no key; did you mean 'right'?"),
    ("- question: q", "- question: q w e", "'question' has 3 keys; one or two can be pressed for it"),
    ("- question: q", "- question: /", "'/' begins a command; choose another key for 'question'"),
    ("- question: q", "- question: h", "'h' cannot be 'challenge' beside 'h' for 'question'"),
    ("- question: q", "- question: 1", "'1' cannot be 'question' beside '1 m' for 'scale moment'"),
    ("- scale moment: 1 m", "- scale moment: 1 c", "'1 c' cannot be 'scale moment' beside 'c' for 'coach'"),
    ("- coach: c", "- coach: 1 c", "'coach' should have one key: it is when the turn begins"),
    ("- question: q", "- qestion: q", "the setting 'qestion' is not known; did you mean 'question'?"),
    ("- question: q\n", "", "'Both hands' has no key for 'question'; write 'none' where you want none"),
    ("- question: q", "- question:", "there is nothing after 'question:'"),
  ])
  func `a slip is told, and the other keys stay`(part: String, slip: String, words: String) throws {
    let (layouts, problems) = read(Self.text.replacing(part, with: slip, maxReplacements: 1))
    #expect(problems.first?.message.hasPrefix(words) == true, "\(problems)")
    let before = Self.builtIn.layouts[0].bindings
    let after = try #require(layouts.first).bindings
    #expect(before.count { !after.contains($0) } <= 2)
    #expect(layouts.count == 3)
    #expect(layouts.dropFirst() == Self.builtIn.layouts.dropFirst())
  }

  @Test func `a school's own keys and functions, and what shall have none`() {
    let text = Self.text.replacing("- question: q", with: "- question: none", maxReplacements: 1)
      .replacing("- challenge: h", with: "- challenge: ü\n- silence: q", maxReplacements: 1)
    let silence = InteractionFunction(rawValue: "silence")
    let (layouts, problems) = read(text, functions: InteractionFunction.standard + [silence])
    #expect(problems == [])
    #expect(layouts[0].strokes(for: .function(silence)) == ["q"])
    #expect(layouts[0].strokes(for: .function(.question)) == nil)
    #expect(layouts[0].strokes(for: .function(.challenge)) == ["ü"])
  }
}

import Coaching
import Foundation
import Testing

@testable import PromptLibrary

/// What is told of a folder and the names in it, and what files say of each other.
@Suite struct PromptFolderTests {
  private func shipped(_ name: String) -> String { BuiltInPrompts.files.first { $0.name == name }!.text }

  private func told(_ folder: Folder) -> [String] {
    Library.load(folder.path, names: OneSlipTests.names).problems.map {
      $0.description.replacing(folder.path, with: "Prompts")
    }
  }

  @Test(arguments: [
    ("meetings/post-lesson.md.txt", "rename it to meetings/post-lesson.md"),
    ("meetings/post-lesson.txt", "rename it to meetings/post-lesson.md"),
    ("meetings/post-lesson.MD", "rename it to meetings/post-lesson.md"),
    ("meetings/post-lesson (1).md", "rename it to meetings/post-lesson.md"),
    ("meetings/Copy of post-lesson.md", "rename it to meetings/post-lesson.md"),
    ("meetings/post-lessn.md", "rename it to meetings/post-lesson.md"),
    ("post-lesson.md", "rename it to meetings/post-lesson.md"), ("levels.txt", "rename it to levels.md"),
    ("guide/levels.txt", "rename it to guide/levels.md"),
    ("themes/Our reading.txt", "rename it to themes/our-reading.md"),
    ("meetings/post-lesson.docx", "save it as plain text under the name meetings/post-lesson.md"),
    ("recipes.md", "there is nothing that it could be for"),
  ])
  func `a file with a wrong name is told with the right one`(name: String, words: String) throws {
    let folder = try Folder()
    try folder.write(name, "# Words\n")
    let told = told(folder)
    #expect(told.count == 1 && told[0].hasPrefix("Prompts/\(name):1: this file is not read; \(words)"), "\(told)")
    #expect(told[0].hasSuffix("or delete it"))
  }

  @Test(arguments: [("Meetings/post-lesson.md", "Meetings", "meetings"), ("theme/ours.md", "theme", "themes")])
  func `a folder with a wrong name is told with the right one`(file: String, name: String, right: String) throws {
    let folder = try Folder()
    try folder.write(file, "# Words\n")
    #expect(told(folder) == ["Prompts/\(name):1: this folder is not read; rename it to \(right), or delete it"])
  }

  @Test func `what editors and others leave behind is not told`() throws {
    let folder = try Folder()
    try folder.write("nudges.md", shipped("nudges.md"))
    for name in [
      ".nudges.md.swp", "nudges.md~", "~$nudges.docx", "README.txt", "themes/README.md", "logo.png", "old/a.md",
    ] {
      try folder.write(name, "# Words\n")
    }
    #expect(told(folder) == [])
    #expect(Library.sources(folder.path) == (1, BuiltInPrompts.files.count - 1))
  }

  @Test func `a folder without prompts, or a file where a folder should be, is told`() throws {
    let folder = try Folder()
    #expect(told(folder) == ["Prompts:1: nothing in this folder is a prompt file; the built-in ones are used"])
    try folder.write("themes", "# Words\n")
    #expect(
      told(folder) == ["Prompts/themes:1: this is a file, and should be a folder; the built-in files are used instead"])
  }

  @Test func `a folder that cannot be read is told`() throws {
    let folder = try Folder()
    try folder.write("themes", "")
    let path = folder.path + "/nowhere"
    let problems = Library.load(path, names: OneSlipTests.names).problems
    #expect(
      problems.map(\.description) == ["\(path):1: this folder cannot be read; the built-in files are used instead"])
  }

  // MARK: - Between files

  @Test func `who names a prompt that is left out for a fault of its own is not to blame`() throws {
    let folder = try Folder()
    try folder.write(
      "meetings/pre-lesson.md",
      shipped("meetings/pre-lesson.md").replacing(
        "- id: pre-surprise\n- asked: ", with: "- id: pre-surprise\n- asked: x"))
    try folder.write("meetings/post-lesson.md", shipped("meetings/post-lesson.md"))
    try folder.write("meetings/lesson.md", shipped("meetings/lesson.md"))
    let told = told(folder)
    #expect(told.count == 1 && told[0].contains("is not one of the values of 'asked'"), "\(told)")
  }

  @Test func `a built-in file may name what the school has deleted`() throws {
    let folder = try Folder()
    try folder.write(
      "meetings/pre-lesson.md",
      "# Ours\n\n- stage: pre\n- guide: C2\n\n## One\n\n- id: one\n- asked: both\n- guide: C2\n\nWhat now?\n")
    #expect(told(folder) == [])
  }

  @Test func `a question that the agreement has lost leaves no trace in the contract`() throws {
    let folder = try Folder()
    let text = shipped("meetings/agreement.md")
    let begin = try #require(
      text.ranges(of: "\n## ").first { text[$0.upperBound...].prefix(200).contains("- id: time\n") })
    let end = try #require(text[begin.upperBound...].firstRange(of: "\n## ")).lowerBound
    try folder.write("meetings/agreement.md", text[..<begin.lowerBound] + text[end...])
    #expect(told(folder) == [])
    let library = Library.load(folder.path, names: OneSlipTests.names)
    #expect(library.contract?.sections.first { $0.title == "When we meet" }?.paragraphs == ["{schedule}"])
    // In the middle of a sentence it cannot be left out.
    try folder.write("contract.md", shipped("contract.md").replacing("{time}", with: "It is {time}."))
    #expect(told(folder).count == 1 && told(folder)[0].contains("the agreement here has no question 'time'"))
  }

  @Test func `a copy of a theme adds its collections alone, and that is told once`() throws {
    let folder = try Folder()
    let copy = shipped("themes/group-work.md").replacing(
      "- id: strategies\n- guide: E3\n", with: "- id: strategies\n- guide: E3\n\nOurs.\n")
    try folder.write("themes/group-work copy.md", copy)
    #expect(
      told(folder) == [
        "Prompts/themes/group-work copy.md:3: this file is a second 'group-work'; give it an id of its own, or keep only "
          + "its collections"
      ])
    let theme = Library.load(folder.path, names: OneSlipTests.names).theme("group-work")
    let builtIn = OneSlipTests.builtIn.theme("group-work")
    #expect(theme?.prompts == builtIn?.prompts && theme?.about == builtIn?.about)
    let entries = { (theme: Theme?) in theme?.sections.flatMap(\.entries) ?? [] }
    #expect(
      Set(entries(theme)) == Set(entries(builtIn) + ["Ours."]) && entries(theme).count == entries(builtIn).count + 1)
  }

  @Test func `a copy of a chapter replaces nothing, and that is told once`() throws {
    let folder = try Folder()
    try folder.write("guide/ours.md", shipped("guide/talk.md"))
    #expect(
      told(folder) == [
        "Prompts/guide/ours.md:3: this file is a second 'talk'; give it an id of its own, or delete it"
      ])
    let chapters = Library.load(folder.path, names: OneSlipTests.names).chapters
    #expect(chapters == OneSlipTests.builtIn.chapters)
  }

  @Test func `an id that is used in a built-in file is told in the school's`() throws {
    let folder = try Folder()
    try folder.write(
      "techniques.md",
      "# Ours\n\n- guide: D5\n\n## One\n\n- id: grp-need\n- asked: both\n- guide: D5\n\nWhat now?\n")
    #expect(
      told(folder) == [
        "Prompts/techniques.md:7: the id 'grp-need' is already used in built-in themes/group-work.md; each needs its own"
      ])
  }
}

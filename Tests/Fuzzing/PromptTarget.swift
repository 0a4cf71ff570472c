import Coaching
import Foundation
import Reports

@testable import PromptLibrary

extension FuzzTarget {
  /// The first line names a file of the prompts folder, the rest is what stands in it.
  static let prompts = FuzzTarget(name: "prompts", corpus: "prompts") { bytes in
    try requireUsable(read(bytes).library)
  }

  /// The same, on to what people read of it.
  static let library = FuzzTarget(name: "library", corpus: "prompts") { bytes in
    let (name, library) = try read(bytes)
    try requireReadable(library, stage: stages[name] ?? .post)
  }
}

/// The built-in prompts with a school's own file among them.
private func read(_ bytes: [UInt8]) throws -> (name: String, library: Library) {
  let head = bytes.prefix { $0 != UInt8(ascii: "\n") }
  let text = bytes.dropFirst(head.count + 1)
  // What is no name chooses one, too, so that no input is for nothing.
  let name = promptFiles.first { $0.utf8.elementsEqual(head) } ?? promptFiles[Int(head.first ?? 0) % promptFiles.count]
  var library = builtInLibrary
  var links = Links()
  let known = library.problems.count
  let isUsed = library.read(
    String(decoding: text, as: UTF8.self), file: name, name: name, isBuiltIn: false, knownNames, &links)
  let problems = library.problems.dropFirst(known) + links.problems
  try require(isUsed || !problems.isEmpty, "a file cannot be used, and nobody says why")
  let lines = 1 + text.count { $0 == UInt8(ascii: "\n") }
  for problem in problems {
    try require((1...lines).contains(problem.line), "a problem in line \(problem.line) of \(lines)")
    try require(!problem.message.isEmpty && !problem.message.contains("\n"), "a problem that is not one line")
  }
  return (name, library)
}

/// One of each kind, and a school's own.
private let promptFiles = [
  "vocabulary.md", "keys.md", "challenges.md", "techniques.md", "contract.md", "levels.md", "nudges.md",
  "meetings/agreement.md",
  "meetings/pre-lesson.md", "meetings/lesson.md", "meetings/post-lesson.md", "meetings/review.md",
  "themes/classroom-talk.md", "themes/own.md", "guide/talk.md", "guide/own.md",
]

/// Whatever one file holds, a meeting can be led.
private func requireUsable(_ library: Library) throws {
  for stage in Stage.allCases { try require(library.script(stage) != nil, "no script for \(stage)") }
  try require(library.agreement != nil && library.contract != nil, "no agreement, or no contract")
  try require(!library.chapters.isEmpty && !library.themes.isEmpty && !library.nudges.isEmpty, "something is lost")
  try require(
    library.vocabulary.functions.starts(with: InteractionFunction.standard), "a function of the guide's is lost")
  try require(!library.layouts.isEmpty, "no keys")
  for layout in library.layouts {
    for (index, one) in layout.bindings.enumerated() {
      try require(!one.strokes.isEmpty && one.strokes.count <= 2, "a meaning with \(one.strokes.count) keys")
      for other in layout.bindings.dropFirst(index + 1) {
        try require(one.meaning != other.meaning, "two keys for one meaning")
        try require(
          !one.strokes.starts(with: other.strokes) && !other.strokes.starts(with: one.strokes), "a key for two meanings"
        )
      }
    }
  }
  for prompt in library.prompts {
    try require(!prompt.id.isEmpty && !prompt.question.isEmpty, "a prompt without an id, or a question")
    try require((1...4).contains(prompt.level), "a prompt of level \(prompt.level)")
    let keys = prompt.choices?.options.map(\.key) ?? []
    for (index, key) in keys.enumerated().prefix(50) {
      try require(prompt.choices?.keys(in: "\(index + 1)") == [key], "a choice that its number does not pick")
    }
  }
  let themes = library.themes.map(\.id)
  try require(Set(themes).count == themes.count, "two themes have one id")
}

/// The meetings whose pages show the most of a file; of any other, what is said after a lesson does.
private let stages: [String: Stage] = [
  "meetings/pre-lesson.md": .pre, "meetings/lesson.md": .lesson, "meetings/review.md": .review,
]

/// What is read can be looked up, filled in, and stand on a page.
private func requireReadable(_ library: Library, stage: Stage) throws {
  for word in ["wait time", library.readable.last?.title ?? ""] {
    if case .entries(let entries) = library.lookUp(word) {
      for entry in entries { _ = (library.excerpt(of: entry, for: word), library.sources(entry.guide)) }
    }
  }
  let names = Placeholders(people: People(coach: "Anna", coachee: "Ben"), focus: "wait time")
  for prompt in library.prompts { _ = names.plain(prompt.question(aimingAt: 2)) }
  guard let contract = library.contract else { return }
  _ = contract.markdown(names: names, holds: Set(Circumstance.allCases))
  let reflection = Reflection(
    try meeting(sample(stage, library)), meeting: MeetingID(cycle: 1, stage: stage), audio: .none, library: library,
    names: names)
  try requirePage(reflection.html)
  try requirePrintable(reflection.markdown, "the Markdown")
}

/// A short meeting in which every prompt of its script was put, and noted or picked at.
private func sample(_ stage: Stage, _ library: Library) -> [Event] {
  var kinds: [Event.Kind] = [.began(stage: stage, people: People(coach: "Anna", coachee: "Ben"), focus: "wait time")]
  if stage.isTalkAboutALesson {
    let functions = Array(library.vocabulary.functions.prefix(12))
    kinds += functions.enumerated().map { index, function in
      .turn(Turn(by: index % 2 == 0 ? .coach : .coachee, functions: [function], new: index % 5 == 0))
    }
  }
  for prompt in library.script(stage)?.prompts ?? [] {
    kinds += [.prompt(id: prompt.id, level: 2), .note(text: "the back table waited", prompt: prompt.id)]
    if let option = prompt.choices?.options.first { kinds.append(.chosen(prompt: prompt.id, choices: [option.key])) }
  }
  return kinds.enumerated().map { index, kind in
    Event(number: index + 2, t: Double(index) * 10, at: Date(timeIntervalSince1970: 0), kind: kind)
  }
}

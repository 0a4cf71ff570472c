public import Coaching
import Foundation

/// Everything in `Prompts/`, read into values. Where a file is missing or cannot be read the copy built into the program
/// stands in for it.
public struct Library: Equatable, Sendable {
  public private(set) var scripts: [MeetingScript] = []
  public private(set) var vocabulary = Vocabulary(entries: [])
  public private(set) var challenges: [Challenge] = []
  /// What is wrong in the files, in the order of the files.
  public private(set) var problems: [PromptProblem] = []

  /// The script for a stage; `nil` when there is none.
  public func script(_ stage: Stage) -> MeetingScript? { scripts.first { $0.stage == stage } }

  /// Reads the folder at `path`, or the built-in copy alone when it is `nil`. `conditions` are the names that a
  /// challenge may be picked by.
  public static func load(_ path: String?, conditions: Set<String>) -> Library {
    var library = Library()
    for (name, builtIn) in BuiltInPrompts.files {
      if let path, library.read("\(path)/\(name)", as: name, conditions: conditions) { continue }
      library.read(builtIn, file: "built-in \(name)", name: name, conditions: conditions)
    }
    return library
  }

  /// Reads one file from the disk; false when nothing of it could be used. A missing one is no problem: schools keep only
  /// what they changed.
  private mutating func read(_ file: String, as name: String, conditions: Set<String>) -> Bool {
    guard FileManager.default.fileExists(atPath: file) else { return false }
    guard let data = FileManager.default.contents(atPath: file) else {
      problems.append(
        PromptProblem(file: file, line: 1, message: "this file cannot be read; the built-in copy is used instead"))
      return false
    }
    guard let text = String(data: data, encoding: .utf8) else {
      problems.append(
        PromptProblem(
          file: file, line: 1,
          message: "this file is not UTF-8 text; save it as UTF-8. The built-in copy is used instead"))
      return false
    }
    if read(text, file: file, name: name, conditions: conditions) { return true }
    problems.append(
      PromptProblem(
        file: file, line: 1, message: "nothing in this file can be used; the built-in copy is used instead"))
    return false
  }

  @discardableResult
  private mutating func read(_ text: String, file: String, name: String, conditions: Set<String>) -> Bool {
    let plain = text.replacing("\r\n", with: "\n")
    var reader = PromptReader(file: file)
    defer { problems += reader.problems.sorted { $0.line < $1.line } }
    switch name {
    case "vocabulary.md":
      guard let read = reader.vocabulary(plain) else { return false }
      vocabulary = read
    case "challenges.md":
      guard let read = reader.challenges(plain, conditions: conditions) else { return false }
      challenges = read
    default:
      let stage: Stage = name == "meetings/pre-lesson.md" ? .pre : .post
      guard let script = reader.script(plain, for: stage) else { return false }
      scripts.append(script)
    }
    return true
  }
}

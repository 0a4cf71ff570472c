import Coaching
import FoundationEssentials

/// What a folder of prompts holds: its files, and what is wrong with their names.
struct PromptFolder {
  let path: String
  /// By their names under the folder: those that the program knows, and a school's own themes and topics.
  private(set) var files: [String] = []
  private(set) var problems: [PromptProblem] = []

  private static let folders = ["meetings", "themes", "guide"]
  private static let known = BuiltInPrompts.files.map(\.name)
  private static let texts = [".md", ".txt", ".markdown", ".text"]
  private static let documents = [".doc", ".docx", ".odt", ".rtf"]

  init(_ path: String) {
    self.path = path
    let here = list("")
    for name in here { add(name, in: "") }
    for folder in Self.folders where here.contains(folder) {
      for name in list(folder) { add(name, in: folder + "/") }
    }
    if files.isEmpty, problems.isEmpty {
      tell(path, "nothing in this folder is a prompt file; the built-in ones are used")
    }
  }

  private mutating func tell(_ path: String, _ message: String) {
    problems.append(PromptProblem(file: path, line: 1, message: message))
  }

  private mutating func list(_ folder: String) -> [String] {
    let place = folder.isEmpty ? path : "\(path)/\(folder)"
    guard isFolder(place) || folder.isEmpty else {
      tell(place, "this is a file, and should be a folder; the built-in files are used instead")
      return []
    }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: place).sorted()
    } catch {
      tell(place, "this folder cannot be read; the built-in files are used instead")
      return []
    }
  }

  private func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  private mutating func add(_ name: String, in folder: String) {
    if name.hasPrefix(".") || name.hasPrefix("~") || name.hasSuffix("~") || name.lowercased().hasPrefix("readme") {
      return
    }
    let place = "\(path)/\(folder)\(name)"
    let isOwn = (folder == "themes/" || folder == "guide/") && name.hasSuffix(".md")
    if isFolder(place) {
      if Self.known.contains(folder + name) || isOwn {
        tell(
          place, "this is a folder, and should be a file; rename it, or delete it. The built-in files are used instead")
      } else if folder.isEmpty, !Self.folders.contains(name), let near = name.nearest(in: Self.folders) {
        tell(place, "this folder is not read; rename it to \(near), or delete it")
      }
    } else if Self.known.contains(folder + name) || isOwn {
      files.append(folder + name)
    } else if !Self.folders.contains(name), let meant = meant(name, in: folder) {
      tell(place, "this file is not read; \(meant), or delete it")
    }
  }

  /// What to do about a file that has not the name of a prompt file; `nil` when it is something else altogether.
  private func meant(_ name: String, in folder: String) -> String? {
    var stem = name.lowercased()
    var isText = false
    var isDocument = false
    while let ending = (Self.texts + Self.documents).first(where: stem.hasSuffix) {
      isDocument = isDocument || Self.documents.contains(ending)
      isText = true
      stem.removeLast(ending.count)
    }
    for mark in ["copy of ", " - copy", " copy"] { stem = stem.replacing(mark, with: "") }
    // "(1)", which a second download has.
    stem = String(stem.prefix { $0 != "(" }).asID
    guard isText else { return nil }
    let others = Self.known.filter { !$0.hasPrefix(folder) || folder.isEmpty && $0.contains("/") }
    let known = Self.known.filter { !others.contains($0) } + others
    let stems = known.map { String($0.split(separator: "/").last!.dropLast(3)) }
    let near = stems.contains(stem) ? stem : stem.nearest(in: stems)
    let found = stems.firstIndex { $0 == near }.map { known[$0] }
    let isOwn = folder == "themes/" || folder == "guide/"
    let right = isOwn && found?.hasPrefix(folder) != true ? "\(folder)\(stem).md" : found
    guard let right else { return "there is nothing that it could be for. Give it the name of the file it stands for" }
    return isDocument ? "save it as plain text under the name \(right)" : "rename it to \(right)"
  }
}

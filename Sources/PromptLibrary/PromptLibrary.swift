public import Coaching
import FoundationEssentials

/// Everything in `Prompts/`, read into values. Where a file is missing or cannot be read the copy built into the program
/// stands in for it.
public struct Library: Equatable, Sendable {
  /// The questions of a coaching agreement.
  public private(set) var agreement: MeetingScript?
  public private(set) var scripts: [MeetingScript] = []
  public private(set) var techniques: [Prompt] = []
  public private(set) var themes: [Theme] = []
  public private(set) var contract: Contract?
  public private(set) var chapters: [GuideChapter] = []
  public private(set) var vocabulary = Vocabulary(entries: [])
  /// The layouts of `/live`'s keys; the first is the one that is used when none is named.
  public private(set) var layouts: [KeyLayout] = []
  public private(set) var challenges: [Challenge] = []
  /// The signs of the four levels, and what is said above them.
  public private(set) var levels: [LevelSigns] = []
  public private(set) var aboutLevels: [String] = []
  public private(set) var nudges: [Nudge] = []
  /// What is wrong in the files, in the order of the files.
  public internal(set) var problems: [PromptProblem] = []

  /// The script for a stage; `nil` when there is none.
  public func script(_ stage: Stage) -> MeetingScript? { scripts.first { $0.stage == stage } }

  public func theme(_ id: String) -> Theme? { themes.first { $0.id == id } }

  /// The theme that `name` means: its id, its title, or the beginning of one that is no other's. Case is ignored.
  public func theme(named name: String) -> Theme? {
    let wanted = name.lowercased()
    let names = { (theme: Theme) in
      let title = theme.title.lowercased()
      return [theme.id.lowercased(), title, String(title.split(whereSeparator: \.isWhitespace).compactMap(\.first))]
    }
    if let whole = themes.first(where: { names($0).contains(wanted) }) { return whole }
    let begun = themes.filter { names($0).contains { $0.hasPrefix(wanted) } }
    return begun.count == 1 && !wanted.isEmpty ? begun[0] : nil
  }

  /// Every prompt of every file.
  public var prompts: [Prompt] {
    (agreement?.prompts ?? []) + scripts.flatMap(\.prompts) + techniques + themes.flatMap(\.prompts)
  }

  /// How many files of the folder at `path` are prompt files, and for how many the built-in copy stands in.
  public static func sources(_ path: String) -> (read: Int, builtIn: Int) {
    let files = PromptFolder(path).files
    return (files.count, BuiltInPrompts.files.count { !files.contains($0.name) })
  }

  /// Reads the folder at `path`, or the built-in copy alone when it is `nil`. A file that is missing is no problem: schools
  /// keep only what they changed. `names` are those that the files may use because the analysis knows them.
  public static func load(_ path: String?, names: AnalysisNames) -> Library {
    var library = Library()
    var links = Links()
    let folder = path.map(PromptFolder.init)
    library.problems = folder?.problems ?? []
    for (name, builtIn) in BuiltInPrompts.files {
      if let folder, folder.files.contains(name), library.read(folder, name, names, &links) { continue }
      library.read(builtIn, file: "built-in \(name)", name: name, isBuiltIn: true, names, &links)
    }
    for name in folder?.files ?? [] where !BuiltInPrompts.files.contains(where: { $0.name == name }) {
      _ = library.read(folder!, name, names, &links)
    }
    library.fillAgreement()
    let filled = Placeholders.names + (library.agreement?.prompts.map(\.id) ?? [])
    library.contract = library.contract?.leavingOutAllBut(filled)
    library.problems += links.problems
    return library
  }

  /// Reads one file from the disk; false when nothing of it could be used.
  private mutating func read(_ folder: PromptFolder, _ name: String, _ names: AnalysisNames, _ links: inout Links)
    -> Bool
  {
    let file = "\(folder.path)/\(name)"
    let instead =
      BuiltInPrompts.files.contains { $0.name == name } ? "the built-in copy is used instead" : "it is left out"
    func tell(_ message: String) {
      problems.append(PromptProblem(file: file, line: 1, message: message))
    }
    guard let data = FileManager.default.contents(atPath: file) else {
      tell("this file cannot be read; \(instead)")
      return false
    }
    guard let text = String(data: data, encoding: .utf8) else {
      tell("this file is not UTF-8 text; save it as UTF-8. Until then \(instead)")
      return false
    }
    if read(text, file: file, name: name, isBuiltIn: false, names, &links) { return true }
    tell("nothing in this file can be used; \(instead)")
    return false
  }

  /// Takes in one file, a meeting's in the place of another; false when nothing of it could be used.
  @discardableResult
  mutating func read(
    _ text: String, file: String, name: String, isBuiltIn: Bool, _ names: AnalysisNames, _ links: inout Links
  ) -> Bool {
    let plain = text.utf8.contains(UInt8(ascii: "\r")) ? text.replacing("\r\n", with: "\n") : text
    var reader = PromptReader(file: file)
    defer { problems += reader.problems.mostUseful }
    switch name.split(separator: "/").first! {
    case "vocabulary.md":
      guard let read = reader.vocabulary(plain) else { return false }
      vocabulary = read
    case "keys.md":
      guard let read = reader.layouts(plain, functions: vocabulary.functions) else { return false }
      layouts = read
    case "challenges.md":
      guard let read = reader.challenges(plain, conditions: names.conditions) else { return false }
      challenges = read
    case "techniques.md":
      guard let read = reader.techniques(plain) else { return false }
      techniques = read
    case "contract.md":
      guard
        let read = reader.contract(
          plain, keys: (agreement?.prompts.map(\.id) ?? []) + links.dropped,
          lost: Self.builtInKeys.filter { key in agreement?.prompts.contains { $0.id == key } != true })
      else { return false }
      contract = read
    case "levels.md":
      guard let read = reader.levels(plain, known: names.signs) else { return false }
      (aboutLevels, levels) = read
    case "nudges.md":
      guard let read = reader.nudges(plain, conditions: names.nudges) else { return false }
      nudges = read
    case "themes":
      guard var read = reader.theme(plain) else { return false }
      if themes.contains(where: { $0.id == read.id }), !read.prompts.isEmpty {
        reader.problem(
          Self.idLine(plain),
          "this file is a second '\(read.id)'; give it an id of its own, or keep only its collections")
        (read.about, read.prompts) = ([], [])
        reader.dropAll()
      }
      // A second file for a theme adds to it.
      if let index = themes.firstIndex(where: { $0.id == read.id }) {
        themes[index] = themes[index].adding(read)
      } else {
        themes.append(read)
      }
    case "guide":
      guard let read = reader.chapter(plain) else { return false }
      if chapters.contains(where: { $0.id == read.id }) {
        reader.problem(Self.idLine(plain), "this file is a second '\(read.id)'; give it an id of its own, or delete it")
        return true
      }
      chapters.append(read)
    default:
      guard let stage = Self.meetings[name], let script = reader.script(plain, for: stage) else { return false }
      if stage == nil { agreement = script } else { scripts = scripts.filter { $0.stage != stage } + [script] }
    }
    links.add(reader, isBuiltIn: isBuiltIn)
    return true
  }

  /// The meetings by their files; the agreement is none.
  private static let meetings: [String: Stage?] = [
    "meetings/agreement.md": nil, "meetings/pre-lesson.md": .pre, "meetings/lesson.md": .lesson,
    "meetings/post-lesson.md": .post, "meetings/review.md": .review,
  ]

  /// What the program's own agreement asks for.
  private static let builtInKeys: [String] = {
    var reader = PromptReader(file: "")
    let file = BuiltInPrompts.files.first { $0.name == "meetings/agreement.md" }
    return file.flatMap { reader.script($0.text, for: nil) }?.prompts.map(\.id) ?? []
  }()

  private static func idLine(_ text: String) -> Int {
    MarkdownOutline(text).sections.first?.field("id")?.line ?? 1
  }

  /// The agreement's questions whose choices are filled in here.
  static let offered = ["theme", "techniques"]

  /// The agreement offers the themes and techniques that there are.
  private mutating func fillAgreement() {
    func offer(_ options: [Choices.Option], at id: String, isMany: Bool) {
      guard let index = agreement?.prompts.firstIndex(where: { $0.id == id }) else { return }
      agreement?.prompts[index].choices = Choices(isMany: isMany, options: options)
    }
    offer(themes.map { Choices.Option(key: $0.id, text: $0.title) }, at: "theme", isMany: false)
    offer(techniques.map { Choices.Option(key: $0.id, text: $0.title) }, at: "techniques", isMany: true)
  }
}

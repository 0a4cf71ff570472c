import Chat
import Coaching
import FoundationEssentials
internal import Glibc
import PromptLibrary
import Reports
import SessionJournal
import Terminal

/// What the command line asks for, done; every failure becomes one line and an exit status.
struct Program {
  static let version = "0.1.0"
  /// When this version was made.
  static let released = "2026-11-28"

  private let arguments: [String]

  init(_ arguments: [String]) { self.arguments = arguments }

  func run() -> ExitStatus {
    do {
      return try start()
    } catch let complaint as Complaint {
      tell(complaint)
      return complaint.status
    } catch {
      tell(Complaint(.inputOutput, "\(error)"))
      return .inputOutput
    }
  }

  private func start() throws -> ExitStatus {
    let invocation = try Invocation(arguments)
    if invocation.version { return say("coachtalk \(Self.version)") }
    if invocation.help || invocation.words == ["help"] { return say(CommandTable.help) }
    let places = try Places(invocation)
    let device = invocation.device ?? "default"
    let archive = Archive(root: places.recordings)
    let words = invocation.words
    guard let command = words.first else {
      return chat(archive, places: places, device: device, isPlain: invocation.plain)
    }
    switch (command, words.count) {
    case ("doctor", 1):
      let doctor = Doctor(places, device: device, library: Library.load(places.prompts))
      say(invocation.json ? doctor.json : doctor.text)
      return doctor.status
    case ("demo", 1):
      let console = Console(plain: true, input: open("/dev/null", O_RDONLY | O_CLOEXEC))
      return try Demo(places: places, isFast: invocation.fast).run(console)
    case ("list", 1):
      let listing = Listing(archive)
      say(invocation.json ? listing.json : listing.text)
      return worst(listing.complaints)
    case ("show", 2):
      let (reflection, remarks) = try writer(archive, places, device).reflection(try meeting(words[1], in: archive))
      let viewer = try invocation.viewer.map { name throws(Complaint) in
        guard let role = Role(rawValue: name) else {
          throw Complaint(.usage, "--for is coach, coachee or observer; '\(name.prefix(20))' is none of them.")
        }
        return role
      }
      read(viewer.map(reflection.markdown(for:)) ?? reflection.markdown, invocation)
      return worst(remarks)
    case ("reflect", 2):
      let id = try meeting(words[1], in: archive)
      let (_, remarks) = try writer(archive, places, device).write(id)
      say("\(archive.markdownPath(id))\n\(archive.htmlPath(id))")
      return worst(remarks)
    case ("analyse", 2):
      guard invocation.json else { throw Complaint(.usage, "It is: coachtalk analyse MEETING --json") }
      let (json, remarks) = try writer(archive, places, device).analysis(try meeting(words[1], in: archive))
      say(json)
      return worst(remarks)
    case ("review", 2): return try review(words[1], invocation, writer(archive, places, device), places.program)
    case ("agree", 2...):
      let (text, figures, remarks) = try writer(archive, places, device).agreement(
        try meeting(words[1], in: archive), with: Array(words.dropFirst(2)))
      say(invocation.json ? encoded(figures) : text.lines.joined(separator: "\n"))
      return worst(remarks)
    case ("observe", 1) where invocation.away: return try observeAway(places, invocation, device)
    case ("observe", 1...2) where !invocation.away:
      let named = try words.dropFirst().first.map { name throws(Complaint) in try meeting(name, in: archive) }
      return try observe(try WatchedMeeting(archive, named, name: invocation.name), places, invocation)
    case ("recover", 1):
      let console = Console(plain: true)
      let facilitator = Facilitator(
        archive: archive, library: Library.load(places.prompts), studio: Studio(device: device),
        isInteractive: false, say: { console.say($0, $1) }, notify: { _ in })
      facilitator.recover()
      return facilitator.status
    case ("redact", 3): return try redact(words[1], words[2], invocation, writer(archive, places, device))
    case ("forget", 2): return try forget(words[1], invocation, writer(archive, places, device))
    case ("excerpt", 3): return try excerpt(words[1], words[2], invocation, writer(archive, places, device))
    case ("merge", 3): return try merge(words[1], words[2], invocation, writer(archive, places, device))
    case ("guide", _):
      var spans: [Span] = []
      try GuideReading(library: Library.load(places.prompts)).answer(words.dropFirst().joined(separator: " ")) {
        spans += [$1.span($0), Span("\n")]
      }
      if let pager = Pager(plain: invocation.plain) {
        pager.show(spans)
      } else {
        say(spans.dropLast().map(\.text).joined())
      }
      return .done
    case ("prompts", 2...3) where words[1] == "check":
      return try checkPrompts(words.count == 3 ? words[2] : places.prompts)
    case ("completions", 2):
      guard let shell = Completions.Shell(rawValue: words[1]) else {
        throw Complaint(.usage, "There are completions for bash, zsh and fish: coachtalk completions bash")
      }
      return say(Completions(shell).script)
    case ("manual", 1): return say(ManualPage.text)
    case ("show", _), ("reflect", _), ("analyse", _), ("agree", _), ("review", _):
      throw Complaint(.usage, "\(command) needs a meeting, such as 1-post or latest: coachtalk \(command) MEETING")
    case ("excerpt", _):
      throw Complaint(.usage, "It is: coachtalk excerpt MEETING FROM-TO, such as 1-post 12:40-13:10")
    case ("merge", _):
      throw Complaint(.usage, "It is: coachtalk merge MEETING FILE, the file being an observer's from another laptop")
    case ("redact", _): throw Complaint(.usage, "It is: coachtalk redact MEETING FROM-TO, such as 1-post 12:40-13:10")
    case ("forget", _):
      throw Complaint(.usage, "It is: coachtalk forget MEETING, such as 1-post; or a cycle, such as 1")
    case ("observe", _): throw Complaint(.usage, "It is: coachtalk observe [MEETING] [--name NAME], or observe --away")
    case ("completions", _): throw Complaint(.usage, "It is: coachtalk completions bash, zsh or fish")
    case ("prompts", _): throw Complaint(.usage, "It is: coachtalk prompts check [DIR]")
    case ("doctor", _), ("demo", _), ("list", _), ("recover", _), ("manual", _):
      throw Complaint(.usage, "\(command) takes no more words; see coachtalk --help.")
    default:
      let names = CommandTable.commands.map(\.name)
      let near = command.nearest(in: names).map { "; did you mean \($0)?" } ?? "; see coachtalk --help."
      throw Complaint(.usage, "There is no command '\(command.prefix(20))'\(near)")
    }
  }

  private func chat(_ archive: Archive, places: Places, device: String, isPlain: Bool) -> ExitStatus {
    let console = talkingConsole(plain: isPlain)
    defer { console.restore() }
    var studio = Studio(device: device)
    studio.useUsualSpeaker()
    studio.sample = places.sample
    return Conversation(
      console: console, archive: archive, library: Library.load(places.prompts), studio: studio,
      program: places.program
    ).run()
  }

  private func observe(_ watched: WatchedMeeting, _ places: Places, _ invocation: Invocation) throws -> ExitStatus {
    let console = talkingConsole(plain: invocation.plain)
    defer { console.restore() }
    return try Conversation(
      console: console, library: Library.load(places.prompts), studio: Studio(device: "none"),
      program: places.program, observing: watched
    ).run()
  }

  private func observeAway(_ places: Places, _ invocation: Invocation, _ device: String) throws -> ExitStatus {
    let console = talkingConsole(plain: invocation.plain)
    defer { console.restore() }
    return try Conversation(
      console: console, library: Library.load(places.prompts), studio: Studio(device: device),
      program: places.program,
      away: .init(
        name: invocation.name, mayRecord: invocation.record ? true : nil, place: invocation.output ?? places.recordings)
    ).run()
  }

  /// A console for somebody who stays a while: they can suspend it, and whatever happens their terminal is given back.
  func talkingConsole(plain: Bool) -> Console {
    TerminalKeeper.start()
    return Console(plain: plain)
  }

  private func writer(_ archive: Archive, _ places: Places, _ device: String) -> ReflectionWriter {
    ReflectionWriter(archive: archive, library: Library.load(places.prompts), studio: Studio(device: device))
  }

  func meeting(_ name: String, in archive: Archive) throws(Complaint) -> MeetingID {
    let there = "coachtalk list shows those there are."
    if name == "latest" {
      guard let latest = archive.latestMeeting() else { throw Complaint(.noInput, "There is no meeting yet; \(there)") }
      return latest
    }
    guard let id = MeetingID(name) else {
      throw Complaint(.noInput, "'\(name.prefix(20))' is not a meeting's name, such as 1-post; \(there)")
    }
    guard archive.meetings().contains(id) else { throw Complaint(.noInput, "There is no meeting \(id); \(there)") }
    return id
  }

  private func checkPrompts(_ path: String?) throws(Complaint) -> ExitStatus {
    if let path, !FileManager.default.fileExists(atPath: path) {
      throw Complaint(.noInput, "\(path): there is no such folder.")
    }
    var isFolder = false
    if let path, FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder {
      throw Complaint(.usage, "\(path): that is a file; give the folder it is in.")
    }
    let library = Library.load(path)
    for problem in library.problems { tell(Complaint(.data, problem.description)) }
    if !library.problems.isEmpty { return .data }
    let topics = library.chapters.reduce(0) { $0 + $1.topics.count }
    let sources = path.map(Library.sources)
    let read = sources.map { "\($0.read) \($0.read == 1 ? "file" : "files") read" }
    let others = sources.map { $0.builtIn == 0 ? ". " : "; the others are built in. " }
    return say(
      """
      \(path ?? "The built-in prompts"): all sound. \(read ?? "")\(others ?? "")\(library.scripts.count) meetings, \(library.themes.count) themes, \
      \(library.prompts.count) prompts, \(library.challenges.count) challenges, \(topics) topics.
      """)
  }

  // MARK: - Out

  @discardableResult
  func say(_ text: String) -> ExitStatus {
    Console(plain: true).print(text)
    return .done
  }

  private func tell(_ complaint: Complaint) { Console(plain: true).printError("coachtalk: " + complaint.message) }

  /// Shows Markdown: set for reading on a terminal, as it is anywhere else.
  private func read(_ markdown: String, _ invocation: Invocation) {
    guard let pager = Pager(plain: invocation.plain) else {
      _ = say(markdown)
      return
    }
    pager.show(reading(markdown, width: pager.width))
  }

  func worst(_ complaints: [Complaint]) -> ExitStatus {
    complaints.forEach(tell)
    return complaints.first?.status ?? .done
  }
}

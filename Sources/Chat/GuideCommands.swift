import Coaching
public import PromptLibrary
import SessionJournal

/// `/guide` and `/theme`: what is known, to be read, and added to.
extension Facilitator {
  func guide(_ query: Substring) throws {
    do throws(Complaint) {
      try GuideReading(library: library, theme: pairTheme, names: names).answer(String(query.trimmed)) { say($0, $1) }
    } catch {
      // Here it is a line that was wrong.
      throw Complaint(.data, error.message)
    }
  }

  /// The pair's theme with what they added to it.
  private var pairTheme: Theme? {
    guard let cycle, let id = cycle.state.theme, let theme = library.theme(id) else { return nil }
    let added = History(archive, cycle: cycle.number, cycle.state, library: library).themeEntries
    return theme.adding(theme.holding(added.inCollections.map { ($0.0, Speech.yours($0.1)) }))
  }

  /// The theme somebody means. Throws a complaint that names those there are.
  func theme(named name: String) throws(Complaint) -> Theme {
    guard let theme = library.theme(named: name) else {
      throw Complaint(.data, Speech.unknownTheme(name, library.themes.map(\.id)))
    }
    return theme
  }

  /// `/theme`: shows it, chooses it (`/theme group-work`), adds to it (`/theme strategy TEXT`), or takes back what was
  /// added last (`/theme undo`).
  func theme(_ rest: Substring) throws {
    guard let cycle else { throw Complaint(.data, Speech.noCycle) }
    guard !cycle.state.people.isGroup else { throw Complaint(.data, Speech.notInReview) }
    let text = rest.trimmed
    let word = String(text.prefix { !$0.isWhitespace })
    if text.isEmpty {
      guard let theme = pairTheme else { return say(Speech.chooseTheme(library.themes.map(\.id)), .speech) }
      return try guide(Substring(theme.id))
    }
    let more = text.dropFirst(word.count).trimmed
    if meeting?.state.isPaused ?? false { throw Complaint(.data, Speech.offRecord) }
    if text.lowercased() == "undo" {
      // Of this theme: what was added to another is not in the file that is written now.
      guard let theme = pairTheme else { throw Complaint(.data, Speech.chooseTheme(library.themes.map(\.id))) }
      guard let last = cycle.state.themeEntries.last(where: { $0.theme == cycle.state.theme }) else {
        return say(Speech.nothingToUndo, .speech)
      }
      try recordInCycle(.undone(last.number))
      try keepTheme(theme)
      return say(Speech.themeEntryUndone, .acknowledgement)
    }
    if more.isEmpty || library.theme(named: String(text)) != nil {
      let chosen = try self.theme(named: String(text))
      try recordInCycle(.agreed(key: "theme", choices: [chosen.id], text: nil))
      if !(self.cycle?.state.agreed.isEmpty ?? true) { try keepContract() }
      return say(Speech.themeChosen(chosen.title), .acknowledgement)
    }
    let names = Theme.Collection.allCases.map(\.rawValue)
    // One entry is a strategy, the collection is called strategies.
    guard let name = oneMatch(word.hasSuffix("y") ? String(word.dropLast()) : word, names),
      let collection = Theme.Collection(rawValue: name)
    else {
      throw Complaint(.data, Speech.unknownCollection(word, names))
    }
    guard let theme = pairTheme else { throw Complaint(.data, Speech.chooseTheme(library.themes.map(\.id))) }
    try recordInCycle(.themeEntry(collection: collection.rawValue, text: String(more)))
    try keepTheme(theme)
    say(Speech.themeEntryAdded(theme.title, cycle.state.people, archive.themePath(cycle.number)), .acknowledgement)
  }

  /// Writes down what the pair added to its theme, as a prompt file.
  private func keepTheme(_ theme: Theme) throws {
    guard let cycle else { return }
    let added = History(archive, cycle: cycle.number, cycle.state, library: library).themeEntries
    do throws(FileFailure) {
      try PrivateFiles.replace(archive.themePath(cycle.number), with: theme.holding(added.inCollections).file)
    } catch {
      throw Complaint(.cannotCreate, Speech.fileProblem(error))
    }
  }
}

extension [CycleState.ThemeEntry] {
  fileprivate var inCollections: [(Theme.Collection, String)] {
    compactMap { entry in Theme.Collection(rawValue: entry.collection).map { ($0, entry.text) } }
  }
}

/// Looks something up and sets it to be read: in a meeting, and by `coachtalk guide`.
public struct GuideReading {
  private let library: Library
  private let theme: Theme?
  private let names: Placeholders

  /// `theme` is the pair's own, which stands in for the one in `library`.
  init(library: Library, theme: Theme?, names: Placeholders) {
    (self.library, self.theme, self.names) = (library, theme, names)
  }

  public init(library: Library) {
    self.init(
      library: library, theme: nil,
      names: Placeholders(people: People(coach: "the coach", coachee: "the teacher"), focus: nil))
  }

  /// Says what is known of `query`; nothing at all lists the topics. Throws a ``Complaint`` when nothing is.
  public func answer(_ query: String, say: (String, Manner) -> Void) throws(Complaint) {
    guard !query.isEmpty else {
      for chapter in library.chapters {
        say("\n" + chapter.title, .heading)
        say(chapter.topics.map { "  \($0.id.padded(to: 20))\($0.title)" }.joined(separator: "\n"), .speech)
      }
      say("\n" + Speech.themesHeading, .heading)
      say(library.themes.map { "  \($0.id.padded(to: 28))\($0.title)" }.joined(separator: "\n"), .speech)
      return say("\n" + Speech.howToLookUp, .quiet)
    }
    switch library.lookUp(query) {
    case .nothing: throw Complaint(.noInput, Speech.nothingFound)
    case .list(let entries):
      say(Speech.foundSeveral, .quiet)
      for entry in entries {
        say("  \(entry.id.padded(to: 24))\(names.plain(entry.title)) (\(entry.place))", .speech)
        let excerpt = names.plain(library.excerpt(of: entry, for: query))
        if !excerpt.isEmpty { say("    \(excerpt)", .quiet) }
      }
    case .entries(let entries):
      for found in entries {
        let entry = found.id == theme?.id ? theme.map(library.entry) ?? found : found
        say("\n" + names.fill(entry.title), .heading)
        for paragraph in entry.paragraphs { say(names.plain(paragraph), .speech) }
        say(Speech.source(library.sources(entry.guide)), .quiet)
      }
    }
  }
}

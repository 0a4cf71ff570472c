import Coaching
import PromptLibrary
import Terminal

/// What the edited row shows of the meeting, and what Tab offers.
extension Facilitator {
  var isMeeting: Bool { meeting != nil }

  /// The meeting's time and whether it is recorded, in words: it must not be mistaken.
  func prompt(at now: SuspendingClock.Instant) -> Span {
    guard let meeting else { return Span(questions.isEmpty ? "> " : "? ") }
    let time = Timecode.text(meeting.time(at: now))
    let end = liveLayout != nil ? "live >" : questions.isEmpty ? ">" : "?"
    let stage = meeting.state.stage
    if !stage.isTalkAboutALesson {
      return Span("\(meeting.state.isPaused ? "OFF THE RECORD" : stage.rawValue) \(time) \(end) ", .dim)
    }
    if meeting.state.isPaused { return Span("OFF THE RECORD \(time) \(end) ", .yellow) }
    if meeting.isRecording, meeting.microphoneIsAway { return Span("NO MICROPHONE \(time) \(end) ", .yellow) }
    return meeting.isRecording ? Span("REC \(time) \(end) ", .red) : Span("no sound \(time) \(end) ", .dim)
  }

  /// Completions for the word before `cursor`: commands, then names, functions and values.
  func completions(_ line: String, cursor: Int) -> [Completion] {
    let before = line.prefix(cursor)
    guard before.hasPrefix("/") else { return [] }
    let words = before.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count > 1 else {
      return offer(commands.map { ("/" + $0.rawValue, $0.summary) }, for: before, end: " ")
    }
    guard let command = try? self.command(words[0].dropFirst()) else { return [] }
    let word = words.last!
    switch command {
    case .consent where words.count == 2:
      let people = cycle?.state.people
      return offer(
        (people?.roles ?? []).compactMap { role in people?.name(role).map { ($0, role.inWords) } }, for: word, end: " ")
    case .consent:
      return offer([("yes", "may be recorded"), ("no", "no sound is kept")], for: word, end: "")
    case .begin: return offer(library.scripts.compactMap(\.stage).map { ($0.rawValue, $0.title) }, for: word, end: "")
    case .new:
      if let equals = word.firstIndex(of: "="), word[..<equals] == "theme" {
        return offer(library.themes.map { ($0.id, $0.title) }, for: word[word.index(after: equals)...], end: " ")
      }
      let keys =
        Role.allCases.map { ($0.rawValue + "=", $0.inWords) }
        + [("focus=", "what you want to look at"), ("theme=", "a theme with questions of its own")]
      return offer(keys, for: word, end: "")
    case .goto where words.count == 2:
      return offer((meeting?.prompts ?? []).enumerated().map { ("\($0 + 1)", $1.title) }, for: word, end: "")
    case .prompts where words.count == 2: return offer([("all", "also those you have outgrown")], for: word, end: "")
    case .nudges where words.count == 2:
      return offer([("on", "a quiet word now and then"), ("off", "none")], for: word, end: "")
    case .agree: return agreeCompletions(word)
    case .theme where words.count == 2:
      return offer(
        library.themes.map { ($0.id, $0.title) } + Theme.Collection.allCases.map { ($0.rawValue, "add to your theme") },
        for: word, end: " ")
    case .guide where words.count == 2: return offer(library.readable.map { ($0.id, $0.title) }, for: word, end: "")
    case .evidence where words.count == 2: return offer(values(.stimulus), for: word, end: " ")
    case .stimulus where words.count == 2: return offer(values(.stimulus), for: word, end: " ")
    case .c, .t, .o, .b, .amend: return tagCompletions(word)
    case .live: return offer(library.layouts.map { ($0.id, $0.title) }, for: word, end: "")
    case .help: return offer(commands.map { ($0.rawValue, $0.summary) }, for: word, end: "")
    default: return []
    }
  }

  private func agreeCompletions(_ word: Substring) -> [Completion] {
    let prompts = library.agreement?.prompts ?? []
    guard let equals = word.firstIndex(of: "=") else {
      return offer(prompts.map { ($0.id + "=", $0.title) }, for: word, end: "")
    }
    let options = prompts.first { $0.id == word[..<equals] }?.choices?.options ?? []
    return offer(options.map { ($0.key, $0.text) }, for: word[word.index(after: equals)...], end: " ")
  }

  private func tagCompletions(_ word: Substring) -> [Completion] {
    if let equals = word.firstIndex(of: "="), let dimension = Dimension(rawValue: String(word[..<equals])) {
      return offer(values(dimension), for: word[word.index(after: equals)...], end: " ")
    }
    let last = word.split(separator: ",", omittingEmptySubsequences: false).last ?? ""
    let others =
      [("new", "opens a new topic"), ("co", "builds on the partner's words")]
      + TagParser.keys.map { ($0 + "=", Self.meaning(ofKey: $0)) }
    return offer(values(.function), for: last, end: " ")
      + offer(last.count == word.count ? others : [], for: last, end: "")
  }

  /// `line` when every word of it is one that the program offers, as it offers it; `nil` otherwise. Only such a line is
  /// kept from one time to the next, so nobody's words are. Names that people gave, to themselves or to what they wrote into
  /// their prompts, are offered as well: commands that take those are left out.
  func ownWords(_ line: String) -> String? {
    let text = line.trimmed
    guard text.hasPrefix("/"), let command = try? command(text.dropFirst().prefix { !$0.isWhitespace }),
      ![.consent, .new, .agree, .theme, .guide, .live].contains(command)
    else { return nil }
    var own = "/" + command.rawValue
    for part in text.drop(while: { !$0.isWhitespace }).split(separator: " ") {
      own += " "
      for (index, word) in part.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
        let before = own + (index > 0 ? "," : "")
        let offered = completions(before + word, cursor: before.count + word.count)
        let texts = offered.map { String($0.text.trimmed) }
        let value = word.split(separator: "=", omittingEmptySubsequences: false).last ?? word
        guard let found = texts.count == 1 ? texts[0] : texts.first(where: { $0 == value.lowercased() }) else {
          return nil
        }
        own = before + word.dropLast(value.count) + found
      }
    }
    return own
  }

  private static func meaning(ofKey key: String) -> String {
    switch Dimension(rawValue: key) {
    case .stimulus: "what you look at"
    case .scale: "how large the piece of teaching is"
    case .time: "when it is about"
    case .tone: "-- to ++"
    default: "what it is about, in your words"
    }
  }

  private func values(_ dimension: Dimension) -> [(String, String)] {
    let named = library.vocabulary.entry(dimension)?.values ?? []
    return named.map { ($0.id, $0.meaning) }
  }

  private func offer(_ names: [(String, String)], for word: some StringProtocol, end: String) -> [Completion] {
    names.filter { $0.0.lowercased().hasPrefix(word.lowercased()) }
      .map { Completion($0.0 + end, replacing: word.count, hint: $0.1) }
  }
}

extension Role {
  fileprivate var inWords: String {
    switch self {
    case .coach: "who coaches"
    case .coachee: "whose teaching it is about"
    case .observer: "who watches the two, if anybody does"
    }
  }
}

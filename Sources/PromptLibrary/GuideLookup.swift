import Coaching

/// Something that can be looked up: a topic of the guide, a theme, a word for tagging, a technique or a prompt.
public struct GuideEntry: Equatable, Sendable {
  public var id: String
  public var title: String
  /// What it belongs to, such as the chapter's title.
  public var place: String
  public var guide: [String]
  public var paragraphs: [String]
}

/// What was found for a word.
public enum GuideAnswer: Equatable, Sendable {
  /// To be read.
  case entries([GuideEntry])
  /// To choose from: too many to be read.
  case list([GuideEntry])
  case nothing
}

extension Library {
  /// Most entries that are shown in full.
  private static let mostShown = 2
  /// Most entries that are listed.
  private static let mostListed = 10

  /// Looks `query` up: an id, a title, the beginning of one, an element of the guide such as `C7`, or any words.
  public func lookUp(_ query: String) -> GuideAnswer {
    let wanted = query.lowercased()
    let named = (readable + prompts.map(entry)).filter {
      $0.id.lowercased() == wanted || $0.title.lowercased() == wanted
    }
    if !named.isEmpty { return .entries(named) }
    if let chapter = chapters.first(where: { $0.id.lowercased() == wanted || $0.title.lowercased() == wanted }) {
      return .list(entries(chapter))
    }
    if GuideElement.all.contains(query.uppercased()) {
      let about = { (entry: GuideEntry) in entry.guide.contains(query.uppercased()) }
      let found = readable.filter(about)
      // Whoever asks for an element wants to see all there is of it.
      return answer(found + prompts.map(entry).filter(about), most: .max)
    }
    let begun = readable.filter { $0.id.hasPrefix(wanted) || $0.title.lowercased().hasPrefix(wanted) }
    if begun.count == 1 { return .entries(begun) }
    return answer(begun + search(wanted).filter { !begun.contains($0) })
  }

  private static let small: Set<Substring> = [
    "a", "about", "an", "and", "are", "be", "can", "do", "does", "for", "from", "give", "how", "i", "in", "is", "it",
    "my", "of", "on", "or", "our", "the", "their", "to", "we", "what", "when", "which", "who", "why", "with", "you",
    "your",
  ]

  /// Entries in which the words stand, the best first: all of the words before some of them, the whole phrase before its
  /// words, a title before a text.
  private func search(_ wanted: String) -> [GuideEntry] {
    let all = wanted.split { !$0.isLetter && !$0.isNumber }
    let telling = all.filter { !Self.small.contains($0) }
    let words = telling.isEmpty ? all : telling
    let scored = (readable + prompts.map(entry)).map { (entry: $0, score: score($0, words, phrase: wanted)) }
    return scored.filter { $0.score > 0 }.sorted { $0.score > $1.score }.map(\.entry)
  }

  /// Elements of the guide as they are said: the topic that is first of all about each, and its ID.
  public func sources(_ elements: [String]) -> String {
    var said: [String] = []
    for element in elements {
      let topics = chapters.flatMap(\.topics)
      let topic = topics.first { $0.guide.first == element } ?? topics.first { $0.guide.contains(element) }
      let words = topic.map { "\($0.title) (\(element))" } ?? element
      if !said.contains(words) { said.append(words) }
    }
    return said.joined(separator: "; ")
  }

  private func answer(_ found: [GuideEntry], most: Int = mostListed) -> GuideAnswer {
    if found.isEmpty { return .nothing }
    return found.count <= Self.mostShown ? .entries(found) : .list(Array(found.prefix(most)))
  }

  private func score(_ entry: GuideEntry, _ words: [Substring], phrase: String) -> Int {
    let title = " " + entry.title.lowercased()
    let text = " " + entry.paragraphs.joined(separator: " ").lowercased()
    // At the beginning of a word: "wait", but not "await".
    let counts = words.map { word in
      10 * title.ranges(of: " " + word).count + min(5, text.ranges(of: " " + word).count)
    }
    let found = counts.count { $0 > 0 }
    guard found == words.count || (found * 2 >= words.count && words.count > 1) else { return 0 }
    let isPhrase = words.count > 1 && (title + text).contains(" " + phrase)
    return 1000 * found + (isPhrase ? 500 : 0) + counts.reduce(0, +)
  }

  /// The sentence of `entry` in which most of the words of `query` stand.
  public func excerpt(of entry: GuideEntry, for query: String) -> String {
    let words = query.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { !Self.small.contains($0) }
    let sentences = entry.paragraphs.flatMap { $0.split(whereSeparator: { ".?!".contains($0) }) }
    let scored = sentences.map { sentence in
      (sentence, words.count { (" " + sentence.lowercased()).contains(" " + $0) })
    }
    guard let best = scored.max(by: { $0.1 < $1.1 }), best.1 > 0 else { return "" }
    let text = best.0.drop { "\"“”· ".contains($0) }.trimmingSpace
    guard text.count > 90 else { return String(text) }
    let cut = text.prefix(88)
    // A placeholder that is cut in two would stay one.
    guard let open = cut.lastIndex(of: "{"), !cut[open...].contains("}") else { return cut + "…" }
    return cut[..<open].trimmingSpace + "…"
  }

  // MARK: - What can be looked up

  /// What is written to be read: topics, themes, and the words for tagging.
  public var readable: [GuideEntry] {
    chapters.flatMap(entries) + themes.map(entry) + vocabulary.entries.flatMap(entries)
  }

  private func entries(_ chapter: GuideChapter) -> [GuideEntry] {
    chapter.topics.map { topic in
      GuideEntry(
        id: topic.id, title: topic.title, place: chapter.title, guide: topic.guide,
        paragraphs: topic.paragraphs + topic.triggerQuestions + topic.reviewQuestions)
    }
  }

  public func entry(_ theme: Theme) -> GuideEntry {
    let questions = theme.prompts.map(\.question)
    let sections = theme.sections.filter { !$0.entries.isEmpty }.flatMap {
      [$0.title + ":"] + $0.entries.map { "· " + $0 }
    }
    return GuideEntry(
      id: theme.id, title: theme.title, place: "Themes", guide: theme.guide + theme.prompts.flatMap(\.guide),
      paragraphs: theme.about + (questions.isEmpty ? [] : ["To talk about:"] + questions.map { "· " + $0 }) + sections)
  }

  private func entries(_ entry: Vocabulary.Entry) -> [GuideEntry] {
    let values = entry.values.map { value in
      GuideEntry(
        id: value.id, title: value.title, place: entry.title, guide: value.guide.isEmpty ? entry.guide : value.guide,
        paragraphs: [value.meaning] + (value.example.isEmpty ? [] : ["“\(value.example)”"]))
    }
    let list = entry.values.map { "· \($0.id): \($0.meaning)" }
    // Where there is a topic of that name, the words themselves are enough.
    let hasTopic = chapters.contains { $0.topics.contains { $0.id == entry.dimension.rawValue } }
    return [
      GuideEntry(
        id: entry.dimension.rawValue, title: "\(entry.title): the words", place: "Words for tagging",
        guide: entry.guide,
        paragraphs: (hasTopic && !list.isEmpty ? [] : [entry.meaning, entry.significance]) + list)
    ] + values
  }

  /// A prompt with what it is for.
  private func entry(_ prompt: Prompt) -> GuideEntry {
    let choices = prompt.choices?.options.flatMap { ["· \($0.text)"] + ($0.remark.map { ["  \($0)"] } ?? []) } ?? []
    return GuideEntry(
      id: prompt.id, title: prompt.title, place: place(of: prompt), guide: prompt.guide,
      paragraphs: [prompt.question] + choices + [prompt.why, prompt.whileWatching].filter { !$0.isEmpty })
  }

  private func place(of prompt: Prompt) -> String {
    if let theme = themes.first(where: { $0.prompts.contains { $0.id == prompt.id } }) { return theme.title }
    if techniques.contains(where: { $0.id == prompt.id }) { return "Video techniques" }
    return (scripts + [agreement].compactMap(\.self)).first { $0.prompts.contains { $0.id == prompt.id } }?.title ?? ""
  }
}

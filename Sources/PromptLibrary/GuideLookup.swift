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
  private static let mostListed = 20

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
      return answer(found + prompts.map(entry).filter(about))
    }
    let begun = readable.filter { $0.id.lowercased().hasPrefix(wanted) || $0.title.lowercased().hasPrefix(wanted) }
    if begun.count == 1 { return .entries(begun) }
    let words = wanted.split(whereSeparator: \.isWhitespace)
    let scored = (readable + prompts.map(entry)).map { (entry: $0, score: score($0, words)) }.filter { $0.score > 0 }
    return answer(begun + scored.sorted { $0.score > $1.score }.map(\.entry).filter { !begun.contains($0) })
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

  private func answer(_ found: [GuideEntry]) -> GuideAnswer {
    if found.isEmpty { return .nothing }
    return found.count <= Self.mostShown ? .entries(found) : .list(Array(found.prefix(Self.mostListed)))
  }

  /// 0 unless every word is in it; more for a word in the title.
  private func score(_ entry: GuideEntry, _ words: [Substring]) -> Int {
    let title = entry.title.lowercased()
    let text = entry.paragraphs.joined(separator: " ").lowercased()
    var score = 0
    for word in words {
      // At the beginning of a word: "wait", but not "await".
      let begins = { (text: String) in (" " + text).ranges(of: " " + word).count }
      let here = 10 * begins(title) + begins(text)
      if here == 0 { return 0 }
      score += here
    }
    return score
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

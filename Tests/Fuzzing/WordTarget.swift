import Coaching

@testable import Chat
@testable import PromptLibrary
@testable import Reports
@testable import Terminal

extension FuzzTarget {
  /// The text is what somebody typed behind a command, or as an answer, or what stands on a command line.
  static let words = FuzzTarget(name: "words", corpus: "words") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    try requireTimes(text)
    try requireTag(text)
    for isInMeeting in [false, true] { _ = try? Command.named(text, inMeeting: isInMeeting) }
    if let meeting = MeetingID(text) { try require(meeting.description == text, "a meeting of another name") }
    let people = People(coach: "Anna", coachee: "Ben", observer: text)
    try require(people.roles(matching: "Anna").contains(.coach), "Anna is not found")
    _ = people.roles(matching: text)
    let options = ["yes", "not-yet", "no"].map { Choices.Option(key: $0, text: $0) }
    for isMany in [false, true] {
      let choices = Choices(isMany: isMany, options: options)
      let keys = choices.keys(in: text) ?? []
      try require(isMany || keys.count < 2, "several were picked where one can be")
      try require(choices.isNumbers(text) || keys.isEmpty || text.contains(where: \.isLetter), "picked by nothing")
    }
    _ = builtInLibrary.theme(named: text)
    try requireDays(text)
    try requireEscaped(text)
  }
}

private func requireTimes(_ text: String) throws {
  for part in text.split(separator: " ") + [text[...]] {
    guard let seconds = Timecode.seconds(part) else { continue }
    try require((0...36_000_000.0).contains(seconds), "a time of \(seconds) seconds")
    let said = Timecode.text(seconds)
    try require(Timecode.seconds(said) == seconds.rounded(.down), "\(seconds) seconds are said to be \(said)")
    _ = Timecode.words(seconds)
  }
}

private func requireDays(_ text: String) throws {
  if let day = Day(in: text) {
    try require(Day(in: "\(day)") == day, "\(day) is read as another day")
    if let yearly = DayOfYear(text) { try require(yearly.onOrAfter(day) >= day, "a day that comes is before today") }
  }
  if let yearly = DayOfYear(text) { try require(DayOfYear("\(yearly)") == yearly, "\(yearly) is read as another day") }
  if let stretch = Redaction(text) {
    try require(stretch.from < stretch.to && stretch.covers(stretch.to), "a stretch that does not last")
  }
}

private func requireTag(_ text: String) throws {
  let parser = TagParser(functions: builtInLibrary.vocabulary.functions)
  guard let turn = try? parser.turn(by: .coach, text[...]) else { return }
  try require(Set(turn.functions).count == turn.functions.count, "a function is tagged twice")
  try require(turn.functions.allSatisfy(parser.functions.contains), "a function that nobody knows")
  try require(turn.note != "" && turn.subject != "", "an empty note or subject")
}

/// Text that comes to stand on a page, or on the screen, is all that it is there.
private func requireEscaped(_ text: String) throws {
  try requirePage("<p title=\"\(escapeHTML(text))\">\(escapeHTML(text))</p>")
  let markdown = escapeMarkdown(text)
  try requirePrintable(markdown, "the Markdown")
  try require(!markdown.contains("\n"), "Markdown of one line has two")
  let safe = text.safeForTerminal
  try require(safe == safe.safeForTerminal && !safe.contains("\u{1B}"), "text for the screen acts on it")
  for width in [1, 7, 80] {
    for line in wrap([Span(safe)], width: width, styled: false) {
      let cells = line.map { Cell($0) }
      let isOneCharacter = cells.count { $0.columns > 0 && $0.character != " " } < 2
      try require(cells.columns <= width || isOneCharacter, "a line of \(cells.columns) columns, and not of \(width)")
    }
  }
  let names = Placeholders(people: People(coach: text, coachee: "Ben"), focus: text)
  try require(names.fill("{coach}") == text && names.fill("a} {b") == "a} {b", "a name is not filled in as it is")
  _ = names.fill(text)
}

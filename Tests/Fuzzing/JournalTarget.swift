import Coaching
import Foundation
import TalkAnalysis

@testable import SessionJournal

extension FuzzTarget {
  /// The bytes are a journal: read, coded again, and replayed.
  static let journal = FuzzTarget(name: "journal", corpus: "journal") { bytes in
    let contents = JournalContents(bytes: bytes)
    try requireLines(contents, bytes)
    for event in contents.events { try requireStable(event) }
    try requireMended(contents, bytes)
    try requireRedacted(contents, bytes)
    try requireCycle(contents.events)
    if let clock = MeetingClock(bytes) {
      try require(clock.time(at: SuspendingClock.now).isFinite, "a meeting's clock stands nowhere")
    }
    let measures = TalkMeasures(try meeting(contents.events))
    try require(zip(measures.turns, measures.ends).allSatisfy { $0.t <= $1 }, "a turn ends before it begins")
  }
}

/// The meeting that `events` add up to; as when an observer's tags are read, they need not begin one.
func meeting(_ events: [Event]) throws -> MeetingState {
  let began = Event(
    number: 0, at: Date(timeIntervalSince1970: 0),
    kind: .began(stage: .post, people: People(coach: "Anna", coachee: "Ben"), focus: "wait time"))
  guard let state = MeetingState(events: events) ?? MeetingState(events: [began] + events) else {
    throw Broken(description: "a meeting that began is none")
  }
  return state
}

/// Every line is counted once: as the header, as an event of its number, or as damaged.
private func requireLines(_ contents: JournalContents, _ bytes: [UInt8]) throws {
  let ends = bytes.count { $0 == UInt8(ascii: "\n") }
  try require(contents.lineCount == ends + (contents.tornTail == nil ? 0 : 1), "lines are miscounted")
  let numbers = contents.events.map(\.number)
  try require(zip(numbers, numbers.dropFirst()).allSatisfy(<), "the numbers of events do not ascend")
  let damaged = contents.damagedLines
  try require(zip(damaged, damaged.dropFirst()).allSatisfy(<), "the damaged lines do not ascend")
  let seen = Set(numbers + damaged)
  try require(seen.count == numbers.count + damaged.count, "an event stands on a damaged line")
  let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  for number in numbers {
    try require(number <= ends && !lines[number - 1].isEmpty, "an event stands where there is no line")
  }
  let torn = Set(contents.events.compactMap { if case .torn(let line) = $0.kind { line } else { nil } })
  for line in 1..<ends + 1 where !seen.contains(line) && line != 1 {
    try require(torn.contains(line), "line \(line) is neither an event nor damaged")
  }
}

/// What is written is read again as it is, and written again as it was.
private func requireStable(_ event: Event) throws {
  try require((0...1e7).contains(event.t), "an event is at a time that no meeting reaches")
  let written = JournalCoding.encode(event)
  try require(!written.contains(UInt8(ascii: "\n")), "an event takes two lines")
  guard let read = JournalCoding.decode(written) else { throw Broken(description: "an event cannot be read again") }
  let again = JournalCoding.encode(read)
  try require(written == again, "an event is written differently once it was read")
  try require(JournalCoding.decode(again) == read, "an event is read differently once it was written")
  try require(read.number == event.number && abs(read.t - event.t) < 0.001, "an event moved")
}

/// A journal that a crash tore is gone on with, and loses nothing.
private func requireMended(_ contents: JournalContents, _ bytes: [UInt8]) throws {
  guard contents.tornTail != nil, contents.newerVersion == nil else { return }
  let folder = try makeFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let path = "\(folder)/journal.jsonl"
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  let (journal, mended) = try Journal.open(path)
  let last = try journal.append(.carriedOn, t: 1)
  let again = try JournalContents.read(path)
  try require(again.events == mended.events + [last], "a mended journal has other events")
  try require(again.events.starts(with: contents.events), "mending lost an event")
  try require(again.tornTail == nil, "a mended journal is still torn")
  try require(Set(again.damagedLines).isSubset(of: contents.damagedLines), "mending did damage")
}

/// A stretch is taken out of a journal line by line: what lies in it is without its words, and the rest is as it was.
private func requireRedacted(_ contents: JournalContents, _ bytes: [UInt8]) throws {
  let stretch = Redaction(from: 60, to: 90)
  let epoch = Date(timeIntervalSince1970: 0)
  let lines = JournalCoding.redacted(bytes, stretch, at: epoch)
  try require(lines.count == contents.lineCount, "a redacted journal has other lines")
  let text = lines.flatMap { $0 + [UInt8(ascii: "\n")] }
  let after = JournalContents(bytes: text)
  try require(after.damagedLines.isEmpty, "words may be left in a line that cannot be read")
  let kept = Dictionary(uniqueKeysWithValues: after.events.map { ($0.number, $0) })
  var covered: Set<Int> = []
  for event in contents.events {
    guard let now = kept[event.number] else { throw Broken(description: "redacting lost line \(event.number)") }
    if case .turn = event.kind, stretch.covers(event.t) { covered.insert(event.number) }
    // What is said of a turn afterwards goes with it.
    let isOfCovered = if case .amended(let line, _) = event.kind { covered.contains(line) } else { false }
    if stretch.covers(event.t) || isOfCovered {
      try require(now.kind == event.kind.withoutWords && now.kind == now.kind.withoutWords, "words are left")
    } else {
      try require(now == event, "line \(event.number), which lies outside, is another one")
    }
  }
  try require(JournalCoding.redacted(text, stretch, at: epoch) == lines, "redacted twice is something else")
}

private func requireCycle(_ events: [Event]) throws {
  let state = try cycle(events)
  var later = CycleState(events: Array(events.prefix(1)))
  later?.catchUp(with: events)
  try require(later == nil || later == state, "a cycle that caught up is another one")
  try require(!state.mayRecord || state.withoutConsent.isEmpty, "sound without consent")
}

/// The cycle that `events` add up to; they need not begin one.
func cycle(_ events: [Event]) throws -> CycleState {
  let began = Event(
    number: 0, at: Date(timeIntervalSince1970: 0),
    kind: .cycle(people: People(coach: "Anna", coachee: "Ben"), focus: nil, theme: "classroom-talk"))
  guard let state = CycleState(events: events) ?? CycleState(events: [began] + events) else {
    throw Broken(description: "a cycle that began is none")
  }
  return state
}

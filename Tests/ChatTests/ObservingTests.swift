import Coaching
import Foundation
import PromptLibrary
import SessionJournal
import Synchronization
import Terminal
import Testing

@testable import Chat

/// A pair in one window and its observer in another; both go by one clock that stands still until it is moved.
@Suite struct ObservingTests {
  let pair = Room()
  private let said = Heard()

  final class Heard {
    var lines: [(text: String, manner: Manner)] = []
    func take() -> String {
      defer { lines = [] }
      return lines.map(\.text).joined(separator: "\n")
    }
  }

  /// A meeting with everybody's yes and without sound.
  init() {
    pair.type("/new coach=Anna coachee=Ben observer=Cleo")
    pair.type("/consent Anna yes", "/consent Ben yes", "/consent Cleo yes", "/begin post")
    pair.facilitator.lookAround(at: pair.now)
  }

  var archive: Archive { pair.facilitator.archive }

  func desk(_ meeting: MeetingID? = nil, name: String? = nil) throws(Complaint) -> ObserverDesk {
    let desk = try ObserverDesk(
      try WatchedMeeting(archive, meeting, name: name), library: pair.facilitator.library,
      studio: pair.facilitator.studio, isInteractive: true, say: { [said] in said.lines.append(($0, $1)) })
    desk.open()
    return desk
  }

  /// Types lines, a second apart.
  func type(_ desk: ObserverDesk, _ lines: String...) {
    for line in lines {
      pair.clock.withLock { $0 = $0.advanced(by: .seconds(1)) }
      _ = desk.handle(line, at: pair.now)
    }
  }

  func own() throws -> [Event] {
    try JournalContents.read(try #require(archive.observerPaths(MeetingID("1-post")!).first)).events
  }

  @Test func `the pair is told when their observer comes and goes, once each`() throws {
    func look() -> [String] {
      pair.clock.withLock { $0 = $0.advanced(by: .seconds(3)) }
      let before = pair.said.count
      pair.facilitator.lookAround(at: pair.now)
      return pair.said.dropFirst(before).map(\.text)
    }
    #expect(look() == [])
    let desk = try desk()
    #expect(look() == [Speech.observerCame("Cleo")] && look() == [])
    desk.close(.closed, at: pair.now)
    #expect(look() == [Speech.observerLeft("Cleo")] && look() == [])
  }

  @Test func `an observer's tags have the meeting's time and a journal of their own`() throws {
    let desk = try desk()
    let before = pair.journal
    pair.type("/c question")
    type(desk, "/t expl new", "/feedback wait", "/moment", "my own thoughts")
    let pairs = try #require(pair.journal.last { if case .turn = $0.kind { true } else { false } })
    let mine = try own()
    #expect(
      mine.dropFirst(2).map(\.kind) == [
        .turn(Turn(by: .coachee, functions: [.explanation], new: true)), .feedback(text: "wait"), .moment(text: nil),
        .note(text: "my own thoughts", prompt: nil),
      ])
    for (event, later) in zip(mine.dropFirst(2), 1...) { #expect(abs(event.t - pairs.t - Double(later)) < 0.002) }
    #expect(pair.journal.count == before.count + 1)
    #expect(said.take().contains("feedback from Cleo"))
  }

  @Test func `one key tags for an observer, too; what was pressed off the record or too late is not there`() throws {
    let desk = try desk()
    desk.takesKeys = true
    type(desk, "/live")
    var keys = LiveKeys()
    func press(_ typed: String) {
      for key in typed.unicodeScalars {
        pair.clock.withLock { $0 = $0.advanced(by: .seconds(1)) }
        keys.use(desk.liveLayout)
        if let press = keys.take(.character(key), at: pair.now, offered: nil) { desk.press(press) }
      }
    }
    press("tqc")
    let tagged = try own().count
    pair.type("/pause")
    press("htm")
    #expect(try own().count == tagged)
    #expect(
      desk.footer(width: 80, height: 24, at: pair.now).joined().contains { $0.text == Speech.pairOffRecord + "  " })
    // Said of a turn from before, while the pair was going off the record.
    keys.use(desk.liveLayout)
    let moment = pair.now
    pair.type("/resume")
    let late = keys.take(.character("q"), at: moment, offered: nil)
    if let late { desk.press(late) }
    type(desk, "/status")
    #expect(try own().last { $0.kind == .redacted } != nil)
    #expect(try own().count { if case .amended = $0.kind { true } else { false } } == 1)
    // The prompts are the pair's.
    let label = desk.footer(width: 300, height: 24, at: pair.now).joined().map(\.text).joined()
    #expect(label.contains("undo") && !label.contains("next prompt"))
    press("\u{FFFD}")
    desk.press(.meaning(.next, at: pair.now))
    #expect(desk.footer(width: 80, height: 24, at: pair.now).joined().contains { $0.text.contains("the pair's") })
    // Pressed before the end, and seen after it.
    pair.clock.withLock { $0 = $0.advanced(by: .seconds(2)) }
    let before = pair.now
    pair.type("/end", "/end")
    desk.press(.meaning(.speaker(.both), at: before))
    pair.clock.withLock { $0 = $0.advanced(by: .seconds(1)) }
    desk.press(.meaning(.speaker(.coach), at: pair.now))
    let turns = try own().compactMap { if case .turn(let turn) = $0.kind { turn.by } else { nil } }
    #expect(turns == [.coachee, .coach, .both])
  }

  @Test func `an observer sees the prompt, and nothing that the pair writes or picks`() throws {
    let desk = try desk()
    let opening = said.take()
    #expect(opening.contains("Anna and Ben") && opening.contains("like a photograph"))
    pair.type("secret of theirs", "/c question : whispered", "/moment hushed", "/action veiled", "/next")
    desk.lookAround(at: pair.now)
    let shown = said.take()
    #expect(shown.contains("Let's put one piece of evidence between us"))
    type(desk, "/status")
    let all = opening + shown + said.take()
    for word in ["secret", "whispered", "hushed", "veiled"] { #expect(!all.contains(word)) }
  }

  @Test(arguments: ["/next", "/end", "/pause", "/action x", "/consent Ben no", "/begin post", "/stimulus video"])
  func `what is for the pair is refused to an observer`(line: String) throws {
    let desk = try desk()
    let before = (pair.journal, try own())
    _ = said.take()
    type(desk, line)
    #expect(said.take().contains("is for the pair"))
    #expect((pair.journal, try own()) == before)
  }

  @Test func `off the record an observer's words and tags are refused, and those that were just being typed go`() throws
  {
    let desk = try desk()
    type(desk, "/c question")
    pair.type("/pause")
    let late = pair.now.advanced(by: .milliseconds(300))
    pair.clock.withLock { $0 = late }
    type(desk, "/t explanation", "they whisper", "/feedback whispering")
    #expect(try own().count == 3)
    #expect(said.take().contains("off the record"))
    #expect(String(desk.prompt(at: pair.now).text).hasPrefix("OFF THE RECORD"))
    pair.type("/resume")
    // Begun while they were off the record, finished after.
    _ = desk.handle("begun too early", at: late)
    _ = desk.handle("/c challenge", at: late)
    desk.lookAround(at: pair.now)
    #expect(
      try own().dropFirst(2).map(\.kind) == [.turn(Turn(by: .coach, functions: [.question])), .redacted, .redacted])
    type(desk, "/t explanation")
    #expect(try own().last?.kind == .turn(Turn(by: .coachee, functions: [.explanation])))
  }

  @Test func `only whom the pair named may observe, and only once`() throws {
    #expect(throws: Complaint(.data, Speech.notTheObserver(MeetingID("1-post")!))) { try desk(name: "Dan") }
    let first = try desk(name: "cleo")
    #expect(throws: Complaint(.inputOutput, Speech.alreadyObserved(MeetingID("1-post")!))) { try desk() }
    type(first, "/c question")
    #expect(try own().count == 3)
  }

  @Test func `without everybody's yes nobody observes, and a no taken back ends it`() throws {
    let desk = try desk()
    type(desk, "/c question")
    pair.type("/consent Ben no")
    _ = said.take()
    desk.lookAround(at: pair.now)
    #expect(desk.isOver && said.take().contains("taken back their yes"))
    type(desk, "/c challenge", "a note")
    desk.close(.closed, at: pair.now)
    #expect(try own().map(\.kind).suffix(2) == [.turn(Turn(by: .coach, functions: [.question])), .ended(.closed)])
    #expect(throws: Complaint(.data, Speech.notAllAgreed(MeetingID("1-post")!))) { try self.desk() }
  }

  @Test func `a meeting that named no observer, or does not run, is not observed`() throws {
    let other = Room()
    #expect(throws: Complaint(.noInput, Speech.nothingRuns)) {
      try WatchedMeeting(other.facilitator.archive, nil, name: nil)
    }
    other.meet()
    let id = MeetingID("1-post")!
    #expect(throws: Complaint(.data, Speech.noObserverAgreed(id))) {
      try WatchedMeeting(other.facilitator.archive, nil, name: nil)
    }
    pair.facilitator.close(.closed, at: pair.now)
    #expect(throws: Complaint(.noInput, Speech.notRunning(id))) { try desk(id) }
    #expect(!FileManager.default.fileExists(atPath: archive.clockPath(id)))
  }

  @Test func `who leaves and comes back goes on in the same journal`() throws {
    let first = try desk()
    type(first, "/c question")
    first.close(.closed, at: pair.now)
    let second = try desk()
    #expect(said.take().contains("Welcome back"))
    type(second, "/undo")
    #expect(
      try own().suffix(4).map(\.kind) == [
        .turn(Turn(by: .coach, functions: [.question])), .ended(.closed), .carriedOn, .undone(4),
      ])
  }

  @Test func `when the pair ends, the observer is told, and a line that was begun before is kept`() throws {
    let desk = try desk()
    let begun = pair.now
    pair.clock.withLock { $0 = $0.advanced(by: .seconds(5)) }
    pair.facilitator.close(.closed, at: pair.now)
    _ = said.take()
    desk.lookAround(at: pair.now)
    #expect(desk.isOver && said.take().contains("has ended 1-post"))
    _ = desk.handle("/feedback just in time", at: begun)
    type(desk, "/feedback too late")
    #expect(said.take().contains("over for you"))
    desk.close(.closed, at: pair.now)
    #expect(try own().suffix(2).map(\.kind) == [.feedback(text: "just in time"), .ended(.closed)])
    #expect(desk.status == .data)
  }

  @Test func `prefixes, completion and help know an observer's commands alone`() throws {
    let desk = try desk()
    #expect(desk.completions("/", cursor: 1).map(\.text).contains("/feedback "))
    #expect(!desk.completions("/", cursor: 1).map(\.text).contains("/next "))
    #expect(desk.completions("/c que", cursor: 6).map(\.text) == ["question "])
    type(desk, "/s")
    #expect(said.take().contains("1-post, 0:0"))
    type(desk, "/help")
    let help = said.take()
    #expect(help.contains("/feedback") && !help.contains("/begin"))
  }
}

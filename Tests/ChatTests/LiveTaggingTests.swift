import Coaching
import PromptLibrary
import Synchronization
import Terminal
import Testing

@testable import Chat

@Suite struct LiveTaggingTests {
  private let room = Room()

  init() {
    room.facilitator.takesKeys = true
    room.meet()
    room.type("/live")
    _ = room.heard()
  }

  /// Presses keys, a second apart, as the console hands them over.
  private func press(_ keys: String) {
    var live = LiveKeys()
    live.use(room.facilitator.liveLayout)
    for key in keys.unicodeScalars {
      room.clock.withLock { $0 = $0.advanced(by: .seconds(1)) }
      guard let press = live.take(.character(key), at: room.now, offered: nil) else { continue }
      room.facilitator.press(press)
    }
  }

  private var turns: [TaggedTurn] { room.facilitator.meeting?.state.turns ?? [] }

  private var shown: [String] {
    room.facilitator.footer(width: 80, height: 24, at: room.now).map { $0.map(\.text).joined() }
  }

  @Test func `a speaker's key begins a turn, and the others add to it, each on the disk`() throws {
    press("cqhnwtx1m")
    #expect(
      turns.map(\.turn) == [
        Turn(by: .coach, functions: [.question, .challenge], new: true, co: true),
        Turn(by: .coachee, functions: [.context], scale: .moment),
      ])
    press("35")
    #expect(turns.last?.turn.tone == .veryPositive)
    #expect(turns.map(\.t).first.map { Int($0) } == 2)
    #expect(turns[1].t - turns[0].t == 5)
    let written = try #require(MeetingState(events: room.journal))
    #expect(written == room.facilitator.meeting?.state)
    #expect(room.journal.map(\.t) == room.journal.map(\.t).sorted())
  }

  @Test func `the same key again changes nothing and writes nothing`() {
    press("cqn")
    let before = room.journal.count
    press("cccqqn")
    #expect(room.journal.count == before)
    press("1m1m")
    #expect(room.journal.count == before + 1)
    #expect(turns.map(\.turn) == [Turn(by: .coach, functions: [.question], new: true, scale: .moment)])
  }

  @Test func `a code before any turn, or a key without a meaning, is told in the row and nothing is written`() {
    room.type("/c question")
    room.type("/live both")
    let before = room.journal.count
    press("h")
    #expect(shown.contains { $0.contains("whose turn is it? c Anna, t Ben") })
    press("k")
    #expect(shown.contains { $0.contains("k: no meaning here") })
    press("o")
    #expect(shown.contains { $0.contains(Speech.noObserver) })
    #expect(room.journal.count == before)
    press("t")
    #expect(!shown.contains { $0.contains("no meaning") } && shown.contains { $0.contains("Ben") })
  }

  @Test func `undo goes back key by key, and redo comes again`() {
    press("cqhtu")
    #expect(turns.map(\.turn) == [Turn(by: .coach, functions: [.question, .challenge])])
    press("u")
    #expect(turns.map(\.turn) == [Turn(by: .coach, functions: [.question])])
    press("r")
    #expect(turns.map(\.turn) == [Turn(by: .coach, functions: [.question, .challenge])])
    press("e")
    #expect(turns.last?.turn.functions == [.question, .challenge, .explanation])
    press("uuuuu")
    #expect(turns.isEmpty)
    #expect(room.heard().contains("nothing to take back"))
    press("rq")
    #expect(turns.map(\.turn) == [Turn(by: .coach, functions: [.question])])
  }

  @Test func `a note is the turn's, and another is added to it`() {
    press("tq")
    room.type(": the back table", ":  waits")
    #expect(turns.last?.turn == Turn(by: .coachee, functions: [.question], note: "the back table; waits"))
    press("cq")
    room.type(":")
    #expect(turns.last?.turn.note == nil)
    press("uuu")
    #expect(turns.last?.turn.note == "the back table")
  }

  @Test func `a turn is said once it is complete, in one line`() {
    press("cqht")
    #expect(room.heard() == "0:02 Anna: question, challenge")
    press("e")
    #expect(room.heard() == "")
    room.facilitator.press(.leave)
    #expect(room.heard() == "0:05 Ben: explanation\n" + Speech.liveLeft)
    #expect(room.facilitator.liveLayout == nil)
  }

  @Test func `off the record no key is kept, and that is said in the row`() {
    press("cq")
    room.type("/pause")
    let before = room.journal.count
    press("htem")
    #expect(room.journal.count == before)
    #expect(shown.contains { $0.contains(Speech.offRecord) })
    room.type(": SECRET", "/resume")
    press("t")
    #expect(turns.count == 2)
    #expect(!room.journal.contains { "\($0.kind)".contains("SECRET") })
  }

  @Test func `keys are shown until they are known, and all of them when asked for`() {
    #expect(shown.joined(separator: "\n").contains("q question"))
    for _ in 0..<3 { press("cqtq") }
    let rows = shown.joined(separator: "\n")
    #expect(!rows.contains("q question") && rows.contains("h challenge") && !rows.contains("c Anna"))
    press("1")
    #expect(shown.first?.hasPrefix("m scale moment") == true, "\(shown)")
    press("m")
    room.type("/live", "/live")
    #expect(!shown.joined(separator: "\n").contains("q question"))
    _ = room.heard()
    press("?")
    #expect(room.heard().contains("q question") && shown.joined(separator: "\n").contains("q question"))
  }

  @Test(arguments: [1, 20, 40, 80, 300], [1, 6, 12, 24, 100]) func `the rows fit any window`(width: Int, height: Int) {
    press("cq1")
    let rows = room.facilitator.footer(width: width, height: height, at: room.now)
    #expect(rows.count < max(1, height - 2))
    for row in rows.dropLast(2) {
      #expect(row.map(\.text).joined().count < max(width, 30) + 2, "\(row)")
    }
  }

  @Test func `live is for talk, at a terminal that shows keys`() {
    room.type("/live left")
    #expect(room.facilitator.liveLayout?.id == "left")
    room.type("/live middle")
    #expect(room.heard().contains("both, left and right"))
    room.type("/end")
    #expect(room.facilitator.liveLayout == nil && room.facilitator.offeredLayout == nil)
    room.type("/end", "/begin lesson")
    #expect(room.facilitator.offeredLayout == nil)
    _ = room.heard()
    room.type("/live")
    #expect(room.heard() == Speech.noTurns(.lesson))
    room.facilitator.takesKeys = false
    room.type("/live")
    #expect(room.heard() == Speech.liveNeedsKeys)
  }

  @Test func `a question is answered with a line, and live goes on after it`() {
    room.facilitator.ask("Shall I?", isPassing: true) { _ in }
    #expect(room.facilitator.liveLayout == nil)
    room.type("yes")
    #expect(room.facilitator.liveLayout?.id == "both")
  }
}

@Suite struct AmendTests {
  private let room = Room()
  private var turns: [Turn] { room.facilitator.meeting?.state.turns.map(\.turn) ?? [] }

  init() {
    room.meet()
    room.type("/c question new", "/t explanation scale=moment : a note")
    _ = room.heard()
  }

  @Test func `the last turn is corrected, or the one at a time, and undo brings back what it was`() {
    room.type("/amend challenge,evaluation co scale= tone=+ : another")
    #expect(
      turns[1] == Turn(by: .coachee, functions: [.challenge, .evaluation], co: true, tone: .positive, note: "another"))
    #expect(room.heard() == "Now 0:02 Ben: challenge, evaluation, building together · tone +")
    room.type("/amend 0:01 t summary -new")
    #expect(turns[0] == Turn(by: .coachee, functions: [.summary]))
    room.type("/undo")
    #expect(room.heard().contains("Taken back: now 0:01 Anna: question, new topic"))
    room.type("/undo", "/redo")
    #expect(turns[0] == Turn(by: .coach, functions: [.question], new: true))
    #expect(turns[1].functions == [.challenge, .evaluation])
    #expect(room.facilitator.meeting?.state == MeetingState(events: room.journal))
  }

  @Test func `a function is taken away, and what is not named stays`() {
    room.type("/amend 1 -quest stimulus=video subject=\"wait time\"")
    #expect(turns[0] == Turn(by: .coach, new: true, subject: "wait time", stimulus: .video))
  }

  @Test func `without codes the turn is shown, and the same again writes nothing`() {
    let before = room.journal.count
    room.type("/amend")
    #expect(room.heard().hasPrefix("0:02 Ben: explanation"))
    room.type("/amend expl")
    #expect(room.heard().hasPrefix("As it was: 0:02 Ben"))
    #expect(room.journal.count == before)
  }

  @Test(arguments: [
    "/amend 0:00 challenge", "/amend 9:99:99:9 challenge", "/amend kwestion", "/amend -challenge", "/amend o",
    "/amend scale=galaxy",
  ])
  func `what cannot be is told, and nothing changes`(line: String) {
    let before = room.journal.count
    room.type(line)
    #expect(room.facilitator.status == .data)
    #expect(room.journal.count == before)
  }

  @Test func `off the record, or before any turn, there is nothing to correct`() {
    room.type("/pause", "/amend challenge")
    #expect(room.heard().contains(Speech.offRecord))
    room.type("/resume", "/undo", "/undo", "/amend challenge")
    #expect(room.heard().contains(Speech.noTurnToAmend))
  }
}

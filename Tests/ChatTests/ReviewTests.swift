import AudioPlayback
import Coaching
import Foundation
import PromptLibrary
import SessionJournal
import Terminal
import Testing

@testable import Chat

struct `Listening again` {
  /// A post-lesson meeting of five minutes, as its journal has it.
  private func meeting(_ kinds: [(Double, Event.Kind)], observer: String? = nil) -> MeetingState {
    let people = People(coach: "Anna", coachee: "Ben", observer: observer)
    let all = [(0, Event.Kind.began(stage: .post, people: people, focus: nil))] + kinds + [(300, .ended(.closed))]
    return MeetingState(
      events: all.enumerated().map { Event(number: $0 + 2, t: $1.0, at: Date(timeIntervalSince1970: 0), kind: $1.1) })!
  }

  private func turn(_ by: Speaker, _ functions: InteractionFunction...) -> Event.Kind {
    .turn(Turn(by: by, functions: functions))
  }

  private var talk: MeetingState {
    meeting([
      (10, turn(.coach, .question)), (20, turn(.coachee, .explanation)), (30, .moment(text: "the bell")),
      (40, turn(.coach, .challenge)), (50, turn(.coach, .question)), (60, .paused), (150, .resumed),
      (155, turn(.coachee, .explanation)), (160, .takenOut(from: 170, to: 180)),
    ])
  }

  // MARK: Places

  @Test func `the places are turns, moments, unanswered challenges and long talk without a turn`() {
    let places = ReviewPlaces(talk, own: meeting([]), length: 300)
    #expect(places.places[.turn] == [10, 20, 40, 50, 155])
    #expect(places.places[.moment] == [30])
    #expect(places.places[.challenge] == [40])
    // Neither the pause nor what was taken out is talk that waits for a tag.
    #expect(places.places[.untagged] == [180])
  }

  @Test func `one's own tags are places, and what they cover is untagged no more`() {
    let own = meeting([(245, turn(.coach)), (250, .moment(text: nil))])
    let places = ReviewPlaces(talk, own: own, length: 300)
    #expect(places.places[.turn]?.last == 245)
    #expect(places.places[.moment] == [30, 250])
    #expect(places.places[.untagged] == [180])
    #expect(ReviewPlaces(talk, own: meeting([(235, turn(.coach))]), length: 290).places[.untagged] == [])
  }

  @Test func `silence has its reason`() {
    let places = ReviewPlaces(talk, own: meeting([]), length: 300)
    #expect(places.silence(at: 59) == nil)
    #expect(places.silence(at: 60)?.why == .offRecord)
    #expect(places.silence(at: 150) == nil)
    #expect(places.silence(at: 170)?.why == .takenOut)
    // A stretch to 3:00 covers what is shown with that second.
    #expect(places.silence(at: 180.9)?.why == .takenOut)
  }

  // MARK: The desk

  /// A desk with a clock that is moved by hand and a journal of its own.
  private final class Desk {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("review-\(UUID().uuidString.prefix(8))")
      .path
    var now = SuspendingClock.now
    var said: [String] = []
    private(set) var desk: ReviewDesk!

    init(_ meeting: MeetingState) throws {
      let archive = Archive(root: folder)
      let (cycle, _) = try archive.createCycle(people: meeting.people, focus: nil, theme: nil)
      let (id, _) = try archive.createMeeting(cycle: cycle, stage: .post)
      let (journal, own) = try archive.openObserver(
        id, MeetingState.Observer(name: "Cleo", how: .review), of: meeting)
      let player = Player(RecordedSilence(seconds: 300), output: nil, now: { [unowned self] in now })
      desk = ReviewDesk(
        player: player, meeting: meeting, journal: journal, own: own,
        library: Library.load(nil, names: AnalysisNames(conditions: [])),
        say: { [unowned self] text, _ in said.append(text) })
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func pass(_ seconds: Double) {
      for _ in 0..<Int((seconds * 20).rounded()) {
        now += .seconds(0.05)
        desk.pump()
      }
    }

    func type(_ lines: String...) { for line in lines { _ = desk.handle(line, at: now) } }
    func press(_ keys: String) {
      for key in keys.unicodeScalars { _ = desk.press(.character(key), at: now) }
    }
    var position: Double { desk.player.transport.position }
    var times: [Double] { desk.own.turns.map { ($0.t * 1000).rounded() / 1000 } }
  }

  @Test
  func `a tag counts from half a second before the key while it plays, and from where it stands when it does not`()
    throws
  {
    let desk = try Desk(talk)
    desk.press(" ")
    desk.pass(5)
    desk.type("/c question")
    desk.press(" ")
    desk.type("/t explanation")
    #expect(desk.times == [4.5, 5])
    desk.type("/speed 2", "/preroll 1", "/play")
    desk.pass(4)
    desk.type("/b")
    #expect(desk.times == [4.5, 5, 11])
    desk.type("/undo", "/undo", "/redo")
    #expect(desk.times == [4.5, 5])
  }

  @Test func `the line being typed counts from its first key, whatever is heard meanwhile`() throws {
    let desk = try Desk(talk)
    desk.type("/play 0:20")
    desk.pass(2)
    let began = desk.now
    desk.desk.lineBegins(at: began)
    desk.pass(6)
    _ = desk.desk.handle("/c question", at: began)
    #expect(desk.times == [21.5])
  }

  @Test func `keys go where lines go`() throws {
    let desk = try Desk(talk)
    desk.press("n")
    #expect(desk.position == 10 && desk.said.last == "0:10 Anna: question")
    desk.press("nn")
    #expect(desk.position == 40)
    desk.press("p")
    #expect(desk.position == 20)
    desk.press("m")
    #expect(desk.position == 30 && desk.said.last == "0:30 a critical moment: the bell")
    desk.press("u")
    #expect(desk.position == 40)
    desk.press("g")
    #expect(desk.position == 180)
    desk.press("lL,.jJ")
    #expect(desk.position == 180)
    desk.press("++-")
    #expect(desk.desk.player.transport.speed == 1.25)
    desk.press("[")
    desk.press("l")
    desk.press("]")
    #expect(desk.desk.player.transport.loop == 180...185)
    desk.press("\\")
    #expect(desk.desk.player.transport.loop == nil)
    #expect(desk.desk.press(.character("q"), at: desk.now) == .quit)
  }

  @Test func `what is off the record or taken out is told of, and gets no tag`() throws {
    let desk = try Desk(talk)
    desk.type("/play 0:58")
    desk.pass(4)
    #expect(desk.said.contains("1:00-2:30 is silent: the pair was off the record."))
    desk.type("/c question", "just a note")
    #expect(desk.times == [] && desk.desk.own.entries.isEmpty)
    #expect(desk.desk.status == .data)
    desk.type("/seek 2:55", "/moment")
    #expect(desk.desk.own.entries.isEmpty)
    #expect(desk.said.last == "Nothing is set down there: it was taken out for good from 2:50 to 3:00.")
  }

  @Test func `one key tags as in a meeting, where one listens, and a turn is amended where it is`() throws {
    let desk = try Desk(talk)
    desk.desk.takesKeys = true
    var keys = LiveKeys()
    func press(_ typed: String) {
      for key in typed.unicodeScalars {
        keys.use(desk.desk.liveLayout)
        if let press = keys.take(.character(key), at: desk.now, offered: nil) { desk.desk.press(press) }
      }
    }
    desk.type("/play 0:20", "/live")
    desk.pass(2)
    press("cq")
    desk.pass(3)
    press("h")
    press("te1e")
    desk.type(": a note")
    #expect(desk.times == [21.5, 24.5])
    #expect(
      desk.desk.own.turns.map(\.turn) == [
        Turn(by: .coach, functions: [.question, .challenge]),
        Turn(by: .coachee, functions: [.explanation], scale: .episode, note: "a note"),
      ])
    desk.type("/amend 21 b summary")
    #expect(desk.desk.own.turns.first?.turn == Turn(by: .both, functions: [.summary]))
    press("uu")
    #expect(desk.desk.own.turns.map(\.turn.note) == [nil, nil])
    #expect(desk.desk.own.turns.first?.turn.functions == [.question, .challenge])
    #expect(desk.said.contains("0:21 Anna: question, challenge"))
    // Off the record nothing is tagged, and the row says so.
    desk.type("/seek 1:10", "/stop")
    press("cm")
    #expect(desk.times == [21.5, 24.5])
    #expect(desk.desk.liveRows(width: 80, height: 24).joined().contains { $0.text.contains("off the record") })
    desk.type("/live")
    #expect(desk.desk.liveLayout == nil)
  }

  // MARK: The screen

  @Test(arguments: [20, 40, 80, 200], [true, false]) func `the picture fits, with a mark for where one is`(
    width: Int, isASCII: Bool
  ) {
    let waveform = Waveform(RecordedSilence(seconds: 300))
    while !waveform.isComplete { waveform.advance() }
    var transport = Transport(length: 300)
    transport.seek(to: 299)
    let places = ReviewPlaces(talk, own: meeting([(200, turn(.coachee))]), length: 300)
    for height in [12, 24] {
      let rows = ReviewScreen(isASCII: isASCII).rows(
        width: width, height: height, waveform: waveform, transport: transport, places: places, meeting: talk,
        own: meeting([(200, turn(.coachee))]))
      let texts = rows.map { $0.map(\.text).joined() }
      #expect(texts.count == (height == 24 ? 3 : 2))
      #expect(texts.allSatisfy { $0.count == width - 1 })
      #expect(texts.last?.last == (isASCII ? "^" : "▲"))
      #expect(texts.last!.contains("T") && texts.last!.contains("c") && texts.last!.contains("!"))
      #expect(texts[texts.count - 2].contains("xx"))
      if isASCII { #expect(!texts.joined().unicodeScalars.contains { !$0.isASCII }) }
    }
  }
}

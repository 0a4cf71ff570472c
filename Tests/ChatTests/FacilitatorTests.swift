import Coaching
import PromptLibrary
import Terminal
import Testing

@testable import Chat

@Suite struct FacilitatorTests {
  @Test func `a shared moment is marked with its time, and not off the record`() {
    let room = Room()
    room.meet(observer: "Cleo")
    room.type("/mark", "/pause", "/mark", "/resume", "/mark")
    let marks = room.journal.filter { $0.kind == .mark }
    #expect(marks.count == 2)
    #expect(marks[1].t - marks[0].t == 4)
    #expect(room.heard().contains("You are off the record"))
  }

  @Test(arguments: [("/m", "critical moment"), ("/ma", "marked"), ("/mo", "critical moment")])
  func `the first letter is the critical moment's`(typed: String, said: String) {
    let room = Room()
    room.meet()
    room.type(typed)
    #expect(room.heard().contains(said))
  }

  @Test(arguments: [Int.min, -1, 0, 100, Int.max]) func `a number that nothing has is told`(number: Int) {
    let room = Room()
    room.type("/new coach=Anna coachee=Ben", "/consent Anna no", "/consent Ben no", "/begin lesson")
    room.type("/evidence notes the back table waits", "/end", "/end")
    room.type("/begin post")
    _ = room.heard()
    room.type("/goto \(number)", "/stimulus \(number)")
    #expect(room.heard() == Speech.noSuchPrompt + "\n" + Speech.noSuchEvidence(1))
  }

  @Test func `a person is asked for what is missing, and for consent`() {
    let room = Room()
    room.facilitator.open()
    #expect(room.heard().contains("type /new"))
    room.type("/new")
    #expect(room.heard() == Speech.askCoach)
    room.type("Anna", "Ben", "", "fewer questions")
    #expect(room.heard().contains("Anna, may your meetings be recorded?"))
    room.type("perhaps")
    #expect(room.heard().contains("Please answer yes or no."))
    room.type("yes", "no")
    #expect(room.heard().contains("/begin"))
    #expect(room.facilitator.cycle?.state.people == People(coach: "Anna", coachee: "Ben"))
    #expect(room.facilitator.cycle?.state.focus == "fewer questions")
    #expect(room.facilitator.cycle?.state.consents == [.coach: true, .coachee: false])
  }

  @Test func `a question stands until it is answered, or something else is begun`() {
    let room = Room()
    room.type("/new", "/help", "/status", "/next", "/guide scale")
    #expect(room.heard().hasSuffix(Speech.askCoach))
    room.type("Anna", "/begin post")
    _ = room.heard()
    room.type("Ben")
    #expect(room.heard().contains("no meeting to note that in"))
    #expect(room.facilitator.cycle == nil)
  }

  @Test func `a tag is on the disk with the time it was typed when it is acknowledged`() throws {
    let room = Room()
    room.meet()
    room.type("/t explanation scale=lesson : so quiet")
    #expect(room.said.last?.manner == .acknowledgement)
    let event = try #require(room.journal.last)
    #expect(event.kind == .turn(Turn(by: .coachee, functions: [.explanation], scale: .lesson, note: "so quiet")))
    #expect(event.t == 1)
    #expect(room.heard() == "0:01 Ben: explanation · scale lesson")
  }

  @Test func `undo and redo go back and forth and a new entry ends redo`() {
    let room = Room()
    room.meet()
    room.type("/c question", "/moment it fell silent", "/undo", "/undo")
    let state = { room.facilitator.meeting!.state }
    #expect(state().entries.isEmpty)
    room.type("/redo")
    #expect(state().turns.count == 1)
    room.type("/action wait longer")
    _ = room.heard()
    room.type("/redo")
    #expect(room.heard() == Speech.nothingToRedo)
    #expect(state().entries.count == 2)
    #expect(room.journal.count == state().eventCount)
  }

  @Test func `the way through the prompts`() {
    let room = Room()
    room.meet()
    let meeting = room.facilitator.meeting!
    let first = meeting.prompts[0].id
    room.type("/next", "/skip", "/back", "/goto 1")
    #expect(meeting.state.currentPrompt == first)
    #expect(meeting.state.skippedPrompts == [])
    room.type("/goto 99")
    #expect(room.heard().contains(Speech.noSuchPrompt))
    room.type("/why")
    #expect(room.heard().contains("From the guide: "))
    for _ in meeting.prompts { room.type("/next") }
    #expect(room.heard().hasSuffix(Speech.lastPrompt))
  }

  @Test func `a skipped prompt is remembered until it is shown again`() {
    let room = Room()
    room.meet()
    let meeting = room.facilitator.meeting!
    room.type("/next", "/skip")
    #expect(meeting.state.skippedPrompts == [meeting.prompts[1].id])
    room.type("/back")
    #expect(meeting.state.skippedPrompts == [])
  }

  @Test func `the observer's prompts come only with an observer`() {
    let alone = Room()
    alone.meet()
    let triad = Room()
    triad.meet(observer: "Cleo")
    let forObserver = { (room: Room) in room.facilitator.meeting!.prompts.filter { $0.when.contains(.observer) }.count }
    #expect(forObserver(alone) == 0)
    #expect(forObserver(triad) > 0)
    alone.type("/o question", "/feedback well listened")
    #expect(alone.facilitator.meeting!.state.entries.isEmpty)
    triad.type("/o question", "/feedback well listened")
    #expect(triad.facilitator.meeting!.state.entries.count == 2)
  }

  @Test func `the closing reflection is asked one by one, and Enter passes`() {
    let room = Room()
    room.meet()
    let closing = room.facilitator.meeting!.closingPrompts
    room.type("/end")
    #expect(room.heard().contains("Before you close, 1 of \(closing.count)"))
    room.type("I know now that they were thinking")
    #expect(room.heard().contains("2 of \(closing.count)"))
    for _ in closing.dropFirst() { room.type("") }
    #expect(room.facilitator.meeting == nil)
    #expect(room.heard().contains("is closed"))
    #expect(
      room.journal.contains { $0.kind == .note(text: "I know now that they were thinking", prompt: closing[0].id) })
    #expect(room.journal.last?.kind == .ended(.closed))
  }

  @Test func `a script is not asked the closing questions`() {
    let room = Room(isInteractive: false)
    room.meet()
    room.type("/end")
    #expect(room.facilitator.meeting == nil)
  }

  @Test func `Ctrl-C is asked about once in a meeting`() {
    let room = Room()
    room.meet()
    #expect(room.facilitator.interrupt(again: false) == false)
    #expect(room.facilitator.meeting != nil)
    #expect(room.facilitator.interrupt(again: true) == true)
    #expect(room.journal.last?.kind == .ended(.interrupted))
  }

  @Test func `a command without its slash is a note, with a hint`() {
    let room = Room()
    room.meet()
    room.type("next")
    #expect(room.heard().contains("/next"))
    #expect(room.journal.contains { if case .note(text: "next", _) = $0.kind { true } else { false } })
  }

  @Test func `off the record nothing that is typed is kept`() {
    let room = Room()
    room.meet()
    room.type("/pause", "a secret", "/c question", "/moment", "/stimulus notes", "/action wait")
    #expect(room.facilitator.meeting?.state.entries.isEmpty == true)
    #expect(room.said.filter { $0.text == Speech.offRecord }.count == 5)
    room.type("/resume", "on it again")
    #expect(room.facilitator.meeting?.state.entries.count == 1)
  }

  @Test func `stimulus takes a kind, words and a stretch of time`() {
    let room = Room()
    room.meet()
    room.type("/stim vid the second group 12:40-13:10")
    #expect(room.journal.last?.kind == .stimulus(.video, text: "the second group", from: 760, to: 790))
    room.type("/stimulus notes", "/stimulus video 13:10-12:40")
    #expect(room.journal.last?.kind == .stimulus(.notes, text: nil, from: nil, to: nil))
    #expect(room.heard().contains(Speech.backwards))
  }

  @Test(arguments: Command.allCases)
  func `every command has help`(command: Command) {
    let room = Room()
    room.type("/help \(command.rawValue)")
    #expect(room.heard().contains(command.summary))
    room.type("/help")
    if command != .wait, command != .help { #expect(room.heard().contains("/" + command.rawValue)) }
  }

  @Test func `help explains the words of every dimension`() {
    let room = Room()
    for word in ["scale", "function", "dissonance", "pupil-work", "co-construction"] {
      room.type("/help \(word)")
      #expect(room.said.last?.manner == .speech, "\(word)")
    }
    room.type("/help nonsense")
    #expect(room.said.last?.manner == .error)
  }

  @Test func `two people of one name cannot be told apart`() {
    let room = Room(isInteractive: false)
    room.type("/new coach=Anna coachee=anna")
    #expect(room.facilitator.cycle == nil)
    #expect(room.facilitator.status == .data)
    let asked = Room()
    asked.type("/new", "Anna", "anna", "Ben", "", "")
    #expect(asked.facilitator.cycle?.state.people == People(coach: "Anna", coachee: "Ben"))
  }

  @Test func `completion offers what can follow`() {
    let room = Room()
    room.meet()
    let texts = { (line: String) in room.facilitator.completions(line, cursor: line.count).map(\.text) }
    #expect(texts("/mo") == ["/moment "])
    #expect(texts("/c dis") == ["dissonance "])
    #expect(texts("/c question,dis") == ["dissonance "])
    #expect(texts("/c question scale=m") == ["moment "])
    #expect(texts("/consent B") == ["Ben "])
    #expect(texts("/new theme=gro") == ["group-work "] && texts("/nudges o") == ["on", "off"])
    #expect(texts("/goto 9") == ["9"] && texts("/prompts ") == ["all"])
    #expect(texts("a note").isEmpty)
  }

  @Test(arguments: [
    "/", "/c ", "/c scale=", "/consent ", "/consent Ben ", "/new ", "/begin ", "/goto ", "/evidence ", "/help ",
  ])
  func `what is offered is explained`(line: String) {
    let room = Room()
    room.meet()
    let offers = room.facilitator.completions(line, cursor: line.count)
    #expect(offers.count > 1 && offers.allSatisfy { !$0.hint.isEmpty }, "\(offers.filter(\.hint.isEmpty))")
  }

  @Test func `only the program's own words are for next time, as it writes them`() {
    let room = Room()
    room.meet()
    for (line, own) in [
      ("/next", "/next"), ("/c", "/c"), ("/C Question", "/c question"), ("/goto 3", "/goto 3"),
      (" /t expl,just new scale=moment ", "/t explanation,justification new scale=moment"),
      ("/begin post", "/begin post"),
      ("/evidence notes", "/evidence notes"), ("/un", "/undo"), ("/c Eva", "/c evaluation"), ("/c tone=+", "/c tone=+"),
    ] {
      #expect(room.facilitator.ownWords(line) == own)
    }
    for line in [
      "a note", "/c question : what Ann said", "/c ann was rude", "/c question,ann", "/t subject=Ann",
      "/moment Ann wept",
      "/action ask Ann", "/consent Ben yes", "/new coach=Anna", "/stimulus notes about Ann", "/undo Ann",
      "/feedback Ann",
      "/play /home/ann/lesson.mp3", "/begin review with=Ann", "/guide ann", "/help ann", "/next ann", "/annoying", "",
      "/c C", "/amend c Ann", "/theme group-work", "/new theme=group-work", "/live left", "/guide group-work",
      "/goto 1 Ann",
    ] {
      #expect(room.facilitator.ownWords(line) == nil, "\(line)")
    }
  }

  @Test func `a question waits until somebody has practised`() {
    let room = Room()
    room.type("/new", "Anna")
    _ = room.heard()
    #expect(room.facilitator.handle("/practise", at: room.now) == .practise)
    #expect(room.heard() == "" && room.facilitator.questions.count == 1)
    room.facilitator.sayQuestion()
    #expect(room.heard().contains("Whose teaching"))
  }
}

import AudioCapture
import Coaching
import Foundation
import PromptLibrary
import SessionJournal
import Testing

@testable import Chat

/// A pair's way through a whole cycle and into the next one, and what each meeting knows of the ones before.
@Suite struct CycleTests {
  private func pair(_ more: String = "") -> Room {
    let room = Room()
    room.type("/new coach=Anna coachee=Ben" + more, "no", "no")
    _ = room.heard()
    return room
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  // MARK: - Agreement

  @Test func `the agreement is asked question by question, by number or in one's own words, and Enter leaves one open`()
    throws
  {
    let room = pair(" focus=questions")
    room.type("/agree")
    let heard = room.heard()
    #expect(heard.contains("1  Coaching: "), "\(heard)")
    room.type("/why")
    let why = room.heard()
    #expect(why.contains("promise different things") && why.contains("1  Ben chooses") && !why.contains("{"))
    room.type("1", "", "Tuesday *3 pm*", "", "1,4", "1", "", "2", "2")
    let state = try #require(room.facilitator.cycle?.state)
    #expect(state.agreed["kind"]?.choices == ["coaching"])
    #expect(state.agreed["schedule"]?.text == "Tuesday *3 pm*")
    #expect(state.agreed["evidence"]?.choices == ["coach", "own-notes"])
    #expect(state.agreed["time"] == nil && state.theme == nil)
    #expect(state.agreed["keep"]?.choices == ["cycle"])
    let contract = try text(room.facilitator.archive.contractPath(1))
    #expect(contract.contains("Tuesday \\*3 pm\\*") && contract.contains("Until this coaching cycle is over"))
    #expect(contract.contains("“questions”"))
    // Only what is open is asked the next time, and one can be asked for by its name.
    _ = room.heard()
    room.type("/agree")
    #expect(room.heard().contains("1 of 3."))
    room.type("/agree keep", "9", "4")
    #expect(room.heard().contains("pick one number from 1 to 4"))
    #expect(room.facilitator.cycle?.state.agreed["keep"]?.choices == ["year"])
  }

  @Test func `the agreement is read back from the journal, and what is wrong is told without a word of it`() throws {
    let room = pair()
    room.type("/agree keep=term performance=\"we will see\"", "/agree kep=term", "/agree theme=secretword")
    let heard = room.heard()
    #expect(heard.contains("did you mean keep=?") && !heard.contains("secretword"))
    let contents = try JournalContents.read(room.facilitator.archive.cyclePath(1))
    let state = try #require(CycleState(events: contents.events))
    #expect(state == room.facilitator.cycle?.state)
    #expect(state.agreed["performance"]?.text == "we will see")
  }

  @Test func `filming is asked about only where it was agreed`() {
    let room = pair(" focus=f")
    room.type("/agree", "1", "", "", "", "2")
    #expect(room.facilitator.questions.first?.prompt?.id == "techniques")
    room.type("2", "1,2,4", "", "", "", "")
    #expect(room.facilitator.cycle?.state.agreed["techniques"]?.choices.count == 1)
    #expect(room.facilitator.cycle?.state.agreed["permissions"]?.choices.count == 3)
    let contract = (try? text(room.facilitator.archive.contractPath(1))) ?? ""
    #expect(contract.contains("Still to do:"))
    // What is left comes back before the lesson.
    room.type("/begin lesson", "/goto 2")
    #expect(room.heard().contains("Still to do: The pupils have been told"))
    room.type("1,2")
    #expect(room.facilitator.meeting?.state.choices(prompt: "lesson-camera").count == 2)
  }

  @Test func `filming that is agreed on later asks for what goes with it`() {
    let room = pair(" focus=f")
    room.type("/agree keep=term", "/agree evidence", "2")
    #expect(room.facilitator.questions.first?.prompt?.id == "techniques")
    room.type("1")
    #expect(room.facilitator.questions.first?.prompt?.id == "permissions")
    room.type("1")
    #expect(room.facilitator.questions.isEmpty)
    #expect(room.heard().contains("Your contract: "))
  }

  @Test func `what to weigh is said when a choice is made`() {
    let room = pair()
    room.type("/agree performance", "4")
    #expect(room.heard().contains("That changes what this is"))
  }

  @Test func `nothing is kept of an answer that is not understood, and no words take one back`() throws {
    let room = pair(" focus=f")
    let path = room.facilitator.archive.contractPath(1)
    room.type("/agree keep=term theme=nope", "/agree keep=term nope", "/agree keep=9", "/agree keep=1,2")
    #expect(room.facilitator.cycle?.state.agreed == [:])
    #expect(room.heard().hasSuffix(Speech.noSuchChoice(4, isMany: false)))
    room.type("/agree keep=term", "/agree keep= focus=")
    #expect(room.facilitator.cycle?.state.focus == nil)
    #expect(try !text(path).contains("“”") && text(path).contains("this long:\n\nNot agreed yet."))
  }

  @Test func `a mistyped key leaves the open question open`() throws {
    let room = pair()
    room.type("/agree")
    let asked = room.heard()
    room.type("/agree kep=term", "1", "fewer questions")
    #expect(asked.contains("1  Coaching: ") && room.facilitator.cycle?.state.agreed["kind"]?.choices == ["coaching"])
    #expect(room.facilitator.cycle?.state.focus == "fewer questions")
  }

  @Test func `the contract is there and up to date whatever comes between`() throws {
    let room = pair()
    let path = { (number: Int) in room.facilitator.archive.contractPath(number) }
    room.type("/agree", "1", "our question", "/begin post", "/end", "/end")
    #expect(try text(path(1)).contains("our question"))
    room.type("/new", "yes", "", "no", "no")
    #expect(try text(path(2)).contains("our question"))
  }

  // MARK: - Stages

  @Test func `what was noted before the lesson comes back after it, and evidence can be put on the table`() throws {
    let room = pair(" focus=\"fewer questions\"")
    room.type("/begin pre", "/goto 1", "do they need the model?", "/end", "/end")
    room.type("/begin lesson", "/evidence 12:40 the back table waits", "/evidence video two explain 1:00-1:30")
    #expect(room.heard().contains("Evidence 2: 1:00-1:30 two explain (video)"))
    #expect(room.facilitator.meeting?.isRecording == false)
    room.type("/c question", "/evidence", "/evidence notes", "/evidence nots x", "/end")
    #expect(room.facilitator.meeting == nil)
    _ = room.heard()
    room.type("/begin post")
    #expect(room.heard().contains("2 things were noted in the lesson"))
    let meeting = try #require(room.facilitator.meeting)
    let focus = try #require(meeting.prompts.firstIndex { $0.id == "post-focus" })
    room.type("/goto \(focus + 1)")
    let shown = room.heard()
    #expect(shown.contains("Your focus: “fewer questions”"))
    #expect(shown.contains("Earlier you noted: “do they need the model?”"))
    room.type("/stimulus", "/stimulus 2", "/stimulus 3", "/evidence notes x")
    let heard = room.heard()
    #expect(heard.contains("1  12:40 the back table waits"))
    #expect(heard.contains("/stimulus lists the 2"))
    let kinds = meeting.state.entries.map(\.kind)
    #expect(kinds == [.stimulus(.video, text: "two explain", from: 60, to: 90)])
  }

  @Test func `without a meeting before it the lesson is asked about differently`() throws {
    let room = pair()
    room.type("/begin post")
    let ids = try #require(room.facilitator.meeting).prompts.map(\.id)
    #expect(ids.contains("post-intent") && !ids.contains("post-focus"))
  }

  @Test func `a pair's theme and techniques put their prompts where they belong, a few at a time`() throws {
    let room = pair(" theme=group")
    room.type("/agree evidence=video techniques=1")
    room.type("/begin pre")
    let theme = { (room: Room) in room.facilitator.meeting!.prompts.map(\.id).filter { $0.hasPrefix("grp-") } }
    #expect(theme(room).count == 2)
    let first = theme(room)
    for _ in room.facilitator.meeting!.prompts { room.type("/next") }
    room.type("/end", "/end", "/begin pre")
    #expect(theme(room).count == 1 && !first.contains(theme(room)[0]))
    room.type("/end", "/end", "/begin lesson")
    #expect(room.facilitator.meeting!.prompts.contains { $0.id == "tech-time" })
    room.type("/end", "/begin post")
    let post = room.facilitator.meeting!.prompts
    #expect(post.firstIndex { $0.id == "tech-time" } == post.firstIndex { $0.id == "post-evidence" }.map { $0 + 1 })
    #expect(theme(room).count == 1)
  }

  @Test func `numbers in what was noticed are not taken for a time`() throws {
    let room = pair()
    room.type("/begin lesson", "/evidence notes 3-4 pupils talk", "/evidence notes nobody in rows 2-3")
    let kinds = try #require(room.facilitator.meeting).state.entries.map(\.kind)
    #expect(
      kinds == [
        .evidence(.notes, text: "3-4 pupils talk", from: nil, to: nil),
        .evidence(.notes, text: "nobody in rows 2-3", from: nil, to: nil),
      ])
  }

  @Test func `a closing that is passed over with Enter is told what comes next, too`() throws {
    let room = pair()
    room.type("/begin pre", "/end")
    for _ in try #require(room.facilitator.meeting).closingPrompts { room.type("") }
    #expect(room.facilitator.meeting == nil)
    #expect(room.heard().hasSuffix(Speech.thanks))
  }

  // MARK: - Scaffolds

  @Test func `prompts grow with the pair, and become fewer`() throws {
    let room = pair()
    var counts: [Int] = []
    for level in 1...4 {
      room.type("/begin post")
      let meeting = try #require(room.facilitator.meeting)
      counts.append(meeting.prompts.count)
      let challenge = meeting.prompts.first { $0.id == "post-challenge" }
      if let challenge {
        _ = room.heard()
        room.type("/goto \(meeting.prompts.firstIndex(of: challenge)! + 1)")
        #expect(room.heard().contains(room.facilitator.put(challenge, level == 1 ? 2 : level)))
      }
      if level == 3 {
        _ = room.heard()
        room.type("/why", "/prompts all")
        let heard = room.heard()
        #expect(heard.contains("Aimed at level 3 of 4, one step on from what you said of your last talk"))
        #expect(meeting.prompts.count == counts[0])
      }
      room.type("/end")
      for _ in meeting.closingPrompts.dropLast() { room.type("") }
      room.type("\(level)")
      #expect(room.facilitator.meeting == nil)
    }
    #expect(counts == counts.sorted(by: >) && counts[3] < counts[0])
  }

  @Test func `tags say where the pair has been when nobody else does`() throws {
    let room = pair()
    room.type("/begin post")
    for _ in 0..<4 { room.type("/c question stimulus=video", "/t explanation") }
    room.type("/t dissonance", "/end", "/end")
    room.type("/begin post", "/why")
    // The tags show level 3; a pair goes up by one at a time.
    #expect(room.heard().contains("Aimed at level 3 of 4, one step on from what was tagged"))
    #expect(room.facilitator.meeting?.plan.history.reached == History.Reached(level: 2, isTheirWord: false))
  }

  // MARK: - The next cycle

  @Test func `the next cycle begins with the last one's actions and focus, and asks nothing that is known`() throws {
    let room = pair(" focus=\"fewer questions\"")
    room.type("/agree keep=term schedule=Tuesday performance=separate", "/theme group-work")
    room.type("/begin post", "/action count to seven", "/end", "/end")
    _ = room.heard()
    let again = Room(restarting: room)
    again.facilitator.open()
    // Whoever opens the laptop is told names, and nothing that was said.
    let greeting = again.heard()
    #expect(greeting.contains("Welcome back, Anna and Ben. This is cycle 1."))
    #expect(!greeting.contains("seven") && !greeting.contains("fewer"))
    again.type("/new")
    #expect(again.heard() == "Is it Anna coaching Ben again? (yes, swap, or no)")
    again.type("yes")
    let asked = again.heard()
    #expect(asked.contains("Last time you looked at “fewer questions”. You wanted to try “count to seven”."))
    again.type("", "no", "no")
    let state = try #require(again.facilitator.cycle?.state)
    #expect(again.facilitator.cycle?.number == 2)
    #expect(state.focus == "fewer questions" && state.theme == "group-work")
    #expect(state.agreed["keep"]?.choices == ["term"] && state.agreed["schedule"] == nil)
    #expect(state.consents == [.coach: false, .coachee: false])
    _ = again.heard()
    again.type("/begin pre")
    #expect(again.facilitator.meeting?.currentPrompt?.id == "pre-again")
    #expect(again.heard().contains("“count to seven”"))
  }

  @Test func `natural answers are understood, and what is none is asked again`() throws {
    let room = pair(" focus=f")
    room.type("/agree evidence", "1 and 2", "", "")
    #expect(room.facilitator.cycle?.state.agreed["evidence"]?.choices == ["coach", "video"])
    room.type("/agree confidentiality", "1 and 3")
    #expect(room.heard().contains("pick one number from 1 to 4"))
    room.type("2", "/agree how long", "3")
    #expect(room.facilitator.cycle?.state.agreed["keep"]?.choices == ["term"])
    room.type("/new", "yes", "same", "no", "no")
    #expect(room.facilitator.cycle?.state.focus == "f")
    // What was tried in an earlier round is not offered as this one's.
    room.type("/begin lesson", "all", "/end")
    #expect(room.facilitator.cycle?.number == 2)
  }

  @Test func `a question about an action falls away with the next command`() {
    let room = Room()
    room.meet()
    room.type("/action", "/next", "a note")
    #expect(
      room.facilitator.meeting?.state.entries.map(\.kind).first { if case .action = $0 { true } else { false } } == nil)
    room.type("/action", "")
    #expect(room.facilitator.questions.isEmpty)
  }

  @Test func `swapping makes the coach the coached teacher, and takes nothing private along`() throws {
    let room = pair(" focus=mine")
    room.type("/agree kind=co-coaching performance=separate keep=term schedule=Tuesday")
    room.type("/begin post", "/action mine", "/end", "/end", "/new", "swap")
    #expect(!room.heard().contains("looked at “mine”"))
    room.type("", "no", "no")
    #expect(room.facilitator.cycle?.state.agreed.keys.sorted() == ["kind"])
    #expect(room.facilitator.cycle?.state.people == People(coach: "Ben", coachee: "Anna"))
    #expect(room.facilitator.cycle?.state.focus == nil)
  }

  @Test func `another pair of the same names is asked whether it is the same`() throws {
    let room = pair(" focus=ours")
    room.type("/agree keep=term", "/new coach=anna coachee=ben")
    #expect(room.heard().contains("Are you the anna and ben of cycle 1?"))
    room.type("no")
    #expect(room.heard().contains("add an initial") && room.facilitator.archive.cycles() == [1])
    room.type("/new coach=Anna coachee=Ben", "yes", "no", "no")
    #expect(room.facilitator.cycle?.number == 2)
    #expect(room.facilitator.cycle?.state.agreed["keep"]?.choices == ["term"])
  }

  @Test func `another pair knows nothing of this one`() throws {
    let room = pair(" focus=ours theme=group-work")
    room.type("/theme strategy count to seven", "/begin post", "/action ours", "/end", "/end")
    room.type("/new coach=Anna coachee=Cleo theme=group-work", "no", "no")
    _ = room.heard()
    room.type("/theme", "/begin pre")
    #expect(!room.heard().contains("seven"))
    #expect(room.facilitator.meeting?.plan.history.last == nil)
  }

  @Test func `the reflection has the questions as they were put`() throws {
    let room = pair()
    room.type("/begin post", "/action count to seven", "/end", "/end", "/new coach=Anna coachee=Ben", "yes", "no", "no")
    room.type("/agree evidence=video techniques=1", "/begin pre", "better", "/end", "/end", "/begin lesson")
    let meeting = try #require(room.facilitator.meeting)
    let task = try #require(meeting.prompts.first { $0.id.hasPrefix("tech-") })
    room.type("/goto \(meeting.prompts.firstIndex(of: task)! + 1)", "mostly me", "/end")
    let archive = room.facilitator.archive
    #expect(try text(archive.markdownPath(MeetingID(cycle: 2, stage: .pre))).contains("“count to seven”"))
    let lesson = try text(archive.markdownPath(meeting.id))
    #expect(lesson.contains("> " + room.facilitator.names.fill(task.whileWatching).prefix(25)))
  }

  // MARK: - Themes

  @Test func `what a pair adds to its theme is kept for the two of them, and can be given to the school`() throws {
    let room = pair(" theme=group-work")
    room.type("/theme strategy # - count to seven", "/theme barrier the {coach} desks", "/theme")
    let heard = room.heard()
    #expect(heard.contains("· # - count to seven (yours)"))
    let file = try text(room.facilitator.archive.themePath(1))
    #expect(file.contains("\n\ncount to seven\n"))
    // Put into a school's prompts, it adds to the theme.
    let folder = room.folder + "/school"
    try FileManager.default.createDirectory(atPath: folder + "/themes", withIntermediateDirectories: true)
    try file.write(toFile: folder + "/themes/ours.md", atomically: true, encoding: .utf8)
    let library = Library.load(folder, names: AnalysisNames(conditions: []))
    let shipped = Library.load(nil, names: AnalysisNames(conditions: []))
    let entries = { (library: Library, collection: Theme.Collection) in
      library.theme("group-work")?.sections.first { $0.collection == collection }?.entries ?? []
    }
    #expect(entries(library, .strategies) == entries(shipped, .strategies) + ["count to seven"])
    #expect(entries(library, .principles) == entries(shipped, .principles))
    #expect(!library.problems.contains { $0.file.hasSuffix("ours.md") && !$0.message.contains("braces") })
  }

  @Test func `what was added to a theme last can be taken back, in its file too`() throws {
    let room = pair(" theme=group-work")
    room.type("/theme strategy count to seven", "/theme barrier Sam's mother", "/theme undo")
    #expect(room.facilitator.cycle?.state.themeEntries.map(\.text) == ["count to seven"])
    #expect(try !text(room.facilitator.archive.themePath(1)).contains("Sam"))
    room.type("/theme undo", "/theme undo")
    #expect(room.heard().contains("nothing to take back"))
  }

  @Test func `what was added to another theme is not taken back, nor lost from its file`() throws {
    let room = pair(" theme=group-work")
    room.type("/theme strategy count to seven", "/theme strategy wait", "/theme classroom-talk", "/theme undo")
    #expect(room.heard().contains("nothing to take back"))
    #expect(room.facilitator.cycle?.state.themeEntries.map(\.text) == ["count to seven", "wait"])
    #expect(try text(room.facilitator.archive.themePath(1)).contains("count to seven"))
  }

  @Test func `where nothing was agreed nothing is said to hold`() {
    let room = pair(" focus=talk theme=group-work")
    room.type("/new coach=Anna coachee=Ben focus=wait", "yes")
    #expect(room.facilitator.cycle?.number == 2 && room.facilitator.cycle?.state.theme == nil)
    #expect(!room.heard().contains(Speech.agreementHolds))
  }

  @Test func `adding to a theme needs one, and off the record nothing is kept`() {
    let room = pair()
    room.type("/theme strategy wait", "/theme nonsense", "/theme group-work", "/theme sterategy wait")
    let heard = room.heard()
    #expect(heard.contains("You have no theme yet") && heard.contains("There is no theme of that name"))
    #expect(heard.contains("/theme adds to one of"))
    room.type("/begin post", "/pause", "/theme strategy wait", "/theme classroom-talk", "/agree keep=term")
    let state = room.facilitator.cycle?.state
    #expect(state?.themeEntries == [] && state?.theme == "group-work" && state?.agreed == [:])
  }

  @Test func `what is asked for on the record is not kept off it`() {
    let room = pair()
    room.type("/begin post", "/action", "/pause", "between us")
    #expect(room.facilitator.meeting?.state.entries.count == 0)
    #expect(room.heard().contains(Speech.offRecord))
    room.type("/resume", "/action count to seven")
    #expect(room.facilitator.meeting?.state.entries.map(\.kind) == [.action(text: "count to seven")])
  }

  @Test func `carrying on after a crash goes on with the same prompts`() throws {
    let room = pair(" theme=group-work")
    room.type("/begin pre")
    let prompts = try #require(room.facilitator.meeting).prompts.map(\.id)
    let theme = try #require(prompts.firstIndex { $0.hasPrefix("grp-") })
    room.type("/goto \(theme + 1)")
    room.facilitator.meeting = nil
    let again = Room(restarting: room)
    again.facilitator.open()
    again.type("yes")
    #expect(again.facilitator.meeting?.prompts.map(\.id) == prompts)
    #expect(again.facilitator.meeting?.currentPrompt?.id == prompts[theme])
  }

  @Test func `what was added to one theme stays with it when the pair changes to another`() throws {
    let room = pair(" theme=group-work")
    room.type("/theme strategy count to seven", "/theme classroom-talk", "/theme barrier the bell")
    _ = room.heard()
    room.type("/theme")
    let heard = room.heard()
    #expect(heard.contains("the bell") && !heard.contains("count to seven"))
    #expect(try !text(room.facilitator.archive.themePath(1)).contains("count to seven"))
    room.type("/theme group-work", "/theme")
    #expect(room.heard().contains("count to seven"))
  }

  // MARK: - Two windows

  @Test func `what is agreed in two windows stands in one contract, and a no in one counts in the other`() throws {
    let failure = AudioFailure(kind: .device, operation: "open", code: 0, reason: "none")
    let room = Room(microphones: [{ .failure(failure) }])
    room.type("/new coach=Anna coachee=Ben", "yes", "yes")
    let other = Room(restarting: room)
    other.facilitator.open()
    room.type("/agree schedule=\"Tuesday 3 pm\"")
    other.type("/agree keep=term")
    let contract = try text(room.facilitator.archive.contractPath(1))
    #expect(contract.contains("Tuesday 3 pm") && !contract.contains("{"))
    #expect(other.facilitator.cycle?.state.agreed.keys.sorted() == ["keep", "schedule"])
    other.type("/consent Ben no")
    _ = room.heard()
    room.type("/begin post")
    #expect(room.facilitator.cycle?.state.mayRecord == false)
    #expect(room.heard().contains("Ben said no"))
  }

  @Test func `a theme goes by its title, too, and one that is not known is told before anything is asked`() {
    let room = Room()
    room.type("/new theme=bogus")
    #expect(room.heard().hasPrefix("There is no theme of that name") && room.facilitator.questions.isEmpty)
    room.type("/new coach=Anna coachee=Ben theme=\"Group work\"", "no", "no")
    #expect(room.facilitator.cycle?.state.theme == "group-work")
    room.type("/theme Classroom Talk")
    #expect(room.facilitator.cycle?.state.theme == "classroom-talk")
    room.type("/agree theme=\"behaviour for\"")
    #expect(room.facilitator.cycle?.state.theme == "behaviour-for-learning")
  }

  // MARK: - Review

  @Test func `a review is a group's, without sound or turns, and ends with where the school stands`() throws {
    let room = pair()
    room.type("/begin review", "Dana, Eve and Finn")
    // Nothing here may hold on to the meeting: its journal is opened again below.
    let state = { room.facilitator.meeting?.state }
    let prompts = room.facilitator.meeting?.prompts ?? []
    #expect(state()?.people.group == ["Dana", "Eve", "Finn"])
    #expect(room.facilitator.meeting?.id.description == "2-review" && room.facilitator.meeting?.isRecording == false)
    let index = try #require(prompts.firstIndex { $0.id == "review-b2-3" })
    room.type("/c question", "/goto \(index + 1)", "3", "mostly in science", "/action ask the governors")
    #expect(state()?.choices(prompt: "review-b2-3") == ["voluntary-own"])
    #expect(state()?.turns.isEmpty == true)
    room.type("/end")
    for _ in 0..<3 { room.type("") }
    #expect(room.facilitator.meeting == nil)
    #expect(
      try text(room.facilitator.archive.markdownPath(MeetingID(cycle: 2, stage: .review))).contains("ask the governors")
    )
    // It may take two sittings.
    room.type("/begin review", "yes")
    #expect(room.facilitator.meeting?.id.description == "2-review")
    #expect(room.facilitator.meeting?.state.choices(prompt: "review-b2-3") == ["voluntary-own"])
    #expect(room.facilitator.meeting?.currentPrompt?.id == prompts[1].id)
    room.type("/end", "/end")
    // The pair comes back to its own cycle, at once and later.
    #expect(room.facilitator.cycle?.number == 1)
    let again = Room(restarting: room)
    again.facilitator.open()
    #expect(again.heard().contains("Welcome back, Anna and Ben"))
  }

  @Test func `what belongs to a pair is told apart in a review, and its cycle is not taken for a pair's`() {
    let room = pair()
    room.type("/begin review with=\"Dana, Eve, and Finn\"")
    _ = room.heard()
    room.type("/consent", "/consent Dana yes", "/theme group-work")
    #expect(room.heard() == Array(repeating: Speech.notInReview, count: 3).joined(separator: "\n"))
    room.type("/end", "/end", "/begin pre cycle=2")
    #expect(room.heard().hasSuffix(Speech.reviewCycle))
    #expect(room.facilitator.cycle?.number == 1)
  }
}

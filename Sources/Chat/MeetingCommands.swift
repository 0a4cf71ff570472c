import AudioCapture
import Coaching
import PromptLibrary
import Reports
import SessionJournal
import TalkAnalysis

/// `/begin`, `/end` and the way through the prompts.
extension Facilitator {
  func begin(_ rest: Substring) throws {
    guard meeting == nil else { throw Complaint(.data, Speech.finishMeetingFirst) }
    let arguments = try Arguments(rest, keys: ["cycle", "with", "minutes"])
    plannedMinutes = try arguments.values["minutes"].map { text throws(Complaint) in
      guard let minutes = Int(text), (1...600).contains(minutes) else { throw Complaint(.data, Speech.badMinutes) }
      return minutes
    }
    var named: (Int, CycleState)?
    if let text = arguments.values["cycle"] {
      guard let number = Int(text), archive.cycles().contains(number), let state = readCycle(number) else {
        throw Complaint(.noInput, Speech.noSuchCycle)
      }
      named = (number, state)
    }
    guard let word = arguments.words.first else {
      guard cycle != nil else { throw Complaint(.data, Speech.noCycle) }
      guard isInteractive else { throw Complaint(.data, Speech.needed("pre, lesson, post or review", .begin)) }
      return ask(Speech.askStage) { try self.begin("\($0) \(rest)"[...]) }
    }
    let stages = library.scripts.map(\.stage).compactMap { $0?.rawValue }
    // Names with spaces between them, which nobody put in quotes.
    let more = arguments.words.dropFirst().joined(separator: " ")
    guard more.isEmpty || arguments.values["with"] != nil, let name = oneMatch(word, stages),
      let stage = Stage(rawValue: name)
    else {
      throw Complaint(.data, Speech.noScript)
    }
    if stage == .review {
      // A review that is named is taken up again.
      if let named, named.1.people.isGroup { return try takeUpReview(named.0) }
      return try beginReview(arguments.values["with"].map { "\($0) \(more)" })
    }
    if let named {
      guard !named.1.people.isGroup else { throw Complaint(.data, Speech.reviewCycle) }
      cycle = named
    }
    catchUp()
    guard let cycle, !cycle.state.people.isGroup else { throw Complaint(.data, Speech.noCycle) }
    guard let reason = silenceReason(cycle.state, stage) else {
      return try checkSound { try self.start(stage, with: $0) }
    }
    if !reason.isEmpty { say(reason, .speech) }
    try start(stage, with: nil)
  }

  /// A coaching review is a group's, not a pair's: it has a cycle folder of its own.
  private func beginReview(_ names: String?) throws {
    guard let names else {
      guard isInteractive else { throw Complaint(.data, Speech.needed("with=NAMES", .begin)) }
      return askForGroup()
    }
    let group = try names.replacing(" and ", with: ",").split(separator: ",").map { try checkedName(String($0)) }
    guard !group.isEmpty else { throw Complaint(.data, Speech.badName) }
    guard Set(group.map { $0.lowercased() }).count == group.count else { throw Complaint(.data, Speech.sameName) }
    try makeCycle(People(group: group), focus: nil, theme: nil)
    try start(.review, with: nil)
  }

  /// Twenty-five questions are more than one sitting: the last review may be taken up where it stopped.
  private func askForGroup() {
    let new = { self.ask(Speech.askGroup) { try self.beginReview($0) } }
    let last = archive.cycles().reversed().lazy.compactMap { number in
      self.readCycle(number).flatMap { $0.people.isGroup ? (number, $0.people) : nil }
    }.first
    guard let (number, people) = last else { return new() }
    ask(Speech.askTakeUpReview(people)) { answer in
      guard let takeUp = yesOrNo(answer) else { throw Complaint(.data, Speech.consentChoice) }
      if takeUp { try self.takeUpReview(number) } else { new() }
    }
  }

  /// Goes on with a review that was closed, at the first question that has not been put.
  private func takeUpReview(_ number: Int) throws {
    guard let id = archive.meetings(cycle: number).last(where: { $0.stage == .review }) else {
      throw Complaint(.noInput, Speech.noSuchCycle)
    }
    let path = archive.journalPath(id)
    let (journal, contents) = try Journal.open(path)
    guard contents.newerVersion == nil else { throw Complaint(.data, Speech.newerVersion(path)) }
    guard let state = MeetingState(events: contents.events) else { throw Complaint(.data, Speech.notAJournal(path)) }
    let prompts = library.script(.review)?.prompts ?? []
    try carryOn(
      OpenMeeting(id: id, journal: journal, contents: contents, state: state),
      at: prompts.first { !$0.isClosing && !state.shownPrompts.contains($0.id) })
  }

  /// Makes the meeting's folder and journal, begins the recording, and puts the first prompt.
  func start(_ stage: Stage, with source: (any AudioSource)?) throws {
    guard let cycle else { return }
    let began: Event.Kind = .began(stage: stage, people: cycle.state.people, focus: cycle.state.focus)
    let plan = plan(stage, cycle.number, cycle.state)
    let id: MeetingID
    let journal: Journal
    let event: Event
    do throws(FileFailure) {
      (id, journal) = try archive.createMeeting(cycle: cycle.number, stage: stage)
      event = try journal.append(began, t: 0)
    } catch {
      source?.close()
      throw Complaint(.cannotCreate, Speech.fileProblem(error))
    }
    let state = MeetingState(events: [event])!
    let meeting = RunningMeeting(
      id: id, folder: archive.folder(id), journal: journal, state: state, plan: plan, at: studio.now())
    meeting.plannedEnd = plannedMinutes.map { Double($0) * 60 }
    plannedMinutes = nil
    self.meeting = meeting
    if let source { startRecording(from: source) }
    say(Speech.meetingBegun(id, state.people), .speech)
    if let opening = library.script(stage)?.opening, !opening.isEmpty { say(names.plain(opening), .speech) }
    if plan.fadedCount > 0 { say(Speech.fewerPrompts(plan.fadedCount), .quiet) }
    if stage == .post, !plan.history.actions.isEmpty { say(Speech.youSetOut(plan.history.actions), .speech) }
    if stage == .post, !plan.history.evidence.isEmpty { say(Speech.evidenceWaits(plan.history.evidence.count), .quiet) }
    if let first = meeting.prompts.first { try show(first, at: studio.now()) }
    say(Speech.howTo(stage, hasObserver: state.people.observer != nil), .quiet)
  }

  /// For a meeting of that stage that is about to begin, or `running` already.
  func plan(_ stage: Stage, _ number: Int, _ cycle: CycleState, running: MeetingID? = nil) -> Plan {
    let history = History(archive, cycle: number, cycle, library: library, except: running)
    return Plan(stage, cycle: cycle, history: history, library: library)
  }

  /// Fills names into a prompt's text.
  var names: Placeholders {
    let history = meeting?.plan.history
    let people = meeting?.state.people ?? cycle?.state.people ?? People(coach: "the coach", coachee: "the teacher")
    return Placeholders(
      people: people, focus: meeting?.state.focus ?? cycle?.state.focus, actions: history?.lastActions ?? [],
      lastFocus: history?.last?.focus)
  }

  // MARK: - Prompts

  func show(_ prompt: Prompt, at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    let before = meeting.currentPrompt?.heading
    try meeting.record(.prompt(id: prompt.id, level: meeting.plan.aim), at: moment)
    let number = (meeting.promptIndex ?? 0) + 1
    if let heading = prompt.heading, heading != before { say("\n" + names.fill(heading), .speech) }
    say(
      prompt.isClosing
        ? Speech.closingPrompt(number, of: meeting.closingPrompts.count, title: names.fill(prompt.title))
        : Speech.prompt(number, of: meeting.prompts.count, title: names.fill(prompt.title)), .quiet)
    say(put(prompt, meeting.plan.aim), .prompt)
    let noted = prompt.recalls.flatMap { meeting.plan.history.notes[$0] ?? [] }
    for line in prompt.recalls.compactMap(recallAgreed) { say(line, .speech) }
    if !noted.isEmpty { say(Speech.youNoted(noted), .speech) }
    if let choices = prompt.choices { say(Speech.howToChoose(choices.isMany), .quiet) }
  }

  /// The prompt's question as it is put, with its choices.
  func put(_ prompt: Prompt, _ aim: Int) -> String {
    let options = (prompt.choices?.options ?? []).enumerated().map { "  \($0 + 1)  \(names.plain($1.text))" }
    return ([names.plain(prompt.question(aimingAt: aim))] + options).joined(separator: "\n")
  }

  func nextPrompt(at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    if meeting.isClosing { return try nextClosingPrompt() }
    let next = meeting.promptIndex.map { $0 + 1 } ?? 0
    guard next < meeting.prompts.count else { return say(Speech.lastPrompt, .speech) }
    try show(meeting.prompts[next], at: moment)
  }

  func previousPrompt(at moment: SuspendingClock.Instant) throws {
    if meeting == nil, questions.first?.prompt != nil { return say(Speech.changeLater, .speech) }
    let meeting = try running()
    let list = meeting.isClosing ? meeting.closingPrompts : meeting.prompts
    guard let index = meeting.promptIndex, index > 0 else { return say(Speech.firstPrompt, .speech) }
    try show(list[index - 1], at: moment)
  }

  func skipPrompt(at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    if let prompt = meeting.currentPrompt { try meeting.record(.skipped(id: prompt.id), at: moment) }
    try nextPrompt(at: moment)
  }

  func goToPrompt(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    let list = meeting.isClosing ? meeting.closingPrompts : meeting.prompts
    guard let number = Int(rest.trimmed) else { throw Complaint(.data, Speech.number(.goto)) }
    guard number > 0, list.indices.contains(number - 1) else { throw Complaint(.data, Speech.noSuchPrompt) }
    try show(list[number - 1], at: moment)
  }

  func listPrompts(_ rest: Substring) throws {
    let meeting = try running()
    if oneMatch(rest.trimmed.description, ["all"]) != nil, !rest.trimmed.isEmpty, let cycle {
      meeting.plan = Plan(
        meeting.state.stage, cycle: cycle.state, history: meeting.plan.history, library: library, everything: true)
    }
    var heading: String?
    let lines = meeting.prompts.enumerated().flatMap { index, prompt in
      let state = meeting.state
      let mark =
        prompt.id == state.currentPrompt
        ? ">" : state.skippedPrompts.contains(prompt.id) ? "-" : state.shownPrompts.contains(prompt.id) ? "✓" : " "
      defer { heading = prompt.heading }
      return (prompt.heading == heading ? [] : prompt.heading.map { [names.fill($0)] } ?? [])
        + ["\(mark) \(index + 1 < 10 ? " " : "")\(index + 1)  \(names.fill(prompt.title))"]
    }
    say(lines.joined(separator: "\n"), .speech)
    if meeting.plan.fadedCount > 0 { say(Speech.fewerPrompts(meeting.plan.fadedCount), .quiet) }
  }

  func why() throws {
    if let prompt = questions.first?.prompt { return explain(prompt, plan: nil) }
    let meeting = try running()
    guard let prompt = meeting.currentPrompt else { return say(Speech.whyNothing, .speech) }
    explain(prompt, plan: meeting.plan)
  }

  /// What a prompt is for; in a meeting with a `plan` also why it is put like this.
  private func explain(_ prompt: Prompt, plan: Plan?) {
    say(prompt.why.isEmpty ? Speech.noWhy : names.plain(prompt.why), .speech)
    let remarks = (prompt.choices?.options ?? []).enumerated().compactMap { index, option in
      option.remark.map { "  \(index + 1)  \(names.plain($0))" }
    }
    if !remarks.isEmpty { say(remarks.joined(separator: "\n"), .speech) }
    let aim = plan.map { max($0.aim, 2) } ?? prompt.level
    if let listen = prompt.listenFor[aim] { say(Speech.listenFor(names.plain(listen)), .speech) }
    if let further = prompt.further[min(4, aim + 1)] ?? prompt.further[aim] {
      say(Speech.further(names.plain(further)), .speech)
    }
    if let plan, !prompt.listenFor.isEmpty { say(Speech.aim(plan.aim, plan.history.reached), .quiet) }
    say(Speech.source(library.sources(prompt.guide)), .quiet)
  }

  // MARK: - The end

  func end(at moment: SuspendingClock.Instant) throws {
    let meeting = try running()
    guard isInteractive, !meeting.isClosing, let first = meeting.closingPrompts.first else {
      return close(.closed, at: moment)
    }
    meeting.isClosing = true
    say(Speech.closingHow, .quiet)
    try show(first, at: moment)
  }

  /// The next question of the closing reflection; after the last the meeting is closed.
  func nextClosingPrompt() throws {
    let meeting = try running()
    let now = studio.now()
    let next = (meeting.promptIndex ?? -1) + 1
    guard next < meeting.closingPrompts.count else { return close(.closed, at: now) }
    try show(meeting.closingPrompts[next], at: now)
  }

  /// Closes the running meeting, whatever fails on the way: the sound, the journal, then the reflection.
  func close(_ ending: Event.Ending, at moment: SuspendingClock.Instant) {
    guard let meeting else { return }
    questions = []
    attempt { try endRecording(.ended, at: moment) }
    let writer = ReflectionWriter(archive: archive, library: library, studio: studio)
    // Joined before the end is written down: a crash in between is found at the next start.
    if meeting.state.recordings.contains(where: { $0.file != "audio.flac" }) {
      attempt { _ = try writer.joinSound(meeting.state, of: meeting.id) }
    }
    // So that the next meeting is not given the same again.
    attempt {
      let suggested = try writer.reflection(meeting.id).0.challenges.map(\.challenge.id)
      if !suggested.isEmpty { try meeting.record(.suggested(suggested), at: moment) }
    }
    attempt { try meeting.record(.ended(ending), at: moment) }
    meeting.releaseReserve()
    archive.hideClock(of: meeting.id)
    self.meeting = nil
    if meeting.state.people.isGroup { cycle = newestPairCycle() }
    attempt {
      let (reflection, remarks) = try writer.write(meeting.id)
      remarks.forEach(complain)
      say(Speech.closed(reflection), .speech)
      if !reflection.challenges.isEmpty {
        say(Speech.forNextTime(reflection.challenges.map(\.challenge.title)), .speech)
      }
      if reflection.isRecorded, let cycle, !cycle.state.mayRecord {
        say(Speech.earlierSound([archive.audioPath(meeting.id)]), .warning)
      }
      say(Speech.reflectionAt(archive.htmlPath(meeting.id), meeting.state.stage), .speech)
      say(Speech.readIt(meeting.id, program), .quiet)
    }
  }

  /// Ends a meeting that somebody interrupts: the first time they are told how, the second time it is closed.
  func interrupt(again: Bool) -> Bool {
    questions = []
    guard meeting != nil else { return true }
    if isInteractive, !again {
      say(Speech.stillRunning, .warning)
      return false
    }
    close(.interrupted, at: studio.now())
    return true
  }
}

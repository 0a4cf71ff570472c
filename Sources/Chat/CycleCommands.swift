import Coaching
import FoundationEssentials
import PromptLibrary
import SessionJournal

/// `/new` and `/consent`: who is here, what they want to look at, and whether they may be recorded.
extension Facilitator {
  func newCycle(_ rest: Substring) throws {
    guard meeting == nil else { throw Complaint(.data, Speech.finishMeetingFirst) }
    let keys = ["coach", "coachee", "observer", "focus", "theme"]
    let arguments = try Arguments(rest, keys: keys)
    var given = arguments.values
    if let word = arguments.words.first {
      throw Complaint(.data, Speech.unknownKey(word, keys: keys))
    }
    if let name = given["theme"], !name.isEmpty { given["theme"] = try theme(named: name).id }
    for role in Role.allCases {
      if let name = given[role.rawValue] { given[role.rawValue] = try checkedName(name) }
    }
    guard isInteractive else {
      for role in [Role.coach, .coachee] where given[role.rawValue] == nil {
        throw Complaint(.data, Speech.needed("\(role.rawValue)=", .new))
      }
      return try createCycle(given)
    }
    if arguments.values["coach"] == nil, arguments.values["coachee"] == nil, let cycle, !cycle.state.people.isGroup {
      return askWhetherAgain(given)
    }
    askForNames(given, arguments)
  }

  /// The same people most often meet again; nothing that is known is asked a second time. Guide §4.1 (C5).
  private func askWhetherAgain(_ given: [String: String]) {
    guard let cycle else { return }
    let people = cycle.state.people
    ask(Speech.again(people), whenEmpty: "yes") { answer in
      var given = given
      switch (yesOrNo(answer), answer.lowercased().trimmed) {
      case (true?, _): (given["coach"], given["coachee"]) = (people.coach, people.coachee)
      case (_, "swap"), (_, "s"): (given["coach"], given["coachee"]) = (people.coachee, people.coach)
      case (false?, _): return self.askForNames(given, nil)
      default: throw Complaint(.data, Speech.againChoice)
      }
      given["observer"] = given["observer"] ?? people.observer
      if given["focus"] != nil { return try self.createCycle(given, isKnown: true) }
      let isSame = given["coach"] == people.coach
      let actions = History(self.archive, cycle: cycle.number, cycle.state, library: self.library).actions
      let focus = isSame ? cycle.state.focus : nil
      self.ask(Speech.askNextFocus(focus, actions: isSame ? actions : []), whenEmpty: focus ?? "") { answer in
        // Somebody who is asked whether to keep it may say so.
        let keeps = ["same", "the same", "same again", "the same again", "as before", "keep it", "yes"]
        let next = keeps.contains(answer.lowercased().trimmed.description) ? focus ?? "" : answer
        try self.createCycle(given.merging(["focus": next]) { $1 }, isKnown: true)
      }
    }
  }

  private func askForNames(_ given: [String: String], _ arguments: Arguments?) {
    askForName(.coach, Speech.askCoach, given) { given in
      self.askForName(.coachee, Speech.askCoachee, given) { given in
        // Somebody who typed everything on one line is not asked about what they left out.
        if arguments?.values["coach"] != nil, arguments?.values["coachee"] != nil { return try self.createCycle(given) }
        self.askForName(.observer, Speech.askObserver, given, whenEmpty: "") { given in
          if given["focus"] != nil { return try self.createCycle(given) }
          self.ask(Speech.askFocus, whenEmpty: "") { focus in
            try self.createCycle(given.merging(["focus": focus]) { $1 })
          }
        }
      }
    }
  }

  /// Goes on with `next` at once when the name is known, else when it has been answered.
  private func askForName(
    _ role: Role, _ question: String, _ given: [String: String], whenEmpty: String? = nil,
    next: @escaping ([String: String]) throws -> Void
  ) {
    if given[role.rawValue] != nil { return attempt { try next(given) } }
    ask(question, whenEmpty: whenEmpty) { name in
      let name = name.isEmpty ? "" : try checkedName(name)
      let others = Role.allCases.compactMap { given[$0.rawValue]?.lowercased() }
      guard name.isEmpty || !others.contains(name.lowercased()) else { throw Complaint(.data, Speech.sameName) }
      try next(given.merging([role.rawValue: name]) { $1 })
    }
  }

  /// `isKnown`: they have said that they are the pair of the cycle before.
  private func createCycle(_ given: [String: String], isKnown: Bool = false) throws {
    let filled = given.filter { !$0.value.isEmpty }
    let people = People(coach: filled["coach"] ?? "", coachee: filled["coachee"] ?? "", observer: filled["observer"])
    let names = people.roles.compactMap { people.name($0)?.lowercased() }
    guard Set(names).count == names.count else { throw Complaint(.data, Speech.sameName) }
    let last = lastCycle(of: people)
    // Two pairs may have the same first names, and what one has said is nothing for the other.
    if isInteractive, !isKnown, let last {
      return ask(Speech.askSamePair(people, last.number)) { answer in
        guard let same = yesOrNo(answer) else { throw Complaint(.data, Speech.consentChoice) }
        if same { try self.createCycle(given, isKnown: true) } else { self.say(Speech.addInitial, .speech) }
      }
    }
    try makeCycle(people, focus: filled["focus"], theme: filled["theme"])
    say(Speech.cycleBegun(cycle!.number, people, isAgain: last != nil), .speech)
    if let last { try carryOver(last.state) }
    if isInteractive { askForConsent() } else { sayNextStep() }
  }

  /// Makes the cycle's folder and journal; from now on it is the one that everything belongs to.
  func makeCycle(_ people: People, focus: String?, theme: String?) throws {
    let number: Int
    do throws(FileFailure) {
      (number, _) = try archive.createCycle(people: people, focus: focus, theme: theme)
    } catch {
      throw Complaint(.cannotCreate, Speech.fileProblem(error))
    }
    guard let state = readCycle(number) else { throw Complaint(.data, Speech.notAJournal(archive.cyclePath(number))) }
    cycle = (number, state)
  }

  /// The newest cycle of the same two, in whichever chairs.
  private func lastCycle(of people: People) -> (number: Int, state: CycleState)? {
    let swapped = People(coach: people.coachee, coachee: people.coach)
    return archive.cycles().reversed().lazy.compactMap { number in self.readCycle(number).map { (number, $0) } }.first {
      $0.1.people.isSamePair(as: people) || $0.1.people.isSamePair(as: swapped)
    }
  }

  /// What the same two agreed last time still holds, but for dates and for what is of one lesson. Another focus may want
  /// another theme and technique; where they have changed chairs, the coached teacher has choices of their own to make; and
  /// an observer who was not there has promised nothing.
  private func carryOver(_ last: CycleState) throws {
    guard let cycle else { return }
    let isSwapped = !last.people.isSamePair(as: cycle.state.people)
    let isSameFocus = !isSwapped && last.focus == cycle.state.focus
    var anew: Set<String> = ["schedule", "time", "permissions"]
    if isSwapped { anew.formUnion(["performance", "keep"]) }
    if !isSameFocus { anew.insert("techniques") }
    if last.people.observer != cycle.state.people.observer { anew.formUnion(["confidentiality", "sharing"]) }
    let kept = last.agreed.filter { !anew.contains($0.key) && !($0.value.choices.isEmpty && $0.value.text == nil) }
    let theme = isSameFocus && cycle.state.theme == nil ? last.theme : nil
    guard !kept.isEmpty || theme != nil else { return }
    for (key, answer) in kept.sorted(by: { $0.key < $1.key }) {
      try recordInCycle(.agreed(key: key, choices: answer.choices, text: answer.text))
    }
    if let theme { try recordInCycle(.agreed(key: "theme", choices: [theme], text: nil)) }
    try keepContract()
    say(Speech.agreementHolds, .speech)
  }

  // MARK: - Consent

  /// Asks each person who has not answered yet, one after the other.
  private func askForConsent() {
    guard let cycle else { return }
    let people = cycle.state.people
    guard let role = people.roles.first(where: { cycle.state.consents[$0] == nil }), let name = people.name(role) else {
      return sayNextStep()
    }
    ask(Speech.askConsent(name, people)) { answer in
      guard let given = yesOrNo(answer) else { throw Complaint(.data, Speech.consentChoice) }
      try self.setConsent(role, given)
      self.askForConsent()
    }
  }

  func consent(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let arguments = try Arguments(rest, keys: ["delete"])
    guard let cycle else { throw Complaint(.data, Speech.noCycle) }
    let people = cycle.state.people
    guard !people.isGroup else { throw Complaint(.data, Speech.notInReview) }
    guard let answer = arguments.words.last, arguments.words.count >= 2, let given = yesOrNo(answer) else {
      if isInteractive, arguments.words.isEmpty { return askForConsent() }
      throw Complaint(.data, Speech.needed("a name and yes or no", .consent))
    }
    let roles = people.roles(matching: arguments.words.dropLast().joined(separator: " "))
    guard let role = roles.first else { throw Complaint(.data, Speech.unknownPerson(people)) }
    guard roles.count == 1 else { throw Complaint(.data, Speech.ambiguousPerson) }
    // A no stops the sound before anything that can fail.
    let hadSound = meeting.map { !$0.state.recordings.isEmpty && !$0.state.audioDeleted } ?? false
    if given {
      try setConsent(role, true)
    } else {
      meeting?.awaitsResume = false
      attempt { try endRecording(.consentWithdrawn, at: moment) }
      attempt { try setConsent(role, false) }
    }
    if given {
      if self.cycle?.state.mayRecord == true {
        say(meeting == nil || meeting?.isRecording == true ? Speech.everyoneAgrees : Speech.recordsNextTime, .speech)
      }
    } else if let meeting, hadSound {
      try withdraw(
        people.name(role) ?? "", from: meeting, delete: arguments.values["delete"].flatMap(yesOrNo), at: moment)
    }
    if !given, meeting == nil {
      let before = archive.meetings(cycle: cycle.number).filter {
        FileManager.default.fileExists(atPath: archive.audioPath($0))
      }
      if !before.isEmpty { say(Speech.earlierSound(before.map(archive.audioPath)), .speech) }
    }
    if meeting == nil { sayNextStep() }
  }

  private func setConsent(_ role: Role, _ given: Bool) throws {
    guard let name = cycle?.state.people.name(role) else { return }
    do {
      try recordInCycle(.consent(role, given: given))
    } catch {
      // A no counts even when it cannot be written down.
      if !given { cycle?.state.apply(Event(number: 0, at: .now, kind: .consent(role, given: false))) }
      throw error
    }
    say(Speech.consent(name, given: given), .acknowledgement)
  }

  /// A no that was said in another window counts in this one, too.
  func lookForNo(in meeting: RunningMeeting, at now: SuspendingClock.Instant) {
    catchUp()
    guard let state = cycle?.state, let role = state.withoutConsent.first else { return }
    attempt { try endRecording(.consentWithdrawn, at: now) }
    attempt { try withdraw(state.people.name(role) ?? "", from: meeting, delete: nil, at: now) }
    if let question = questions.first { say(question.text, question.manner) }
  }

  private func withdraw(
    _ name: String, from meeting: RunningMeeting, delete: Bool?, at moment: SuspendingClock.Instant
  ) throws {
    say(Speech.consentWithdrawn(name, seconds: meeting.time(at: moment)), .speech)
    switch delete {
    case true?: try deleteSound(of: meeting)
    case false?: say(Speech.keptSound, .speech)
    case nil where isInteractive:
      ask(Speech.askDelete) { answer in
        guard let delete = yesOrNo(answer) else { throw Complaint(.data, Speech.consentChoice) }
        if delete { try self.deleteSound(of: meeting) } else { self.say(Speech.keptSound, .speech) }
      }
    case nil: say(Speech.howToDelete, .speech)
    }
  }
}

/// What people mean by yes or no; `nil` for anything else.
public func yesOrNo(_ text: String) -> Bool? {
  let words = text.lowercased().split { !$0.isLetter }
  return switch words.first {
  case "yes", "y", "yeah", "yep", "ok", "okay", "sure", "true":
    words.contains { ["no", "not", "but"].contains($0) } ? nil : true
  case "no", "n", "nah", "nope", "false": words.contains { ["yes", "problem", "but"].contains($0) } ? nil : false
  default: nil
  }
}

extension Unicode.Scalar {
  /// No control characters, and none that turn the direction of what follows.
  fileprivate var isFitForNames: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: value == 0x200D
    default: true
    }
  }
}

/// Names are shown everywhere, so they have to be fit to be shown.
func checkedName(_ text: String) throws(Complaint) -> String {
  let name = text.trimmed
  guard !name.isEmpty, name.count <= 60, name.unicodeScalars.allSatisfy(\.isFitForNames) else {
    throw Complaint(.data, Speech.badName)
  }
  return String(name)
}

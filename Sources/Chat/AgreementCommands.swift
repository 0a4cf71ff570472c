import Coaching
import PromptLibrary
import Reports
import SessionJournal

/// `/agree`: what a pair settles once for its cycle, and the contract written from it. Guide §4.2, §9.4 (C1, C6–C8).
extension Facilitator {
  func agree(_ rest: Substring) throws {
    guard meeting == nil else { throw Complaint(.data, Speech.finishMeetingFirst) }
    guard let cycle else { throw Complaint(.data, Speech.noCycle) }
    guard !cycle.state.people.isGroup else { throw Complaint(.data, Speech.notInReview) }
    if let question = questions.first, question.prompt == nil { throw Complaint(.data, Speech.answerFirst) }
    guard let prompts = library.agreement?.prompts else { throw Complaint(.data, Speech.noAgreement) }
    let arguments = try Arguments(rest, keys: prompts.map(\.id))
    // Everything is understood before anything is kept.
    let answers = try prompts.compactMap { prompt throws(Complaint) in
      try arguments.values[prompt.id].map { value throws(Complaint) in try agreed(prompt, value) }
    }
    let again = try questionsNamed(arguments.words, prompts)
    questions = []
    for answer in answers { try recordInCycle(answer) }
    if isInteractive, arguments.values.isEmpty {
      let open = prompts.filter { again.isEmpty ? agreedWords($0.id) == nil : again.contains($0.id) }
      let holds = holds
      let makesSense = { (prompt: Prompt) in holds.isSuperset(of: prompt.when) }
      if again.isEmpty, !open.contains(where: makesSense) { return sayAgreement() }
      let isFirst = prompts.allSatisfy { ["focus", "theme"].contains($0.id) || agreedWords($0.id) == nil }
      if isFirst, let opening = library.agreement?.opening { say(names.plain(opening), .speech) }
      say(Speech.howToAgree, .quiet)
      // What was asked by its name may open others, as filming does; those are asked then, too.
      let others =
        again.isEmpty ? [] : prompts.filter { agreedWords($0.id) == nil && !makesSense($0) && !open.contains($0) }
      return askToAgree((open + others)[...], asked: 0, always: Set(again))
    }
    try writeContract()
  }

  /// The ids of the questions that `words` name: each by its id or the beginning of it, or one by the heading over it.
  private func questionsNamed(_ words: [String], _ prompts: [Prompt]) throws(Complaint) -> [String] {
    let ids = prompts.map(\.id)
    let named = words.compactMap { oneMatch($0, ids) }
    if named.count == words.count { return named }
    let title = words.joined(separator: " ").lowercased()
    if let titled = prompts.first(where: { $0.title.lowercased().hasPrefix(title) }) { return [titled.id] }
    throw Complaint(.data, Speech.unknownKey(words.first { oneMatch($0, ids) == nil } ?? "", keys: ids))
  }

  private var holds: Set<Circumstance> {
    cycle.map { History(archive, cycle: $0.number, $0.state, library: library).circumstances($0.state) } ?? []
  }

  /// Asks one after the other. What is answered may make the next question needless, or a further one sensible.
  private func askToAgree(_ open: ArraySlice<Prompt>, asked: Int, always: Set<String>) {
    let holds = holds
    let left = open.filter { always.contains($0.id) || holds.isSuperset(of: $0.when) }
    guard let prompt = left.first else {
      return attempt {
        if asked > 1 { sayAgreement() }
        try writeContract()
      }
    }
    let rest = open[(open.firstIndex(of: prompt)! + 1)...]
    say(Speech.prompt(asked + 1, of: asked + left.count, title: names.fill(prompt.title)), .quiet)
    ask(put(prompt, prompt.level), .prompt, prompt: prompt, whenEmpty: "") { answer in
      if !answer.isEmpty {
        let event = try self.agreed(prompt, answer)
        try self.recordInCycle(event)
        try self.keepContract()
        self.sayAgreed(prompt)
      }
      self.askToAgree(rest, asked: asked + 1, always: always)
    }
  }

  /// What was picked, or the pair's own words; no words at all take back what was agreed.
  private func agreed(_ prompt: Prompt, _ value: String) throws(Complaint) -> Event.Kind {
    let text = String(value.trimmed)
    var picked = prompt.choices?.keys(in: text) ?? []
    if prompt.id == "theme", picked.isEmpty, !text.isEmpty { picked = [try theme(named: text).id] }
    if picked.isEmpty, !text.isEmpty, let choices = prompt.choices {
      if choices.isNumbers(text) {
        throw Complaint(.data, Speech.noSuchChoice(choices.options.count, isMany: choices.isMany))
      }
    }
    return .agreed(key: prompt.id, choices: picked, text: picked.isEmpty && !text.isEmpty ? text : nil)
  }

  /// Says what was kept, and of one choice among several what to weigh with it; ticks on a list need none.
  private func sayAgreed(_ prompt: Prompt) {
    if let words = agreedWords(prompt.id) { say(Speech.agreed(words), .acknowledgement) }
    let picked = cycle?.state.agreed[prompt.id]?.choices.first
    if let choices = prompt.choices, !choices.isMany, let remark = choices.remark(picked) {
      say(names.plain(remark), .speech)
    }
  }

  /// Puts an event into the cycle's journal, then into its state, behind what another window has written meanwhile.
  func recordInCycle(_ kind: Event.Kind) throws {
    guard let number = cycle?.number else { throw Complaint(.data, Speech.noCycle) }
    let path = archive.cyclePath(number)
    let (journal, contents) = try Journal.open(path)
    guard contents.newerVersion == nil else { throw Complaint(.data, Speech.newerVersion(path)) }
    let event = try journal.append(kind, t: 0)
    cycle?.state.catchUp(with: contents.events + [event])
  }

  // MARK: - The contract

  /// What was agreed under `key`, in words; `nil` when nothing was.
  func agreedWords(_ key: String) -> String? {
    guard let state = cycle?.state else { return nil }
    if key == "theme" { return state.theme.map { library.theme($0)?.title ?? $0 } }
    if key == "focus" { return state.focus }
    guard let answer = state.agreed[key] else { return nil }
    let prompt = library.agreement?.prompts.first { $0.id == key }
    let picked = answer.choices.map { prompt?.choices?.text($0) ?? $0 }
    return picked.isEmpty ? answer.text : picked.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
  }

  /// What is not ticked yet on a list that was begun.
  private func stillToDo(_ prompt: Prompt) -> [String]? {
    guard let choices = prompt.choices, choices.isChecklist, let ticked = cycle?.state.agreed[prompt.id]?.choices else {
      return nil
    }
    let left = choices.options.filter { !ticked.contains($0.key) }
    return left.isEmpty ? nil : left.map(\.text)
  }

  /// What a prompt of this meeting recalls of the agreement, as a line of its own.
  func recallAgreed(_ id: String) -> String? {
    guard let prompt = library.agreement?.prompts.first(where: { $0.id == id }) else { return nil }
    if id == "focus" { return agreedWords(id).map(Speech.yourFocus) }
    let lines = [agreedWords(id).map(Speech.youAgreed), stillToDo(prompt).map(Speech.stillToDo)].compactMap(\.self)
    return lines.isEmpty ? nil : lines.joined(separator: " ")
  }

  private func writeContract() throws {
    guard let cycle else { return }
    try keepContract()
    say(Speech.contractAt(archive.contractPath(cycle.number)), .acknowledgement)
    if isInteractive { sayNextStep() }
  }

  /// Writes the contract as things stand.
  func keepContract() throws {
    guard let cycle, let contract = library.contract else { return }
    var names = self.names
    for prompt in library.agreement?.prompts ?? [] where prompt.id != "focus" {
      let words = [agreedWords(prompt.id), stillToDo(prompt).map(Speech.stillToDo)].compactMap(\.self)
      names = names.with(prompt.id, words.isEmpty ? Speech.notAgreed : words.joined(separator: " "))
    }
    let path = archive.contractPath(cycle.number)
    do throws(FileFailure) {
      try PrivateFiles.replace(path, with: contract.markdown(names: names, holds: holds))
    } catch {
      throw Complaint(.cannotCreate, Speech.fileProblem(error))
    }
  }

  /// The answers so far.
  private func sayAgreement() {
    let lines = (library.agreement?.prompts ?? []).compactMap { prompt in
      agreedWords(prompt.id).map { "  \(prompt.title) (\(prompt.id)): \($0)" }
    }
    guard !lines.isEmpty else { return }
    say(Speech.agreement(lines), .speech)
  }
}

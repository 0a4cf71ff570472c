import Coaching
import PromptLibrary
import Reports
import SessionJournal

/// `/agree`: what a pair settles once for its cycle, and the contract written from it. Guide §4.2, §9.4 (C1, C6–C8).
extension Facilitator {
  func agree(_ rest: Substring) throws {
    guard let cycle, !cycle.state.people.isGroup else { throw Complaint(.data, Speech.noCycle) }
    guard let prompts = library.agreement?.prompts else { throw Complaint(.data, Speech.noAgreement) }
    let arguments = try Arguments(rest, keys: prompts.map(\.id))
    for prompt in prompts {
      if let value = arguments.values[prompt.id] { try setAgreed(prompt, value) }
    }
    let again = try arguments.words.map { word throws(Complaint) in
      guard let id = oneMatch(word, prompts.map(\.id)) else {
        throw Complaint(.data, Speech.unknownKey(word, keys: prompts.map(\.id)))
      }
      return id
    }
    if isInteractive, arguments.values.isEmpty {
      let open = prompts.filter { again.isEmpty ? agreedWords($0.id) == nil : again.contains($0.id) }
      if again.isEmpty, !open.contains(where: makesSense) { return sayAgreement() }
      if again.isEmpty, let opening = library.agreement?.opening { say(names.fill(opening), .speech) }
      say(Speech.howToAgree, .quiet)
      return askToAgree(open[...], asked: 0, isAgain: !again.isEmpty)
    }
    try writeContract()
  }

  private func makesSense(_ prompt: Prompt) -> Bool { holds.isSuperset(of: prompt.when) }

  private var holds: Set<Circumstance> {
    cycle.map { History(archive, cycle: $0.number, $0.state, library: library).circumstances($0.state) } ?? []
  }

  /// Asks one after the other. What is answered may make the next question needless, or a further one sensible.
  private func askToAgree(_ open: ArraySlice<Prompt>, asked: Int, isAgain: Bool) {
    let left = isAgain ? open : ArraySlice(open.filter(makesSense))
    guard let prompt = left.first else { return attempt { try writeContract() } }
    let rest = open[(open.firstIndex(of: prompt)! + 1)...]
    say(Speech.prompt(asked + 1, of: asked + left.count, title: names.fill(prompt.title)), .quiet)
    ask(put(prompt, prompt.level), .prompt, prompt: prompt, whenEmpty: "") { answer in
      if !answer.isEmpty { try self.setAgreed(prompt, answer) }
      self.askToAgree(rest, asked: asked + 1, isAgain: isAgain)
    }
  }

  /// Keeps what was picked, or the pair's own words.
  private func setAgreed(_ prompt: Prompt, _ value: String) throws {
    let text = String(value.trimmed)
    let picked = prompt.choices?.keys(in: text) ?? []
    if prompt.id == "theme", picked.isEmpty {
      throw Complaint(.data, Speech.unknownTheme(text, library.themes.map(\.id)))
    }
    try recordInCycle(.agreed(key: prompt.id, choices: picked, text: picked.isEmpty ? text : nil))
  }

  /// Puts an event into the cycle's journal, then into its state.
  func recordInCycle(_ kind: Event.Kind) throws {
    guard let number = cycle?.number else { throw Complaint(.data, Speech.noCycle) }
    let (journal, _) = try Journal.open(archive.cyclePath(number))
    cycle?.state.apply(try journal.append(kind, t: 0))
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

  private func writeContract() throws {
    guard let cycle, let contract = library.contract else { return }
    var names = self.names
    for prompt in library.agreement?.prompts ?? [] where prompt.id != "focus" {
      names = names.with(prompt.id, agreedWords(prompt.id) ?? Speech.notAgreed)
    }
    let path = archive.contractPath(cycle.number)
    do throws(FileFailure) {
      try PrivateFiles.replace(path, with: contract.markdown(names: names, holds: holds))
    } catch {
      throw Complaint(.cannotCreate, Speech.fileProblem(error))
    }
    say(Speech.contractAt(path), .acknowledgement)
    if isInteractive { sayNextStep() }
  }

  /// The answers so far.
  private func sayAgreement() {
    guard let cycle else { return }
    let lines = (library.agreement?.prompts ?? []).compactMap { prompt in
      agreedWords(prompt.id).map { "  \(prompt.id): \($0)" }
    }
    say(Speech.agreement(lines, path: archive.contractPath(cycle.number)), .speech)
  }
}

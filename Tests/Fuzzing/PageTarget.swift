import Coaching
import Foundation
import PromptLibrary
import Reports
import TalkAnalysis

@testable import SessionJournal

extension FuzzTarget {
  /// The bytes are a journal, and go all the way to what people read of it: the reflection and its figures, the agreement
  /// of several taggers, and the contract.
  static let pages = FuzzTarget(name: "pages", corpus: "journal") { bytes in
    let contents = JournalContents(bytes: bytes)
    let state = try meeting(contents.events)
    let half = try meeting(Array(contents.events.prefix(contents.events.count / 2)))
    let seconds = state.recordings.compactMap { $0.stretch.to }.max()
    let reflection = Reflection(
      state, meeting: MeetingID(cycle: 1, stage: state.stage),
      audio: state.audioDeleted ? .deleted : seconds.map { .recorded(file: "audio.flac", seconds: $0) } ?? .none,
      library: builtInLibrary,
      earlier: [Reflection.Earlier(meeting: MeetingID(cycle: 1, stage: .pre), state: half)],
      damagedLines: contents.damagedLines)
    try requirePrintable(reflection.markdown, "the Markdown")
    try requirePage(reflection.html)
    // JSON can hold no number that is none.
    _ = try JSONEncoder().encode(reflection.analysis)
    let measures = reflection.measures
    for now in [0, state.lastTime / 2, state.lastTime] {
      _ = measures.occasions(at: now, promptsLeft: 3, end: state.lastTime)
    }
    try requireAgreement(measures, state.people)
    try requireContract(cycle(contents.events))
  }
}

/// Others tagged two turns of three, a second later, and the first half.
private func requireAgreement(_ measures: TalkMeasures, _ people: People) throws {
  let others = measures.turns.enumerated().filter { $0.offset % 3 > 0 }.map { _, turn in
    TaggedTurn(number: turn.number, t: turn.t + 1, turn: turn.turn)
  }
  let half = Array(measures.turns.prefix(measures.turns.count / 2))
  let report = AgreementReport(
    [("them", measures.turns), ("observer", others), ("half", half)], duration: measures.duration)
  let moments = [measures.moments.map(\.t), [], measures.actions.map(\.t)]
  let text = AgreementText(report, moments: moments, vocabulary: builtInLibrary.vocabulary, people: people)
  try require(text.lines.count > 1, "nothing is said of the agreement")
  _ = try JSONEncoder().encode(AgreementFigures(report, moments: moments))
}

private func requireContract(_ cycle: CycleState) throws {
  var names = Placeholders(people: cycle.people, focus: cycle.focus)
  for (key, answer) in cycle.agreed { names = names.with(key, answer.text ?? answer.choices.inSentence) }
  guard let contract = builtInLibrary.contract else { throw Broken(description: "there is no contract") }
  try requirePrintable(contract.markdown(names: names, holds: Set(Circumstance.allCases)), "the contract")
  let own = cycle.themeEntries.compactMap { entry in
    Theme.Collection(rawValue: entry.collection).map { (collection: $0, text: entry.text) }
  }
  _ = cycle.theme.flatMap { builtInLibrary.theme(named: $0) }?.holding(own).file
}

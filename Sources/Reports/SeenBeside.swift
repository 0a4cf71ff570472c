public import Coaching
import PromptLibrary
import TalkAnalysis

/// What those who tagged the meeting beside the pair have for it: their feedback beside the turns it is about, and a few
/// questions where they tagged something else. Guide §1.3, §7.5 (A2, F6).
extension Reflection {
  /// Somebody who tagged the meeting in a journal of their own.
  public struct Other: Sendable {
    public var name: String
    public var state: MeetingState

    public init(name: String, state: MeetingState) {
      (self.name, self.state) = (name, state)
    }

    /// The name as it stands in a sentence; one of the pair may have listened again.
    public var label: String { state.observer?.how == .review ? "\(name) (listening again)" : name }
  }

  /// Feedback with who gave it. `journal` counts the others from 1; 0 is the meeting's own.
  struct GivenFeedback {
    var by: String
    var journal: Int
    var said: TimedText
  }

  /// Questions of this kind are asked at most; more would be a correction. Ours.
  private static let mostQuestions = 5
  /// What the guide calls most productive: hearing one of these, or missing it, is worth a question before anything else.
  private static let telling: Set<InteractionFunction> = [.challenge, .dissonance, .newIdea, .generalisation]

  /// By who gave it, in the order in which they are named, then by time.
  var givenFeedback: [GivenFeedback] {
    let own = feedback.map { GivenFeedback(by: people.observer ?? "the observer", journal: 0, said: $0) }
    let beside = others.enumerated().flatMap { index, other in
      other.state.entries.compactMap { entry -> GivenFeedback? in
        guard case .feedback(let text) = entry.kind, isOnRecord(entry.t) else { return nil }
        return GivenFeedback(
          by: other.label, journal: index + 1, said: TimedText(number: entry.number, t: entry.t, text: text))
      }
    }
    return (own + beside).sorted { ($0.said.t, $0.journal, $0.said.number) < ($1.said.t, $1.journal, $1.said.number) }
  }

  /// The turn of the pair's that was going on at `t`, by its place among them.
  func turnIndex(at t: Double) -> Int? {
    let index = measures.turns.lastIndex { $0.t <= t }
    return index.flatMap { t <= measures.ends[$0] ? $0 : nil }
  }

  /// What others said of the pair's turns, by the turns' places among them.
  var feedbackByTurn: [Int: [String]] {
    givenFeedback.reduce(into: [:]) { byTurn, given in
      guard let index = turnIndex(at: given.said.t) else { return }
      byTurn[index, default: []].append("\(given.by), \(Timecode.text(given.said.t)): \(given.said.text)")
    }
  }

  var feedbackBlocks: [Page.Block] {
    let given = givenFeedback
    let names = given.map(\.by).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return names.flatMap { name -> [Page.Block] in
      let entries = given.filter { $0.by == name }.map { given in
        let turn = turnIndex(at: given.said.t).map { measures.turns[$0] }
        return Page.Entry(
          number: given.said.number, journal: given.journal, t: given.said.t, text: given.said.text,
          detail: turn.map(beside))
      }
      return [.heading("Feedback from \(name)"), .entries(entries)]
    }
  }

  private func beside(_ tagged: TaggedTurn) -> String {
    let functions = functionsInWords(tagged.turn).lowercased()
    let who = "During the turn of \(people.name(tagged.turn.by)) at \(Timecode.text(tagged.t))"
    return functions.isEmpty ? who : "\(who): \(functions)"
  }

  // MARK: - What was tagged differently

  private struct Question {
    /// The most telling come first.
    var rank: Int
    var t: Double
    var text: String
  }

  var questionBlocks: [Page.Block] {
    let all = others.flatMap(questions).sorted { ($0.rank, $0.t, $0.text) < ($1.rank, $1.t, $1.text) }
    guard !all.isEmpty else { return [] }
    return [
      .heading("Heard differently"),
      .aside("Questions, not corrections: neither tag is the right one. coachtalk agree \(meeting) shows all."),
    ]
      + [
        .entries(
          all.prefix(Self.mostQuestions).enumerated().map { index, question in
            Page.Entry(number: index + 1, journal: others.count + 1, t: question.t, text: question.text)
          })
      ]
  }

  private func questions(_ other: Other) -> [Question] {
    let theirs = other.state.turns.filter { isOnRecord($0.t) }
    let report = AgreementReport([("", measures.turns), ("", theirs)], duration: duration)
    guard let matching = report.matchings.first else { return [] }
    let both = matching.pairs.flatMap { pair in
      questions(pair.first, pair.second, other.label).map { rank, text in
        Question(rank: rank, t: pair.first.t, text: text)
      }
    }
    let alone = matching.onlySecond.filter { !Self.telling.isDisjoint(with: $0.turn.functions) }.map { tagged in
      Question(
        rank: 2, t: tagged.t,
        text: "\(other.label) heard \(inWords(tagged.turn)) from "
          + "\(people.name(tagged.turn.by)), and you tagged nothing: what was going on?")
    }
    let moments = other.state.entries.filter { entry in
      if case .moment = entry.kind { isOnRecord(entry.t) } else { false }
    }.map(\.t)
    let marked = EventMatching(measures.moments.map(\.t), moments, within: report.tolerance).onlySecond.map {
      moments[$0]
    }
    return both + alone
      + marked.map { t in
        Question(
          rank: 1, t: t,
          text: "\(other.label) marked a critical moment, and you did not: what was in it?")
      }
  }

  /// At most one for a turn, with its rank.
  private func questions(_ own: TaggedTurn, _ theirs: TaggedTurn, _ name: String) -> [(Int, String)] {
    let (mine, other) = (Set(own.turn.functions), Set(theirs.turn.functions))
    if own.turn.by != theirs.turn.by {
      return [
        (
          3,
          "You heard \(people.name(own.turn.by)) begin, \(name) \(people.name(theirs.turn.by)): whose turn was it?"
        )
      ]
    }
    let differing = mine.symmetricDifference(other)
    if !mine.isEmpty, !other.isEmpty, !differing.isDisjoint(with: Self.telling) || mine.isDisjoint(with: other) {
      return [
        (
          differing.isDisjoint(with: Self.telling) ? 2 : 0,
          "You tagged \(inWords(own.turn)), \(name) \(inWords(theirs.turn)): what was it meant to do?"
        )
      ]
    }
    if let tone = own.turn.tone, let heard = theirs.turn.tone, tone != heard {
      return [
        (
          4,
          "The tone was \(title(.tone, tone.rawValue).lowercased()) to you, "
            + "\(title(.tone, heard.rawValue).lowercased()) to \(name): how did it feel?"
        )
      ]
    }
    if theirs.turn.co, !own.turn.co {
      return [(4, "\(name) heard one of you build on the other’s words: whose idea was it by then?")]
    }
    if let scale = own.turn.scale, let heard = theirs.turn.scale, scale != heard {
      return [
        (
          5,
          "You tagged the scale as \(title(.scale, scale.rawValue).lowercased()), "
            + "\(name) as \(title(.scale, heard.rawValue).lowercased()): how wide was it meant to be?"
        )
      ]
    }
    return []
  }

  /// Nothing is shown of what fell off the record, whoever wrote it.
  private func isOnRecord(_ t: Double) -> Bool {
    !pauses.contains { pause in t >= pause.from && pause.to.map { t < $0 } ?? true }
  }

  /// What a turn does, as in a sentence: "a question and a challenge".
  private func inWords(_ turn: Turn) -> String {
    turn.functions.map { function in
      let name = title(.function, function.rawValue).lowercased()
      guard !Self.uncounted.contains(function), InteractionFunction.standard.contains(function) else { return name }
      return ("aeiou".contains(name.first ?? " ") ? "an " : "a ") + name
    }.inSentence
  }

  private static let uncounted: Set<InteractionFunction> = [
    .dissonance, .context, .justification, .acceptance, .continuity,
  ]
}

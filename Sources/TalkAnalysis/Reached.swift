import Coaching

extension TalkMeasures {
  /// The guide's level that this talk has touched, so that the next prompts can aim one above it; `nil` with too few tags
  /// to say. It is there to choose words by, and is shown to nobody as a mark.
  ///
  /// The levels are the guide's (Table 1, G1–G4), the rules ours: each takes from its level what tags can show.
  /// 4: turns that build on each other, and an idea or dissonance among them. 3: something challenged, that did not fit, or
  /// generalised, with evidence looked at. 2: reasons, clarification or suggestions, or evidence. 1: anything else.
  public var levelTouched: Int? {
    guard turns.count >= Rule.enoughTurns else { return nil }
    let spoken = turns.map(\.turn)
    func has(_ functions: InteractionFunction...) -> Bool {
      spoken.contains { turn in functions.contains(where: turn.has) }
    }
    let usedEvidence = !stimuli.isEmpty || spoken.contains { ($0.stimulus ?? .recall) != .recall }
    if spoken.count(where: \.co) >= Rule.turnsBuilding, has(.newIdea, .dissonance) { return 4 }
    if usedEvidence, has(.challenge, .dissonance, .generalisation) { return 3 }
    return usedEvidence || has(.justification, .clarification, .suggestion) ? 2 : 1
  }
}

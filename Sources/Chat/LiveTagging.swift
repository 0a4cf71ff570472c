import Coaching
import PromptLibrary

/// Tagging by single keys: what each comes to, given what has been set down. It writes nothing by itself.
struct LiveTagging {
  /// What a key comes to.
  enum Deed: Equatable {
    case set(Event.Kind)
    case undo, redo, next, back, keys
    case nothing
  }

  let layout: KeyLayout
  var isOn = true
  /// Turns on earlier lines of the journal belong to the time before.
  private var since: Int
  /// The first of two keys.
  private(set) var half: [KeyLayout.Stroke] = []
  /// What was wrong with the last key.
  var message: String?
  /// How often each key was used; those that are used are shown no more.
  private var uses: [KeyMeaning: Int] = [:]
  /// The turn as it was said last.
  private var told: TaggedTurn?

  /// So many uses, and a key is known.
  private static let learnt = 3

  init(_ layout: KeyLayout, after line: Int) {
    self.layout = layout
    since = line
  }

  /// The same keys, as well known as before, for what is tagged from now on.
  func again(_ layout: KeyLayout, after line: Int) -> LiveTagging {
    var again = LiveTagging(layout, after: line)
    if layout.id == self.layout.id { again.uses = uses }
    return again
  }

  /// The turn to which codes are added.
  func current(_ state: MeetingState) -> TaggedTurn? { state.lastTurn(after: since) }

  /// The turn that is complete when another begins; `nil` when it was told as it is.
  mutating func toTell(_ state: MeetingState) -> TaggedTurn? {
    guard let turn = current(state), turn != told else { return nil }
    told = turn
    return turn
  }

  /// What the key comes to, in a meeting in `state`.
  mutating func deed(_ meaning: KeyMeaning, in state: MeetingState, names: (Speaker) -> String) -> Deed {
    (half, message) = ([], nil)
    uses[meaning, default: 0] += 1
    let current = current(state)
    switch meaning {
    case .speaker(let speaker):
      if speaker == .observer, state.people.observer == nil {
        message = Speech.noObserver
        return .nothing
      }
      return current?.turn.by == speaker ? .nothing : .set(.turn(Turn(by: speaker)))
    case .moment: return .set(.moment(text: nil))
    case .undo: return .undo
    case .redo: return .redo
    case .next: return .next
    case .back: return .back
    case .keys:
      uses = [:]
      return .keys
    case .note: return .nothing
    case .function, .new, .co, .scale, .time, .tone, .stimulus:
      guard let current else {
        message = Speech.whoseTurn(
          [Speaker.coach, .coachee].compactMap { speaker in
            layout.strokes(for: .speaker(speaker)).map { ($0[0], names(speaker)) }
          })
        return .nothing
      }
      let turn = current.turn.with(meaning)
      return turn == current.turn ? .nothing : .set(.amended(line: current.number, turn))
    }
  }

  mutating func take(half: [KeyLayout.Stroke]) { (self.half, message) = (half, nil) }

  mutating func take(unknown strokes: [KeyLayout.Stroke]) {
    (half, message) = ([], Speech.noMeaning(strokes.joined(separator: " ")))
  }

  /// The turn with a note, after the one that it has.
  func noted(_ text: String, in state: MeetingState) -> Event.Kind {
    guard let current = current(state) else { return .note(text: text, prompt: state.currentPrompt) }
    var turn = current.turn
    turn.note = turn.note.map { "\($0); \(text)" } ?? text
    return .amended(line: current.number, turn)
  }

  // MARK: - What is shown of the keys

  struct Item: Equatable {
    var stroke: KeyLayout.Stroke
    var label: String
    /// Used, and not known yet.
    var isFading: Bool
  }

  /// The keys that can be pressed now and are not known yet; one for all that begin with the same. `label` is `nil` for
  /// what nothing can be done with here.
  func items(label: (KeyMeaning) -> String?) -> [Item] {
    var items: [Item] = []
    for (stroke, bindings) in groups(label) {
      let meanings = bindings.map(\.meaning)
      let used = meanings.map { uses[$0, default: 0] }
      if half.isEmpty, used.allSatisfy({ $0 >= Self.learnt }) { continue }
      let text = bindings[0].strokes.count == half.count + 1 ? label(meanings[0]) : Speech.group(meanings)
      items.append(Item(stroke: stroke, label: text ?? "", isFading: used.contains { $0 > 0 }))
    }
    return items
  }

  private func groups(_ label: (KeyMeaning) -> String?) -> [(KeyLayout.Stroke, [KeyLayout.Binding])] {
    var groups: [(KeyLayout.Stroke, [KeyLayout.Binding])] = []
    for binding in layout.bindings(beginning: half) where label(binding.meaning) != nil {
      let stroke = binding.strokes[half.count]
      if let index = groups.firstIndex(where: { $0.0 == stroke }) {
        groups[index].1.append(binding)
      } else {
        groups.append((stroke, [binding]))
      }
    }
    return groups
  }

  /// Every key, known or not: those alone, then a line for those that another goes before.
  func list(label: (KeyMeaning) -> String?) -> String {
    var first = self
    first.half = []
    let groups = first.groups(label)
    func words(_ bindings: [KeyLayout.Binding]) -> String {
      bindings.map { "\(Speech.key($0.strokes.last ?? "")) \(label($0.meaning) ?? "")" }.joined(separator: ", ")
    }
    let pairs = groups.filter { $0.1[0].strokes.count > 1 }
    return
      ([words(groups.flatMap(\.1).filter { $0.strokes.count == 1 })]
      + pairs.map { Speech.pair($0.0, words($0.1)) }).joined(separator: "\n")
  }
}

extension Turn {
  /// With one more code; a value takes the place of another of its kind.
  fileprivate func with(_ meaning: KeyMeaning) -> Turn {
    var turn = self
    switch meaning {
    case .function(let function): if !functions.contains(function) { turn.functions.append(function) }
    case .new: turn.new = true
    case .co: turn.co = true
    case .scale(let scale): turn.scale = scale
    case .time(let time): turn.time = time
    case .tone(let tone): turn.tone = tone
    case .stimulus(let stimulus): turn.stimulus = stimulus
    case .speaker, .moment, .note, .undo, .redo, .next, .back, .keys: break
    }
    return turn
  }
}

import PromptLibrary
import Terminal

/// What a key is while one key tags: it is known at once, key by key, so that of many that come together none is taken for
/// what it would have been a moment ago.
struct LiveKeys {
  /// A key that was taken, and when it, or the first of two, was pressed.
  enum Press: Equatable {
    case begin, leave
    case meaning(KeyMeaning, at: SuspendingClock.Instant)
    /// One of two keys, or none again.
    case half([KeyLayout.Stroke])
    /// Keys that stand for nothing here.
    case unknown([KeyLayout.Stroke])
    /// A line begins, with a note on the turn.
    case note
  }

  private(set) var layout: KeyLayout?
  private var strokes: [KeyLayout.Stroke] = []
  private var began: SuspendingClock.Instant?

  /// From now on keys are taken as `layout` has them, or, when it is `nil`, not at all.
  mutating func use(_ layout: KeyLayout?) {
    if layout?.id != self.layout?.id { strokes = [] }
    self.layout = layout
  }

  /// Takes a key that comes while the line is empty; `nil` when it belongs to the line. `offered` is the layout that
  /// Tab begins with.
  mutating func take(_ key: Key, at moment: SuspendingClock.Instant, offered: KeyLayout?) -> Press? {
    guard let layout else {
      guard key == .tab, let offered else { return nil }
      use(offered)
      return .begin
    }
    switch key {
    case .escape where !strokes.isEmpty:
      strokes = []
      return .half([])
    case .tab, .escape, .alt:
      use(nil)
      return .leave
    case .enter:
      strokes = []
      return .note
    default: break
    }
    guard let stroke = key.stroke, stroke != "/" else { return nil }
    return press(stroke, at: moment, layout)
  }

  private mutating func press(
    _ stroke: KeyLayout.Stroke, at moment: SuspendingClock.Instant, _ layout: KeyLayout
  ) -> Press {
    let before = strokes
    for stroke in [stroke, stroke.lowercased()] {
      let all = before + [stroke]
      let found = layout.bindings(beginning: all)
      guard let first = found.first else { continue }
      if first.strokes.count > all.count {
        (strokes, began) = (all, moment)
        return .half(all)
      }
      strokes = []
      if first.meaning == .note { return .note }
      return .meaning(first.meaning, at: before.isEmpty ? moment : began ?? moment)
    }
    strokes = []
    guard !before.isEmpty else { return .unknown([stroke]) }
    // It may be the first of its own: nothing waits for a second key that does not come.
    let own = press(stroke, at: moment, layout)
    if case .unknown = own { return .unknown(before + [stroke]) }
    return own
  }
}

extension Key {
  /// As the key files have it; `nil` for what they cannot name.
  fileprivate var stroke: KeyLayout.Stroke? {
    switch self {
    case .character(" "): "space"
    case .character(let scalar): String(Character(scalar))
    case .backspace: "backspace"
    case .delete: "delete"
    case .left: "left"
    case .right: "right"
    case .up: "up"
    case .down: "down"
    default: nil
    }
  }
}

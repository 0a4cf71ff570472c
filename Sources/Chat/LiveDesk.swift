import Coaching
import PromptLibrary
import Terminal

/// Where one key can tag: a pair's meeting, and listening again.
protocol LiveDesk: AnyObject {
  var library: Library { get }
  var say: (String, Manner) -> Void { get }
  /// Whether keys can be taken one by one.
  var takesKeys: Bool { get set }
  /// Tagging by single keys, once it was begun.
  var live: LiveTagging? { get set }
  /// The tags that the keys add to; `nil` where there is nothing to tag.
  var tagged: MeetingState? { get }
  /// Whether it can be begun, and goes on.
  var canTagLive: Bool { get }
  /// Does what a key comes to.
  func perform(_ deed: LiveTagging.Deed, at moment: SuspendingClock.Instant) throws
  /// Does `work`; what goes wrong is told.
  func attempt(_ work: () throws -> Void)
  /// Whether a key of this meaning can do anything here.
  func makesSense(_ meaning: KeyMeaning) -> Bool
}

extension LiveDesk {
  /// The keys that are taken now; `nil` while lines are typed.
  var liveLayout: KeyLayout? {
    guard canTagLive, let live, live.isOn else { return nil }
    return live.layout
  }

  /// The keys that Tab begins with; `nil` where they make no sense.
  var offeredLayout: KeyLayout? { canTagLive ? live?.layout ?? library.layouts.first : nil }

  /// `/live`: on and off, or with the layout of that name.
  func toggleLive(_ name: Substring) throws(Complaint) {
    if !name.isEmpty {
      beginLive(try library.layout(named: name))
    } else if live?.isOn ?? false {
      leaveLive()
    } else {
      beginLive(offeredLayout)
    }
  }

  private func beginLive(_ layout: KeyLayout?) {
    guard let layout, let line = tagged?.lastLine else { return }
    live = live?.again(layout, after: line) ?? LiveTagging(layout, after: line)
    say(Speech.liveBegun(layout), .quiet)
  }

  private func leaveLive() {
    tellTurn()
    live?.isOn = false
    say(Speech.liveLeft, .quiet)
  }

  /// The turn is complete: what was set down of it stays to be read.
  func tellTurn() {
    guard let tagged, let turn = live?.toTell(tagged) else { return }
    say(line(turn), .acknowledgement)
  }

  /// The turn in one line.
  func line(_ turn: TaggedTurn) -> String { line(turn, Speech.turn) }

  func line(_ turn: TaggedTurn, _ words: (Double, String, String) -> String) -> String {
    words(turn.t, tagged?.people.name(turn.turn.by) ?? "", library.describe(turn.turn))
  }

  /// Takes one key, whose tag counts from when it was pressed. What is wrong with it is shown, and nothing is lost by it.
  func press(_ press: LiveKeys.Press) {
    switch press {
    case .begin: beginLive(offeredLayout)
    case .leave: leaveLive()
    case .half(let strokes): live?.take(half: strokes)
    case .note: live?.take(half: [])
    case .unknown(let strokes): live?.take(unknown: strokes)
    case .meaning(let meaning, let moment):
      // It may have ended since the key was pressed.
      guard let tagged, let deed = live?.deed(meaning, in: tagged, names: tagged.people.name) else { return }
      attempt {
        try perform(deed, at: moment)
        // That was said.
        if deed == .undo || deed == .redo, let tagged = self.tagged { _ = live?.toTell(tagged) }
      }
    }
  }

  /// Every key with what it does.
  var allKeys: String { live?.list(label: label) ?? "" }

  /// The keys that are not known yet, and the turn that codes are added to.
  func liveRows(width: Int, height: Int) -> [[Span]] {
    guard liveLayout != nil, let live, let tagged, height >= 6 else { return [] }
    return LiveScreen.keys(live.items(label: label), width: width, rows: min(6, height / 4))
      + [LiveScreen.turn(live, live.current(tagged).map(line))]
  }

  private func label(_ meaning: KeyMeaning) -> String? {
    if meaning == .speaker(.observer), tagged?.people.observer == nil { return nil }
    guard makesSense(meaning) else { return nil }
    return Speech.label(meaning, library.vocabulary) { tagged?.people.name($0) ?? "" }
  }
}

extension Library {
  /// The layout that `name` means: its id, its title, or the beginning of one that is no other's.
  fileprivate func layout(named name: Substring) throws(Complaint) -> KeyLayout {
    let wanted = name.lowercased()
    let found = layouts.filter { $0.id.lowercased().hasPrefix(wanted) || $0.title.lowercased().hasPrefix(wanted) }
    let whole = found.first { [$0.id.lowercased(), $0.title.lowercased()].contains(wanted) }
    guard let layout = whole ?? (found.count == 1 ? found[0] : nil) else {
      throw Complaint(.data, Speech.noLayout(layouts))
    }
    return layout
  }
}

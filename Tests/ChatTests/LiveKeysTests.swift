import Coaching
import PromptLibrary
import TalkAnalysis
import Terminal
import Testing

@testable import Chat

@Suite struct LiveKeysTests {
  private static let library = Library.load(nil, names: AnalysisNames())
  private let both = library.layouts[0]
  private let left = library.layouts[1]
  private let start = SuspendingClock.now

  private func at(_ second: Int) -> SuspendingClock.Instant { start.advanced(by: .seconds(second)) }

  /// What the keys of `layout` make of `typed`, a second apart.
  private func take(_ typed: [Key], _ layout: KeyLayout) -> [LiveKeys.Press?] {
    var keys = LiveKeys()
    keys.use(layout)
    return typed.enumerated().map { keys.take($1, at: at($0), offered: nil) }
  }

  @Test func `a key stands for what the layout says, at the instant it was pressed`() {
    #expect(
      take([.character("c"), .character("q"), .right], both) == [
        .meaning(.speaker(.coach), at: at(0)), .meaning(.function(.question), at: at(1)), .meaning(.next, at: at(2)),
      ])
  }

  @Test func `of two keys the first gives the time`() {
    #expect(
      take([.character("1"), .character("m")], both) == [.half(["1"]), .meaning(.scale(.moment), at: at(0))])
    #expect(
      take([.character("5"), .character("x")], left) == [.half(["5"]), .meaning(.moment, at: at(0))])
  }

  @Test func `a first key that no second follows is dropped, and what follows counts by itself`() {
    #expect(
      take([.character("1"), .character("q"), .character("1"), .character("t")], both) == [
        .half(["1"]), .meaning(.function(.question), at: at(1)), .half(["1"]), .meaning(.speaker(.coachee), at: at(3)),
      ])
    #expect(take([.character("1"), .character("2"), .character("p")], both).last == .meaning(.time(.past), at: at(1)))
    #expect(
      take([.character("1"), .character("k"), .character("m")], both) == [
        .half(["1"]), .unknown(["1", "k"]), .meaning(.moment, at: at(2)),
      ])
  }

  @Test func `wherever one is, a speaker's key begins a turn`() {
    for layout in Self.library.layouts {
      let speakers = layout.bindings.filter { if case .speaker = $0.meaning { true } else { false } }
      #expect(speakers.count == 4)
      for first in Set(layout.bindings.filter { $0.strokes.count == 2 }.map { $0.strokes[0] }) {
        for speaker in speakers {
          let key = { (stroke: String) in Key.character(stroke.unicodeScalars.first!) }
          #expect(
            take([key(first), key(speaker.strokes[0])], layout).last == .meaning(speaker.meaning, at: at(1)))
        }
      }
    }
  }

  @Test func `Caps Lock changes nothing, and what stands for nothing is told`() {
    #expect(take([.character("C")], both) == [.meaning(.speaker(.coach), at: at(0))])
    #expect(
      take([.character("k"), .up, .character("é")], both) == [.unknown(["k"]), .unknown(["up"]), .unknown(["é"])])
  }

  @Test func `commands, pasted text and the editor's keys stay the line's`() {
    for key in [Key.character("/"), .paste("cq"), .control("c"), .control("z"), .home, .other] {
      #expect(take([key], both) == [nil])
    }
    #expect(take([.enter, .character(":")], both) == [.note, .note])
  }

  @Test func `Tab begins and leaves at once, so that the next key is what it is by then`() {
    var keys = LiveKeys()
    #expect(keys.take(.tab, at: start, offered: nil) == nil)
    #expect(keys.take(.character("c"), at: start, offered: both) == nil)
    #expect(keys.take(.tab, at: start, offered: both) == .begin)
    #expect(keys.take(.character("c"), at: start, offered: nil) == .meaning(.speaker(.coach), at: start))
    #expect(keys.take(.tab, at: start, offered: both) == .leave)
    #expect(keys.take(.character("c"), at: start, offered: both) == nil)
  }

  @Test func `Escape that came as one with the key behind it leaves, too`() {
    #expect(
      take([.character("c"), .alt("/"), .character("c")], both) == [.meaning(.speaker(.coach), at: start), .leave, nil])
  }

  @Test func `Escape takes back the first of two keys, and leaves otherwise`() {
    #expect(
      take([.character("1"), .escape, .character("m"), .escape, .character("c")], both) == [
        .half(["1"]), .half([]), .meaning(.moment, at: at(2)), .leave, nil,
      ])
  }
}

import Testing

@testable import Terminal

/// The edited row, and what is printed above it, as they stand on the screen of a terminal.
@Suite(.serialized) struct ScreenTests {
  private static let family = "👨‍👩‍👧"
  private static let heart = "❤️"

  /// What is typed, and the row and the cursor's column then, in 20 columns.
  struct Typed: CustomTestStringConvertible {
    var keys: String
    var row: String
    var column: Int
    /// Where each scalar takes its own columns; nil when it is the same.
    var spread: String?
    var testDescription: String { keys.debugDescription }
  }

  private static let left = "\u{1B}[D"
  static let lines = [
    Typed(keys: "plain", row: "> plain", column: 7),
    Typed(keys: "日本語", row: "> 日本語", column: 8),
    Typed(keys: "日本語\(left)\(left)x", row: "> 日x本語", column: 5),
    Typed(keys: "日本\u{8}x", row: "> 日x", column: 5),
    Typed(keys: "ｶﾅＡ", row: "> ｶﾅＡ", column: 6),
    Typed(keys: "한국\u{1112}\u{1161}\u{11AB}", row: "> 한국\u{1112}\u{1161}\u{11AB}", column: 8),
    Typed(keys: "e\u{301}te\u{301}", row: "> e\u{301}te\u{301}", column: 5),
    Typed(keys: "ete\(left)\u{301}!", row: "> et\u{301}!e", column: 5),
    Typed(keys: "e\u{301}\u{8}x", row: "> x", column: 3),
    // A family is one picture, or its first head where the others would shift the rest.
    Typed(keys: "a\(family)b", row: "> a\(family)b", column: 6, spread: "> a👨\u{200D}b"),
    Typed(keys: "\(family)\(family)\u{8}!", row: "> \(family)!", column: 5, spread: "> 👨\u{200D}!"),
    Typed(keys: "\(family)b\(left)\(left)a", row: "> a\(family)b", column: 3, spread: "> a👨\u{200D}b"),
    Typed(keys: "\(heart)x", row: "> \(heart)x", column: 5, spread: "> ❤\u{FE0F} x"),
    Typed(keys: "👍🏽x", row: "> 👍🏽x", column: 5, spread: "> 👍x"),
    Typed(keys: "🇩🇪x", row: "> 🇩🇪x", column: 5),
    // Right to left: in the order in which it was typed; the terminal turns it, if it does.
    Typed(keys: "שלום x", row: "> שלום x", column: 8),
    Typed(keys: "שלום\(left)\(left)a", row: "> שלaום", column: 5),
    Typed(keys: "مرحبا", row: "> مرحبا", column: 7),
    Typed(keys: "שָׁלוֹם", row: "> שָׁלוֹם", column: 6),
    // Too long for the row.
    Typed(keys: "1234567890123456789", row: "> <123456789", column: 12),
    Typed(keys: "日本語日本語日本語日本語", row: "> < 本語", column: 8),
    Typed(keys: "123456789012345\(family)", row: "> 123456789012345👨", column: 19),
  ]

  private func show(_ kind: ScreenModel.Kind, columns: Int = 20, _ work: (Console, (String) -> Void) -> Void) throws
    -> ScreenModel
  {
    let terminal = try PseudoTerminal(columns: columns)
    let console = Console(
      input: terminal.program, output: terminal.program, error: terminal.program,
      environment: ["TERM": "xterm", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"])
    console.prompt = Span("> ")
    work(console) { _ = console.receive(.bytes(Array($0.utf8), at: .now)) }
    let mark = "\u{1B}[99z"
    terminal.show(mark)
    var screen = ScreenModel(kind, columns: columns, rows: 6)
    screen.write(terminal.screen(until: mark))
    return screen
  }

  @Test(arguments: lines, ScreenModel.Kind.allCases)
  func `the row and the cursor stand where they should`(typed: Typed, kind: ScreenModel.Kind) throws {
    // Key by key, over what was there before.
    let screen = try show(kind) { _, type in
      for key in typed.keys.replacing(Self.left, with: "\u{1}") {
        type(key == "\u{1}" ? Self.left : String(key))
      }
    }
    let expected = kind == .scalars ? typed.spread ?? typed.row : typed.row
    #expect(screen.text == [expected], "\(screen.text.map { $0.unicodeScalars.map(\.value) })")
    #expect(screen.cursor == (0, typed.column))
  }

  @Test(arguments: ScreenModel.Kind.allCases)
  func `what is printed stands above a line that stays whole`(kind: ScreenModel.Kind) throws {
    let screen = try show(kind) { console, type in
      type("日本\(Self.family)x")
      console.footer = [[Span("REC 0:01 語")]]
      console.print("a nudge that is longer than a row")
      type("y")
      console.footer = [[Span("REC 0:02")]]
      console.print("שלום")
    }
    let line = kind == .scalars ? "> 日本👨\u{200D}xy" : "> 日本\(Self.family)xy"
    #expect(screen.text == ["a nudge that is", "longer than a row", "שלום", "REC 0:02", line])
    #expect(screen.cursor == (4, 10))
  }
}

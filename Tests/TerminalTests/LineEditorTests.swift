import Testing

@testable import Terminal

@Suite struct LineEditorTests {
  private let start = SuspendingClock.now

  /// Types keys into `editor`, the first a second after `start`, the next a second later, and so on.
  @discardableResult
  private func type(_ keys: [Key], into editor: inout LineEditor) -> [LineEditor.Outcome] {
    keys.enumerated().compactMap { editor.handle($1, at: start + .seconds($0 + 1)) }
  }

  private func keys(_ text: String) -> [Key] { text.unicodeScalars.map { .character($0) } }

  /// The line after `keys`, with `|` at the cursor.
  private func after(_ keys: [Key]) -> String {
    var editor = LineEditor()
    type(keys, into: &editor)
    return picture(editor)
  }

  private func picture(_ editor: LineEditor) -> String {
    let characters = editor.cells.map(\.character)
    return String(characters[..<editor.cursor]) + "|" + String(characters[editor.cursor...])
  }

  @Test func `keys move and delete as in Emacs`() {
    let text = keys("one two  three")
    #expect(after(text + [.control("a")]) == "|one two  three")
    #expect(after(text + [.control("a"), .control("f"), .right]) == "on|e two  three")
    #expect(after(text + [.control("b"), .left]) == "one two  thr|ee")
    #expect(after(text + [.home, .left, .end, .right]) == "one two  three|")
    #expect(after(text + [.alt("b"), .wordLeft]) == "one |two  three")
    #expect(after(text + [.home, .alt("f"), .wordRight]) == "one two|  three")
    #expect(after(text + [.home, .control("d"), .delete]) == "|e two  three")
    #expect(after(text + [.end, .delete]) == "one two  three|")
    #expect(after(text + [.backspace, .control("h")]) == "one two  thr|")
    #expect(after(text + [.alt("b"), .control("k")]) == "one two  |")
    #expect(after(text + [.alt("b"), .control("u")]) == "|three")
    #expect(after(text + [.control("w")]) == "one two  |")
    #expect(after(text + [.home, .alt("d")]) == "| two  three")
    #expect(after(keys("a, b/c") + [.wordBackspace]) == "a, b/|")
    #expect(after(keys("a, b/c") + [.control("w")]) == "a, |")
    #expect(after(keys("abc") + [.left, .control("t")]) == "acb|")
    #expect(after(keys("abc") + [.control("t")]) == "acb|")
  }

  @Test func `what was killed in a row comes back as one`() {
    #expect(after(keys("one two three") + [.control("w"), .control("w"), .home, .control("y")]) == "two three|one ")
    #expect(after(keys("one two") + [.home, .alt("d"), .alt("d"), .control("y"), .control("y")]) == "one twoone two|")
    #expect(after(keys("one two") + [.control("w"), .left, .control("u"), .control("y")]) == "one| ")
  }

  @Test func `movement and deletion go by characters as a reader sees them`() {
    let text = keys("e\u{301}👨‍👩‍👧🇩🇪x")
    #expect(after(text) == "e\u{301}👨‍👩‍👧🇩🇪x|")
    #expect(after(text + [.left, .left]) == "e\u{301}👨‍👩‍👧|🇩🇪x")
    #expect(after(text + [.left, .backspace, .backspace]) == "e\u{301}|x")
    #expect(after(text + [.home, .delete]) == "|👨‍👩‍👧🇩🇪x")
  }

  @Test func `a combining mark joins the character before the cursor`() {
    #expect(after(keys("ab") + [.left] + keys("\u{301}")) == "a\u{301}|b")
    var editor = LineEditor()
    type(keys("ax\u{301}") + [.home, .right, .character("y")], into: &editor)
    #expect(editor.cells.count == 3)
    #expect(picture(editor) == "ay|x\u{301}")
    type([.left, .left] + keys("🇩🇪"), into: &editor)
    #expect(picture(editor) == "🇩🇪|ayx\u{301}")
  }

  @Test func `pasted line ends become spaces and control characters become visible`() {
    #expect(after([.paste("one\r\ntwo\nthree\u{1B}[2J\tx\u{202E}")]) == "one two three\u{FFFD}[2J x\u{FFFD}|")
  }

  @Test func `a finished line knows when its first key was typed since it was last empty`() {
    var editor = LineEditor()
    #expect(
      type(keys("ab") + [.enter], into: &editor)
        == [.line(TypedLine(text: "ab", began: start + .seconds(1), ended: start + .seconds(3)))])
    #expect(
      type([.enter], into: &editor)
        == [.line(TypedLine(text: "", began: start + .seconds(1), ended: start + .seconds(1)))])
    #expect(
      type(keys("ab") + [.backspace, .backspace, .left, .character("c"), .enter], into: &editor)
        == [.line(TypedLine(text: "c", began: start + .seconds(6), ended: start + .seconds(7)))])
    #expect(
      type(keys("ab") + [.control("c"), .character("c"), .enter], into: &editor)
        == [.interrupt("ab"), .line(TypedLine(text: "c", began: start + .seconds(4), ended: start + .seconds(5)))])
  }

  @Test func `Escape drops the line where it is told to, and Ctrl-Y brings it back`() {
    var editor = LineEditor()
    #expect(type(keys(": ab") + [.escape], into: &editor) == [] && editor.text == ": ab")
    editor.dropsOnEscape = true
    #expect(type([.escape], into: &editor) == [] && editor.text == "")
    #expect(type([.control("y")], into: &editor) == [] && editor.text == ": ab")
  }

  @Test func `Ctrl-D ends the input on an empty line only`() {
    var editor = LineEditor()
    #expect(type([.control("d")], into: &editor) == [.endOfInput])
    #expect(type([.character("a"), .control("d")], into: &editor) == [])
    #expect(editor.text == "a")
  }

  @Test func `Up and Down go through history and back to what was being typed`() {
    var editor = LineEditor()
    for line in ["first", "second", "second", "  "] { editor.addHistory(line) }
    type(keys("draft") + [.up], into: &editor)
    #expect(picture(editor) == "second|")
    type([.up, .up], into: &editor)
    #expect(picture(editor) == "first|")
    type([.down, .control("n"), .down], into: &editor)
    #expect(picture(editor) == "draft|")
    type([.control("p"), .enter], into: &editor)
    editor.addHistory("third")
    type([.up], into: &editor)
    #expect(picture(editor) == "third|")
  }

  @Test func `Tab inserts what is certain and offers the rest`() {
    var editor = LineEditor()
    editor.completer = { line, cursor in
      let word = String(line.prefix(cursor))
      return ["/next ", "/new ", "/consent "].filter { $0.hasPrefix(word) }
        .map { Completion($0, replacing: cursor) }
    }
    #expect(type(keys("/c") + [.tab], into: &editor) == [])
    #expect(picture(editor) == "/consent |")
    #expect(type([.control("u")] + keys("/n") + [.tab], into: &editor) == [])
    #expect(picture(editor) == "/ne|")
    #expect(
      type([.tab], into: &editor)
        == [.choices([Completion("/next ", replacing: 3), Completion("/new ", replacing: 3)])])
    #expect(type(keys("zz") + [.tab], into: &editor) == [])
    #expect(picture(editor) == "/nezz|")
  }

  @Test func `Tab in the middle of a line keeps what follows`() {
    var editor = LineEditor()
    editor.completer = { _, _ in [Completion("abc=", replacing: 1)] }
    type(keys("xa1") + [.left, .tab], into: &editor)
    #expect(picture(editor) == "xabc=|1")
  }

  @Test func `the other keys are handed on`() {
    var editor = LineEditor()
    #expect(
      type([.control("z"), .control("l"), .control("\\"), .escape, .other, .alt("x"), .control("x")], into: &editor)
        == [.suspend, .clearScreen, .quit])
    #expect(editor.text == "")
  }
}

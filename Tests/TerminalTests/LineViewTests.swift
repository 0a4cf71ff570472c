import Testing

@testable import Terminal

@Suite struct LineViewTests {
  private func view(_ text: String, left: Int = 0, width: Int) -> LineView {
    var editor = LineEditor()
    let keys = [Key.paste(text)] + Array(repeating: .left, count: left)
    for key in keys { _ = editor.handle(key, at: .now) }
    return editor.render(width: width)
  }

  @Test(
    arguments: [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("日", 2), ("ｶ", 1), ("Ａ", 2), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
      ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("☕", 2), ("1️⃣", 2), ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2),
      ("\u{200B}", 0), ("\u{FEFF}", 0), ("क्ष", 2), ("נּ", 1), ("\u{FFFD}", 1), ("…", 1), ("、", 2), ("\u{20000}", 2),
    ] as [(String, Int)])
  func `a character takes the columns a terminal gives it`(text: String, columns: Int) {
    #expect(text.map(\.columns) == [columns])
  }

  @Test func `a short line is shown whole, the cursor counted in columns`() {
    #expect(view("", width: 20) == LineView(text: "", cursorColumn: 0))
    #expect(view("héllo 日本", width: 20) == LineView(text: "héllo 日本", cursorColumn: 10))
    #expect(view("日本👨‍👩‍👧x", left: 2, width: 20) == LineView(text: "日本👨‍👩‍👧x", cursorColumn: 4))
    #expect(view("1234567890123456789", width: 20) == LineView(text: "1234567890123456789", cursorColumn: 19))
  }

  @Test func `a long line is scrolled to the cursor and says where it goes on`() {
    let digits = String(repeating: "1234567890", count: 10)
    #expect(view(digits, width: 20) == LineView(text: "<234567890", cursorColumn: 10))
    #expect(view(digits, left: 100, width: 20) == LineView(text: "123456789012345678>", cursorColumn: 0))
    #expect(view(digits, left: 50, width: 20) == LineView(text: "<23456789012345678>", cursorColumn: 10))
    #expect(view(digits, width: 80) == LineView(text: "<" + digits.dropFirst(41), cursorColumn: 60))
    #expect(view(digits, left: 100, width: 80) == LineView(text: digits.prefix(78) + ">", cursorColumn: 0))
  }

  @Test func `a wide character that does not fit whole is left blank`() {
    let text = String(repeating: "日", count: 20)
    #expect(view(text, left: 20, width: 20) == LineView(text: "日日日日日日日日日>", cursorColumn: 0))
    #expect(view(text, left: 20, width: 21) == LineView(text: "日日日日日日日日日 >", cursorColumn: 0))
    #expect(view(text, width: 20) == LineView(text: "< 日日日日", cursorColumn: 10))
  }

  @Test func `in the narrowest row the cursor still fits`() {
    for width in 2..<8 {
      for left in 0...5 {
        let view = view("ab日cd", left: left, width: width)
        #expect(view.text.reduce(0) { $0 + $1.columns } < width && (0..<width).contains(view.cursorColumn))
      }
    }
    #expect(view("ab日cd", left: 1, width: 4) == LineView(text: "日c", cursorColumn: 3))
    #expect(view("ab日cd", left: 0, width: 2) == LineView(text: "d", cursorColumn: 1))
  }

  @Test func `wherever the cursor stands, row and cursor fit the width and the cursor is on no mark`() {
    let text = "a日e\u{301}👨‍👩‍👧🇩🇪bcd日日e\u{301}fgh👍🏽ijklmn한국op日q"
    for width in 8...40 {
      for left in 0...text.count {
        let view = view(text, left: left, width: width)
        let columns = view.text.reduce(0) { $0 + $1.columns }
        #expect(columns <= width - 1)
        #expect((0..<width).contains(view.cursorColumn))
        var column = 0
        let under = view.text.first { character in
          defer { column += character.columns }
          return column >= view.cursorColumn
        }
        let expected = left == 0 ? nil : text.suffix(left).first
        #expect(under == expected, "width \(width), \(left) from the end: \(view)")
      }
    }
  }
}

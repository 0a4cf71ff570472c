import Testing

@testable import Reports

struct EscapingTests {
  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("\" onclick='x' &amp;", "&quot; onclick=&#39;x&#39; &amp;amp;"),
    ("a\u{1B}[31mb\u{0}c\u{7F}d\u{9B}e", "a[31mbcde"),
    ("abc\u{202E}txt.exe\u{2066}x\u{2069}", "abctxt.exex"),
    ("one\r\ntwo\rthree\u{2028}four\tfive", "one\ntwo\nthree\nfour five"),
    ("Zoë 你好 👩🏽‍🏫 \u{FFFE}\u{FEFF}", "Zoë 你好 👩🏽‍🏫 "),
  ])
  func `HTML shows text as it was typed, without what cannot be seen`(typed: String, escaped: String) {
    #expect(escapeHTML(typed) == escaped)
  }

  @Test(arguments: [
    ("# heading", "\\# heading"), ("- item", "\\- item"), ("+ item", "\\+ item"), ("> quote", "\\> quote"),
    ("* item", "\\* item"), ("1. first", "1\\. first"), ("23) first", "23\\) first"), ("---", "\\---"),
    ("===", "\\=\\=\\="), ("~~~", "\\~\\~\\~"), ("a|b", "a\\|b"), ("`rm`", "\\`rm\\`"),
    ("*a* _b_", "\\*a\\* \\_b\\_"), ("<script>", "\\<script\\>"), ("[x](http://y)", "\\[x\\](http\\://y)"),
    ("![x](y)", "\\!\\[x\\](y)"), ("www.example.org", "www\\.example.org"), ("me@example.org", "me\\@example.org"),
    ("&copy;", "\\&copy;"), (":smile:", "\\:smile:"), ("back\\slash", "back\\\\slash"),
    ("one\ntwo\r\n# three", "one two \\# three"), ("    code", "code"), ("\tcode", "code"),
    ("at 3:10, well: fine. Really! 2 - 1", "at 3:10, well: fine. Really! 2 \\- 1"),
    ("$x$ {y} ^z", "\\$x\\$ \\{y\\} \\^z"),
  ])
  func `Markdown shows text as it was typed, on one line`(typed: String, escaped: String) {
    #expect(escapeMarkdown(typed) == escaped)
  }

  @Test(arguments: [
    ("audio.flac", "./audio.flac"), ("../../etc/passwd", "./passwd"), ("javascript:x", "./javascript%3Ax"),
    ("a b\".flac", "./a%20b%22.flac"), ("é.flac", "./%C3%A9.flac"),
  ])
  func `the recording's address is a file beside the page`(file: String, address: String) {
    #expect(relativeURL(file) == address)
  }
}

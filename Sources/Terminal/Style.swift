/// How text looks. Dropped where styling is not wanted: plain mode, output to a file, `NO_COLOR`.
public struct Style: OptionSet, Sendable {
  public var rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  public static let normal: Style = []
  public static let bold = Style(rawValue: 1 << 0)
  public static let dim = Style(rawValue: 1 << 1)
  public static let underlined = Style(rawValue: 1 << 2)
  public static let red = Style(rawValue: 1 << 3)
  public static let green = Style(rawValue: 1 << 4)
  public static let yellow = Style(rawValue: 1 << 5)
  public static let blue = Style(rawValue: 1 << 6)

  private static let codes: [(Style, String)] = [
    (.bold, "1"), (.dim, "2"), (.underlined, "4"), (.red, "31"), (.green, "32"), (.yellow, "33"), (.blue, "34"),
  ]

  /// The escape sequence (ECMA-48 SGR) that switches to this style from any other.
  var escape: String {
    "\u{1B}[" + (["0"] + Self.codes.filter { contains($0.0) }.map(\.1)).joined(separator: ";") + "m"
  }
}

/// A stretch of text in one style.
public struct Span: Equatable, Sendable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .normal) {
    self.text = text
    self.style = style
  }
}

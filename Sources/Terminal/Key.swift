/// A key, or what a terminal sends as one.
public enum Key: Equatable, Sendable {
  case character(Unicode.Scalar)
  /// What a bracketed paste held, line ends and all.
  case paste(String)
  /// Ctrl with a lower-case letter or one of `@ \ ] ^ _`.
  case control(Character)
  /// Alt (or Escape first) with a character, lower-cased.
  case alt(Character)
  case enter, tab, backspace, wordBackspace, escape
  case up, down, left, right, wordLeft, wordRight, home, end, delete, pageUp, pageDown
  /// A well-formed sequence for a key that has no meaning here.
  case other
}

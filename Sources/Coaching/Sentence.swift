extension [String] {
  /// Joined as in a sentence: "a", "a and b", "a, b and c".
  public var inSentence: String {
    count < 2 ? first ?? "" : dropLast().joined(separator: ", ") + " and " + self[count - 1]
  }
}

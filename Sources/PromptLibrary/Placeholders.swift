public import Coaching

/// Fills `{coach}`, `{coachee}`, `{observer}`, `{focus}`, `{count}` and `{times}` into a prompt's text.
public struct Placeholders: Sendable {
  /// What can be filled in anywhere.
  static let names = ["coach", "coachee", "observer", "focus"]
  /// What can be filled in where something was found in the talk.
  static let findingNames = ["count", "times"]

  private let values: [String: String]

  public init(people: People, focus: String?, count: Int? = nil, times: [String] = []) {
    values = [
      "coach": people.coach, "coachee": people.coachee, "observer": people.observer ?? "the observer",
      "focus": focus ?? "the focus you agreed", "count": count.map(String.init) ?? "some",
      "times": times.joined(separator: ", "),
    ]
  }

  /// Unknown names in braces are left as they stand; what is filled in is not looked at again.
  public func fill(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      guard let close = rest.firstIndex(of: "}"), let value = values[String(rest[rest.index(after: open)..<close])]
      else {
        result.append("{")
        rest = rest.dropFirst()
        continue
      }
      result += value
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

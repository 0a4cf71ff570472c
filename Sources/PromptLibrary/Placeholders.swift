public import Coaching

/// Fills the names in braces into a prompt's text.
public struct Placeholders: Sendable {
  /// What can be filled in anywhere.
  static let names = ["coach", "coachee", "observer", "focus", "actions", "last-focus"]
  /// What can be filled in where something was found in the talk.
  static let findingNames = ["count", "times"]

  private var values: [String: String]

  /// What people typed is set in quotation marks, so that it can stand in any sentence. `actions` and `lastFocus` are those
  /// of the cycle before.
  public init(
    people: People, focus: String?, actions: [String] = [], lastFocus: String? = nil, count: Int? = nil,
    times: [String] = []
  ) {
    let quoted = actions.map(Self.quoted)
    values = [
      "coach": people.coach, "coachee": people.coachee, "observer": people.observer ?? "the observer",
      "focus": focus.map(Self.quoted) ?? "the focus you agreed",
      "last-focus": lastFocus.map(Self.quoted) ?? "what you looked at then",
      "actions": quoted.isEmpty ? "something new" : quoted.inSentence,
      "count": count.map(String.init) ?? "some", "times": times.joined(separator: ", "),
    ]
  }

  /// With one more name.
  public func with(_ name: String, _ value: String) -> Placeholders {
    var more = self
    more.values[name] = value
    return more
  }

  /// Unknown names in braces are left as they stand; what is filled in is not looked at again.
  public func fill(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      // No further than the next brace: many that are open would otherwise each be followed to the end.
      let name = rest.dropFirst().prefix { $0 != "{" && $0 != "}" }
      if rest[name.endIndex...].first == "}", let value = values[String(name)] {
        result += value
        rest = rest[name.endIndex...].dropFirst()
      } else {
        result += rest[..<name.endIndex]
        rest = rest[name.endIndex...]
      }
    }
    return result + rest
  }

  /// ``fill(_:)`` without the marks that the files set around commands.
  public func plain(_ text: String) -> String { fill(text.replacing("`", with: "")) }

  private static func quoted(_ text: String) -> String { "“\(text.unquoted)”" }
}

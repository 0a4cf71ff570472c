/// Finished HTML that is well-formed XML too. Text gets in through ``text(_:)`` or as an attribute's value, escaped, and
/// through ``verbatim(_:)`` for the page's own style and script.
struct Markup {
  private(set) var source: String

  static func text(_ text: String) -> Markup { Markup(source: escapeHTML(text)) }

  static func verbatim(_ text: StaticString) -> Markup { Markup(source: "\(text)") }

  static func joined(_ parts: [Markup], by separator: String = "") -> Markup {
    Markup(source: parts.map(\.source).joined(separator: escapeHTML(separator)))
  }

  static func + (a: Markup, b: Markup) -> Markup { Markup(source: a.source + b.source) }
}

/// An element with what is in it. An attribute that is `nil` is left out.
func tag(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: Markup...) -> Markup {
  tag(name, attributes, content)
}

func tag(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: [Markup]) -> Markup {
  var source = "<" + name
  for (key, value) in attributes {
    if let value { source += " \(key)=\"\(escapeHTML(value))\"" }
  }
  source += emptyElements.contains(name) ? " />" : ">" + content.map(\.source).joined() + "</\(name)>"
  return Markup(source: inlineElements.contains(name) ? source : source + "\n")
}

private let emptyElements: Set<String> = ["meta", "br"]
/// No line end may follow these: it would be seen as a space.
private let inlineElements: Set<String> = ["a", "span", "em", "strong", "small", "abbr"]

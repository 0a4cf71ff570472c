import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page is well-formed XML, every link in it leads somewhere, and no two places have one name.
func requirePage(_ html: String) throws {
  try requirePrintable(html, "the page")
  let links = Links()
  let parser = XMLParser(data: Data(html.utf8))
  parser.delegate = links
  // It does not mind a page that just stops.
  guard parser.parse(), links.isWhole else {
    throw Broken(description: "the page is not well-formed: line \(parser.lineNumber), column \(parser.columnNumber)")
  }
  try require(links.isUnique, "two places of the page have one name")
  for target in links.targets {
    try require(target.first == "#" && links.ids.contains(String(target.dropFirst())), "\(target) leads nowhere")
  }
}

private final class Links: NSObject, XMLParserDelegate {
  private var depth = 0
  /// The outermost element has ended.
  private(set) var isWhole = false
  private(set) var ids: Set<String> = []
  private(set) var isUnique = true
  private(set) var targets: Set<String> = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    depth += 1
    if let id = attributes["id"], !ids.insert(id).inserted { isUnique = false }
    if name == "a", let target = attributes["href"] { targets.insert(target) }
    if let target = attributes["data-goto"] { targets.insert(target) }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    depth -= 1
    isWhole = depth == 0
  }
}

public import PromptLibrary

extension Contract {
  /// The contract as Markdown, with `names` and answers filled in; what people typed stands in it as literal text.
  public func markdown(names: Placeholders, holds: Set<Circumstance>) -> String {
    var lines = ["# " + escapeMarkdown(title)]
    for paragraph in opening { lines += ["", escapeMarkdown(names.fill(paragraph))] }
    for section in sections where holds.isSuperset(of: section.when) {
      lines += ["", "## " + escapeMarkdown(names.fill(section.title))]
      for paragraph in section.paragraphs { lines += ["", escapeMarkdown(names.fill(paragraph))] }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

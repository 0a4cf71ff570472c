public import Coaching
import TalkAnalysis

extension Reflection {
  /// The reflection as Markdown (CommonMark with tables). What people typed stands in it as literal text.
  public var markdown: String { markdown(page) }

  /// The same as far as it is one person's, which the two others need not see: to the observer nothing that the pair wrote
  /// for itself and no word of its recording; to each of the pair what is suggested to them, or to both.
  public func markdown(for viewer: Role) -> String { markdown(page(for: viewer)) }

  private func markdown(_ page: Page) -> String {
    var lines = ["# " + escapeMarkdown(page.title), "", "*" + escapeMarkdown(page.privacy) + "*", ""]
    lines += page.facts.map { "- **\($0.name):** \(escapeMarkdown($0.value))" }
    for section in page.sections {
      lines += ["", "## " + escapeMarkdown(section.title)]
      for block in section.blocks {
        let set = markdown(block)
        if !set.isEmpty { lines += [""] + set }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func markdown(_ block: Page.Block) -> [String] {
    switch block {
    case .heading(let text): ["### " + escapeMarkdown(text)]
    case .text(let text), .aside(let text): [escapeMarkdown(text)]
    case .question(let text): ["> " + escapeMarkdown(text)]
    case .entries(let entries):
      entries.map { entry in
        let detail = entry.detail.map { " (\(escapeMarkdown($0)))" } ?? ""
        return "- **\(Timecode.text(entry.t))** \(escapeMarkdown(entry.text))\(detail)"
      }
    case .timeline: []
    case .profile(let profile, _): markdown(profile)
    case .challenge(let challenge): markdown(challenge)
    case .pattern(let pattern):
      [
        (pattern.title.map { "**\(escapeMarkdown($0)).** " } ?? "") + escapeMarkdown(pattern.text)
          + (pattern.places.isEmpty ? "" : " " + times(pattern.places))
      ]
    case .matrix(let matrix): markdown(matrix)
    case .signs(let level): markdown(level)
    case .comparison(let comparison): table(comparison.headings, comparison.rows.map { $0.map(escapeMarkdown) })
    case .turns(let rows):
      table(
        Page.turnHeadings,
        rows.map { [Timecode.text($0.place.t), $0.who, $0.functions, $0.others, $0.note].map(escapeMarkdown) })
    }
  }

  private func times(_ places: [Page.Place]) -> String { places.map { Timecode.text($0.t) }.joined(separator: ", ") }

  private func markdown(_ level: Page.SignLevel) -> [String] {
    ["### " + escapeMarkdown(level.title), "", escapeMarkdown(level.sentence), ""]
      + level.signs.map { sign in
        "- \(sign.verdict.mark) **\(escapeMarkdown(sign.title))** (\(sign.verdict.words))"
          + (sign.places.isEmpty ? "" : " " + times(sign.places)) + ". \(escapeMarkdown(sign.sentence)) "
          + "*\(escapeMarkdown(sign.rule))*"
      }
  }

  /// What followed each function, most often first.
  private func markdown(_ matrix: Page.Matrix) -> [String] {
    matrix.names.indices.compactMap { row in
      let next = matrix.names.indices.filter { matrix.cells[row][$0].count > 0 }
        .sorted { (matrix.cells[row][$1].count, $0) < (matrix.cells[row][$0].count, $1) }
        .map { "\(escapeMarkdown(matrix.names[$0].lowercased())) \(matrix.cells[row][$0].count)" }
      return next.isEmpty
        ? nil : "- After **\(escapeMarkdown(matrix.names[row].lowercased()))**: \(next.joined(separator: ", "))"
    }
  }

  private func markdown(_ profile: Profile) -> [String] {
    var lines = ["### " + escapeMarkdown(profile.title)]
    if !profile.significance.isEmpty { lines += ["", escapeMarkdown(profile.significance)] }
    if !profile.rows.isEmpty {
      lines.append("")
      lines += table(
        profile.headings,
        profile.rows.map { row in
          [escapeMarkdown(row.title)] + row.counts.map { $0.places.isEmpty ? "–" : "\($0.places.count)" }
            + [row.places.map { Timecode.text($0.t) }.joined(separator: ", ")]
        })
    }
    return profile.absenceInWords.isEmpty ? lines : lines + ["", escapeMarkdown(profile.absenceInWords)]
  }

  private func markdown(_ challenge: Page.Challenge) -> [String] {
    var lines = [
      "### " + escapeMarkdown(challenge.title), "",
      "**\(escapeMarkdown(challenge.audience)).** " + escapeMarkdown(challenge.reason),
    ]
    if !challenge.attempt.isEmpty { lines += ["", "**Try:** " + escapeMarkdown(challenge.attempt)] }
    if !challenge.sentence.isEmpty { lines += ["", "> “\(escapeMarkdown(challenge.sentence))”"] }
    var source = challenge.places.map { Timecode.text($0.t) }.joined(separator: ", ")
    if !source.isEmpty { source = "\(Page.Challenge.behind): \(source). " }
    source += challenge.source.isEmpty ? "" : "\(escapeMarkdown(challenge.source))."
    return source.isEmpty ? lines : lines + ["", source]
  }

  /// Cells are finished Markdown.
  private func table(_ headings: [String], _ rows: [[String]]) -> [String] {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    return [line(headings.map(escapeMarkdown)), line(headings.map { _ in "---" })] + rows.map(line)
  }
}

extension Profile {
  /// What did not come up, in a sentence; empty when everything did.
  var absenceInWords: String {
    absent.isEmpty ? "" : "Did not come up: " + absent.joined(separator: ", ") + "."
  }
}

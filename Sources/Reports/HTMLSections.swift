import Coaching
import TalkAnalysis

extension Reflection {
  func html(_ block: Page.Block) -> Markup {
    switch block {
    case .heading(let text): tag("h3", [:], .text(text))
    case .text(let text): tag("p", [:], .text(text))
    case .aside(let text): tag("p", ["class": "aside"], .text(text))
    case .question(let text): tag("p", ["class": "question"], .text(text))
    case .entries(let entries): tag("ol", ["class": "entries"], entries.map(html))
    case .timeline: timeline
    case .profile(let profile, let most): html(profile, of: most)
    case .challenge(let challenge): html(challenge)
    case .pattern(let pattern): html(pattern)
    case .matrix(let matrix): html(matrix)
    case .signs(let level): html(level)
    case .comparison(let comparison): html(comparison)
    case .turns(let rows): html(rows)
    }
  }

  /// The time of something in its own place: where there is sound, it plays.
  private func ownTime(_ t: Double, _ id: String) -> Markup {
    let time = Timecode.text(t)
    guard case .recorded = audio else { return tag("span", ["class": "time"], .text(time)) }
    return tag(
      "a",
      [
        "class": "time listen", "href": "#\(id)", "data-t": seconds(t),
        "aria-label": "Listen from \(time)",
      ], .text(time))
  }

  /// A time that leads to where it is explained.
  private func link(_ place: Page.Place) -> Markup {
    tag(
      "a", ["class": "time", "href": "#e\(place.number)", "data-t": seconds(place.t)], .text(Timecode.text(place.t)))
  }

  /// All of the times; of many, all but the first few are folded away.
  func links(_ places: [Page.Place]) -> Markup {
    let shown = places.count > 10 ? 8 : places.count
    let first = Markup.joined(places.prefix(shown).map(link), by: " ")
    guard shown < places.count else { return first }
    return first + .text(" ")
      + tag(
        "details", ["class": "more"], tag("summary", [:], .text("and \(places.count - shown) more")),
        tag("p", [:], .joined(places.dropFirst(shown).map(link), by: " ")))
  }

  private func html(_ entry: Page.Entry) -> Markup {
    tag(
      "li", ["id": entry.id],
      ownTime(entry.t, entry.id),
      tag(
        "div", [:],
        [tag("p", ["class": "said", "dir": "auto"], .text(entry.text))]
          + (entry.detail.map { [tag("p", ["class": "aside"], .text($0))] } ?? [])))
  }

  private func html(_ profile: Profile, of most: Int) -> Markup {
    var parts = [tag("h3", [:], .text(profile.title))]
    if !profile.significance.isEmpty { parts.append(tag("p", ["class": "aside"], .text(profile.significance))) }
    if !profile.rows.isEmpty { parts.append(table(profile, of: most)) }
    if !profile.absenceInWords.isEmpty { parts.append(tag("p", ["class": "absent"], .text(profile.absenceInWords))) }
    if !profile.meanings.isEmpty {
      parts.append(
        tag(
          "details", ["class": "meanings"], tag("summary", [:], .text("What the words mean")),
          tag(
            "dl", [:],
            profile.meanings.flatMap { [tag("dt", [:], .text($0.title)), tag("dd", [:], .text($0.meaning))] })))
    }
    return tag("div", ["class": "profile"], parts)
  }

  private func table(_ profile: Profile, of most: Int) -> Markup {
    let headings = profile.headings
    let rows = profile.rows.map { row in
      let counts = zip(profile.columns, row.counts).map { column, count in
        tag(
          "td",
          ["role": "cell", "data-label": column.oneLine, "class": count.places.isEmpty ? "count zero" : "count"],
          bar(count, of: most))
      }
      return tag(
        "tr", ["role": "row"],
        [tag("th", ["scope": "row", "role": "rowheader", "dir": "auto"], .text(row.title))] + counts
          + [tag("td", ["role": "cell", "data-label": headings.last, "class": "times"], links(row.places))])
    }
    return table("counts", caption: "\(profile.title): how often, by whom, and when", headings, rows)
  }

  private func bar(_ count: Profile.Count, of most: Int) -> Markup {
    guard !count.places.isEmpty else { return .text("–") }
    let width = (Double(count.places.count) / Double(max(most, 6)) * 100).rounded()
    return tag("span", ["class": "number"], .text("\(count.places.count)"))
      + tag(
        "span", ["class": "track", "aria-hidden": "true"],
        tag("span", ["class": "bar \(count.speaker.rawValue)", "style": "width:\(Int(width))%"]))
  }

  private func html(_ challenge: Page.Challenge) -> Markup {
    var parts = [
      tag("h3", [:], .text(challenge.title)),
      tag("p", ["class": "audience"], .text(challenge.audience)),
      tag("p", ["dir": "auto"], .text(challenge.reason)),
    ]
    if !challenge.attempt.isEmpty {
      parts.append(tag("p", [:], tag("strong", [:], .text("Try:")), .text(" " + challenge.attempt)))
    }
    if !challenge.sentence.isEmpty {
      parts.append(tag("blockquote", [:], tag("p", [:], .text("“\(challenge.sentence)”"))))
    }
    if !challenge.places.isEmpty {
      parts.append(tag("div", ["class": "behind"], .text(Page.Challenge.behind + ": "), links(challenge.places)))
    }
    if !challenge.source.isEmpty { parts.append(tag("p", ["class": "source"], .text(challenge.source))) }
    return tag("article", ["class": "challenge"], parts)
  }

  private func html(_ rows: [Page.TurnRow]) -> Markup {
    let headings = Page.turnHeadings
    let lines = rows.map { row in
      func cell(_ column: Int, _ text: String, _ kind: String) -> Markup {
        tag(
          "td",
          [
            "role": "cell", "data-label": headings[column], "class": text.isEmpty ? kind + " empty" : kind,
            "dir": "auto",
          ],
          .text(text))
      }
      return tag(
        "tr", ["role": "row", "id": "e\(row.place.number)"],
        tag("th", ["scope": "row", "role": "rowheader"], ownTime(row.place.t, "e\(row.place.number)")),
        tag(
          "td", ["role": "cell", "data-label": headings[1], "class": "who \(row.speaker.rawValue)"],
          tag("span", ["dir": "auto"], .text(row.who))),
        cell(2, row.functions, "functions"), cell(3, row.others, "others"), cell(4, row.note, "said"))
    }
    return table("turns", caption: "Every tagged turn, by time", headings, lines)
  }

  /// Roles are said aloud because narrow screens set the rows as cards, and with that some browsers forget them.
  func table(_ kind: String, caption: String, _ headings: [String], _ rows: [Markup]) -> Markup {
    tag(
      "table", ["class": kind, "role": "table"],
      tag("caption", [:], .text(caption)),
      tag(
        "thead", ["role": "rowgroup"],
        tag(
          "tr", ["role": "row"],
          headings.map { heading in
            heading.isEmpty
              ? tag("td", ["role": "cell"])
              : tag("th", ["scope": "col", "role": "columnheader", "dir": "auto"], .text(heading))
          })),
      tag("tbody", ["role": "rowgroup"], rows))
  }
}

/// Seconds for the script, to the hundredth.
func seconds(_ t: Double) -> String { "\((t * 100).rounded() / 100)" }

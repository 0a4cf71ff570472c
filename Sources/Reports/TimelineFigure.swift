import Coaching
import TalkAnalysis

extension Reflection {
  /// A stretch that is shaded, with what it was.
  struct Shade {
    var from: Double
    var to: Double
    var name: String
  }

  /// Something marked under the lanes.
  struct Mark {
    enum Kind: CaseIterable {
      case moment, evidence, feedback, action
    }
    var place: Page.Place
    var kind: Kind
    /// Where the page says more about it.
    var anchor: String
  }

  /// Whether there is anything to draw.
  var hasTimeline: Bool { !measures.turns.isEmpty || !marks.isEmpty || !shades.isEmpty }

  var shades: [Shade] {
    pauses.map { Shade(from: $0.from, to: $0.to ?? duration, name: "off the record") }
      + takenOut.map { Shade(from: $0.from, to: $0.to, name: "taken out") }
      + gaps.map { Shade(from: $0.from, to: $0.from + $0.seconds, name: "no sound") }
  }

  var marks: [Mark] {
    func mark(_ kind: Mark.Kind, _ number: Int, _ t: Double, journal: Int = 0) -> Mark {
      let entry = Page.Entry(number: number, journal: journal, t: t, text: "")
      return Mark(place: Page.Place(number: number, t: t), kind: kind, anchor: entry.id)
    }
    let all =
      moments.map { mark(.moment, $0.number, $0.t) } + evidence.map { mark(.evidence, $0.number, $0.t) }
      + givenFeedback.map { mark(.feedback, $0.said.number, $0.said.t, journal: $0.journal) }
      + actions.map { mark(.action, $0.number, $0.t) }
    return all.sorted { ($0.place.t, $0.place.number) < ($1.place.t, $1.place.number) }
  }

  /// The drawing, once for wide and once for narrow screens, with what its marks mean.
  var timeline: Markup {
    let hasObserver = people.observer != nil || measures.turns.contains { $0.turn.by == .observer }
    let lanes: [Speaker] = [.coach, .coachee] + (hasObserver ? [.observer] : [])
    let wide = Timeline(
      reflection: self, width: 880, namesBeside: true, hasTitles: true, longestStrip: 3600, id: "wide", lanes: lanes)
    let narrow = Timeline(
      reflection: self, width: 328, namesBeside: false, hasTitles: false, longestStrip: 1500, id: "narrow", lanes: lanes
    )
    let kinds = Mark.Kind.allCases.filter { kind in marks.contains { $0.kind == kind } }
    let key = kinds.map { kind in
      tag(
        "li", [:],
        tag("svg", ["viewBox": "-9 -9 18 18", "aria-hidden": "true"], tag("g", ["class": "mark"], kind.shape)),
        .text(kind.name))
    }
    let both =
      measures.turns.contains { $0.turn.by == .both }
      ? " A turn across two lanes was spoken by both." : ""
    return tag(
      "figure", [:],
      wide.markup, narrow.markup,
      tag(
        "figcaption", [:],
        [
          tag(
            "p", [:],
            .text(
              "Each turn begins where it was tagged and is drawn until the next tag; how long it really lasted is not "
                + "known." + both))
        ] + (key.isEmpty ? [] : [tag("ul", ["class": "key"], key)])))
  }
}

extension Reflection.Mark.Kind {
  var name: String {
    switch self {
    case .moment: "critical moment"
    case .evidence: "evidence"
    case .feedback: "observer’s feedback"
    case .action: "next step"
    }
  }

  var shape: Markup {
    switch self {
    case .moment: tag("path", ["d": "M0 -8L7 0L0 8L-7 0Z", "class": "solid"])
    case .evidence: tag("path", ["d": "M-6 -6H6V6H-6Z", "class": "open"])
    case .feedback: tag("path", ["d": "M-6.5 0A6.5 6.5 0 1 1 6.5 0A6.5 6.5 0 1 1 -6.5 0Z", "class": "open"])
    case .action: tag("path", ["d": "M-6 -7L8 0L-6 7Z", "class": "solid"])
    }
  }
}

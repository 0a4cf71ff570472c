import Coaching
import TalkAnalysis

/// The meeting along its time, as a drawing of a given width. It is cut into strips of equal length, so that it can be
/// read on a narrow screen and in a long meeting.
struct Timeline {
  let reflection: Reflection
  /// In the units of the drawing, which are pixels at its natural size.
  let width: Double
  /// Names stand beside the lanes; above them where there is no room.
  let namesBeside: Bool
  /// Turns carry their words, shown when a pointer rests on them.
  let hasTitles: Bool
  /// The longest strip, in seconds.
  let longestStrip: Double
  let id: String
  let lanes: [Speaker]

  private let laneHeight = 26.0
  private let nameHeight = 16.0
  private let markHeight = 30.0
  private let scaleHeight = 22.0
  private let stripGap = 22.0

  private var duration: Double { max(reflection.duration, 1) }
  private var strips: Int { min(8, max(1, Int((duration / longestStrip).rounded(.up)))) }
  private var stripSeconds: Double { duration / Double(strips) }
  private var left: Double { namesBeside ? 118 : 1 }
  private var pitch: Double { laneHeight + (namesBeside ? 6 : nameHeight + 2) }

  private func laneTop(_ index: Int) -> Double {
    scaleHeight + 4 + Double(index) * pitch + (namesBeside ? 0 : nameHeight)
  }
  private var lanesBottom: Double { laneTop(lanes.count - 1) + laneHeight }
  private var stripHeight: Double { lanesBottom + (hasMarks ? markHeight : 4) }
  private var markMiddle: Double { lanesBottom + markHeight / 2 + 3 }
  private var hasMarks: Bool { !reflection.marks.isEmpty }
  private var height: Double { Double(strips) * stripHeight + Double(strips - 1) * stripGap }

  var markup: Markup {
    let names = lanes.map { reflection.people.name($0) }.joined(separator: ", ")
    return tag(
      "svg",
      [
        "class": "timeline \(id)", "viewBox": "0 0 \(coordinate(width)) \(coordinate(height))", "role": "img",
        "aria-label":
          "The meeting along its time, with a lane each for \(names). The same is in the lists and the table "
          + "on this page.",
      ],
      [
        tag(
          "defs", [:],
          tag(
            "pattern",
            [
              "id": "hatch-\(id)", "width": "7", "height": "7", "patternUnits": "userSpaceOnUse",
              "patternTransform": "rotate(45)",
            ], tag("path", ["d": "M0 0V7", "class": "hatch"])))
      ] + (0..<strips).map(strip))
  }

  private func strip(_ index: Int) -> Markup {
    let from = Double(index) * stripSeconds
    let to = from + stripSeconds
    let isLast = index == strips - 1
    func isHere(_ t: Double) -> Bool { t >= from && (t < to || isLast) }
    func x(_ t: Double) -> Double { left + (min(max(t, from), to) - from) / stripSeconds * (width - left - 1) }
    let turns = reflection.measures.turns
    let ends = reflection.measures.ends

    var parts: [Markup] = []
    for (index, lane) in lanes.enumerated() {
      parts.append(rect(left, laneTop(index), width - left - 1, laneHeight, "lane"))
      let y = namesBeside ? laneTop(index) + laneHeight / 2 + 5 : laneTop(index) - 4
      parts.append(
        tag("text", ["x": "0", "y": coordinate(y), "class": "name"], .text(short(reflection.people.name(lane)))))
    }
    parts += scale(from, to, x)
    for shade in reflection.shades where shade.from < to && shade.to > from {
      let (a, b) = (x(shade.from), x(shade.to))
      let top = laneTop(0)
      var shapes = [
        tag("title", [:], .text("\(shade.name), \(Timecode.text(shade.from))–\(Timecode.text(shade.to))")),
        rect(a, top, max(b - a, 2), lanesBottom - top, "shade"),
        rect(a, top, max(b - a, 2), lanesBottom - top, nil, fill: "url(#hatch-\(id))"),
      ]
      shapes += label(shade.name, middle: (a + b) / 2, room: b - a)
      parts.append(tag("g", [:], shapes))
    }
    for (turn, end) in zip(turns, ends) where turn.t < to && (end > from || isHere(turn.t)) {
      let by = turn.turn.by
      let lane = lanes.firstIndex(of: by == .both ? .coach : by) ?? 0
      let (top, bottom) = (laneTop(lane), laneTop(by == .both ? lane + 1 : lane) + laneHeight)
      var shapes: [Markup] = []
      if hasTitles {
        let words = [reflection.people.name(by), reflection.functionsInWords(turn.turn)].filter { !$0.isEmpty }
        shapes.append(tag("title", [:], .text("\(Timecode.text(turn.t)) \(words.joined(separator: ": "))")))
      }
      let (a, b) = (x(turn.t), x(end))
      shapes.append(rect(a, top + 2, max(b - a - 0.5, 0.5), bottom - top - 4, "tail"))
      if isHere(turn.t) { shapes.append(rect(min(a, width - 4.5), top + 2, 3.5, bottom - top - 4, "head")) }
      parts.append(
        tag("g", ["class": by.rawValue, "data-t": seconds(turn.t), "data-goto": "#e\(turn.number)"], shapes))
    }
    let marks = reflection.marks.filter { isHere($0.place.t) }
    for (mark, at) in zip(marks, spread(marks.map { x($0.place.t) })) {
      parts.append(
        tag(
          "path",
          [
            "d":
              "M\(coordinate(x(mark.place.t))) \(coordinate(lanesBottom))V\(coordinate(lanesBottom + 4))L\(coordinate(at)) \(coordinate(markMiddle))",
            "class": "leader",
          ]
        ))
      parts.append(
        tag(
          "g",
          [
            "class": "mark", "transform": "translate(\(coordinate(at)) \(coordinate(markMiddle)))",
            "data-t": seconds(mark.place.t), "data-goto": "#\(mark.anchor)",
          ],
          tag("title", [:], .text("\(Timecode.text(mark.place.t)) \(mark.kind.name)")), mark.kind.shape))
    }
    return tag("g", ["transform": "translate(0 \(coordinate(Double(index) * (stripHeight + stripGap))))"], parts)
  }

  /// Places for marks that would otherwise lie on each other, left to right.
  private func spread(_ places: [Double]) -> [Double] {
    let room = 18.0
    var spread = places
    for index in spread.indices {
      spread[index] = max(spread[index], index > 0 ? spread[index - 1] + room : left + room / 2)
    }
    for index in spread.indices.reversed() {
      let most = index + 1 < spread.count ? spread[index + 1] - room : width - room / 2
      spread[index] = max(left + room / 2, min(spread[index], most))
    }
    return spread
  }

  /// A name within a shaded stretch, a word a line; nothing where it does not fit.
  private func label(_ name: String, middle: Double, room: Double) -> [Markup] {
    let words = name.split(separator: " ").map(String.init)
    guard Double(words.map(\.count).max() ?? 0) * 6.6 + 8 < room else { return [] }
    let top = (laneTop(0) + lanesBottom) / 2 - Double(words.count) * 7.5 + 11
    return words.enumerated().map { index, word in
      tag(
        "text", ["x": coordinate(middle), "y": coordinate(top + Double(index) * 15), "class": "shade-name"], .text(word)
      )
    }
  }

  /// Lines and figures at round times, as close together as can be read.
  private func scale(_ from: Double, _ to: Double, _ x: (Double) -> Double) -> [Markup] {
    let steps = [5.0, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]
    let room = to < 3600 ? 56.0 : 76
    let step = steps.first { $0 / stripSeconds * (width - left) >= room } ?? 7200
    return stride(from: (from / step).rounded(.up) * step, through: to - step * 0.01, by: step).flatMap { t in
      // The outermost figures would run over the edge.
      let anchor = x(t) > width - 22 ? "end" : !namesBeside && x(t) < 14 ? "start" : "middle"
      return [
        tag(
          "line",
          [
            "x1": coordinate(x(t)), "x2": coordinate(x(t)), "y1": coordinate(scaleHeight - 3),
            "y2": coordinate(lanesBottom),
            "class": "tick",
          ]
        ),
        tag(
          "text", ["x": coordinate(x(t)), "y": "14", "class": "figure", "text-anchor": anchor], .text(Timecode.text(t))),
      ]
    }
  }

  /// As much of a name as there is room for, going by how wide letters usually are.
  private func short(_ name: String) -> String {
    let name = name.oneLine
    var room = namesBeside ? left - 14 : width - 20
    for index in name.indices {
      room -= name[index].isLowercase && name[index].isASCII ? 7.5 : 13
      if room < 0 { return name[..<index] + "…" }
    }
    return name
  }
}

private func rect(
  _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ kind: String?, fill: String? = nil
) -> Markup {
  tag(
    "rect",
    [
      "x": coordinate(x), "y": coordinate(y), "width": coordinate(width), "height": coordinate(height),
      "rx": kind == nil ? nil : "2",
      "class": kind, "fill": fill,
    ])
}

/// A coordinate, to the tenth.
func coordinate(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
}

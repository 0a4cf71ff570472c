import AudioPlayback
import Coaching
import Terminal

/// What stands along the bottom of the screen when listening again: how loud the meeting was from its beginning to its end,
/// below it the turns and where one is.
struct ReviewScreen {
  /// Without UTF-8 it is drawn with what every terminal has.
  let isASCII: Bool

  private var bars: [Character] { Array(isASCII ? " .:-=+*#" : "▁▂▃▄▅▆▇█") }
  private var here: Character { isASCII ? "^" : "▲" }

  /// Rows for a window of `width` columns: one of sound, two where there is room, and one of marks.
  func rows(
    width: Int, height: Int, waveform: Waveform, transport: Transport, places: ReviewPlaces, meeting: MeetingState,
    own: MeetingState
  ) -> [[Span]] {
    let width = max(10, width - 1)
    let length = max(transport.length, 0.001)
    let column = { (second: Double) in min(width - 1, max(0, Int(second / length * Double(width)))) }
    let rows = height >= 20 ? 2 : 1
    let position = column(transport.position)
    let loudness = waveform.columns(width)
    // A meeting that was recorded softly is seen as well.
    let loudest = max(0.02, loudness.compactMap(\.self).max() ?? 1)
    let levels = loudness.map { $0.map { Int(($0 / loudest * Double(rows * 8)).rounded()) } }
    let silent = Set(places.silences.flatMap { column($0.from)...column(max($0.from, $0.to - 0.001)) })
    var lines = (0..<rows).reversed().map { row in
      let text = levels.enumerated().map { index, level -> Character in
        if silent.contains(index) { return row == 0 ? "x" : " " }
        guard let level else { return row == 0 ? "." : " " }
        let part = level - row * 8
        return part <= 0 && row > 0 ? " " : bars[min(7, max(0, part - 1))]
      }
      return [Span(String(text[...position]), .blue), Span(String(text[(position + 1)...]), .dim)]
    }
    lines.append([Span(marks(width, column, position, transport, places, meeting, own))])
    return lines
  }

  /// A letter for a turn, a capital for one's own, `+` for several people; `!` a critical moment, `?` a challenge that
  /// nothing answered, brackets around a loop.
  private func marks(
    _ width: Int, _ column: (Double) -> Int, _ position: Int, _ transport: Transport, _ places: ReviewPlaces,
    _ meeting: MeetingState, _ own: MeetingState
  ) -> String {
    var marks = [Character](repeating: " ", count: width)
    func put(_ mark: Character, at second: Double) {
      let place = column(second)
      marks[place] = marks[place] == " " || marks[place] == mark ? mark : "+"
    }
    for turn in meeting.turns { put(turn.turn.by.letter, at: turn.t) }
    for turn in own.turns {
      put(Character(turn.turn.by.letter.uppercased()), at: turn.t)
    }
    for second in places.places[.moment] ?? [] { marks[column(second)] = "!" }
    for second in places.places[.challenge] ?? [] { marks[column(second)] = "?" }
    if let start = transport.loop?.lowerBound ?? transport.loopStart { marks[column(start)] = "[" }
    if let end = transport.loop?.upperBound { marks[column(end)] = "]" }
    marks[position] = here
    return String(marks)
  }
}

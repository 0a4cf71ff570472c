import Terminal

/// What can be typed when listening again, in the order `/help` lists it.
enum ReviewCommand: String, CaseIterable {
  case play, stop, seek, next, back, speed, loop, preroll
  case c, t, o, b, live, moment, note, undo, redo, amend
  case status, wait, help, quit

  var usage: String {
    switch self {
    case .play: "/play [TIME]"
    case .stop: "/stop"
    case .seek: "/seek TIME, or +5, -30"
    case .next: "/next turn|moment|challenge|untagged"
    case .back: "/back turn|moment|challenge|untagged"
    case .speed: "/speed 0.75 to 2"
    case .loop: "/loop FROM-TO, or off"
    case .preroll: "/preroll SECONDS"
    case .c: "/c [FUNCTION,…] [new] [co] [scale= time= tone= …] [: NOTE]"
    case .t: "/t …"
    case .o: "/o …"
    case .b: "/b …"
    case .live: "/live [LAYOUT]"
    case .moment: "/moment [TEXT]"
    case .note: "/note TEXT"
    case .undo: "/undo"
    case .redo: "/redo"
    case .amend: "/amend [TIME] [c|t|o|b] [FUNCTION,…] [-WORD] [new] [co] [scale= …] [: NOTE]"
    case .status: "/status"
    case .wait: "/wait SECONDS"
    case .help: "/help"
    case .quit: "/quit"
    }
  }

  var summary: String {
    switch self {
    case .play: "listen, from here or from a time"
    case .stop: "stop there"
    case .seek: "go to a time, or some seconds on or back"
    case .next: "the next turn, critical moment, challenge that nothing answered, or long talk without a turn"
    case .back: "the one before"
    case .speed: "slower or faster, at the same pitch"
    case .loop: "a stretch again and again"
    case .preroll: "how long you take from hearing to pressing; a tag counts from so long before"
    case .c: "the coach began a turn"
    case .t: "the coached teacher began a turn"
    case .o: "the observer began a turn"
    case .b: "both, as one"
    case .live: "one key tags, as in a meeting; also Tab on an empty line"
    case .moment: "a critical moment"
    case .note: "a note"
    case .undo: "take back what you set down last"
    case .redo: "put it back"
    case .amend: "correct a turn of yours: the last one, or the one at a time"
    case .status: "where you are, and what you have set down"
    case .wait: "let it play (for scripts)"
    case .help: "this list"
    case .quit: "leave; everything is kept"
    }
  }

  static func named(_ text: String) throws(Complaint) -> ReviewCommand {
    let names = allCases.map(\.rawValue)
    let found = matches(text, names)
    if found.count == 1, let command = ReviewCommand(rawValue: found[0]) { return command }
    throw Complaint(
      .data,
      found.isEmpty ? Speech.unknownCommand(text, names: names) : Speech.ambiguous("/" + text, found.map { "/" + $0 }))
  }

  /// What a key does while no line is being typed, as the line that does the same; a space is both `/play` and `/stop`.
  static func line(for key: Key) -> String? {
    switch key {
    case .left, .character("j"): "/seek -5"
    case .right, .character("l"): "/seek +5"
    case .character(","): "/seek -2"
    case .character("."): "/seek +2"
    case .pageUp, .character("J"): "/seek -30"
    case .pageDown, .character("L"): "/seek +30"
    case .home: "/seek 0"
    case .character("n"): "/next turn"
    case .character("p"): "/back turn"
    case .character("m"): "/next moment"
    case .character("M"): "/back moment"
    case .character("u"): "/next challenge"
    case .character("U"): "/back challenge"
    case .character("g"): "/next untagged"
    case .character("G"): "/back untagged"
    case .character("["): "/loop from"
    case .character("]"): "/loop to"
    case .character("\\"): "/loop off"
    case .character("-"): "/speed -"
    case .character("+"), .character("="): "/speed +"
    case .character("?"): "/help"
    case .character("q"), .control("d"): "/quit"
    default: nil
    }
  }
}

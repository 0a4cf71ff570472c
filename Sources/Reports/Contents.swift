import Coaching
import PromptLibrary
import TalkAnalysis

extension Reflection {
  /// The reflection in words, in the order in which a pair would want to read it: what they said themselves first.
  var page: Page {
    Page(
      title: meeting.stage.title.prefix(1).uppercased() + meeting.stage.title.dropFirst(),
      privacy: people.isGroup
        ? "For those who took part. Nobody else is sent this."
        : "For \([people.coach, people.coachee].inSentence) alone. Nobody else is sent this.",
      facts: facts, sections: sections)
  }

  private var sections: [Page.Section] {
    func section(_ id: String, _ title: String, _ blocks: [Page.Block]) -> Page.Section {
      Page.Section(id: id, title: title, blocks: blocks)
    }
    let about = section("about", "About this page", about)
    switch meeting.stage {
    case .pre, .post:
      // Without turns there is nothing to find in them.
      let hasTurns = !measures.turns.isEmpty
      return [
        section("words", "In your own words", words),
        section("next", "What you want to try next", nextSteps),
        section("challenges", "Challenges for next time", suggestions()),
        section("along", "Along the meeting", along),
        hasTurns ? section("patterns", "Patterns in your talk", patternBlocks) : nil,
        hasTurns ? section("signs", "Signs of the four levels", signBlocks) : nil,
        section("came-up", "What came up, and what did not", cameUp),
        earlier.isEmpty ? nil : section("progress", "Across your meetings", progressBlocks),
        section("turns", "Every tagged turn", turnTable()),
        about,
      ].compactMap(\.self)
    case .lesson:
      return [
        section("noticed", "What was noticed", noticed), section("words", "What you noted", words),
        section("next", "What you want to try next", nextSteps), about,
      ]
    case .review:
      return [
        section("stands", "Where the school stands", standing), section("words", "What you said", words),
        section("next", "Next steps", nextSteps), about,
      ]
    }
  }

  /// The page as far as it is the viewer's.
  func page(for viewer: Role) -> Page {
    var page = self.page
    let name = people.name(viewer) ?? "whoever observed"
    switch viewer {
    case .coach, .coachee:
      page.privacy = "For \(name). What is suggested to the other of you is left out."
      for index in page.sections.indices where page.sections[index].id == "challenges" {
        page.sections[index].blocks = suggestions(for: viewer)
      }
    case .observer:
      let pair = [people.coach, people.coachee].inSentence
      page.privacy = "For \(name), who observed. Notes, next steps and the recording are \(pair)'s, and not in here."
      page.facts.removeAll { $0.name == "Sound" }
      // What others set down by themselves, listening again, is theirs.
      var seen = self
      seen.others.removeAll { $0.name.lowercased() != people.observer?.lowercased() }
      let asked = seen.questionBlocks
      let given =
        seen.feedbackBlocks + asked + (asked.isEmpty ? [] : [.aside("They are put to the pair: “you” is \(pair).")])
      page.sections = [
        Page.Section(
          id: "along", title: "What you gave", blocks: given.isEmpty ? [.aside("No feedback was noted.")] : given),
        Page.Section(id: "turns", title: "Every turn the pair tagged", blocks: seen.turnTable(withNotes: false)),
      ]
    }
    return page
  }

  private var facts: [(name: String, value: String)] {
    let who = people.roles.compactMap { role in
      people.name(role).map { "\($0) (\(role == .coachee ? "coached teacher" : role.rawValue))" }
    }
    let sound =
      switch audio {
      case .none: "No sound was recorded"
      case .deleted: "The recording has been deleted"
      case .recorded(let file, let seconds): "\(Timecode.words(seconds)), in \(file) beside this page"
      }
    let when = [("When", began.local("%A %-d %B %Y, %H:%M"))]
    if people.isGroup { return when + [("Who", people.sentence), ("Length", Timecode.words(duration))] }
    return when + [("Who", who.joined(separator: ", ")), ("Focus", focus ?? "None agreed")]
      + (meeting.stage.isTalkAboutALesson ? [("Length", Timecode.words(duration)), ("Sound", sound)] : [])
  }

  private var words: [Page.Block] {
    var blocks: [Page.Block] = []
    for passage in passages {
      // In a review what was picked stands in a section of its own.
      if passage.notes.isEmpty, meeting.stage == .review { continue }
      blocks.append(.heading([passage.heading, passage.title].compactMap(\.self).joined(separator: ": ")))
      if !passage.question.isEmpty { blocks.append(.question(passage.question)) }
      if meeting.stage != .review {
        blocks +=
          passage.picked.map { .text("✓ " + $0.text) } + passage.stillToDo.map { .text("○ \($0) (still to do)") }
      }
      if !passage.notes.isEmpty { blocks.append(.entries(passage.notes.map(\.entry))) }
    }
    if !looseNotes.isEmpty {
      if !passages.isEmpty { blocks.append(.heading("Noted along the way")) }
      blocks.append(.entries(looseNotes.map(\.entry)))
    }
    return blocks.isEmpty ? [.aside("No notes were taken this time.")] : blocks
  }

  private var noticed: [Page.Block] {
    let timed = observations.filter { $0.from != nil }
    let untimed = observations.filter { $0.from == nil }
    var blocks: [Page.Block] = observations.isEmpty ? [.aside("Nothing was noted as evidence.")] : []
    if !timed.isEmpty { blocks.append(.entries(timed.map(observation))) }
    if !untimed.isEmpty {
      if !timed.isEmpty { blocks.append(.heading("Without a time in the lesson")) }
      blocks += [.aside("The times are those of the noting."), .entries(untimed.map(observation))]
    }
    if !moments.isEmpty { blocks += [.heading("Critical moments"), .entries(moments.map(\.entry))] }
    return blocks
  }

  /// Something noticed in the lesson, at its time in the lesson where one was given.
  private func observation(_ evidence: Evidence) -> Page.Entry {
    let until = evidence.to.map { ", until \(Timecode.text($0))" } ?? ""
    return Page.Entry(
      number: evidence.number, t: evidence.from ?? evidence.t, text: evidence.text ?? "",
      detail: title(.stimulus, evidence.kind.rawValue) + until)
  }

  /// What a group picked in its review, with what to weigh. Guide Figs 2, 3, 4 and 6 (B7, C7).
  private var standing: [Page.Block] {
    let chosen = passages.filter { !$0.picked.isEmpty }
    var reached: [Page.Block] = []
    for (heading, asked) in askedByHeading {
      let answered = passages.count { $0.heading == heading }
      reached.append(
        answered == 0
          ? .aside("\(heading): not talked about yet.")
          : .text("\(heading): \(answered) of \(asked) questions answered."))
    }
    return reached
      + chosen.flatMap { passage -> [Page.Block] in
        [.heading(passage.title), .question(passage.question)]
          + passage.picked.flatMap { [.text($0.text)] + ($0.remark.map { [.aside($0)] } ?? []) }
      }
  }

  private var nextSteps: [Page.Block] {
    actions.isEmpty ? [.aside("No next step was noted.")] : [.entries(actions.map(\.entry))]
  }

  private var along: [Page.Block] {
    var blocks: [Page.Block] = [
      hasTimeline ? .timeline : .aside("Nothing was tagged or marked, so there is no picture.")
    ]
    if !pauses.isEmpty {
      blocks.append(
        .text("Off the record: " + pauses.map { span($0.from, $0.to ?? duration) }.joined(separator: ", ") + "."))
    }
    if !takenOut.isEmpty {
      blocks.append(
        .text("Taken out afterwards: " + takenOut.map { span($0.from, $0.to) }.joined(separator: ", ") + "."))
    }
    if !gaps.isEmpty {
      let spans = gaps.map { "\(span($0.from, $0.from + $0.seconds)) (\($0.why.words))" }
      blocks.append(.text("No sound: " + spans.joined(separator: ", ") + "."))
    }
    if !sleeps.isEmpty {
      let times = sleeps.map { "\(Timecode.words($0.seconds)) at \(Timecode.text($0.at))" }
      blocks.append(.text("The computer was asleep, and nothing was recorded: " + times.joined(separator: ", ") + "."))
    }
    func add(_ heading: String, _ entries: [Page.Entry], orElse nothing: String? = nil) {
      guard !entries.isEmpty || nothing != nil else { return }
      blocks.append(.heading(heading))
      blocks.append(entries.isEmpty ? .aside(nothing ?? "") : .entries(entries))
    }
    add(
      "Critical moments",
      moments.map { moment in
        var entry = moment.entry
        if entry.text.isEmpty { entry.text = "Marked without a note" }
        return entry
      }, orElse: "None was marked.")
    add("Evidence you used", evidence.map(entry), orElse: "None was noted.")
    return blocks + feedbackBlocks + questionBlocks
  }

  private func entry(_ evidence: Evidence) -> Page.Entry {
    let kind = title(.stimulus, evidence.kind.rawValue)
    let part: String? =
      switch (evidence.from, evidence.to) {
      case (let from?, let to?): "from \(span(from, to)) of it"
      case (let from?, nil): "from \(Timecode.text(from)) of it"
      default: nil
      }
    let text = evidence.text.flatMap { $0.isEmpty ? nil : $0 } ?? kind
    let detail = [text == kind ? nil : kind, part].compactMap(\.self).joined(separator: ", ")
    return Page.Entry(number: evidence.number, t: evidence.t, text: text, detail: detail.isEmpty ? nil : detail)
  }

  private func span(_ from: Double, _ to: Double) -> String { "\(Timecode.text(from))–\(Timecode.text(to))" }

  private var cameUp: [Page.Block] {
    guard !measures.turns.isEmpty else {
      return [.aside("No turns were tagged, so there is nothing to count. You know best what you talked about.")]
    }
    let caution =
      fewTags
      ? "That is not many, so what is missing below may only mean that nobody tagged it."
      : "What is missing below may have been there all the same: tags never catch everything."
    let most = profiles.flatMap(\.rows).flatMap(\.counts).map(\.places.count).max() ?? 0
    let untagged = profiles.filter(\.rows.isEmpty).map { $0.title.lowercased() }
    return [.text("\(turnsInWords) \(caution)")] + profiles.filter { !$0.rows.isEmpty }.map { .profile($0, of: most) }
      + (untagged.isEmpty ? [] : [.aside("Nobody tagged: \(untagged.joined(separator: ", ")).")])
  }

  private var fewTags: Bool { !analysis.enoughTags }

  private func suggestions(for viewer: Role? = nil) -> [Page.Block] {
    let chosen = challenges.filter { $0.challenge.audience.includes(viewer) }
    guard !chosen.isEmpty else { return [.aside("Nothing stands out this time. Choose your own.")] }
    return chosen.map { suggested in
      let audience =
        switch suggested.challenge.audience {
        case .coach: people.coach
        case .coachee: people.coachee
        case .both: "both of you"
        }
      return .challenge(
        Page.Challenge(
          title: suggested.challenge.title, audience: "For \(audience)", reason: suggested.reason,
          attempt: suggested.attempt, sentence: suggested.sentence,
          source: suggested.challenge.guide.isEmpty ? "" : "Guide " + suggested.challenge.guide.joined(separator: ", "),
          places: suggested.places))
    }
  }

  private func turnTable(withNotes: Bool = true) -> [Page.Block] {
    guard !measures.turns.isEmpty else { return [.aside("No turns were tagged.")] }
    let said = feedbackByTurn
    return [
      .turns(
        measures.turns.enumerated().map {
          var row = row($1, said[$0] ?? [])
          if !withNotes { row.note = "" }
          return row
        })
    ]
  }

  private func row(_ tagged: TaggedTurn, _ said: [String]) -> Page.TurnRow {
    let turn = tagged.turn
    var others: [String] = []
    if turn.new { others.append("starts something new") }
    if turn.co { others.append("builds on the other’s turn") }
    for dimension in [Dimension.subject, .scale, .time, .stimulus, .tone] {
      let name = vocabulary.entry(dimension)?.title ?? dimension.rawValue
      others += turn.codes(dimension).map { "\(name.lowercased()):\u{A0}\(title(dimension, $0))" }
    }
    return Page.TurnRow(
      place: tagged.place, speaker: turn.by, who: people.name(turn.by),
      functions: functionsInWords(turn), others: others.joined(separator: "; "),
      note: ([turn.note].compactMap(\.self) + said).joined(separator: " · "))
  }

  func functionsInWords(_ turn: Turn) -> String {
    turn.functions.map { title(.function, $0.rawValue) }.joined(separator: ", ")
  }

  private var about: [Page.Block] {
    var blocks: [Page.Block] = []
    if !damagedLines.isEmpty {
      let lines = damagedLines.map(String.init).joined(separator: ", ")
      blocks.append(
        .text(
          (damagedLines.count == 1
            ? "One line of the journal (\(lines)) could not be read"
            : "\(damagedLines.count) lines of the journal (\(lines)) could not be read")
            + ", so something that was set down then is missing here."))
    }
    let sound = if case .recorded = audio { ", and so is the recording" } else { "" }
    let journals = others.isEmpty ? "The journal it was made from is" : "The journals it was made from are"
    blocks.append(
      .text(
        "This page holds your names, what was typed, and what was tagged; it sends nothing and loads nothing from "
          + "elsewhere. \(journals) in the same folder\(sound). To delete all of it for good, delete "
          + "that folder: \(meeting), in cycle-\(meeting.cycle)."))
    return blocks
  }
}

extension Reflection.TimedText {
  fileprivate var entry: Page.Entry { Page.Entry(number: number, t: t, text: text) }
}

extension Event.GapReason {
  var words: String {
    switch self {
    case .overrun: "the computer was too busy"
    case .deviceLost: "the microphone was unplugged"
    case .slowDisk: "the disk was too slow"
    case .unreported: "the sound system left it out"
    }
  }
}

extension Challenge.Audience {
  /// Whether it is meant for that person too; for everybody together it always is.
  fileprivate func includes(_ viewer: Role?) -> Bool {
    switch (self, viewer) {
    case (.both, _), (_, nil), (.coach, .coach), (.coachee, .coachee): true
    default: false
    }
  }
}

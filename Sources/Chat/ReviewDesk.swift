import AudioCapture
import AudioPlayback
import Coaching
import PromptLibrary
import SessionJournal
import Terminal

/// Listening again: takes a line or a key, and moves the sound or sets down a tag in the listener's own journal.
///
/// It has no loop and no screen of its own; ``Review`` gives it those.
final class ReviewDesk {
  enum Outcome: Equatable {
    case goOn
    /// Let this much time pass before the next line of a script.
    case wait(Duration)
    case quit
  }

  let player: Player
  let meeting: MeetingState
  private(set) var places: ReviewPlaces
  /// What the person who listens has set down.
  private(set) var own: MeetingState
  private let journal: Journal
  let library: Library
  let say: (String, Manner) -> Void
  var takesKeys = false
  var live: LiveTagging?
  /// From hearing something to pressing a key, in seconds as they pass for the person.
  private var preroll = 0.5
  /// Where a line began that is being typed; `position(at:)` does not know any more what was before a leap.
  private var lineBegan: (at: SuspendingClock.Instant, t: Double)?
  /// A key was pressed: where one is, the screen shows.
  private var isKey = false
  /// The silence that was last told of.
  private var told: ReviewPlaces.Silence?
  private(set) var status = ExitStatus.done

  init(
    player: Player, meeting: MeetingState, journal: Journal, own: MeetingState, library: Library,
    say: @escaping (String, Manner) -> Void
  ) {
    self.player = player
    self.meeting = meeting
    self.journal = journal
    self.own = own
    self.library = library
    self.say = say
    places = ReviewPlaces(meeting, own: own, length: player.transport.length)
  }

  /// Where the listener's journal is.
  var path: String { journal.path }

  /// To be called when a line begins to be typed: its tag counts from what was heard then.
  func lineBegins(at moment: SuspendingClock.Instant) { lineBegan = (moment, tagTime(at: moment)) }

  /// Plays on. Tells, once, when there is nothing to hear.
  func pump() {
    let wasPlaying = player.transport.isPlaying
    player.pump()
    let position = player.transport.position
    if wasPlaying, !player.transport.isPlaying { say(Speech.reviewAtEnd, .quiet) }
    let silence = wasPlaying ? places.silence(at: position) : nil
    if let silence, silence != told { say(Speech.nothingToHear(silence), .quiet) }
    if wasPlaying { told = silence }
  }

  /// Takes one line, which was begun at `moment`. A line without a slash or colon is a note.
  func handle(_ line: String, at moment: SuspendingClock.Instant) -> Outcome {
    let text = line.trimmed
    defer { lineBegan = nil }
    guard !text.isEmpty else { return .goOn }
    let t = lineBegan.flatMap { $0.at == moment ? $0.t : nil } ?? tagTime(at: moment)
    var outcome = Outcome.goOn
    attempt {
      if text.hasPrefix(":"), liveLayout != nil {
        return try noteLive(String(text.dropFirst().trimmed), t: t)
      }
      guard text.hasPrefix("/") || text.hasPrefix(":") else {
        return try set(.note(text: String(text), prompt: nil), t: t)
      }
      let word = text.dropFirst().prefix { !$0.isWhitespace }
      let command = try ReviewCommand.named(String(word.hasSuffix(":") ? word.dropLast() : word))
      outcome = try perform(command, text.dropFirst(1 + word.count), t: t)
    }
    return outcome
  }

  /// Does `work`; what goes wrong is told in one line.
  func attempt(_ work: () throws -> Void) {
    do {
      try work()
    } catch let complaint as Complaint {
      complain(complaint)
    } catch let failure as FileFailure {
      complain(Complaint(.inputOutput, Speech.notSaved(failure)))
    } catch {
      complain(Complaint(.inputOutput, "\(error)"))
    }
  }

  func press(_ key: Key, at moment: SuspendingClock.Instant) -> Outcome {
    if key == .character(" ") {
      player.change { $0.isPlaying.toggle() }
      return .goOn
    }
    isKey = true
    defer { isKey = false }
    return ReviewCommand.line(for: key).map { handle($0, at: moment) } ?? .goOn
  }

  func pause() { player.change { $0.isPlaying = false } }

  /// Closes the listener's journal; where nothing stands in it there is none, or they would count as somebody who tagged.
  func close() {
    pause()
    guard !own.entries.isEmpty else {
      try? Archive.eraseFile(path)
      return
    }
    do throws(FileFailure) {
      own.apply(try journal.append(.ended(.closed), t: player.transport.position))
    } catch {
      complain(Complaint(.inputOutput, Speech.notSaved(error)))
    }
  }

  private func complain(_ complaint: Complaint) {
    say(complaint.message, .error)
    if status == .done { status = complaint.status }
  }

  // MARK: - Commands

  private func perform(_ command: ReviewCommand, _ rest: Substring, t: Double) throws -> Outcome {
    let text = String(rest.trimmed)
    switch command {
    case .play:
      let to = text.isEmpty ? nil : try time(text)
      player.change {
        if let to { $0.seek(to: to) }
        $0.isPlaying = true
      }
      sayPosition()
    case .stop:
      pause()
      sayPosition()
    case .seek: try seek(text)
    case .next: try go(text, forward: true)
    case .back: try go(text, forward: false)
    case .speed: try setSpeed(text)
    case .loop: try setLoop(text)
    case .preroll:
      if text.isEmpty {
        say(Speech.preroll(preroll), .quiet)
        break
      }
      guard let seconds = Double(text), (0...2).contains(seconds) else { throw Complaint(.data, Speech.badPreroll) }
      preroll = seconds
      say(Speech.preroll(preroll), .acknowledgement)
    case .c: try tag(.coach, rest, t: t)
    case .t: try tag(.coachee, rest, t: t)
    case .o: try tag(.observer, rest, t: t)
    case .b: try tag(.both, rest, t: t)
    case .live:
      guard takesKeys else { throw Complaint(.data, Speech.liveNeedsKeys) }
      try toggleLive(rest.trimmed)
    case .amend: try amend(rest)
    case .moment: try set(.moment(text: text.isEmpty ? nil : text), t: t)
    case .note:
      guard !text.isEmpty else { throw Complaint(.data, Speech.reviewNeeds("some text", .note)) }
      try set(.note(text: text, prompt: nil), t: t)
    case .undo: try correct(own.nextUndo, { .undone($0) }, Speech.undone, nothing: Speech.nothingToUndo, t: t)
    case .redo: try correct(own.nextRedo, { .redone($0) }, Speech.redone, nothing: Speech.nothingToRedo, t: t)
    case .status:
      sayPosition()
      say(Speech.reviewCounts(turns: own.turns.count, entries: own.entries.count), .quiet)
    case .wait:
      guard let seconds = Double(text), (0..<86_400).contains(seconds) else {
        throw Complaint(.data, Speech.reviewNeeds("a number of seconds", .wait))
      }
      return .wait(.seconds(seconds))
    case .help: say(Speech.reviewHelp, .speech)
    case .quit: return .quit
    }
    return .goOn
  }

  private func time(_ text: String) throws(Complaint) -> Double {
    guard let seconds = Timecode.seconds(text) else { throw Complaint(.data, Speech.badRange) }
    return seconds
  }

  private func seek(_ text: String) throws(Complaint) {
    guard let sign = text.first else { throw Complaint(.data, Speech.reviewNeeds("a time", .seek)) }
    if sign == "+" || sign == "-" {
      let seconds = try time(String(text.dropFirst()))
      player.change { $0.seek(to: $0.position + (sign == "+" ? seconds : -seconds)) }
    } else {
      let seconds = try time(text)
      player.change { $0.seek(to: seconds) }
    }
    sayPosition()
  }

  private func go(_ text: String, forward: Bool) throws(Complaint) {
    guard let name = oneMatch(text.isEmpty ? "turn" : text, ReviewPlaces.Kind.allCases.map(\.rawValue)),
      let kind = ReviewPlaces.Kind(rawValue: name)
    else { throw Complaint(.data, Speech.reviewNeeds("a kind of place", forward ? .next : .back)) }
    let places = places.places[kind] ?? []
    let place = player.change { transport -> Double? in
      let place = transport.place(places, forward: forward)
      if let place { transport.seek(to: place) }
      return place
    }
    guard let place else { return say(Speech.noPlace(kind, forward: forward, any: !places.isEmpty), .quiet) }
    let there = (meeting.entries + own.entries).filter { $0.t == place }
    for case .turn(let turn) in there.map(\.kind) where kind == .turn || kind == .challenge {
      return say(Speech.turn(place, meeting.people.name(turn.by), library.describe(turn)), .quiet)
    }
    for case .moment(let text) in there.map(\.kind) where kind == .moment {
      return say(Speech.reviewMoment(place, text), .quiet)
    }
    sayPosition()
  }

  private func setSpeed(_ text: String) throws(Complaint) {
    switch text {
    case "+": player.change { $0.changeSpeed(by: 1) }
    case "-": player.change { $0.changeSpeed(by: -1) }
    default:
      guard let speed = Double(text), Transport.speeds.contains(speed) else {
        throw Complaint(.data, Speech.badSpeed)
      }
      player.change { $0.set(speed: speed) }
    }
    sayPosition()
  }

  private func setLoop(_ text: String) throws(Complaint) {
    switch text {
    case "off": player.change { $0.endLoop() }
    case "from": _ = player.change { $0.markLoop(start: true) }
    case "to":
      guard player.change({ $0.markLoop(start: false) }) else { throw Complaint(.data, Speech.loopNeedsStart) }
    default:
      guard let stretch = Redaction(text) else { throw Complaint(.data, Speech.badRange) }
      guard player.change({ $0.set(loop: stretch.from...stretch.to) }) else { throw Complaint(.data, Speech.badLoop) }
    }
    sayPosition()
  }

  private func sayPosition() {
    guard !isKey else { return }
    say(Speech.reviewPosition(player.transport), .quiet)
  }

  // MARK: - Tags

  /// The second that was heard when somebody who pressed a key at `moment` made up their mind. While nothing plays, it is
  /// where they have gone to.
  func tagTime(at moment: SuspendingClock.Instant) -> Double {
    player.position(at: moment.advanced(by: .seconds(-preroll)))
  }

  private func tag(_ speaker: Speaker, _ rest: Substring, t: Double) throws {
    if speaker == .observer, meeting.people.observer == nil { throw Complaint(.data, Speech.noObserverHere) }
    try set(.turn(try TagParser(functions: library.vocabulary.functions).turn(by: speaker, rest)), t: t)
  }

  /// What was off the record, or has been taken out, gets no words again.
  func noTag(at t: Double) -> ReviewPlaces.Silence? { places.silence(at: t).flatMap { $0.why == .lost ? nil : $0 } }

  /// Puts it on the disk, then into ``own``.
  @discardableResult
  func write(_ kind: Event.Kind, t: Double) throws -> Event {
    let event = try journal.append(kind, t: t)
    take(event)
    return event
  }

  func set(_ kind: Event.Kind, t: Double) throws {
    if let silence = noTag(at: t) { throw Complaint(.data, Speech.noTagThere(silence)) }
    let event = try write(kind, t: t)
    switch kind {
    case .turn(let turn):
      say(Speech.turn(event.t, meeting.people.name(turn.by), library.describe(turn)), .acknowledgement)
    case .moment: say(Speech.reviewMoment(event.t, nil), .acknowledgement)
    default: say(Speech.note(event.t), .acknowledgement)
    }
  }

  private func take(_ event: Event) {
    own.apply(event)
    places.take(own, beside: meeting)
  }

  private func correct(
    _ entry: MeetingState.Entry?, _ kind: (Int) -> Event.Kind, _ said: (Double, String) -> String, nothing: String,
    t: Double
  ) throws {
    guard let entry else { return say(nothing, .speech) }
    try write(kind(entry.number), t: t)
    if case .amended(let number, _) = entry.kind, let turn = own.turn(number) {
      return say(line(turn), .acknowledgement)
    }
    let name =
      switch entry.kind {
      case .turn(let turn): "\(meeting.people.name(turn.by))'s turn"
      case .moment: "the critical moment"
      default: "the note"
      }
    say(said(entry.t, name), .acknowledgement)
  }
}

public import struct FoundationEssentials.Date

/// A meeting as its events add up to: nothing is in here that replaying the journal would not bring back.
public struct MeetingState: Equatable, Sendable {
  /// Something a person set down, with its time; corrections have been applied.
  public struct Entry: Equatable, Sendable {
    /// The event's number, by which undo and the reflection refer to it.
    public var number: Int
    /// Seconds from the start of the meeting's audio.
    public var t: Double
    public var kind: Event.Kind

    public init(number: Int, t: Double, kind: Event.Kind) {
      self.number = number
      self.t = t
      self.kind = kind
    }
  }

  /// A stretch of the meeting's audio.
  public struct Stretch: Equatable, Sendable {
    public var from: Double
    /// `nil` while it lasts.
    public var to: Double?

    public init(from: Double, to: Double?) {
      self.from = from
      self.to = to
    }
  }

  /// One file of sound. A meeting has one, or several after a crash until they are joined.
  public struct Recording: Equatable, Sendable {
    public var file: String
    public var device: String
    public var sampleRate: Int
    public var channels: Int
    /// Where in the meeting's time it begins, and ends once it has.
    public var stretch: Stretch
    /// Why it stopped; `nil` while it goes on.
    public var ending: Event.RecordingEnd?
  }

  public struct Gap: Equatable, Sendable {
    public var from: Double
    public var seconds: Double
    public var why: Event.GapReason
  }

  /// The computer slept: `seconds` that belong neither to the meeting's time nor to its sound.
  public struct Sleep: Equatable, Sendable {
    public var at: Double
    public var seconds: Double
  }

  /// Somebody who tags beside the pair, in a journal of their own.
  public struct Observer: Equatable, Sendable {
    public var name: String
    public var how: Event.Observing

    public init(name: String, how: Event.Observing) {
      self.name = name
      self.how = how
    }
  }

  public private(set) var stage: Stage
  public private(set) var people: People
  public private(set) var focus: String?
  public private(set) var began: Date
  public private(set) var ending: Event.Ending?
  public private(set) var currentPrompt: String?
  /// Prompts that were on the screen, in order, each once.
  public private(set) var shownPrompts: [String] = []
  /// The level that the wording of each aimed at.
  public private(set) var promptLevels: [String: Int] = [:]
  public private(set) var skippedPrompts: Set<String> = []
  public private(set) var pauses: [Stretch] = []
  public private(set) var recordings: [Recording] = []
  public private(set) var gaps: [Gap] = []
  public private(set) var sleeps: [Sleep] = []
  public private(set) var audioDeleted = false
  /// What was taken out afterwards, for good.
  public private(set) var redactions: [Redaction] = []
  /// Moments that were marked here and at another computer, in seconds.
  public private(set) var marks: [Double] = []
  /// Challenges that were suggested when it was closed, by their ids.
  public private(set) var suggested: [String] = []
  /// Who tags here, and how, where this is not the meeting's own journal.
  public private(set) var observer: Observer?
  /// The latest time that any event names, in seconds.
  public private(set) var lastTime = 0.0
  public private(set) var eventCount = 0
  /// The line of the last event.
  public private(set) var lastLine = 0

  /// What was set down or amended, in the order of the journal.
  private var everything: [Entry] = []
  /// Where each event is in ``everything``, and the prompts that were shown, to be found at once in a long journal.
  private var places: [Int: Int] = [:]
  private var shown: Set<String> = []
  private var takenOut: Set<Int> = []
  private var redoable: [Int] = []

  /// `nil` when the events do not begin a meeting.
  public init?(events: [Event]) {
    guard let first = events.first, case .began(let stage, let people, let focus) = first.kind else { return nil }
    self.stage = stage
    self.people = people
    self.focus = focus
    began = first.at
    for event in events { apply(event) }
  }

  public mutating func apply(_ event: Event) {
    eventCount += 1
    lastLine = max(lastLine, event.number)
    lastTime = max(lastTime, event.t)
    switch event.kind {
    case .note, .turn, .moment, .stimulus, .feedback, .action, .chosen, .evidence:
      setDown(event)
    case .amended(let line, _):
      if case .turn? = entry(line)?.kind { setDown(event) }
    case .undone(let number):
      // The entry's own line may be damaged.
      guard places[number] != nil, takenOut.insert(number).inserted else { break }
      redoable.append(number)
    case .redone(let number):
      takenOut.remove(number)
      redoable.removeAll { $0 == number }
    case .prompt(let id, let level):
      currentPrompt = id
      promptLevels[id] = level
      skippedPrompts.remove(id)
      if shown.insert(id).inserted { shownPrompts.append(id) }
    case .skipped(let id): skippedPrompts.insert(id)
    case .paused: if !isPaused { pauses.append(Stretch(from: event.t, to: nil)) }
    case .resumed: endPause(at: event.t)
    case .recording(let file, let device, let rate, let channels):
      recordings.append(
        Recording(
          file: file, device: device, sampleRate: rate, channels: channels, stretch: Stretch(from: event.t, to: nil)))
    case .recordingStopped(let seconds, let why):
      if let last = recordings.indices.last, recordings[last].stretch.to == nil {
        recordings[last].stretch.to = recordings[last].stretch.from + seconds
        recordings[last].ending = why
        lastTime = max(lastTime, recordings[last].stretch.from + seconds)
      }
    case .gap(let seconds, let why): gaps.append(Gap(from: event.t, seconds: seconds, why: why))
    case .audioDeleted: audioDeleted = true
    case .slept(let seconds): sleeps.append(Sleep(at: event.t, seconds: seconds))
    case .takenOut(let from, let to): redactions.append(Redaction(from: from, to: to))
    case .ended(let how):
      ending = how
      endPause(at: event.t)
    case .carriedOn: ending = nil
    case .suggested(let ids): suggested = ids
    case .observing(let name, let how): observer = Observer(name: name, how: how)
    case .mark: marks.append(event.t)
    case .cycle, .consent, .agreed, .themeEntry, .began, .silentMicrophone, .clock, .redacted, .shared, .torn,
      .unknown:
      break
    }
  }

  private mutating func setDown(_ event: Event) {
    places[event.number] = everything.count
    everything.append(Entry(number: event.number, t: event.t, kind: event.kind))
    redoable = []
  }

  /// The event of that number as it was set down.
  private func entry(_ number: Int) -> Entry? { places[number].map { everything[$0] } }

  private mutating func endPause(at t: Double) {
    if isPaused { pauses[pauses.count - 1].to = t }
  }

  public var hasEnded: Bool { ending != nil }

  /// Off the record now.
  public var isPaused: Bool { pauses.last.map { $0.to == nil } ?? false }

  /// A file of sound is being written, as far as the journal knows.
  public var isRecording: Bool { recordings.last.map { $0.stretch.to == nil } ?? false }

  /// What people set down and did not take out, by time.
  public var entries: [Entry] {
    var standing: [Entry] = []
    var turns: [Int: Turn] = [:]
    for entry in everything where !takenOut.contains(entry.number) {
      if case .amended(let line, let turn) = entry.kind { turns[line] = turn } else { standing.append(entry) }
    }
    for index in standing.indices {
      if let turn = turns[standing[index].number] { standing[index].kind = .turn(turn) }
    }
    return standing.sorted { ($0.t, $0.number) < ($1.t, $1.number) }
  }

  /// The tagged turns, by time.
  public var turns: [TaggedTurn] {
    entries.compactMap { entry in
      if case .turn(let turn) = entry.kind { TaggedTurn(number: entry.number, t: entry.t, turn: turn) } else { nil }
    }
  }

  /// What `/undo` would take out: what was set down or amended last.
  public var nextUndo: Entry? { everything.last(where: stands) }

  /// What `/redo` would put back.
  public var nextRedo: Entry? { redoable.last.flatMap(entry) }

  /// It was not taken out, nor what it amends.
  private func stands(_ entry: Entry) -> Bool {
    if case .amended(let line, _) = entry.kind, takenOut.contains(line) { return false }
    return !takenOut.contains(entry.number)
  }

  /// The turn on that line as it stands; `nil` when it was taken out, or is none.
  public func turn(_ line: Int) -> TaggedTurn? {
    guard let entry = entry(line), stands(entry), case .turn(var turn) = entry.kind else { return nil }
    let amendment = everything[places[line]!...].last {
      if case .amended(line, _) = $0.kind { stands($0) } else { false }
    }
    if case .amended(_, let amended)? = amendment?.kind { turn = amended }
    return TaggedTurn(number: line, t: entry.t, turn: turn)
  }

  /// The turn that was tagged last, on a line after that one.
  public func lastTurn(after line: Int = 0) -> TaggedTurn? {
    for entry in everything.reversed() {
      guard entry.number > line else { return nil }
      if case .turn = entry.kind, stands(entry) { return turn(entry.number) }
    }
    return nil
  }

  /// How much was set down or amended in `stretch`, or amends a turn of it; what was taken back is counted, too.
  public func count(in stretch: Redaction) -> Int {
    everything.count { entry in
      if case .amended(let line, _) = entry.kind, let turn = self.entry(line), stretch.covers(turn.t) { return true }
      return stretch.covers(entry.t)
    }
  }

  /// What was picked at the prompt `id`, as it stands now.
  public func choices(prompt id: String) -> [String] {
    entries.reduce([]) { if case .chosen(id, let choices) = $1.kind { choices } else { $0 } }
  }

  /// What the people set out to try next.
  public var actions: [String] {
    entries.compactMap { if case .action(let text) = $0.kind { text } else { nil } }
  }

  /// Notes people typed at the prompt `id`.
  public func notes(prompt id: String) -> [String] {
    entries.compactMap { if case .note(let text, id) = $0.kind { text } else { nil } }
  }
}

/// A turn with the time it began, in seconds from the start of the meeting's audio.
public struct TaggedTurn: Equatable, Sendable {
  public var number: Int
  public var t: Double
  public var turn: Turn

  public init(number: Int, t: Double, turn: Turn) {
    self.number = number
    self.t = t
    self.turn = turn
  }
}

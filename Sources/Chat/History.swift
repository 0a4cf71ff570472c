import Coaching
import PromptLibrary
import SessionJournal
import TalkAnalysis

/// What earlier meetings of a pair tell the next one. Read from the journals when it is needed, and kept nowhere else.
struct History {
  /// Where the pair's talk has been.
  struct Reached: Equatable {
    /// The guide's level, 1 to 4.
    var level: Int
    /// They said so themselves; otherwise the tags did.
    var isTheirWord: Bool
  }

  /// Stages that this cycle has had a meeting for.
  private(set) var stages: Set<Stage> = []
  /// What was noticed in this cycle's lesson, in order.
  private(set) var evidence: [Event.Kind] = []
  /// What was noted in this cycle at each prompt.
  private(set) var notes: [String: [String]] = [:]
  /// What this cycle's meetings left to try.
  private(set) var actions: [String] = []
  /// The cycle before, of the same coach and coachee.
  private(set) var last: CycleState?
  /// What the cycle before left to try.
  private(set) var lastActions: [String] = []
  /// The newest that is known.
  private(set) var reached: Reached?
  /// Prompts that have been put to this pair.
  private(set) var shown: Set<String> = []
  /// What this pair added to the guide of its theme, in all of its cycles.
  private(set) var themeEntries: [CycleState.ThemeEntry] = []

  /// Nothing is known.
  init() {}

  /// Of the cycle `number`, whose state is `cycle`, and those before it; the `running` meeting is no history yet.
  init(
    _ archive: Archive, cycle number: Int, _ cycle: CycleState, library: Library, except running: MeetingID? = nil
  ) {
    guard !cycle.people.isGroup else { return }
    for earlier in archive.cycles() where earlier <= number {
      let state =
        earlier == number
        ? cycle : (try? JournalContents.read(archive.cyclePath(earlier))).flatMap { CycleState(events: $0.events) }
      guard let state, state.people.isSamePair(as: cycle.people) else { continue }
      if earlier < number { last = state }
      themeEntries += state.themeEntries.filter { $0.theme == cycle.theme }
      let meetings = archive.meetings(cycle: earlier).filter { $0 != running }.compactMap { id in
        (try? JournalContents.read(archive.journalPath(id))).flatMap { MeetingState(events: $0.events) }
      }.sorted { $0.began < $1.began }
      let left = meetings.flatMap(\.actions)
      if earlier < number { lastActions = left }
      if earlier == number { actions = left }
      for meeting in meetings {
        add(meeting, library)
        if earlier == number { addNotes(meeting) }
      }
    }
  }

  private mutating func add(_ meeting: MeetingState, _ library: Library) {
    shown.formUnion(meeting.shownPrompts)
    let closing = library.script(meeting.stage)?.prompts.filter(\.isClosing) ?? []
    let said = closing.flatMap { meeting.choices(prompt: $0.id) }.compactMap { key in
      key.hasPrefix("level-") ? Int(key.dropFirst(6)) : nil
    }.last
    // Up by one at a time: one good day, or one modest one, is not yet a habit.
    let most = (reached?.level ?? 1) + 1
    if let said {
      reached = Reached(level: min(max(said, 1), most, 4), isTheirWord: true)
    } else if let touched = TalkMeasures(meeting).levelTouched {
      reached = Reached(level: min(touched, most), isTheirWord: false)
    }
  }

  private mutating func addNotes(_ meeting: MeetingState) {
    stages.insert(meeting.stage)
    for entry in meeting.entries {
      switch entry.kind {
      case .note(let text, let prompt?): notes[prompt, default: []].append(text)
      case .evidence: evidence.append(entry.kind)
      default: break
      }
    }
  }

  /// What holds now, for choosing prompts by.
  func circumstances(_ cycle: CycleState) -> Set<Circumstance> {
    var holds: Set<Circumstance> = [
      cycle.focus == nil ? .noFocus : .focus, stages.contains(.pre) ? .pre : .noPre,
    ]
    if cycle.people.observer != nil { holds.insert(.observer) }
    if !lastActions.isEmpty { holds.insert(.again) }
    if last?.focus != nil { holds.insert(.lastFocus) }
    if !evidence.isEmpty { holds.insert(.evidence) }
    if cycle.agreed["evidence"]?.choices.contains("video") ?? false { holds.insert(.video) }
    return holds
  }
}

extension People {
  /// The same coach with the same coachee, whatever the case of the letters.
  func isSamePair(as other: People) -> Bool {
    !isGroup && !other.isGroup && coach.lowercased() == other.coach.lowercased()
      && coachee.lowercased() == other.coachee.lowercased()
  }
}

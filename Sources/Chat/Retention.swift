public import Coaching
import FoundationEssentials
public import PromptLibrary
public import SessionJournal

/// How long recordings are kept, as the pair agreed. Guide §5.1, §9.5 (D1, H5).
public enum Retention {
  /// A recording that is past the date agreed.
  public struct Due: Equatable, Sendable {
    public var meeting: MeetingID
    /// The day it was made.
    public var day: Day
  }

  /// The recordings that are past the date agreed, when it is `today`.
  public static func due(_ archive: Archive, _ library: Library, today: Day) -> [Due] {
    let cycles = archive.cycles().compactMap { number in
      (try? JournalContents.read(archive.cyclePath(number))).flatMap { CycleState(events: $0.events) }.map {
        (number: number, state: $0)
      }
    }
    let options = library.agreement?.prompts.first { $0.id == "keep" }?.choices?.options ?? []
    return cycles.flatMap { cycle -> [Due] in
      guard let agreed = cycle.state.agreed["keep"] else { return [] }
      let option = options.first { $0.key == agreed.choices.first }
      let isOver = cycles.contains { $0.number > cycle.number && $0.state.people.isSamePair(as: cycle.state.people) }
      return archive.meetings(cycle: cycle.number).compactMap { id in
        guard !archive.soundFiles(id).isEmpty,
          let events = (try? JournalContents.read(archive.journalPath(id)))?.events,
          let state = MeetingState(events: events), state.hasEnded,
          let ended = events.last(where: { if case .ended = $0.kind { true } else { false } })?.at
        else { return nil }
        let isDue: Bool
        if let end = option?.end(after: Day(state.began)) {
          isDue = today > end
        } else {
          switch agreed.choices.first {
          case "reflection"?:
            isDue = today > Day(ended) && FileManager.default.fileExists(atPath: archive.markdownPath(id))
          case "cycle"?: isDue = isOver
          case nil: isDue = agreed.text.flatMap { Day(in: $0) }.map { today > $0 } ?? false
          default: isDue = false
          }
        }
        return isDue ? Due(meeting: id, day: Day(state.began)) : nil
      }
    }
  }
}

extension Facilitator {
  /// Asks once whether recordings may go that are past the date agreed. Nothing goes without a yes.
  func offerWhatIsDue() {
    guard isInteractive else { return }
    let due = Retention.due(archive, library, today: Day(Date()))
    guard !due.isEmpty else { return }
    ask(Speech.askDue(due), isPassing: true, whenEmpty: "later") { answer in
      switch (yesOrNo(answer), answer.lowercased().trimmed) {
      case (true?, _):
        let writer = ReflectionWriter(archive: self.archive, library: self.library, studio: self.studio)
        for one in due {
          self.attempt {
            try writer.deleteSound(of: one.meeting)
            self.say(Speech.soundForgotten("\(one.meeting)"), .acknowledgement)
          }
        }
      case (false?, _), (_, "later"), (_, "not now"), (_, "l"): self.say(Speech.dueLater(due), .speech)
      default: throw Complaint(.data, Speech.dueChoice)
      }
    }
  }

  /// Finishes what a kill left of forgetting, and says so; whether there was anything.
  @discardableResult
  func finishForgetting() -> Bool {
    let writer = ReflectionWriter(archive: archive, library: library, studio: studio)
    let (count, remarks) = writer.finishForgetting()
    if count > 0 { say(Speech.forgettingFinished, .speech) }
    remarks.forEach(complain)
    return count > 0 || !remarks.isEmpty
  }
}

import Chat
import Coaching
import FoundationEssentials
import SessionJournal

/// `coachtalk list`: cycles and their meetings.
struct Listing {
  private struct Cycle: Encodable {
    var cycle: Int
    /// Absent in a coaching review, which has a group.
    var coach: String?
    var coachee: String?
    var group: [String]?
    var observer: String?
    var focus: String?
    var meetings: [Meeting]
  }

  private struct Meeting: Encodable {
    var meeting: String
    var began: Date
    var seconds: Double
    var turns: Int
    var actions: Int
    /// `recorded`, `deleted` or `none`.
    var sound: String
    /// What was noted in a lesson.
    var evidence: Int
    /// Whether it was closed; an open one is running, or was cut off.
    var ended: Bool

    /// What came of it, in words.
    var summary: String {
      let count = { (n: Int, one: String) in "\(n) \(one)\(n == 1 ? "" : "s")" }
      let actions = count(actions, "next step")
      switch MeetingID(meeting)?.stage {
      case .lesson: return "\(evidence) \(evidence == 1 ? "piece" : "pieces") of evidence, \(actions)"
      case .review: return actions
      default:
        let sound = sound == "recorded" ? "recorded" : sound == "deleted" ? "sound deleted" : "no sound"
        return "\(count(turns, "turn")), \(actions), \(sound)"
      }
    }
  }

  private let cycles: [Cycle]
  let complaints: [Complaint]

  init(_ archive: Archive) {
    var cycles: [Cycle] = []
    var complaints: [Complaint] = []
    func contents(_ path: String) -> JournalContents? {
      do throws(FileFailure) {
        let contents = try JournalContents.read(path)
        if !contents.damagedLines.isEmpty {
          let lines = contents.damagedLines.map(String.init).joined(separator: ", ")
          complaints.append(Complaint(.data, "\(path): damaged in line \(lines); the rest is listed."))
        }
        return contents
      } catch {
        complaints.append(Complaint(.data, "\(path): \(error.reason)"))
        return nil
      }
    }
    for number in archive.cycles() {
      let path = archive.cyclePath(number)
      guard let read = contents(path) else { continue }
      guard let state = CycleState(events: read.events) else {
        complaints.append(Complaint(.data, "\(path): nothing can be read of this cycle; its folder was left alone."))
        continue
      }
      let meetings = archive.meetings(cycle: number).compactMap { id -> Meeting? in
        guard let meeting = contents(archive.journalPath(id)).flatMap({ MeetingState(events: $0.events) }) else {
          return nil
        }
        let actions = meeting.entries.filter { if case .action = $0.kind { true } else { false } }
        let isThere = FileManager.default.fileExists(atPath: archive.audioPath(id))
        return Meeting(
          meeting: "\(id)", began: meeting.began, seconds: meeting.lastTime, turns: meeting.turns.count,
          actions: actions.count, sound: meeting.audioDeleted ? "deleted" : isThere ? "recorded" : "none",
          evidence: meeting.entries.count { $0.kind.isEvidence }, ended: meeting.hasEnded)
      }
      let people = state.people
      cycles.append(
        Cycle(
          cycle: number, coach: people.isGroup ? nil : people.coach, coachee: people.isGroup ? nil : people.coachee,
          group: people.isGroup ? people.group : nil, observer: people.observer, focus: state.focus, meetings: meetings)
      )
    }
    self.cycles = cycles
    self.complaints = complaints
  }

  var text: String {
    guard !cycles.isEmpty else { return "No coaching cycle yet. Start coachtalk and type /new." }
    return cycles.map { cycle in
      let head =
        "Cycle \(cycle.cycle): "
        + (cycle.group.map { "coaching review by \($0.inSentence)" }
          ?? "\(cycle.coach ?? "") coaching \(cycle.coachee ?? "")")
        + (cycle.observer.map { ", observed by \($0)" } ?? "") + (cycle.focus.map { ", on \($0)" } ?? "")
      let rows = cycle.meetings.map { meeting in
        let length = meeting.ended ? Timecode.text(meeting.seconds) : "not closed"
        let began = meeting.began.local("%-d %b %Y %H:%M")
        return "  \(meeting.meeting.padded(10)) \(began.padded(17))  \(length.padded(10)) \(meeting.summary)"
      }
      return ([head] + (rows.isEmpty ? ["  no meeting yet"] : rows)).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  var json: String { encoded(cycles) }
}

extension String {
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

/// Any value as JSON for people and scripts: indented, keys in order, dates as ISO 8601.
func encoded(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  encoder.dateEncodingStrategy = .iso8601
  return String(decoding: (try? encoder.encode(value)) ?? Data(), as: UTF8.self)
}

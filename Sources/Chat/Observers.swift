import Coaching
import FoundationEssentials
internal import Glibc
import SessionJournal

/// Somebody who tagged a meeting beside the pair.
struct ObserverJournal {
  let path: String
  let name: String
  let state: MeetingState
}

extension ReflectionWriter {
  /// Everybody who tagged `meeting` beside the pair, by the names of their files. What cannot be used is left out, with a
  /// remark on each. `state` is the meeting's own.
  func observers(_ meeting: MeetingID, of state: MeetingState) -> ([ObserverJournal], [Complaint]) {
    var observers: [ObserverJournal] = []
    var remarks: [Complaint] = []
    for path in archive.observerPaths(meeting) {
      do throws(Complaint) {
        let (observer, remark) = try observer(path, of: state)
        observers.append(observer)
        if let remark { remarks.append(remark) }
      } catch {
        remarks.append(Complaint(.data, Speech.leftOut(error.message)))
      }
    }
    return (observers, remarks)
  }

  /// Reads somebody's journal of a meeting, `state` being the meeting's own. It may hold nothing but tags. `remark` says
  /// which of its lines are damaged. Throws when nothing in it can be used.
  func observer(_ path: String, of state: MeetingState) throws(Complaint) -> (ObserverJournal, remark: Complaint?) {
    let contents: JournalContents
    do throws(FileFailure) {
      contents = try JournalContents.read(path)
    } catch {
      throw Complaint(error.code == ENOENT ? .noInput : .inputOutput, "\(path): \(error.reason)")
    }
    if contents.newerVersion != nil { throw Complaint(.data, Speech.newerVersion(path)) }
    let began = Event(
      number: 0, at: state.began, kind: .began(stage: state.stage, people: state.people, focus: state.focus))
    guard !contents.events.isEmpty,
      let tags = MeetingState(events: contents.events) ?? MeetingState(events: [began] + contents.events)
    else { throw Complaint(.data, Speech.notAJournal(path)) }
    let file = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let remark =
      contents.damagedLines.isEmpty
      ? nil
      : Complaint(.data, Speech.damaged(path, lines: contents.damagedLines, kept: contents.events.count))
    let name = tags.observer?.name ?? file.replacing("observer-", with: "")
    return (ObserverJournal(path: path, name: name, state: tags), remark)
  }
}

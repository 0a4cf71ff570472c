public import Coaching
import FoundationEssentials
internal import Glibc
import PromptLibrary
public import Reports
import SessionJournal
import TalkAnalysis

/// `coachtalk agree`: the journals of one meeting that different people tagged, side by side.
extension ReflectionWriter {
  /// Compares the pair's own tags with those in every `observer-NAME.jsonl` of the meeting, and with the journals in
  /// `others`. Throws a ``Complaint`` when there is nobody to compare with.
  public func agreement(_ meeting: MeetingID, with others: [String]) throws -> (text: AgreementText, AgreementFigures) {
    let (own, _) = try load(meeting)
    let folder = archive.folder(meeting)
    let beside = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let observers = beside.filter { $0.hasPrefix("observer-") && $0.hasSuffix(".jsonl") }.sorted()
    var taggers = [(name: [own.people.coach, own.people.coachee].inSentence, state: own)]
    for path in observers.map({ "\(folder)/\($0)" }) + others {
      let file = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      taggers.append((file.replacing("observer-", with: ""), try tagged(path, like: own)))
    }
    guard taggers.count > 1 else { throw Complaint(.noInput, Speech.nobodyElseTagged(meeting)) }
    let measures = taggers.map { TalkMeasures($0.state) }
    let report = AgreementReport(
      zip(taggers, measures).map { ($0.name, $1.turns) }, duration: measures.map(\.duration).max() ?? 0)
    let moments = measures.map { $0.moments.map(\.t) }
    return (
      AgreementText(report, moments: moments, vocabulary: library.vocabulary, people: own.people),
      AgreementFigures(report, moments: moments)
    )
  }

  /// A journal that may hold nothing but tags.
  private func tagged(_ path: String, like meeting: MeetingState) throws -> MeetingState {
    let contents: JournalContents
    do throws(FileFailure) {
      contents = try JournalContents.read(path)
    } catch {
      throw Complaint(error.code == ENOENT ? .noInput : .inputOutput, "\(path): \(error.reason)")
    }
    if contents.newerVersion != nil { throw Complaint(.data, Speech.newerVersion(path)) }
    let began = Event(
      number: 0, at: meeting.began, kind: .began(stage: meeting.stage, people: meeting.people, focus: meeting.focus))
    guard let state = MeetingState(events: contents.events) ?? MeetingState(events: [began] + contents.events),
      !contents.events.isEmpty
    else { throw Complaint(.data, Speech.notAJournal(path)) }
    return state
  }
}

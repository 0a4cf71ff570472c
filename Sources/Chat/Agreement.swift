public import Coaching
internal import Glibc
import PromptLibrary
public import Reports
import SessionJournal
import TalkAnalysis

/// `coachtalk agree`: the journals of one meeting that different people tagged, side by side.
extension ReflectionWriter {
  /// Compares the pair's own tags with those in every `observer-NAME.jsonl` of the meeting, and with the journals in
  /// `others`. Throws a ``Complaint`` when there is nobody to compare with. Gives what was left out, too.
  public func agreement(_ meeting: MeetingID, with others: [String]) throws -> (
    text: AgreementText, AgreementFigures, [Complaint]
  ) {
    let (own, _) = try load(meeting)
    var (observers, remarks) = observers(meeting, of: own)
    for path in others {
      let (observer, remark) = try observer(path, of: own)
      observers.append(observer)
      if let remark { remarks.append(remark) }
    }
    guard !observers.isEmpty else {
      if let remark = remarks.first { throw remark }
      throw Complaint(.noInput, Speech.nobodyElseTagged(meeting))
    }
    let taggers =
      [(name: [own.people.coach, own.people.coachee].inSentence, state: own)]
      + observers.map { (name: $0.name, state: $0.state) }
    let measures = taggers.map { TalkMeasures($0.state) }
    let report = AgreementReport(
      zip(taggers, measures).map { ($0.name, $1.turns) }, duration: measures.map(\.duration).max() ?? 0)
    let moments = measures.map { $0.moments.map(\.t) }
    return (
      AgreementText(report, moments: moments, vocabulary: library.vocabulary, people: own.people),
      AgreementFigures(report, moments: moments), remarks
    )
  }
}

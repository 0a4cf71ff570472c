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
      + Self.toldApart(observers, in: own.people)
    let measures = taggers.map { TalkMeasures($0.state) }
    let report = AgreementReport(
      zip(taggers, measures).map { ($0.name, $1.turns) }, duration: measures.map(\.duration).max() ?? 0)
    let moments = measures.map { $0.moments.map(\.t) }
    return (
      AgreementText(report, moments: moments, vocabulary: library.vocabulary, people: own.people),
      AgreementFigures(report, moments: moments), remarks
    )
  }

  /// One of the meeting's own people listened again, beside what they tagged in it; and perhaps more than once.
  private static func toldApart(
    _ observers: [ObserverJournal], in people: People
  ) -> [(name: String, state: MeetingState)] {
    var seen: [String: Int] = [:]
    return observers.map { observer in
      let isOneOfThem = people.roles.contains { people.name($0) == observer.name }
      let name = isOneOfThem ? Reflection.Other(name: observer.name, state: observer.state).label : observer.name
      seen[name, default: 0] += 1
      let pass = seen[name] ?? 1
      return (pass == 1 ? name : "\(name) (\(pass))", observer.state)
    }
  }
}

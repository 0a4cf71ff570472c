import AudioPlayback
import Coaching
import TalkAnalysis

/// Places of a meeting that one can go to when listening again, in seconds of its audio, ascending.
struct ReviewPlaces {
  enum Kind: String, CaseIterable {
    case turn, moment, challenge, untagged
  }

  /// A stretch in which there is nothing to hear.
  struct Silence: Equatable {
    enum Reason { case offRecord, takenOut, lost }
    var from: Double
    var to: Double
    var why: Reason
  }

  /// Talk of so many seconds in which nobody began a turn is worth another look: a pair tags about a turn a minute.
  static let longTalk = 60.0

  private(set) var places: [Kind: [Double]] = [:]
  let silences: [Silence]
  private let length: Double

  /// `own` is what the person who listens has set down so far.
  init(_ meeting: MeetingState, own: MeetingState, length: Double) {
    self.length = length
    let end = max(length, meeting.lastTime)
    silences =
      (meeting.pauses.map { Silence(from: $0.from, to: $0.to ?? end, why: .offRecord) }
      + meeting.redactions.map { Silence(from: $0.from, to: $0.to, why: .takenOut) }
      + meeting.gaps.filter { $0.seconds >= 1 }.map { Silence(from: $0.from, to: $0.from + $0.seconds, why: .lost) })
      .sorted { $0.from < $1.from }
    let measures = TalkMeasures(meeting, duration: length)
    places[.challenge] = measures.patterns.challenges.filter { $0.answers.isEmpty && $0.hadTime }.map(\.place.t)
    take(own, beside: meeting)
  }

  /// Takes in what the person who listens has set down since.
  mutating func take(_ own: MeetingState, beside meeting: MeetingState) {
    let entries = meeting.entries + own.entries
    let turns = (meeting.turns + own.turns).map(\.t).sorted()
    places[.turn] = turns
    places[.moment] = entries.compactMap { if case .moment = $0.kind { $0.t } else { nil } }.sorted()
    let bounds = ([0, length] + turns + silences.flatMap { [$0.from, $0.to] }).sorted()
    places[.untagged] = zip(bounds, bounds.dropFirst()).filter { from, to in
      to - from >= Self.longTalk && silence(at: (from + to) / 2) == nil
    }.map(\.0)
  }

  func silence(at second: Double) -> Silence? {
    silences.first {
      $0.why == .takenOut
        ? Redaction(from: $0.from, to: $0.to).covers(second) : $0.from <= second && second < $0.to
    }
  }
}

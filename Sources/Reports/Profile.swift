import Coaching
import PromptLibrary
import TalkAnalysis

/// What came up in one dimension, and what did not.
struct Profile {
  struct Count {
    var speaker: Speaker
    var places: [Page.Place]
  }

  struct Row {
    var title: String
    /// By column, in the order of ``Profile/columns``.
    var counts: [Count]
    var places: [Page.Place]
  }

  var title: String
  var significance: String
  /// Headings of the counts: the speakers; one where each value is itself a speaker.
  var columns: [String]
  /// Only values that came up.
  var rows: [Row]
  /// Values that did not, by their names.
  var absent: [String]
  /// What the values mean.
  var meanings: [(title: String, meaning: String)]

  /// Of the table; the first column needs none.
  var headings: [String] { [""] + columns + ["When"] }
}

extension Reflection {
  /// In the order in which they are shown.
  static let profileOrder: [Dimension] = [
    .initiation, .function, .subject, .scale, .time, .stimulus, .tone, .coConstruction,
  ]

  var profiles: [Profile] { Self.profileOrder.map(profile) }

  func profile(_ dimension: Dimension) -> Profile {
    let entry = vocabulary.entry(dimension)
    let all = measures.profile(dimension, functions: vocabulary.functions)
    let isBySpeaker = dimension == .initiation || dimension == .coConstruction
    let speakers = self.speakers
    let rows = all.filter { !$0.turns.isEmpty }.map { row in
      Profile.Row(
        title: title(dimension, row.code),
        counts: (isBySpeaker ? Speaker.allCases.filter { $0.rawValue == row.code } : speakers).map { speaker in
          Profile.Count(speaker: speaker, places: row.turns.filter { $0.turn.by == speaker }.map(\.place))
        },
        places: row.turns.map(\.place))
    }
    let expected = isBySpeaker ? [Speaker.coach, .coachee].map(\.rawValue) : all.map(\.code)
    let absent = expected.filter { code in all.contains { $0.code == code && $0.turns.isEmpty } }
    return Profile(
      title: entry?.title ?? dimension.rawValue, significance: (entry?.significance ?? "").withoutCodeMarks,
      columns: isBySpeaker ? ["Turns"] : speakers.map(people.name),
      rows: rows, absent: absent.map { title(dimension, $0) },
      meanings: (entry?.values ?? []).filter { !$0.meaning.isEmpty }.map {
        ($0.title, $0.meaning.withoutCodeMarks)
      })
  }

  /// Who is listed: the pair, and others who said something that was tagged.
  var speakers: [Speaker] {
    Speaker.allCases.filter { speaker in
      speaker == .coach || speaker == .coachee || measures.turns.contains { $0.turn.by == speaker }
    }
  }

  /// The tagged turns by speaker, in a sentence.
  var turnsInWords: String {
    let parts = speakers.map { speaker in
      "\(measures.turns.count { $0.turn.by == speaker }) by "
        + (speaker == .both ? "both at once" : people.name(speaker))
    }
    let turns = measures.turns.count == 1 ? "1 turn was" : "\(measures.turns.count) turns were"
    return "\(turns) tagged: " + parts.joined(separator: ", ") + "."
  }
}

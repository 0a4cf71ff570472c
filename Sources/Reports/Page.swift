import Coaching
import TalkAnalysis

/// What a reflection says, in its order. ``Reflection/markdown`` and ``Reflection/html`` are two ways to set it.
struct Page {
  struct Section {
    /// Names the section within the page.
    var id: String
    var title: String
    var blocks: [Block]
  }

  enum Block {
    case heading(String)
    case text(String)
    /// Something said in passing: a hint, a caution.
    case aside(String)
    /// A question that was asked, over what was answered.
    case question(String)
    case entries([Entry])
    case timeline
    /// With the largest count in any profile: bars are drawn to one scale.
    case profile(Profile, of: Int)
    case challenge(Challenge)
    case pattern(Pattern)
    case matrix(Matrix)
    case signs(SignLevel)
    case comparison(Comparison)
    case turns([TurnRow])
  }

  /// Something set down at a time.
  struct Entry {
    var number: Int
    /// Whose journal it stands in: 0 is the meeting's own.
    var journal = 0
    var t: Double
    var text: String
    var detail: String?

    /// Names it within the page.
    var id: String { journal == 0 ? "e\(number)" : "o\(journal)-\(number)" }
  }

  struct Challenge {
    static let behind = "Look back at"

    var title: String
    var audience: String
    var reason: String
    var attempt: String
    var sentence: String
    var source: String
    var places: [Place]
  }

  /// A time and the number of what was set down then.
  typealias Place = TalkAnalysis.Place

  /// Something found in the talk, with where.
  struct Pattern {
    var title: String?
    var text: String
    var places: [Place]
  }

  /// How often each of `names` was followed by each.
  struct Matrix {
    struct Cell {
      var count = 0
      /// Of these, where the coach spoke first.
      var fromCoach = 0
      var fromCoachee = 0
    }

    var names: [String]
    /// By what came first, then by what followed.
    var cells: [[Cell]]
  }

  struct SignLevel {
    var title: String
    var sentence: String
    var signs: [SignRow]
  }

  struct SignRow {
    var verdict: SignFinding.Verdict
    var title: String
    var sentence: String
    var rule: String
    var places: [Place]
  }

  /// Things side by side: a heading and a column each.
  struct Comparison {
    var caption: String
    var headings: [String]
    var rows: [[String]]
  }

  /// One tagged turn, in words.
  struct TurnRow {
    var place: Place
    var speaker: Speaker
    var who: String
    var functions: String
    var others: String
    var note: String
  }

  static let turnHeadings = ["Time", "Who", "Function", "Also", "Note"]

  var title: String
  var privacy: String
  var facts: [(name: String, value: String)]
  var sections: [Section]
}

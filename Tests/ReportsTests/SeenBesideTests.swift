import Coaching
import Foundation
import PromptLibrary
import Testing

@testable import Reports

/// What an observer's journal adds to the pair's reflection.
@Suite struct SeenBesideTests {
  /// A pair's meeting: a question at 10 s, an explanation at 20 s, a challenge at 40 s, off the record from 60 to 80 s.
  static func pair() -> SampleMeeting {
    var meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben", observer: "Cleo"))
    meeting.add(10, .turn(Turn(by: .coach, functions: [.question], tone: .positive)))
    meeting.add(20, .turn(Turn(by: .coachee, functions: [.explanation], scale: .moment)))
    meeting.add(40, .turn(Turn(by: .coach, functions: [.challenge], note: "ours")))
    meeting.add(60, .paused)
    meeting.add(80, .resumed)
    meeting.add(100, .ended(.closed))
    return meeting
  }

  static func other(
    _ kinds: [(Double, Event.Kind)], by name: String = "Cleo", how: Event.Observing = .live
  ) -> Reflection.Other {
    var meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben", observer: "Cleo"))
    meeting.add(0, .observing(name: name, how: how))
    for (t, kind) in kinds { meeting.add(t, kind) }
    return Reflection.Other(name: name, state: MeetingState(events: meeting.events)!)
  }

  static func reflection(_ others: [Reflection.Other]) -> Reflection {
    Reflection(
      MeetingState(events: pair().events)!, meeting: MeetingID("1-post")!,
      audio: .recorded(file: "audio.flac", seconds: 100), library: SampleMeeting.library, others: others)
  }

  @Test func `feedback stands beside the turn it is about, with its time and who gave it`() throws {
    let reflection = Self.reflection([
      Self.other([(25, .feedback(text: "he found his own words")), (30, .moment(text: nil))])
    ])
    let markdown = reflection.markdown
    #expect(markdown.contains("### Feedback from Cleo"))
    #expect(
      markdown.contains("- **0:25** he found his own words (During the turn of Ben at 0:20: explanation)"))
    let row = try #require(markdown.split(separator: "\n").first { $0.hasPrefix("| 0:20") })
    #expect(row.contains("Cleo, 0:25: he found his own words"))
    let page = try Parsed(reflection.html)
    #expect(page.all("g") { $0.attributes["class"] == "mark" && $0.attributes["data-goto"] == "#o1-4" }.count == 2)
    #expect(page.all("p") { $0.attributes["class"] == "said" }.map(\.text).contains("he found his own words"))
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count && ids.contains("o1-4") && ids.contains("o2-1"))
  }

  @Test func `an observer's view has what they gave, and no word that the pair wrote for itself`() {
    var meeting = Self.pair()
    for (t, kind) in [
      (41, .note(text: "noted", prompt: nil)), (42, .moment(text: "marked")), (43, .action(text: "planned")),
      (44, .stimulus(.video, text: "brought", from: nil, to: nil)),
    ] as [(Double, Event.Kind)] { meeting.add(t, kind) }
    let reflection = Reflection(
      MeetingState(events: meeting.events)!, meeting: MeetingID("1-post")!,
      audio: .recorded(file: "audio.flac", seconds: 100), library: SampleMeeting.library,
      others: [
        Self.other([(25, .feedback(text: "he found his own words"))]),
        Self.other([(26, .feedback(text: "my own ear")), (70, .moment(text: nil))], by: "Anna", how: .review),
      ])
    let theirs = ["ours", "noted", "marked", "planned", "brought", "audio.flac", "my own ear", "listening again"]
    for word in theirs { #expect(reflection.markdown.contains(word), "\(word)") }
    let view = reflection.markdown(for: .observer)
    for word in theirs { #expect(!view.contains(word), "\(word)") }
    #expect(view.contains("For Cleo, who observed") && view.contains("| 0:20 | Ben | Explanation |"))
    #expect(view.contains("- **0:25** he found his own words (During the turn of Ben at 0:20: explanation)"))
  }

  @Test func `each of the pair sees what is suggested to them, and to both`() {
    let reflection = SampleMeeting.full.reflection()
    let audiences = Set(reflection.challenges.map(\.challenge.audience))
    #expect(audiences.count > 1)
    for (viewer, other) in [(Role.coach, Challenge.Audience.coachee), (.coachee, .coach)] {
      let view = reflection.markdown(for: viewer)
      for suggested in reflection.challenges {
        #expect(view.contains(suggested.challenge.title) == (suggested.challenge.audience != other))
      }
      #expect(view.contains("## In your own words"))
    }
  }

  @Test func `what was tagged differently becomes a question, the most telling first, and only a few of them`() {
    let differing: [(Double, Event.Kind)] = [
      (10.5, .turn(Turn(by: .coach, functions: [.question], tone: .negative))),
      (20.5, .turn(Turn(by: .coachee, functions: [.explanation], scale: .theme))),
      (40.5, .turn(Turn(by: .coach, functions: [.question]))), (50, .moment(text: nil)),
      (55, .turn(Turn(by: .coachee, functions: [.dissonance]))),
      (57.5, .turn(Turn(by: .coachee, functions: [.newIdea]))),
    ]
    let lines = Self.reflection([Self.other(differing)]).markdown.split(separator: "\n").map(String.init)
    let from = (lines.firstIndex { $0.contains("Heard differently") } ?? 0) + 1
    let asked = lines[from...].drop { !$0.hasPrefix("-") }.prefix { $0.hasPrefix("-") }
    #expect(
      asked == [
        "- **0:40** You tagged a challenge, Cleo a question: what was it meant to do?",
        "- **0:50** Cleo marked a critical moment, and you did not: what was in it?",
        "- **0:55** Cleo heard dissonance from Ben, and you tagged nothing: what was going on?",
        "- **0:57** Cleo heard a new idea from Ben, and you tagged nothing: what was going on?",
        "- **0:10** The tone was positive to you, negative to Cleo: how did it feel?",
      ])
  }

  @Test func `where all agree, nothing is asked`() {
    let same: [(Double, Event.Kind)] = [
      (11, .turn(Turn(by: .coach, functions: [.question]))), (21, .turn(Turn(by: .coachee, functions: [.explanation]))),
      (41, .turn(Turn(by: .coach, functions: [.challenge]))),
    ]
    let markdown = Self.reflection([Self.other(same)]).markdown
    // It was made from two journals now, and says so.
    let alone = Self.reflection([]).markdown
    #expect(markdown.split(separator: "\n").dropLast() == alone.split(separator: "\n").dropLast())
  }

  @Test func `an observer's notes, and all that fell off the record, stay out`() {
    let reflection = Self.reflection([
      Self.other([
        (25, .note(text: "private thought", prompt: nil)), (65, .feedback(text: "overheard")),
        (70, .turn(Turn(by: .coachee, functions: [.challenge], note: "overheard"))), (75, .moment(text: "overheard")),
        (85, .turn(Turn(by: .coach, functions: [.explanation], note: "mumbled"))),
      ])
    ])
    for page in [reflection.markdown, reflection.html] {
      for words in ["private thought", "overheard", "mumbled"] { #expect(!page.contains(words)) }
    }
    // Tags there would show by their times.
    for time in ["1:05", "1:10", "1:15"] { #expect(!reflection.markdown.contains(time)) }
  }

  @Test func `two observers and one who listened again are told apart`() {
    let again = Self.other([(41, .feedback(text: "I rushed"))], by: "Anna", how: .review)
    let markdown = Self.reflection([Self.other([(12, .feedback(text: "good pause"))]), again]).markdown
    #expect(markdown.contains("### Feedback from Cleo\n\n- **0:12** good pause"))
    #expect(markdown.contains("### Feedback from Anna (listening again)\n\n- **0:41** I rushed"))
  }

  @Test(arguments: ReflectionTests.hostile)
  func `hostile feedback and names stay text`(text: String) throws {
    func page(_ text: String) -> Reflection {
      Self.reflection([
        Self.other(
          [(25, .feedback(text: text)), (41, .turn(Turn(by: .coach, functions: [.init(rawValue: text)])))], by: text)
      ])
    }
    let (plain, hostile) = (try Parsed(page("x").html), try Parsed(page(text).html))
    #expect(hostile.elements.map(\.name) == plain.elements.map(\.name))
    for sign in ["<", "[", "`"] {
      #expect(!page(text).markdown.replacing("\\" + sign, with: "").contains(sign))
    }
  }
}

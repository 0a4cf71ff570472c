import Coaching
import Foundation
import Testing

@Suite struct RedactionTests {
  @Test(arguments: [
    ("12:40-13:10", 760.0, 790.0), ("0-1", 0, 1), ("1:00:00-1:00:00.5", 3600, 3600.5), ("90–100", 90, 100),
  ])
  func `a stretch is two times`(text: String, from: Double, to: Double) {
    #expect(Redaction(text) == Redaction(from: from, to: to))
  }

  @Test(arguments: ["", "12:40", "12:40-", "-12:40", "13:10-12:40", "12:40-12:40", "1-2-3", "a-b", "-1-2", "1:60-2:00"])
  func `what is no stretch is refused`(text: String) {
    #expect(Redaction(text) == nil)
  }

  @Test func `both ends are in it, and all of the second that it ends in`() {
    let whole = Redaction(from: 10, to: 20)
    #expect([9.9999, 10, 20, 20.9, 21].map(whole.covers) == [false, true, true, true, false])
    let fine = Redaction(from: 10.5, to: 20.5)
    #expect([10.4999, 10.5, 20.5, 20.5001].map(fine.covers) == [false, true, true, false])
  }

  @Test func `a tag keeps its code and loses its words, and what is only words goes`() {
    let turn = Turn(by: .coach, functions: [.question], new: true, subject: "secret", tone: .negative, note: "secret")
    let bare = Turn(by: .coach, functions: [.question], new: true, tone: .negative)
    #expect(Event.Kind.turn(turn).withoutWords == .turn(bare))
    #expect(Event.Kind.moment(text: "secret").withoutWords == .moment(text: nil))
    #expect(
      Event.Kind.stimulus(.video, text: "secret", from: 1, to: 2).withoutWords
        == .stimulus(.video, text: nil, from: 1, to: 2))
    #expect(
      Event.Kind.evidence(.notes, text: "secret", from: 1, to: nil).withoutWords
        == .evidence(.notes, text: "", from: 1, to: nil))
    for kind: Event.Kind in [
      .note(text: "secret", prompt: "p"), .feedback(text: "secret"), .action(text: "secret"), .unknown(name: "new"),
      .agreed(key: "k", choices: [], text: "secret"), .themeEntry(collection: "c", text: "secret"),
    ] {
      #expect(kind.withoutWords == .redacted)
    }
    #expect(Event.Kind.undone(3).withoutWords == .undone(3))
    #expect(Event.Kind.chosen(prompt: "p", choices: ["a"]).withoutWords == .chosen(prompt: "p", choices: ["a"]))
  }
}

@Suite struct DayTests {
  @Test(arguments: [
    ("until 31 July 2027", "31 July 2027"), ("2027-07-31", "31 July 2027"), ("Delete by 31/7/2027.", "31 July 2027"),
    ("the 1st of nothing, 2nd Sept 2026, then", "2 September 2026"), ("(29 February 2028)", "29 February 2028"),
    ("film until 1/5/2027, talk until 1/6/2027", "1 June 2027"),
  ])
  func `a date in somebody's own words is found`(text: String, day: String) {
    #expect(Day(in: text)?.description == day)
  }

  @Test(arguments: [
    "", "until we say so", "31 July", "July 2027", "31/2/2027", "2027-13-01", "29 February 2027", "room 12 at 3 2027",
    "7/2027", "1/1/27", "12 ma 2027", "31 July 0228", "31 July +228",
  ])
  func `what is no date is none`(text: String) {
    #expect(Day(in: text) == nil)
  }

  @Test(
    arguments: [
      ("31 August", "31 August"), ("1st jan", "1 January"), ("30  April", "30 April"), ("31 April", nil),
      ("29 February", nil),
      ("August 31", nil), ("0 May", nil), ("31", nil), ("31x May", nil),
    ] as [(String, String?)])
  func `a day of every year is read`(text: String, day: String?) {
    #expect(DayOfYear(text)?.description == day)
  }

  @Test func `the next of it is this year's or the year after's`() throws {
    let end = try #require(DayOfYear("31 August"))
    let day = { try #require(Day(year: $0, month: $1, day: $2)) }
    #expect(end.onOrAfter(try day(2026, 8, 31)) == (try day(2026, 8, 31)))
    #expect(end.onOrAfter(try day(2026, 9, 1)) == (try day(2027, 8, 31)))
    #expect(end.onOrAfter(try day(2026, 1, 1)) == (try day(2026, 8, 31)))
  }
}

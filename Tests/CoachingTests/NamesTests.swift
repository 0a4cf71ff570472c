import Coaching
import Testing

@Suite struct MeetingIDTests {
  @Test func `every name is read back`() {
    for cycle in [1, 2, 10, 9999] {
      for stage in Stage.allCases {
        for round in [1, 2, 11] {
          let id = MeetingID(cycle: cycle, stage: stage, round: round)
          #expect(MeetingID("\(id)") == id)
        }
      }
    }
  }

  @Test func `the first meeting of a stage has no number`() {
    #expect("\(MeetingID(cycle: 1, stage: .post))" == "1-post")
    #expect("\(MeetingID(cycle: 12, stage: .pre, round: 3))" == "12-pre-3")
  }

  @Test(arguments: [
    "", "1", "post", "1-", "-post", "1-post-", "1-post-0", "1-post-1", "1-post-01", "01-post", "+1-post", "0-post",
    "-1-post",
    "1-Post", "1-post ", " 1-post", "1-post-2-3", "1-post-x", "1--post", "1_post", "1-lunch", "٣-post",
    "99999999999999999999-post", "1-post-99999999999999999999", "1-post/..", "latest",
  ])
  func `what is not the name of a meeting is none`(text: String) {
    #expect(MeetingID(text) == nil)
  }

  @Test func `meetings are in the order of their cycle, stage and round`() {
    let ordered = ["1-pre", "1-lesson", "1-post", "1-post-2", "1-post-10", "1-review", "2-pre", "10-pre"]
    let ids = ordered.compactMap { MeetingID($0) }
    #expect(ids.count == ordered.count)
    #expect(ids.reversed().sorted() == ids)
  }
}

@Suite struct PeopleTests {
  let pair = People(coach: "Anna", coachee: "Ben")
  let triad = People(coach: "Anna", coachee: "Änne", observer: "Annabel")

  @Test(arguments: [
    ("coach", [Role.coach]), ("Coachee", [.coachee]), ("ANNA", [.coach]), ("b", [.coachee]), ("observer", []),
    ("x", []),
    ("Anna ", []), ("annab", []), ("", []),
  ])
  func `a person of a pair is found by role, name, or its beginning`(text: String, roles: [Role]) {
    #expect(pair.roles(matching: text) == roles)
  }

  @Test(arguments: [
    ("anna", [Role.coach]), ("ann", [.coach, .observer]), ("annab", [.observer]), ("ÄNN", [.coachee]),
    ("observer", [.observer]), ("", []),
  ])
  func `a whole name comes before the beginning of another`(text: String, roles: [Role]) {
    #expect(triad.roles(matching: text) == roles)
  }

  @Test func `two people of one name are both meant`() {
    #expect(People(coach: "Kim", coachee: "kim").roles(matching: "Kim") == [.coach, .coachee])
  }

  @Test func `the word of a role comes before a name, where the role is filled`() {
    #expect(People(coach: "Coachee", coachee: "Ben").roles(matching: "coachee") == [.coachee])
    #expect(People(coach: "Observer", coachee: "Ben").roles(matching: "observer") == [.coach])
  }

  @Test func `names are put into sentences`() {
    #expect(pair.sentence == "Anna and Ben")
    #expect(triad.sentence == "Anna, Änne and Annabel")
    #expect(pair.name(Speaker.both) == "Anna and Ben")
    #expect(pair.name(Speaker.observer) == "the observer")
    #expect(pair.name(Role.observer) == nil)
    #expect(Role.allCases.map { triad.name($0) } == Speaker.allCases.dropLast().map { triad.name($0) })
  }

  @Test func `the observer's role is there when somebody fills it`() {
    #expect(pair.roles == [.coach, .coachee])
    #expect(triad.roles == [.coach, .coachee, .observer])
  }
}

@Suite struct NearestNameTests {
  let names = ["note", "next", "pause", "quit"]

  @Test(arguments: [
    ("nxet", "next"), ("NOTE", "note"), ("paus", "pause"), ("qit", "quit"), ("pauuse", "pause"), ("nest", "next"),
  ])
  func `a slip of the fingers is understood`(text: String, name: String) {
    #expect(text.nearest(in: names) == name)
  }

  @Test(arguments: ["", "x", "zz", "begin", "somethingelse", "🙂"])
  func `what is near nothing is not guessed at`(text: String) {
    #expect(text.nearest(in: names) == nil)
  }

  @Test func `with no names there is no name`() {
    #expect("note".nearest(in: []) == nil)
  }
}

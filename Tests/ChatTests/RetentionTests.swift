import Coaching
import Foundation
import PromptLibrary
import SessionJournal
import Testing

@testable import Chat

@Suite struct RetentionTests {
  let today = Day(Date())

  /// A pair whose meeting, held today, is closed and has sound.
  private func pair(agreed keep: String?) -> Room {
    let room = Room(isInteractive: false)
    room.type("/new coach=Anna coachee=Ben")
    if let keep { room.type("/agree keep=\"\(keep)\"") }
    room.type("/begin post", "/t explanation", "/end")
    record(room, "1-post")
    _ = room.heard()
    return room
  }

  private func record(_ room: Room, _ id: String) {
    let path = room.facilitator.archive.audioPath(MeetingID(id)!)
    try! Data("sound".utf8).write(to: URL(fileURLWithPath: path))
  }

  private func due(_ room: Room, on day: Day) -> [String] {
    Retention.due(room.facilitator.archive, room.facilitator.library, today: day).map { "\($0.meeting)" }
  }

  private func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day {
    try #require(Day(year: year, month: month, day: day))
  }

  private var tomorrow: Day { Day(Date().addingTimeInterval(86_400)) }
  private let never = Day(year: 9999, month: 12, day: 31)!

  @Test func `once the reflection has been read it is due, but not on the same day`() throws {
    let room = pair(agreed: "reflection")
    #expect(due(room, on: today) == [])
    #expect(due(room, on: tomorrow) == ["1-post"])
    // What has not been reflected is not due.
    try FileManager.default.removeItem(atPath: room.facilitator.archive.markdownPath(MeetingID("1-post")!))
    #expect(due(room, on: tomorrow) == [])
  }

  @Test func `a cycle is over when the same pair has begun another`() {
    let room = pair(agreed: "cycle")
    room.type("/new coach=Anna coachee=Cleo")
    #expect(due(room, on: never) == [])
    room.type("/new coach=anna coachee=Ben")
    #expect(due(room, on: today) == ["1-post"])
  }

  @Test(arguments: ["term", "year"]) func `a term and a year end on the days in the prompt file`(key: String) throws {
    let room = pair(agreed: key)
    let options = try #require(room.facilitator.library.agreement?.prompts.first { $0.id == "keep" }?.choices?.options)
    let days = try #require(options.first { $0.key == key }).lastDays.map(\.description)
    #expect(days == (key == "term" ? ["31 December", "30 April", "31 August"] : ["31 August"]))
    let ends = days.compactMap { DayOfYear($0)?.onOrAfter(today) }
    let end = try #require(ends.min())
    #expect(due(room, on: end) == [])
    #expect(due(room, on: Day(year: end.year, month: end.month % 12 + 1, day: 1)!.after(end)) == ["1-post"])
  }

  @Test func `a date in their own words counts, and words without one never do`() throws {
    let room = pair(agreed: "until 31 July 2031, then gone")
    #expect(due(room, on: try day(2031, 7, 31)) == [])
    #expect(due(room, on: try day(2031, 8, 1)) == ["1-post"])
    #expect(due(pair(agreed: "as long as we like"), on: never) == [])
    #expect(due(pair(agreed: nil), on: never) == [])
  }

  @Test func `the last agreement counts`() throws {
    let room = pair(agreed: "1/1/2020")
    #expect(due(room, on: today) == ["1-post"])
    room.type("/agree keep=\"we will see\"")
    #expect(due(room, on: today) == [])
    room.type("/agree keep=2020-01-01")
    #expect(due(room, on: today) == ["1-post"])
    room.type("/agree keep=\"\"")
    #expect(due(room, on: today) == [])
  }

  @Test func `a meeting that goes on, or has no sound, is not due`() throws {
    let room = pair(agreed: "1/1/2020")
    room.type("/begin post")
    record(room, "1-post-2")
    #expect(due(room, on: today) == ["1-post"])
    try FileManager.default.removeItem(atPath: room.facilitator.archive.audioPath(MeetingID("1-post")!))
    #expect(due(room, on: today) == [])
  }

  @Test func `it is asked once at the start, and a yes deletes the sound and nothing else`() throws {
    let before = pair(agreed: "1/1/2020")
    let archive = before.facilitator.archive
    let room = Room(restarting: before)
    room.facilitator.open()
    #expect(room.heard().contains("is over: 1-post (\(today)). Shall I delete the sound for good?"))
    room.type("perhaps")
    #expect(FileManager.default.fileExists(atPath: archive.audioPath(MeetingID("1-post")!)))
    _ = room.heard()
    room.type("yes")
    #expect(room.heard().contains("Deleted: the sound of 1-post."))
    #expect(archive.soundFiles(MeetingID("1-post")!).isEmpty)
    #expect(room.journal.last?.kind == .audioDeleted)
    #expect(try String(contentsOfFile: archive.markdownPath(MeetingID("1-post")!), encoding: .utf8).contains("deleted"))
    let again = Room(restarting: before)
    again.facilitator.open()
    #expect(!again.heard().contains("Shall I delete"))
  }

  @Test(arguments: ["later", "", "no"]) func `later is fine`(answer: String) {
    let before = pair(agreed: "1/1/2020")
    let room = Room(restarting: before)
    room.facilitator.open()
    room.type(answer)
    #expect(room.heard().contains("coachtalk forget 1-post --sound"))
    room.type("/help")
    #expect(!room.heard().contains("Shall I delete"))
    #expect(!room.facilitator.archive.soundFiles(MeetingID("1-post")!).isEmpty)
  }

  @Test func `with nobody to ask nothing is asked and nothing goes`() {
    let before = pair(agreed: "1/1/2020")
    let room = Room(isInteractive: false, restarting: before)
    room.facilitator.open()
    #expect(!room.heard().contains("Shall I"))
    #expect(!room.facilitator.archive.soundFiles(MeetingID("1-post")!).isEmpty)
  }
}

extension Day {
  /// This day, in the year that makes it later than `day`.
  fileprivate func after(_ day: Day) -> Day { self > day ? self : Day(year: year + 1, month: month, day: self.day)! }
}

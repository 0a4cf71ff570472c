import Foundation
import TestSupport
import Testing

/// Three windows beside one another: a pair's meeting with sound, its observer, and others who would like to.
@Suite struct ObserveTests {
  static let opening = [
    "/new coach=Anna coachee=Ben observer=Cleo", "/consent Anna yes", "/consent Ben yes", "/consent Cleo yes",
    "/begin post",
  ]

  func said(_ program: Program, _ text: String) async throws {
    try #require(await eventually { program.shown.contains(text) }, "\(text): \(program.shown)\(program.complaints)")
  }

  /// What an observer of that name has in the folder, as it stands there.
  func own(_ meeting: RecordedMeeting, _ name: String = "Cleo") throws -> [[String: Any]] {
    try journal(meeting.path + "/observer-\(name).jsonl")
  }

  func observe(_ meeting: RecordedMeeting, _ words: String...) throws -> Program {
    try Program(["--recordings", meeting.folder.recordings, "observe"] + words)
  }

  @Test func `an observer's tags fall where the pair's do, and the reflection holds both`() async throws {
    let meeting = try RecordedMeeting()
    let pair = try Program(meeting.place, environment: meeting.room.environment)
    defer { pair.signal(SIGKILL) }
    // Before anybody has begun, and before everybody has agreed.
    let early = try observe(meeting).finish()
    #expect(early.status == 66 && early.errors.contains("No meeting is running"))
    for line in Self.opening { pair.type(line) }
    try await said(pair, "1 of ")
    let cleo = try observe(meeting)
    defer { cleo.signal(SIGKILL) }
    try await said(cleo, "You are observing 1-post, Cleo")
    try await said(cleo, "They are being recorded")
    let (dan, twice) = (try observe(meeting, "--name", "Dan").finish(), try observe(meeting, "1-post").finish())
    #expect(dan.status == 65 && dan.errors.contains("not whom the pair"))
    #expect(twice.status == 74 && twice.errors.contains("in another window"))

    // At the same moments in both windows, over several readings of the clock.
    for number in 1...5 {
      pair.type("/t explanation : pair \(number)")
      cleo.type("/t challenge : observer \(number)")
      try await said(cleo, "Ben: challenge")
      try await Task.sleep(for: .milliseconds(1100))
    }
    cleo.type("/feedback you waited for him")
    try await said(cleo, "feedback from Cleo")
    pair.type("/pause")
    try await said(cleo, "They are off the record")
    cleo.type("/t question : whispered")
    try #require(await eventually { cleo.complaints.contains("The pair is off the record") })
    pair.type("/resume", "/next")
    try await said(cleo, "one piece of evidence between us")
    pair.type("/end", "/quit")
    let (ended, left) = (pair.finish(), cleo.wait())
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(left.output.contains("has ended 1-post") && left.output.contains("is in the pair's reflection now"))
    // One line was refused.
    #expect(left.status == 65)

    let theirs = try meeting.events("turn").compactMap { $0["t"] as? Double }
    let mine = try own(meeting).filter { $0["event"] as? String == "turn" }.compactMap { $0["t"] as? Double }
    #expect(theirs.count == 5 && mine.count == 5)
    let apart = zip(theirs, mine).map { abs($0 - $1) }.sorted()
    print("pair's and observer's tags of one moment: \(apart[2]) s apart in the median, \(apart[4]) s at most")
    // Both are read when the scheduler likes; a clock that is wrong is wrong in every one of them.
    #expect(apart[0] < 0.02, "\(apart)")
    #expect(try own(meeting).last?["event"] as? String == "ended")
    let reflection = meeting.folder.text("Recordings/cycle-1/1-post/reflection.md")
    for words in ["Feedback from Cleo", "you waited for him", "Heard differently", "Cleo a challenge", "pair 5"] {
      #expect(reflection.contains(words))
    }
    #expect(!reflection.contains("whispered") && !reflection.contains("observer 1"))
    // Nothing is left of the clock, nothing strange is in the folder, and what works on a meeting still does.
    let files = try FileManager.default.contentsOfDirectory(atPath: meeting.path).sorted()
    #expect(
      files == ["audio.flac", "journal.jsonl", "observer-Cleo.jsonl", "reflection.html", "reflection.md"])
    let place = ["--recordings", meeting.folder.recordings]
    let agree = try Program.run(place + ["agree", "1-post"])
    #expect(agree.status == 0 && agree.output.contains("Anna and Ben, beside Cleo: 5 turns are in both"))
    #expect(try Program.run(place + ["recover"]).output.contains("Nothing was left open"))
    let redact = try Program.run(
      place + ["redact", "1-post", "0-\(Int(try #require(try meeting.times("ended").first)))", "--yes"])
    #expect(redact.status == 0, "\(redact.errors)")
    #expect(try !String(contentsOfFile: meeting.path + "/observer-Cleo.jsonl", encoding: .utf8).contains("observer 1"))
    #expect(!meeting.folder.text("Recordings/cycle-1/1-post/reflection.md").contains("you waited for him"))
    #expect(try Program.run(place + ["forget", "1-post", "--yes"]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: meeting.path))
  }

  @Test func `an observer killed at any moment loses nothing that was acknowledged, and harms nothing`() async throws {
    let meeting = try RecordedMeeting()
    let pair = try Program(meeting.place, environment: meeting.room.environment)
    defer { pair.signal(SIGKILL) }
    for line in Self.opening { pair.type(line) }
    try await said(pair, "1 of ")
    var kept = 0
    for life in 1...3 {
      let cleo = try observe(meeting)
      try await said(cleo, "You are observing")
      #expect(cleo.shown.contains("Welcome back") == (life > 1))
      let end = SuspendingClock.now + .milliseconds(Int.random(in: 100...600))
      var number = 0
      while SuspendingClock.now < end {
        number += 1
        cleo.type("/c challenge : \(life).\(number)")
        try await Task.sleep(for: .milliseconds(20))
      }
      cleo.signal(SIGKILL)
      let killed = cleo.wait()
      let acknowledged = killed.output.components(separatedBy: "Anna: challenge").count - 1
      let notes = try own(meeting).compactMap { $0["note"] as? String }.filter { $0.hasPrefix("\(life).") }
      #expect(notes.count >= acknowledged)
      #expect(notes == (1...max(1, notes.count)).prefix(notes.count).map { "\(life).\($0)" })
      kept += notes.count
    }
    // Half a line, as a kill in the middle of a write leaves it.
    let file = try #require(FileHandle(forWritingAtPath: meeting.path + "/observer-Cleo.jsonl"))
    try file.seekToEnd()
    try file.write(contentsOf: Data(#"{"at":"2026"#.utf8))
    try file.close()
    pair.type("/t explanation : still here")
    try await said(pair, "Ben: explanation")
    let again = try observe(meeting)
    try await said(again, "All \(kept) things")
    again.type("/feedback back again")
    try await said(again, "feedback from Cleo")
    again.type("/quit")
    let left = again.wait()
    #expect(left.status == 0 && left.output.contains("To go on"))
    pair.type("/end", "/quit")
    #expect(pair.finish().status == 0)
    let reflection = meeting.folder.text("Recordings/cycle-1/1-post/reflection.md")
    #expect(reflection.contains("still here") && reflection.contains("back again"))
    #expect(try meeting.lengthForReaders() > 48_000)
    let gone = try observe(meeting, "1-post").finish()
    #expect(gone.status == 66 && gone.errors.contains("1-post is not running"))
  }

  @Test func `a no that is said meanwhile ends observing, and a meeting that was killed is told`() async throws {
    let folder = Program.Folder()
    let place = ["--recordings", folder.recordings, "--device", "none"]
    let pair = try Program(place)
    defer { pair.signal(SIGKILL) }
    for line in Self.opening.dropLast() where !line.contains("Cleo yes") { pair.type(line) }
    pair.type("/begin post")
    try await said(pair, "1 of ")
    let refused = try Program(place + ["observe"]).finish()
    #expect(refused.status == 65 && refused.errors.contains("Not everybody in 1-post has agreed yet"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.recordings + "/cycle-1/1-post").allSatisfy {
        !$0.hasPrefix("observer")
      })

    pair.type("/consent Cleo yes")
    try #require(
      await eventually { folder.text("Recordings/cycle-1/cycle.jsonl").components(separatedBy: "consent").count > 3 })
    let cleo = try Program(place + ["observe", "--plain"])
    defer { cleo.signal(SIGKILL) }
    try await said(cleo, "You are observing")
    cleo.type("/c question")
    try await said(cleo, "Anna: question")
    pair.type("/consent Ben no")
    #expect(await eventually { !cleo.isRunning })
    let told = cleo.finish()
    #expect(told.status == 0 && told.output.contains("taken back their yes"))
    #expect(pair.isRunning)

    pair.type("/consent Ben yes")
    try #require(
      await eventually { folder.text("Recordings/cycle-1/cycle.jsonl").components(separatedBy: "consent").count > 5 })
    let back = try Program(place + ["observe"])
    defer { back.signal(SIGKILL) }
    try await said(back, "Welcome back")
    pair.signal(SIGKILL)
    #expect(await eventually { !back.isRunning })
    let stopped = back.finish()
    #expect(stopped.status == 0 && stopped.output.contains("is not running any more"))
    let recovered = try Program.run(place + ["recover"])
    #expect(recovered.status == 0 && recovered.output.contains("I have closed 1-post"))
    #expect(!FileManager.default.fileExists(atPath: folder.recordings + "/cycle-1/1-post/clock.json"))
  }
}

import Foundation
import TestSupport
import Testing

/// An observer on a laptop of their own: other recordings, another clock, and the same room.
@Suite struct AwayTests {
  let elsewhere = Program.Folder()

  func observe(_ meeting: RecordedMeeting, _ words: String...) throws -> Program {
    try Program(
      ["--recordings", elsewhere.recordings, "--device", "room", "observe", "--away"] + words,
      environment: meeting.room.environment)
  }

  private func said(_ program: Program, _ text: String) async throws {
    try #require(await eventually { program.shown.contains(text) }, "\(text): \(program.shown)\(program.complaints)")
  }

  private func folder() throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: elsewhere.recordings)
    try #require(names.count == 1, "\(names)")
    return "\(elsewhere.recordings)/\(names[0])"
  }

  @Test func `what was observed on another laptop is brought in by marks, whatever ended it`() async throws {
    let meeting = try RecordedMeeting()
    let pair = try Program(meeting.place, environment: meeting.room.environment)
    defer { pair.signal(SIGKILL) }
    for line in ObserveTests.opening { pair.type(line) }
    try await said(pair, "1 of ")
    let cleo = try observe(meeting, "--name", "Cleo", "--record")
    defer { cleo.signal(SIGKILL) }
    try await said(cleo, "Recording from the microphone")

    func together(_ line: String, _ other: String, _ answer: String) async throws {
      pair.type(line)
      cleo.type(other)
      try await said(pair, answer)
      try await said(cleo, answer)
    }
    try await together("/mark", "/mark", "marked; do the same once more")
    for number in 1...3 {
      pair.type("/t explanation : pair \(number)")
      cleo.type("/t challenge : observer \(number)")
      try await said(cleo, "the teacher: challenge")
      try await Task.sleep(for: .seconds(2))
    }
    // Their talk off the record is none of this laptop's either.
    try await together("/pause", "/pause", "Off the record")
    cleo.type("/feedback whispered")
    try #require(await eventually { cleo.complaints.contains("off the record") }, "\(cleo.complaints)")
    try await together("/resume", "/resume", "On the record")
    // What comes within the clock's error of that is left out.
    try await Task.sleep(for: .seconds(2))
    cleo.type("/consent Anna no")
    cleo.type("/feedback you waited there")
    try await together("/mark", "/mark", "marked.")
    try #require(cleo.complaints.contains("/consent is for the pair"))
    pair.type("/quit")
    try #require(pair.finish().status == 0)
    cleo.signal(SIGKILL)
    _ = cleo.finish()

    let folder = try folder()
    #expect(folder.contains("/coachtalk-observer-Cleo-"))
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: folder)) == ["observer-Cleo.jsonl", "audio.flac"])
    #expect(try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int == 0o700)
    let written = try String(contentsOfFile: folder + "/observer-Cleo.jsonl", encoding: .utf8)
    // Neither the pair's names nor the meeting's leave the room with the observer.
    #expect(!written.contains("Anna") && !written.contains("Ben") && !written.contains("whispered"))

    let result = try Program.run(
      ["--recordings", meeting.folder.recordings, "merge", "1-post", folder, "--yes"])
    #expect(result.status == 0, "\(result.errors)")
    let own = try meeting.events("turn").map { try #require($0["t"] as? Double) }
    let brought = try journal(meeting.path + "/observer-Cleo.jsonl").filter { $0["event"] as? String == "turn" }
    #expect(own.count == 3 && brought.count == 3)
    // The two lines of a pair were typed one after the other by a test that may have had to wait.
    for (event, t) in zip(brought, own) { #expect(abs(try #require(event["t"] as? Double) - t) < 0.5) }
    let reflection = try String(contentsOfFile: meeting.path + "/reflection.md", encoding: .utf8)
    #expect(reflection.contains("you waited there"))
  }

  @Test func `without a yes nothing is recorded, and without a name nothing begins`() async throws {
    let meeting = try RecordedMeeting()
    let nobody = try observe(meeting).finish()
    #expect(nobody.status == 64 && nobody.errors.contains("--name NAME"))
    #expect(!FileManager.default.fileExists(atPath: elsewhere.recordings))
    let cleo = try observe(meeting, "--name", "Cleo/../x")
    cleo.type("/o question")
    try await said(cleo, "Cleo/../x: question")
    let result = cleo.finish()
    #expect(result.status == 0 && result.output.contains("Fewer than two moments are marked"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder()) == ["observer-Cleo----x.jsonl"])
  }

  @Test func `merge asks before it takes anything, and before it deletes the copy`() async throws {
    let meeting = try RecordedMeeting()
    let pair = try Program(meeting.place, environment: meeting.room.environment)
    for line in ObserveTests.opening { pair.type(line) }
    let cleo = try observe(meeting, "--name", "Cleo")
    for _ in 1...2 {
      try await said(pair, "1 of ")
      try await said(cleo, "No sound is recorded here")
      for program in [pair, cleo] { program.type("/mark") }
      try await Task.sleep(for: .seconds(6))
    }
    cleo.type("/feedback here")
    for program in [cleo, pair] { #expect(program.finish().status == 0) }
    let folder = try folder()
    for (answers, isTaken, isLeft) in [("no\\n", false, true), ("perhaps\\nyes\\nyes\\n", true, false)] {
      // A terminal's other end types the answers.
      let merge = "\(Program.path) --recordings \(meeting.folder.recordings) merge 1-post \(folder)"
      let said = try tool("bash", "-c", "printf '\(answers)' | script -qec '\(merge)' /dev/null").output
      #expect(said.contains("Shall I bring that in?") && said.contains("Shall I delete") == isTaken, "\(said)")
      #expect(FileManager.default.fileExists(atPath: meeting.path + "/observer-Cleo.jsonl") == isTaken)
      #expect(FileManager.default.fileExists(atPath: folder) == isLeft)
    }
  }
}

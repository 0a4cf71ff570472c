import Foundation
import TestSupport
import Testing

/// Meetings with sound that end otherwise than with `/end`: from a real terminal, or beside a second program.
@Suite struct EndingTests {
  /// A terminal of the meeting's room, in which the program has been started.
  private func screen(of meeting: RecordedMeeting, hasJobControl: Bool = false) throws -> TypingTests.Screen {
    let environment = ["ALSA_CONFIG_PATH", "XDG_RUNTIME_DIR", "HOME"].reduce(into: [:]) {
      $0[$1] = meeting.room.environment[$1]
    }
    return try TypingTests.Screen(
      columns: 80, rows: 24, meeting.place, environment: environment, hasJobControl: hasJobControl)
  }

  /// Begins a meeting that is recorded, with one turn in it.
  private func begin(_ screen: TypingTests.Screen) async throws {
    for (line, answer) in [
      ("", "type /new"), ("/new coach=Anna coachee=Ben", "Anna, may your"), ("yes", "Ben, may your"),
      ("yes", "/begin post"), ("/begin post", "has begun"), ("/t explanation", "Ben: explanation"),
    ] {
      if !line.isEmpty { try screen.type(line) }
      try #require(await eventually { screen.text.contains(answer) }, "after '\(line)':\n\(screen.text)")
    }
  }

  enum End: CaseIterable { case terminalClosed, interrupted, terminated }

  @Test(arguments: End.allCases)
  func `closed with its terminal, by Ctrl-C or by a signal, the sound is whole to that moment`(end: End) async throws {
    let meeting = try RecordedMeeting()
    let screen = try screen(of: meeting)
    defer { screen.close() }
    try await begin(screen)
    try await Task.sleep(for: .seconds(1))
    let program = try #require(screen.id)
    switch end {
    case .terminalClosed: screen.close()
    case .interrupted:
      try screen.key("C-c")
      try #require(await eventually { screen.text.contains("Your meeting is running") })
      try screen.key("C-c")
    case .terminated: kill(program, SIGTERM)
    }
    try #require(await eventually { kill(program, 0) != 0 })
    if end != .terminalClosed { #expect(await eventually { screen.text.contains("ended 130") }, "\(screen.text)") }

    let ended = try meeting.events("ended")
    #expect(ended.map { $0["how"] as? String } == ["interrupted"])
    #expect(try meeting.events("recording-stopped").map { $0["why"] as? String } == ["ended"])
    #expect(try meeting.events("turn").count == 1)
    let samples = try meeting.samples()
    #expect(try meeting.lengthForReaders() == samples.count)
    let runs = stretches(samples)
    #expect(runs.count == 1 && runs[0].file.count > samples.count - 8, "\(runs)")
    let t = try #require(ended.first?["t"] as? Double)
    #expect(abs(samples.count - Int(t * 48_000)) <= 960, "\(samples.count) frames, ended at \(t)")
    #expect(meeting.folder.text("Recordings/cycle-1/1-post/reflection.md").contains("explanation"))
    #expect(!FileManager.default.fileExists(atPath: meeting.path + "/journal.jsonl.reserve"))
  }

  @Test func `suspended, the meeting goes on with its recording, and nothing comes between the shell and its keys`()
    async throws
  {
    let meeting = try RecordedMeeting()
    let screen = try screen(of: meeting, hasJobControl: true)
    defer { screen.close() }
    try await begin(screen)
    try screen.key("Tab")
    try #require(await eventually { screen.text.contains("q question") })
    try screen.type("t", enter: false)
    try screen.key("C-z")
    try #require(await eventually { screen.text.contains("Type fg and press") && screen.text.contains("back?") })
    #expect(screen.text.contains("restored"), "\(screen.text)")
    let program = try #require(screen.id)
    #expect(kill(program, 0) == 0)
    try await Task.sleep(for: .seconds(2))
    // Keys of the program's own, typed at the shell.
    try screen.type("cccc")
    try #require(
      await eventually { screen.text.contains("REC 0:") && screen.text.contains("live >") }, "\(screen.text)")
    try screen.type("c", enter: false)
    try #require(await eventually { (try? meeting.events("turn").count) == 3 }, "\(screen.text)")
    try screen.key("Escape")
    try await Task.sleep(for: .seconds(1))
    kill(program, SIGTERM)
    try #require(await eventually { screen.text.contains("ended 130") }, "\(screen.text)")

    #expect(try meeting.events("turn").map { $0["by"] as? String } == ["coachee", "coachee", "coach"])
    #expect(try meeting.events("gap").isEmpty)
    let runs = stretches(try meeting.samples())
    #expect(runs.count == 1, "\(runs)")
    let t = try #require(try meeting.events("ended").first?["t"] as? Double)
    #expect(abs(try meeting.samples().count - Int(t * 48_000)) <= 960 && t > 3)
  }

  @Test func `other programs on a meeting that is being recorded read it and change nothing`() async throws {
    let meeting = try RecordedMeeting()
    try await meeting.begin()
    try await meeting.tag("one")
    let place = meeting.place
    let chat = try Program.run(place, input: "/t summary\n/quit\n", environment: meeting.room.environment)
    #expect(chat.output.contains("running in another window") && chat.status == 65, "\(chat)")
    let recover = try Program.run(place + ["recover"])
    #expect(recover.output.contains("running in another window"), "\(recover)")
    for command in [["list"], ["show", "1-post"], ["analyse", "1-post", "--json"], ["reflect", "1-post"]] {
      let result = try Program.run(place + command)
      #expect(result.status == 0 && result.errors == "", "\(command): \(result)")
    }
    // Another meeting of the same cycle at the same time has a folder, a journal and a sound of its own.
    let second = try Program.run(
      place, input: "/begin post\n/wait 0.5\n/end\n/quit\n", environment: meeting.room.environment)
    #expect(second.output.contains("1-post-2 is closed"), "\(second)")
    try await meeting.tag("two")
    let result = try await meeting.end()
    #expect(result.status == 0 && result.errors == "")

    #expect(try meeting.events("turn").map { $0["note"] as? String } == ["one", "two"])
    #expect(try meeting.events("ended").map { $0["how"] as? String } == ["closed"])
    #expect(try meeting.events("gap").isEmpty)
    let samples = try meeting.samples()
    #expect(try meeting.lengthForReaders() == samples.count)
    let runs = stretches(samples)
    #expect(runs.count == 1 && runs[0].file.count > samples.count - 8, "\(runs)")
    #expect(try tool("flac", "-t", "-s", meeting.folder.recordings + "/cycle-1/1-post-2/audio.flac").status == 0)
  }
}

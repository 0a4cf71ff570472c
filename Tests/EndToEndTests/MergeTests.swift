import Foundation
import TestSupport
import Testing

/// `coachtalk merge`: what an observer tagged on another laptop, brought into the meeting. Journals are written here by hand.
@Suite struct MergeTests {
  let folder = Program.Folder()
  private var meeting: String { folder.recordings + "/cycle-1/1-post" }
  private var away: String { folder.path + "/coachtalk-observer-Cleo-2026-11-24" }
  private var file: String { away + "/observer-Cleo.jsonl" }
  private var merged: String { meeting + "/observer-Cleo.jsonl" }

  private func write(_ events: [[String: Any]], of subject: String, to path: String) throws {
    let stamped =
      [["format": "coachtalk-journal", "version": 1, "of": subject]]
      + events.enumerated().map { index, event in
        ["n": index + 2, "t": 0, "at": "2026-11-24T08:00:00Z"].merging(event) { $1 }
      }
    let lines = try stamped.map {
      String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) + "\n"
    }
    try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// A meeting of an hour with a stretch off the record from 1000 s to 1100 s, marked at 95 s and at 3595 s.
  private func meet(observer: String? = "Cleo", yes: [String] = ["coach", "coachee", "observer"]) throws {
    try FileManager.default.createDirectory(atPath: meeting, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: away, withIntermediateDirectories: true)
    var people: [String: Any] = ["coach": "Anna", "coachee": "Ben"]
    people["observer"] = observer
    try write(
      [["event": "cycle"].merging(people) { $1 }] + yes.map { ["event": "consent", "role": $0, "given": true] },
      of: "cycle 1", to: folder.recordings + "/cycle-1/cycle.jsonl")
    try write(
      [
        ["event": "began", "stage": "post"].merging(people) { $1 }, ["event": "mark", "t": 95],
        ["event": "turn", "by": "coach", "functions": ["question"], "t": 500],
        ["event": "paused", "t": 1000], ["event": "resumed", "t": 1100], ["event": "mark", "t": 3595],
        ["event": "ended", "how": "closed", "t": 3600],
      ], of: "meeting 1-post", to: meeting + "/journal.jsonl")
  }

  /// The other clock's time when the meeting's is `t`: 90 s later begun, and 100 parts per million slower.
  private func other(_ t: Double) -> Double { (t - 90) / (1 + 100e-6) }

  private func observe(_ events: [[String: Any]], name: String = "Cleo", how: String = "away") throws {
    try write(
      [
        ["event": "began", "stage": "post", "coach": "the coach", "coachee": "the teacher", "observer": name],
        ["event": "observing", "name": name, "how": how],
      ] + events, of: "observer \(name), away", to: file)
  }

  /// Joined 90 s late, so marks are late, too.
  private var usual: [[String: Any]] {
    [
      ["event": "mark", "t": other(95)],
      ["event": "turn", "by": "coach", "functions": ["question"], "t": other(500)],
      ["event": "turn", "by": "coachee", "t": other(700)], ["event": "undone", "line": 6, "t": other(701)],
      ["event": "feedback", "text": "whispered", "t": other(1050)],
      ["event": "feedback", "text": "you both waited there", "t": other(1800)],
      ["event": "mark", "t": other(3595)], ["event": "note", "text": "on the corridor", "t": other(3700)],
      ["event": "ended", "how": "closed", "t": other(3710)],
    ]
  }

  private func merge(_ words: String...) throws -> Program.Result {
    try Program.run(["--recordings", folder.recordings, "merge", "1-post", file] + words)
  }

  @Test func `tags by a clock 90 s off and drifting stand within a tenth of a second, and nothing said off the record`()
    throws
  {
    try meet()
    try observe(usual)
    let result = try merge("--yes")
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    #expect(
      result.output.contains(
        "Cleo's clock began 1:30 (minutes:seconds) after the meeting; it loses 0.36 seconds an hour."))
    #expect(result.output.contains("2 moments marked on both sides"))
    #expect(result.output.contains("1 turn, 1 piece of feedback and no other tags"))
    #expect(result.output.contains("Left out: 1 before or after it and 1 while you were off the record"))
    #expect(result.output.contains("may be deleted now"))
    let events = try journal(merged)
    #expect(events[0]["of"] as? String == "observer Cleo of meeting 1-post")
    #expect(
      events.compactMap { $0["event"] as? String } == ["began", "observing", "turn", "turn", "undone", "feedback"])
    #expect(events[1]["coach"] as? String == "Anna" && events[2]["how"] as? String == "away")
    #expect(events.dropFirst().compactMap { $0["n"] as? Int } == [2, 3, 4, 5, 6, 7])
    #expect(events[5]["line"] as? Int == 5)
    for (event, t) in zip(events[3...], [500, 700, 701, 1800] as [Double]) {
      #expect(abs(event["t"] as! Double - t) < 0.1)
    }
    #expect(try FileManager.default.attributesOfItem(atPath: merged)[.posixPermissions] as? Int == 0o600)
    #expect(try !String(contentsOfFile: merged, encoding: .utf8).contains("whispered"))
    #expect(FileManager.default.fileExists(atPath: meeting + "/reflection.html"))
    #expect(FileManager.default.fileExists(atPath: file))
    let agree = try Program.run(["--recordings", folder.recordings, "agree", "1-post"])
    #expect(agree.output.contains("beside Cleo: 1 turn is in both"))

    // The same file twice is noticed, and another of hers has a name of its own.
    let again = try merge("--yes")
    #expect(again.status == 73 && again.errors.contains("was brought in before"))
    let text = try String(contentsOfFile: file, encoding: .utf8).replacing("T08:00:00Z", with: "T09:00:00Z")
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try merge("--yes").status == 0)
    #expect(try journal(meeting + "/observer-Cleo-2.jsonl").count == events.count)
    #expect(try journal(merged).count == events.count)
  }

  @Test func `what two recordings of a few minutes have in common gives the clock, or nothing does`() throws {
    try meet()
    let wav = folder.path + "/talk.wav"
    let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Recordings/sample/conversation.ogg").standardizedFileURL.path
    try #require(try tool("ffmpeg", "-v", "error", "-i", sample, "-ac", "1", "-ar", "48000", wav).status == 0)
    try #require(try tool("sox", wav, "-b", "16", meeting + "/audio.flac").status == 0)
    // Twenty seconds late, another quartz and rate, softer, in another corner of a noisy room.
    let noise = folder.path + "/noise.wav"
    try #require(
      try tool("sox", "-R", "-n", "-r", "44100", "-b", "16", noise, "synth", "130", "pinknoise", "vol", "0.01").status
        == 0)
    let far = folder.path + "/far.wav"
    try #require(
      try tool("sox", "-R", wav, "-r", "44100", far, "trim", "20", "speed", "1.0001", "vol", "0.3", "reverb", "30")
        .status == 0)
    try #require(
      try tool("sox", "-R", "-m", "-v", "1", far, "-v", "1", noise, "-b", "16", away + "/audio.flac").status == 0)
    try observe([["event": "feedback", "text": "here", "t": 60]])
    let result = try merge("--yes")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("heard in both recordings"))
    #expect(abs(try #require(try journal(merged).last?["t"] as? Double) - 80.006) < 0.1)

    try FileManager.default.removeItem(atPath: merged)
    try FileManager.default.removeItem(atPath: away + "/audio.flac")
    try #require(try tool("sox", "-R", noise, "-b", "16", away + "/audio.flac").status == 0)
    let refused = try merge("--yes")
    #expect(refused.status == 65 && refused.errors.contains("I cannot tell its clock"))
    #expect(!FileManager.default.fileExists(atPath: merged))
  }

  @Test func `without an observer whom all agreed to nothing is brought in`() throws {
    for (observer, yes) in [
      (nil, ["coach", "coachee"]), ("Cleo", ["coach", "coachee"]), ("Dora", ["coach", "coachee", "observer"]),
    ] as [(String?, [String])] {
      try meet(observer: observer, yes: yes)
      try observe(usual)
      let result = try merge("--yes")
      #expect(result.status == 65 && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: merged))
    }
  }

  @Test func `a file that is not an observer's, or is damaged, does no harm and repeats nothing`() throws {
    try meet()
    for content in ["", "secret", "{\"event\":\"secret\"}\n", String(repeating: "[", count: 100_000) + "\n"] {
      try content.write(toFile: file, atomically: true, encoding: .utf8)
      let result = try merge("--yes")
      #expect(
        result.status == 65 && result.errors.split(separator: "\n").count == 1 && !result.errors.contains("secret"))
    }
    try observe(usual, how: "live")
    #expect(try merge("--yes").status == 65)
    try observe([["event": "mark", "t": 1], ["event": "feedback", "text": "secret", "t": 2]])
    let alone = try merge("--yes")
    #expect(alone.status == 65 && alone.errors.contains("(2 here, 1 there)") && !alone.errors.contains("secret"))
    try observe(usual)
    try #require(FileHandle(forWritingAtPath: file)).write(contentsOf: Data())
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try (text + "secret {\n" + #"{"event":"fe"#).write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try merge().status == 64)  // nobody is there to be asked
    let result = try merge("--yes")
    #expect(
      result.status == 65 && result.errors.contains("lines 13, 14 are damaged") && !result.errors.contains("secret"))
    #expect(try journal(merged).count == 7)
    #expect(
      try Program.run(["--recordings", folder.recordings, "merge", "1-post", folder.path + "/none"]).status == 66)
    #expect(try Program.run(["--recordings", folder.recordings, "merge", "1-post", folder.recordings]).status == 66)
    #expect(try Program.run(["--recordings", folder.recordings, "merge", "1-post", "/dev/zero"]).status == 65)
    #expect(try Program.run(["--recordings", folder.recordings, "merge", "1-post"]).status == 64)
  }
}

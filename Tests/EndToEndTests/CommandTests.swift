import Foundation
import Testing

/// The commands as scripts use them, without a microphone.
@Suite struct CommandTests {
  let folder = Program.Folder()
  private var quiet: [String] { ["--recordings", folder.recordings, "--device", "none"] }
  private var meeting: String { folder.recordings + "/cycle-1/1-post" }

  private func record(_ lines: String) throws -> Program.Result {
    try Program.run(quiet, input: "/new coach=Anna coachee=Ben\n/consent Anna yes\n/consent Ben yes\n" + lines)
  }

  @Test func `with nothing to read it says goodbye`() throws {
    let result = try Program.run(quiet)
    #expect(result.status == 0)
    #expect(result.output.hasSuffix("Goodbye.\n"))
    #expect(result.errors == "")
  }

  @Test func `with standard output and error closed nothing is written where it does not belong`() throws {
    let lines = "/new coach=Anna coachee=Ben\n/begin post\n/t explanation\n/nonsense\n/end\n"
    #expect(try Program.run(quiet, input: lines, shell: "exec >&- 2>&-;").status == 65)
    for name in ["cycle.jsonl", "1-post/journal.jsonl"] {
      let path = folder.recordings + "/cycle-1/" + name
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(try journal(path).count == text.split(separator: "\n").count)
    }
  }

  @Test func `a meeting without sound works and is listed, shown and written again`() throws {
    let result = try record("/begin pre\nWhat I want to know\n/c question new\n/next\n/end\n/quit\n")
    #expect(result.status == 0)
    #expect(try Program.run(quiet + ["list"]).output.contains("1-pre"))
    #expect(try Program.run(quiet + ["show", "latest"]).output.contains("What I want to know"))
    let html = folder.recordings + "/cycle-1/1-pre/reflection.html"
    try FileManager.default.removeItem(atPath: html)
    #expect(try Program.run(quiet + ["reflect", "1-pre"]).status == 0)
    #expect(FileManager.default.fileExists(atPath: html))
    let list = try JSONSerialization.jsonObject(with: Data(try Program.run(quiet + ["list", "--json"]).output.utf8))
    let cycles = try #require(list as? [[String: Any]])
    #expect((cycles.first?["meetings"] as? [[String: Any]])?.first?["meeting"] as? String == "1-pre")
  }

  @Test func `a meeting is shown at the time it was where the computer stands`() throws {
    #expect(try record("/begin post\n/end\n/quit\n").status == 0)
    let journal = try String(contentsOfFile: meeting + "/journal.jsonl", encoding: .utf8)
    try journal.replacing(/"at":"[^"]*"/, with: #""at":"2026-09-30T23:30:00Z""#)
      .write(toFile: meeting + "/journal.jsonl", atomically: true, encoding: .utf8)
    let east = ["TZ": "EAST-13"]
    #expect(try Program.run(quiet + ["list"], environment: east).output.contains(" 1 Oct 2026 12:30 "))
    let shown = try Program.run(quiet + ["show", "1-post"], environment: east).output
    #expect(shown.contains("Thursday 1 October 2026, 12:30"))
  }

  @Test func `a review is listed by those who took part`() throws {
    _ = try Program.run(quiet, input: "/begin review with=\"Dana, Eve\"\n/end\n/quit\n")
    #expect(try Program.run(quiet + ["list"]).output.hasPrefix("Cycle 1: coaching review by Dana and Eve\n"))
    let list = try JSONSerialization.jsonObject(with: Data(try Program.run(quiet + ["list", "--json"]).output.utf8))
    let cycle = try #require((list as? [[String: Any]])?.first)
    #expect(cycle["group"] as? [String] == ["Dana", "Eve"] && cycle["coach"] == nil)
  }

  @Test func `the end of the input closes a running meeting`() throws {
    #expect(try record("/begin post\n/t explanation\n").status == 0)
    #expect(try journal(meeting + "/journal.jsonl").last?["event"] as? String == "ended")
    #expect(FileManager.default.fileExists(atPath: meeting + "/reflection.html"))
  }

  @Test func `a microphone that is not there is told once and the meeting goes on`() throws {
    let script =
      "/new coach=Anna coachee=Ben\n/consent Anna yes\n/consent Ben yes\n/begin post\n/t explanation\n/end\n/quit\n"
    let result = try Program.run(["--recordings", folder.recordings, "--device", "nowhere"], input: script)
    #expect(result.status == 69)
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(result.errors.contains("'nowhere' cannot be opened"))
    #expect(try journal(meeting + "/journal.jsonl").contains { $0["event"] as? String == "turn" })
  }

  @Test func `without everybody's yes nothing is recorded`() throws {
    let script =
      "/new coach=Anna coachee=Ben observer=Cleo\n/consent Anna yes\n/consent Ben yes\n/begin post\n/end\n/quit\n"
    let result = try Program.run(["--recordings", folder.recordings], input: script)
    #expect(result.status == 0)
    #expect(result.output.contains("No sound is recorded: Cleo has not said yes"))
    #expect(!FileManager.default.fileExists(atPath: meeting + "/audio.flac"))
  }

  @Test func `a wrong line is told, the script goes on, and the status says so`() throws {
    let result = try record(
      "/begin post\n/c questin\n/c d\n/c question colour=red\n/nonsense\n/t explanation\n/end\n/quit\n")
    #expect(result.status == 65)
    #expect(result.errors.split(separator: "\n").count == 4)
    #expect(result.errors.contains("did you mean question?"))
    #expect(result.errors.contains("dissonance or defence"))
    #expect(try journal(meeting + "/journal.jsonl").filter { $0["event"] as? String == "turn" }.count == 1)
  }

  @Test func `what is missing is named when there is nobody to ask`() throws {
    let result = try Program.run(quiet, input: "/new coach=Anna\n/begin\n")
    #expect(result.status == 65)
    #expect(result.errors.contains("coachee="))
  }

  @Test func `hostile names are refused or shown as they are`() throws {
    let refused = try Program.run(quiet, input: "/new coach=\"A\u{1B}[2Jnna\" coachee=Ben\n")
    #expect(refused.status == 65)
    #expect(!refused.output.contains("\u{1B}") && !refused.errors.contains("\u{1B}"))
    let result = try Program.run(
      quiet,
      input:
        "/new coach=\"<script>alert(1)</script>\" coachee=Ben\n/begin post\n/t explanation : <img src=x>\n/end\n/quit\n"
    )
    #expect(result.status == 0)
    let html = folder.text("Recordings/cycle-1/1-post/reflection.html")
    #expect(html.contains("&lt;script&gt;alert(1)"))
    #expect(!html.contains("<script>alert") && !html.contains("<img"))
  }

  @Test func `a damaged journal line is told by its number and the others are kept`() throws {
    #expect(try record("/begin post\n/t explanation : first\n/t summary : second\n/end\n/quit\n").status == 0)
    let path = meeting + "/journal.jsonl"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var lines = text.split(separator: "\n").map(String.init)
    let broken = try #require(lines.firstIndex { $0.contains("first") })
    lines[broken] = "{\"n\":4,\"event\":\"tu\u{0}rn"
    try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let result = try Program.run(quiet + ["show", "1-post"])
    #expect(result.status == 65)
    #expect(result.errors.contains("line \(broken + 1) is damaged"))
    #expect(result.output.contains("second"))
  }

  @Test func `a cycle that cannot be read is told and not passed over`() throws {
    #expect(try record("/begin post\n/end\n/quit\n").status == 0)
    try "".write(toFile: folder.recordings + "/cycle-1/cycle.jsonl", atomically: true, encoding: .utf8)
    let result = try Program.run(quiet + ["list"])
    #expect(result.status == 65)
    #expect(result.errors.contains("cycle-1/cycle.jsonl"))
  }

  @Test func `sound that is no sound is told and the rest is written`() throws {
    #expect(try record("/begin post\n/t explanation : kept\n/end\n/quit\n").status == 0)
    try "no sound at all".write(toFile: meeting + "/audio.flac", atomically: true, encoding: .utf8)
    let result = try Program.run(quiet + ["reflect", "1-post"])
    #expect(result.status == 65)
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(folder.text("Recordings/cycle-1/1-post/reflection.md").contains("kept"))
    #expect(folder.text("Recordings/cycle-1/1-post/audio.flac") == "no sound at all")
  }

  @Test func `a folder that cannot be made is told with its name`() throws {
    let file = folder.path + "/file"
    try "".write(toFile: file, atomically: true, encoding: .utf8)
    let result = try Program.run(
      ["--recordings", file + "/Recordings", "--device", "none"], input: "/new coach=Anna coachee=Ben\n")
    #expect(result.status == 73)
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(result.errors.contains(file))
  }

  @Test func `a broken prompt file is told with its line and the meeting still works`() throws {
    let prompts = folder.path + "/Prompts"
    try FileManager.default.createDirectory(atPath: prompts + "/meetings", withIntermediateDirectories: true)
    try
      "# Ours\n\n- stage: post\n- guide: C4\n\n## One\n\n- id: one\n- asked: coachie\n- guide: C4\n\nWhat now?\n\n## Two\n\n- id: two\n- asked: both\n- guide: C4\n\nAnd what next?\n"
      .write(toFile: prompts + "/meetings/post-lesson.md", atomically: true, encoding: .utf8)
    let checked = try Program.run(["prompts", "check", prompts])
    #expect(checked.status == 65)
    #expect(checked.errors.contains("post-lesson.md:9:") && checked.errors.contains("did you mean 'coachee'?"))
    let result = try Program.run(
      quiet + ["--prompts", prompts], input: "/new coach=Anna coachee=Ben\n/begin post\n/end\n/quit\n")
    #expect(result.output.contains("And what next?"))
    #expect(result.status == 0)
  }

  @Test func `usage is checked and statuses are those of sysexits`() throws {
    #expect(try Program.run(["--help"]).status == 0)
    #expect(try Program.run(["--version"]).output.hasPrefix("coachtalk "))
    for (arguments, status) in [
      (["--recordigns", "x"], 64), (["shwo"], 64), (["show"], 64), (["list", "more"], 64), (["--device"], 64),
      (["show", "7-post"], 66), (["show", "seven"], 66), (["reflect", "latest"], 66),
      (["--prompts", "/nowhere", "list"], 66),
    ] as [([String], Int32)] {
      let result = try Program.run(["--recordings", folder.recordings] + arguments)
      #expect(result.status == status, "\(arguments)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(arguments)")
    }
  }

  @Test func `a meeting that is running elsewhere is left alone`() throws {
    let program = try Program(quiet)
    program.type("/new coach=Anna coachee=Ben", "/begin post", "/t explanation")
    #expect(program.waitFor("Ben: explanation"))
    let other = try Program.run(quiet)
    #expect(other.output.contains("running in another window"))
    program.type("/t summary", "/end", "/quit")
    #expect(program.finish().status == 0)
    let events = try journal(meeting + "/journal.jsonl")
    #expect(events.filter { $0["event"] as? String == "turn" }.count == 2)
    #expect(events.filter { $0["event"] as? String == "ended" }.count == 1)
  }

  @Test func `the demonstration ends with a reflection of the whole sample`() throws {
    let result = try Program.run(["--recordings", folder.recordings, "demo", "--fast"])
    #expect(result.status == 0)
    let page = folder.recordings + "/demo/cycle-1/1-post/reflection.html"
    #expect(result.output.contains(page))
    #expect(FileManager.default.fileExists(atPath: page))
    let sample = try #require(Self.sample)
    let script = try String(contentsOfFile: sample + "/conversation.commands", encoding: .utf8)
    let tagged = script.split(separator: "\n").filter { $0.hasPrefix("/c ") || $0.hasPrefix("/t ") }.count
    let events = try journal(folder.recordings + "/demo/cycle-1/1-post/journal.jsonl")
    let turns = events.filter { $0["event"] as? String == "turn" }.compactMap { $0["t"] as? Double }
    #expect(turns.count == tagged && tagged > 20)
    #expect(abs(try #require(turns.first) - 1.2) < 0.01, "the first tag is where the script puts it")
    let seconds = try #require(
      Double(try tool("soxi", "-D", folder.recordings + "/demo/cycle-1/1-post/audio.flac").output))
    let waits = script.split(separator: "\n").filter { $0.hasPrefix("/wait ") }.compactMap { Double($0.dropFirst(6)) }
    #expect(abs(seconds - waits.reduce(0, +)) < 0.1)
    // The next demonstration begins afresh, and leaves this one where it is.
    let again = try Program.run(["--recordings", folder.recordings, "demo", "--fast"])
    #expect(again.output.contains("1 of 9.") && again.output.contains("/demo-2/cycle-1/1-post/reflection.html"))
    // The user's own cycles are not touched.
    #expect(try Program.run(quiet + ["list"]).output.contains("No coaching cycle yet"))
  }

  @Test func `the figures of a meeting come as JSON, and who else tagged it is set beside the pair`() throws {
    _ = try Program.run(["--recordings", folder.recordings, "demo", "--fast"])
    let demo = ["--recordings", folder.recordings + "/demo"]
    let analysis = try Program.run(demo + ["analyse", "latest", "--json"])
    let figures = try #require(JSONSerialization.jsonObject(with: Data(analysis.output.utf8)) as? [String: Any])
    #expect(figures["turns"] as? Int == 31)
    #expect(try Program.run(demo + ["analyse", "latest"]).status == 64)
    // Nobody else has tagged it yet.
    let alone = try Program.run(demo + ["agree", "1-post"])
    #expect(alone.status == 66 && alone.errors.contains("Nobody else has tagged 1-post"))
    let meeting = folder.recordings + "/demo/cycle-1/1-post"
    let journal = try String(contentsOfFile: meeting + "/journal.jsonl", encoding: .utf8)
    try journal.replacing("\"challenge\"", with: "\"question\"")
      .write(toFile: meeting + "/observer-Cleo.jsonl", atomically: true, encoding: .utf8)
    let agree = try Program.run(demo + ["agree", "1-post"])
    #expect(agree.output.contains("31 turns are in both"))
    #expect(agree.output.contains("interaction function: challenge (Marian and Callum) or question (Cleo)?"))
    let json = try Program.run(demo + ["agree", "1-post", "--json"]).output
    let report = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(report["names"] as? [String] == ["Marian and Callum", "Cleo"])
    // What is no journal is told, and stops nobody.
    try Data([0xFF, 0x00]).write(to: URL(fileURLWithPath: meeting + "/observer-Dan.jsonl"))
    let beside = try Program.run(demo + ["agree", "1-post"])
    #expect(beside.output == agree.output && beside.status == 65)
    #expect(beside.errors.contains("observer-Dan.jsonl") && beside.errors.split(separator: "\n").count == 1)
    #expect(try Program.run(demo + ["agree", "1-post", "/nonexistent.jsonl"]).status == 66)
  }

  @Test func `the guide is read outside the chat, and what is not in it is told`() throws {
    let topic = try Program.run(quiet + ["guide", "critical", "moments"])
    #expect(topic.status == 0 && topic.output.contains("From the guide: "))
    #expect(try Program.run(quiet + ["guide"]).output.contains("assessment-for-learning"))
    let nothing = try Program.run(quiet + ["guide", "xyzzy"])
    #expect(nothing.status == 66 && nothing.errors.contains("Nothing was found") && !nothing.errors.contains("xyzzy"))
  }

  @Test func `the demonstration can be stopped, and deletes nothing of anybody else`() throws {
    let mine = folder.recordings + "/demo/mine.txt"
    try FileManager.default.createDirectory(atPath: folder.recordings + "/demo", withIntermediateDirectories: true)
    try "mine".write(toFile: mine, atomically: true, encoding: .utf8)
    let program = try Program(["--recordings", folder.recordings, "demo"])
    #expect(program.waitFor("has begun"))
    program.signal(SIGINT)
    #expect(program.wait().status == 130)
    #expect(FileManager.default.fileExists(atPath: mine))
    #expect(
      try journal(folder.recordings + "/demo/cycle-1/1-post/journal.jsonl").last?["how"] as? String == "interrupted")
  }

  private static var sample: String? {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder.path + "/Recordings/sample"
  }
}

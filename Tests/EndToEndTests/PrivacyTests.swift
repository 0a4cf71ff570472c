import Foundation
import TestSupport
import Testing

/// What is taken out or forgotten is gone from every file: searched byte by byte, and decoded by programs that are not ours.
@Suite(.serialized) struct PrivacyTests {
  let folder = Program.Folder()
  private var quiet: [String] { ["--recordings", folder.recordings, "--device", "none"] }
  private var root: String { folder.recordings }
  private var meeting: String { root + "/cycle-1/1-post" }
  private var audio: String { meeting + "/audio.flac" }

  private func run(_ words: String..., input: String = "") throws -> Program.Result {
    try Program.run(quiet + words, input: input)
  }

  /// A closed meeting whose journal is as it was typed, with times of our choice, and 20 seconds of noise.
  private func makeMeeting(_ id: String = "1-post", words: String = "SECRET", isDamaged: Bool = false) throws {
    let path = "\(root)/cycle-\(id.prefix(1))/\(id)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let people = #""coach":"Anna","coachee":"Ben""#
    let at = #""at":"2026-11-0\#(id.prefix(1))T08:00:00Z""#
    try #"""
    {"format":"coachtalk-journal","of":"cycle \#(id.prefix(1))","version":1}
    {\#(at),\#(people),"event":"cycle","n":2,"t":0}

    """#.write(toFile: "\(root)/cycle-\(id.prefix(1))/cycle.jsonl", atomically: false, encoding: .utf8)
    try #"""
    {"format":"coachtalk-journal","of":"meeting \#(id)","version":1}
    {\#(at),\#(people),"event":"began","n":2,"stage":"post","t":0}
    {\#(at),"channels":2,"device":"mic","event":"recording","file":"audio.flac","n":3,"rate":48000,"t":0}
    {\#(at),"event":"note","n":4,"t":2,"text":"plain words"}
    {\#(at),"event":"note","n":5,"t":5,"text":"\#(words) at the edge"}
    {\#(at),"by":"coach","event":"turn","functions":["question"],"n":6,"note":"\#(words) note","subject":"\#(words)","t":6}
    {\#(at),"event":"action","n":7,"t":7,"text":"\#(words) step"}
    {\#(at),"event":"note","n":8,"t":8,"text":"\#(words) undone"}
    {\#(at),"event":"undone","line":8,"n":9,"t":8.5}
    {\#(at),"event":"note","n":10,"t":9,"text":"\#(words) to\#(isDamaged ? "" : "\"}")
    {\#(at),"event":"moment","n":11,"t":10.2,"text":"\#(words) at the other edge"}
    {\#(at),"event":"action","n":12,"t":15,"text":"try ten seconds"}
    {\#(at),"event":"recording-stopped","n":13,"seconds":20,"t":20,"why":"ended"}
    {\#(at),"event":"ended","how":"closed","n":14,"t":20}

    """#.write(toFile: path + "/journal.jsonl", atomically: false, encoding: .utf8)
    #expect(
      try tool(
        "sox", "-R", "-n", "-r", "48000", "-b", "16", "-c", "2", path + "/audio.flac", "synth", "20", "whitenoise",
        "vol", "0.5"
      ).status == 0)
    _ = try run("reflect", id)
  }

  /// Every file, folder and link, wherever it is.
  private func names() throws -> [String] {
    try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }.sorted()
  }

  /// The files that hold `words`, in whatever they are written.
  private func holding(_ words: String) throws -> [String] {
    try names().filter { name in
      let data = FileManager.default.contents(atPath: "\(root)/\(name)") ?? Data()
      return data.range(of: Data(words.utf8)) != nil
    }
  }

  private func samples(_ path: String) throws -> [Int16] {
    let raw = folder.path + "/samples.raw"
    #expect(try tool("flac", "-t", "-s", path).status == 0)
    #expect(try tool("sox", path, "-t", "raw", "-e", "signed", "-b", "16", "-L", raw).status == 0)
    return try Data(contentsOf: URL(fileURLWithPath: raw)).withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
  }

  private func isTakenOut(_ before: [Int16], from: Int, to: Int) throws -> Bool {
    let after = try samples(audio)
    let silent = from * 96_000..<to * 96_000
    return after.count == before.count && after[silent].allSatisfy { $0 == 0 }
      && after[..<silent.lowerBound] == before[..<silent.lowerBound]
      && after[silent.upperBound...] == before[silent.upperBound...]
  }

  @Test func `what is redacted is in no file any more, and everything else is as it was`() throws {
    try makeMeeting(isDamaged: true)
    try makeMeeting("2-post", words: "other")
    let before = try samples(audio)
    let observer = #"""
      {"format":"coachtalk-journal","of":"observer Cleo","version":1}
      {"at":"2026-11-01T08:00:00Z","by":"coach","event":"turn","functions":["question"],"n":2,"note":"SECRET seen","t":6.5}
      {"at":"2026-11-01T08:00:00Z","event":"note","n":3,"t":12,"text":"plain words"}
      SECRET
      """#
    try observer.write(toFile: meeting + "/observer-Cleo.jsonl", atomically: false, encoding: .utf8)
    for name in ["reflection.md.new", ".audio.flac.joining", "journal.jsonl.new"] {
      try "SECRET".write(toFile: "\(meeting)/\(name)", atomically: false, encoding: .utf8)
    }
    // The later meeting of the same pair opens with this one's next steps.
    #expect(try holding("SECRET").contains("cycle-1/1-post/reflection.html"))

    let result = try run("redact", "1-post", "0:05-0:10", "--yes")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Taken out of 1-post: 0:05 to 0:10."))
    #expect(try holding("SECRET") == [])
    #expect(try isTakenOut(before, from: 5, to: 10))
    #expect(try !names().contains { $0.hasSuffix(".new") || $0.hasSuffix(".joining") })
    let events = try journal(meeting + "/journal.jsonl")
    #expect(events.count == 15)
    #expect(events[5]["functions"] as? [String] == ["question"])
    #expect(events[14]["event"] as? String == "taken-out")
    let reflection = folder.text("Recordings/cycle-1/1-post/reflection.md")
    #expect(reflection.contains("plain words") && reflection.contains("try ten seconds"))
    #expect(reflection.contains("Taken out afterwards: 0:05–0:10"))
    #expect(folder.text("Recordings/cycle-1/1-post/reflection.html").contains("taken out"))
    let analysis = try JSONSerialization.jsonObject(with: Data(try run("analyse", "1-post", "--json").output.utf8))
    #expect((analysis as? [String: Any])?["takenOut"] as? [[String: Double]] == [["from": 5, "to": 10]])
    #expect(try run("list").status == 0)

    // Again, and it is the same.
    let lines = folder.text("Recordings/cycle-1/1-post/journal.jsonl")
    #expect(try run("redact", "1-post", "5-10", "--yes").status == 0)
    #expect(folder.text("Recordings/cycle-1/1-post/journal.jsonl") == lines)
    #expect(try isTakenOut(before, from: 5, to: 10))
  }

  @Test func `a later meeting's reflection loses the words, too`() throws {
    try makeMeeting()
    let lines = "/new coach=Anna coachee=Ben\n/begin post\n/next\n/next\nwe tried it\n/next\nand again\n/end\n"
    _ = try run(input: lines)
    // As if a question had repeated it.
    let page = root + "/cycle-2/2-post/reflection.md"
    try (String(contentsOfFile: page, encoding: .utf8) + "SECRET step").write(
      toFile: page, atomically: false, encoding: .utf8)
    #expect(try run("redact", "1-post", "5-10", "--yes").status == 0)
    #expect(try holding("SECRET") == [])
    #expect(folder.text("Recordings/cycle-2/2-post/reflection.md").contains("we tried it"))
  }

  @Test(
    arguments: [
      (["redact", "1-post", "5-10"], 64, "nobody is there to answer; --yes answers it"),
      (["redact", "1-post", "10-5", "--yes"], 64, "the earlier first"),
      (["redact", "1-post"], 64, "redact MEETING FROM-TO"),
      (["redact", "1-post", "0:05-0:21", "--yes"], 64, "1-post ends at 0:20"),
      (["redact", "1-pre", "5-10", "--yes"], 66, "There is no meeting 1-pre"),
      (["forget", "1-post"], 64, "--yes answers it"),
      (["forget", "7", "--yes"], 66, "There is no cycle 7"),
      (["forget", "1-pots", "--yes"], 66, "is not a meeting's name"),
      (["forget", "--yes"], 64, "forget MEETING"),
    ] as [([String], Int32, String)])
  func `what cannot be done is one line, and nothing changes`(words: [String], status: Int32, line: String) throws {
    try makeMeeting()
    let before = try names()
    let result = try Program.run(quiet + words)
    #expect(result.status == status)
    #expect(result.errors.contains(line), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(try names() == before && holding("SECRET").count >= 2)
  }

  @Test func `while a meeting runs, or was never closed, it is left alone`() throws {
    let running = try Program(quiet)
    running.type("/new coach=Anna coachee=Ben", "/begin post", "SECRET")
    #expect(running.waitFor("noted"))
    for words in [["redact", "1-post", "0-1"], ["forget", "1-post"], ["forget", "cycle-1"]] {
      let result = try Program.run(quiet + words + ["--yes"])
      #expect(result.status == 74)
      #expect(result.errors.contains("is open in another window"), "\(result.errors)")
    }
    running.signal(SIGKILL)
    _ = running.finish()
    let result = try run("redact", "1-post", "0-1", "--yes")
    #expect(result.status == 65)
    #expect(result.errors.contains("1-post was never closed: coachtalk recover first."))
    #expect(try holding("SECRET") == ["cycle-1/1-post/journal.jsonl"])
    #expect(try run("forget", "1-post", "--yes").status == 0)
    #expect(try holding("SECRET") == [])
  }

  @Test func `a link leads nowhere out of the folder`() throws {
    try makeMeeting()
    let outside = folder.path + "/outside.flac"
    try FileManager.default.moveItem(atPath: audio, toPath: outside)
    try FileManager.default.createSymbolicLink(atPath: audio, withDestinationPath: outside)
    let before = try Data(contentsOf: URL(fileURLWithPath: outside))
    let result = try run("redact", "1-post", "5-10", "--yes")
    #expect(result.status == 65 && result.errors.contains("is a link to another place"))
    #expect(try run("forget", "1-post", "--sound", "--yes").status == 0)
    #expect(try run("forget", "1", "--yes").status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: outside)) == before)
  }

  @Test func `forgetting a meeting, a cycle, and the sound alone`() throws {
    try makeMeeting()
    try makeMeeting("2-post", words: "HIDDEN")
    try "mine".write(toFile: meeting + "/notes.txt", atomically: false, encoding: .utf8)
    #expect(try run("forget", "2-post", "--sound", "--yes").output.contains("Deleted: the sound of 2-post."))
    #expect(try names().filter { $0.hasSuffix(".flac") } == ["cycle-1/1-post/audio.flac"])
    #expect(try journal(root + "/cycle-2/2-post/journal.jsonl").last?["event"] as? String == "audio-deleted")
    #expect(folder.text("Recordings/cycle-2/2-post/reflection.md").contains("HIDDEN"))
    #expect(try run("forget", "2-post", "--sound", "--yes").status == 66)

    let page = "Recordings/cycle-2/2-post/reflection.html"
    #expect(folder.text(page).contains("1-post"), "side by side with the one before")
    #expect(try run("forget", "1-post", "--yes").output == "Deleted: 1-post. Nothing of it is left here.\n")
    #expect(try holding("SECRET") == [])
    #expect(!folder.text(page).contains("1-post"))
    #expect(try names().filter { $0.contains("cycle-1") } == ["cycle-1", "cycle-1/cycle.jsonl"])
    #expect(try run("forget", "cycle-2", "--yes").status == 0)
    #expect(try run("forget", "1", "--yes").status == 0)
    #expect(try names() == [".forgotten"])
    #expect(try run("list").output.hasPrefix("No coaching cycle yet."))
    _ = try run(input: "/new coach=Anna coachee=Ben\n")
    #expect(try names().contains("cycle-3"), "a number is never given twice")
  }

  @Test func `killed at any moment, forgetting is finished at the next start`() throws {
    try makeMeeting()
    try makeMeeting("2-post", words: "HIDDEN")
    let keep = folder.path + "/keep"
    try FileManager.default.copyItem(atPath: root, toPath: keep)
    for delay in stride(from: 1, through: 40, by: 3) {
      try FileManager.default.removeItem(atPath: root)
      try FileManager.default.copyItem(atPath: keep, toPath: root)
      let program = try Program(quiet + ["forget", "1", "--yes"])
      AudioTestClock.pause(milliseconds: delay)
      program.signal(SIGKILL)
      _ = program.finish()
      let left = try names()
      // Whole, or out of the way.
      if left.contains("cycle-1") {
        #expect(try samples(audio).count == 20 * 96_000)
        #expect(try run("show", "1-post").output.contains("SECRET"))
        continue
      }
      #expect(!(try run("list").output.contains("Cycle 1")))
      #expect(try run(delay.isMultiple(of: 2) ? "recover" : "list").status == 0)
      if try names().contains(where: { $0.hasPrefix(".forgetting-") }) {
        #expect(try run().output.contains("I have finished deleting"))
      }
      #expect(try holding("SECRET") == [])
      #expect(try !names().contains { $0.hasPrefix(".forgetting-") })
    }
    // By its state, however fast this machine is: out of the way, and half of it gone.
    try FileManager.default.removeItem(atPath: root)
    try FileManager.default.copyItem(atPath: keep, toPath: root)
    try FileManager.default.moveItem(atPath: root + "/cycle-1", toPath: root + "/.forgetting-cycle-1")
    try FileManager.default.removeItem(atPath: root + "/.forgetting-cycle-1/1-post/journal.jsonl")
    let doctor = try run("doctor")
    #expect(doctor.status == 65 && doctor.output.contains("coachtalk recover finishes that"))
    #expect(try run("recover").output.contains("I have finished deleting"))
    #expect(try holding("SECRET") == [])
    #expect(!folder.text("Recordings/cycle-2/2-post/reflection.html").contains("1-post"))
  }

  @Test func `killed at any moment, redacting leaves a whole meeting, and done again it is finished`() throws {
    try makeMeeting()
    let before = try samples(audio)
    let keep = folder.path + "/keep"
    try FileManager.default.copyItem(atPath: meeting, toPath: keep)
    for delay in stride(from: 5, through: 700, by: 45) {
      try FileManager.default.removeItem(atPath: meeting)
      try FileManager.default.copyItem(atPath: keep, toPath: meeting)
      let program = try Program(quiet + ["redact", "1-post", "5-10", "--yes"])
      AudioTestClock.pause(milliseconds: delay)
      program.signal(SIGKILL)
      _ = program.finish()
      let now = try samples(audio)
      let isDone = try isTakenOut(before, from: 5, to: 10)
      #expect(isDone || now == before)
      #expect(try journal(meeting + "/journal.jsonl").count >= 14 || now == before)
      #expect(try run("redact", "1-post", "5-10", "--yes").status == 0)
      #expect(try isTakenOut(before, from: 5, to: 10))
      #expect(try holding("SECRET") == [])
    }
    // By their state, however fast this machine is: only the sound is done, and half a copy of it lies about.
    for name in ["journal.jsonl", "reflection.md", "reflection.html"] {
      try FileManager.default.removeItem(atPath: "\(meeting)/\(name)")
      try FileManager.default.copyItem(atPath: "\(keep)/\(name)", toPath: "\(meeting)/\(name)")
    }
    let half = try Data(contentsOf: URL(fileURLWithPath: keep + "/audio.flac")).prefix(100_000)
    try half.write(to: URL(fileURLWithPath: meeting + "/.audio.flac.joining"))
    #expect(try run("redact", "1-post", "5-10", "--yes").status == 0)
    #expect(try isTakenOut(before, from: 5, to: 10))
    #expect(try holding("SECRET") == [])
    #expect(try !names().contains { $0.hasSuffix(".joining") })
  }

  @Test func `what is past the date agreed is named by doctor, with a command that works`() throws {
    try makeMeeting()
    _ = try run(input: "/agree keep=\"until 1/1/2020\"\n")
    let doctor = try run("doctor").output
    #expect(doctor.contains("past the date you agreed: the sound of 1-post"))
    #expect(doctor.contains("coachtalk forget 1-post --sound"))
    #expect(try run("forget", "1-post", "--sound", "--yes").status == 0)
    #expect(try !run("doctor").output.contains("past the date"))
  }

  @Test func `a person is asked first, and a no changes nothing`() throws {
    try makeMeeting()
    let before = try names()
    let redact = try TypingTests.Screen(columns: 100, rows: 24, quiet + ["redact", "1-post", "5-10"])
    defer { redact.close() }
    #expect(redact.waitFor("This takes 0:05 to 0:10 out of 1-post for good: the sound of that stretch"))
    try redact.type("perhaps")
    #expect(redact.waitFor("Please answer yes or no."))
    try redact.type("no")
    #expect(redact.waitFor("Nothing was changed.") && redact.waitFor("ended 0"))
    #expect(try names() == before && holding("SECRET").count == 3)
    try "mine".write(toFile: meeting + "/notes.txt", atomically: false, encoding: .utf8)
    let forget = try TypingTests.Screen(columns: 100, rows: 24, quiet + ["forget", "1"])
    defer { forget.close() }
    #expect(
      forget.waitFor("deletes cycle 1 (Anna and Ben) for good: what was agreed, and one meeting of 1 November 2026"))
    #expect(forget.text.contains("with sound. One other file in its folder goes, too."))
    try forget.type("yes")
    #expect(forget.waitFor("Deleted: cycle 1. Nothing of it is left here.") && forget.waitFor("ended 0"))
    #expect(try holding("SECRET") == [])
  }

  @Test func `what was recorded through a microphone is silenced`() throws {
    let room = try Self.room.get()
    let speech = folder.path + "/speech.wav"
    let words = String(repeating: "They waited, and then they all began to talk. ", count: 20)
    #expect(try tool("espeak-ng", "-v", "en-gb", "-w", speech, words).status == 0)
    let player = try room.play(URL(fileURLWithPath: speech))
    defer { player.terminate() }
    let script = """
      /new coach=Anna coachee=Ben
      /consent Anna yes
      /consent Ben yes
      /begin post
      /wait 2.5
      SECRET words
      /c question : SECRET note
      /wait 3
      /moment kept words
      /end
      """
    let environment = room.environment
    #expect(try Program.run(["--recordings", root], input: script, environment: environment).status == 0)
    let before = try samples(audio)
    let channels = try #require(Int(try tool("soxi", "-c", audio).output))
    #expect(try holding("SECRET").count == 3)
    #expect(try run("redact", "latest", "2-4", "--yes").status == 0)
    let after = try samples(audio)
    let silent = 96_000 * channels..<192_000 * channels
    #expect(before[silent].contains { $0 != 0 } && after[silent].allSatisfy { $0 == 0 })
    #expect(after[..<silent.lowerBound] == before[..<silent.lowerBound])
    #expect(after[silent.upperBound...] == before[silent.upperBound...])
    #expect(try tool("ffmpeg", "-v", "error", "-i", audio, "-f", "null", "-").output == "")
    #expect(try holding("SECRET") == [])
    #expect(try holding("kept words").count == 3)
  }

  private static let room = Result { try VirtualMicrophone() }
}

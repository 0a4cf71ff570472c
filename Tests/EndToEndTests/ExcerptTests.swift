import Foundation
import TestSupport
import Testing

/// `coachtalk excerpt`: a stretch of a meeting, given to others. Of the bundled sample, which is recorded as it is played.
@Suite struct ExcerptTests {
  let folder = Program.Folder()
  private var root: String { folder.recordings + "/demo" }
  private var excerpt: String { folder.path + "/excerpt" }
  private var meeting: String { root + "/cycle-1/1-post" }

  private func demo() throws {
    try #require(try Program.run(["--recordings", folder.recordings, "demo", "--fast"]).status == 0)
  }

  private func cut(_ words: String..., yes: [String] = ["Marian", "callum"]) throws -> Program.Result {
    try Program.run(
      ["--recordings", root, "excerpt", "1-post", "0:30-1:00", "--output", excerpt] + words
        + yes.flatMap { ["--yes-of", $0] })
  }

  private func samples(_ file: String) throws -> [Int16] {
    let raw = folder.path + "/raw"
    #expect(
      try tool("flac", "-s", "-d", "-f", "--force-raw-format", "--endian=little", "--sign=signed", "-o", raw, file)
        .status == 0)
    return try Data(contentsOf: URL(fileURLWithPath: raw)).withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
  }

  /// Every file that was written, whole.
  private func written() throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: excerpt)
    let files = names.filter { $0.hasSuffix("flac") || $0.hasSuffix("jsonl") || $0.hasSuffix("md") }
    return try Dictionary(
      uniqueKeysWithValues: files.map { ($0, try Data(contentsOf: URL(fileURLWithPath: "\(excerpt)/\($0)"))) })
  }

  @Test func `it holds the stretch alone, without words and names, for its owner's eyes, and it is written down`()
    throws
  {
    try demo()
    let result = try cut("--anonymous")
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    let files = try written()
    #expect(
      Set(try FileManager.default.subpathsOfDirectory(atPath: excerpt))
        == Set(files.keys).union(["cycle-1", "cycle-1/1-post"]))
    #expect(Set(files.keys) == ["cycle-1/cycle.jsonl", "cycle-1/1-post/journal.jsonl", "cycle-1/1-post/audio.flac"])
    // By ear: the frames of that stretch, and no other.
    let whole = try samples(meeting + "/audio.flac")
    #expect(try samples(excerpt + "/cycle-1/1-post/audio.flac") == Array(whole[30 * 48_000..<60 * 48_000]))
    // By bytes: of the rest, and of words and names, nothing; in the sound's file neither, nor how long it once was.
    let said = try journal(meeting + "/journal.jsonl").flatMap { event in
      ["text", "note", "subject", "focus"].compactMap { event[$0] as? String }
    }
    #expect(said.count > 10)
    for (name, data) in files {
      for text in said + ["Marian", "Callum", root, "the sample conversation"] {
        #expect(data.range(of: Data(text.utf8)) == nil, "\(text) in \(name)")
      }
    }
    let blocks = try tool("metaflac", "--list", excerpt + "/cycle-1/1-post/audio.flac").output
    #expect(blocks.contains("total samples: 1440000"))
    #expect(!blocks.contains("PADDING") && !blocks.contains("PICTURE") && blocks.contains("comments: 0"))
    for path in [""] + (try FileManager.default.subpathsOfDirectory(atPath: excerpt)).map({ "/" + $0 }) {
      let mode = try FileManager.default.attributesOfItem(atPath: excerpt + path)[.posixPermissions] as? Int
      #expect(mode == (path.hasSuffix("flac") || path.hasSuffix("jsonl") ? 0o600 : 0o700), "\(path)")
    }
    let shared = try #require(try journal(meeting + "/journal.jsonl").last)
    #expect(shared["event"] as? String == "shared" && shared["anonymous"] as? Bool == true)
    #expect(shared["from"] as? Double == 30 && shared["to"] as? Double == 60)
    #expect(shared["roles"] as? [String] == ["coach", "coachee"])
  }

  @Test func `it is a meeting like any other, on which a group can practise`() throws {
    try demo()
    #expect(try cut("--notes").status == 0)
    let place = ["--recordings", excerpt]
    let turns = try journal(meeting + "/journal.jsonl").filter { $0["event"] as? String == "turn" }
      .filter { (30..<60).contains($0["t"] as! Double) }
    let own = try journal(excerpt + "/cycle-1/1-post/journal.jsonl").filter { $0["event"] as? String == "turn" }
    #expect(own.map { ($0["t"] as! Double + 30).rounded() } == turns.map { ($0["t"] as! Double).rounded() })
    #expect(own.count > 3)
    // Somebody of the group has heard one turn otherwise.
    var theirs = own
    theirs[0]["by"] = "coach"
    for (name, tags) in [("Dora", own), ("Eve", theirs)] {
      let lines = try tags.map {
        String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) + "\n"
      }
      try lines.joined().write(
        toFile: excerpt + "/cycle-1/1-post/observer-\(name).jsonl", atomically: true, encoding: .utf8)
    }
    #expect(try Program.run(place + ["show", "1-post"]).output.contains("**Length:** 30 seconds"))
    #expect(try Program.run(place + ["list"]).output.contains("Marian coaching Callum"))
    let agree = try Program.run(place + ["agree", "latest"])
    #expect(agree.status == 0 && agree.output.contains("All together"), "\(agree.errors)")
  }

  @Test func `without everybody's yes, or onto something that is there, nothing is written`() throws {
    try demo()
    let before = try Data(contentsOf: URL(fileURLWithPath: meeting + "/journal.jsonl"))
    for (yes, status) in [([], 64), (["Marian"], 64), (["Marian", "Dora"], 64), (["Mar", "Callum"], 64)]
      as [([String], Int32)]
    {
      let result = try cut("--yes", yes: yes)
      #expect(result.status == status && result.errors.split(separator: "\n").count == 1)
      #expect(!FileManager.default.fileExists(atPath: excerpt))
    }
    for stretch in ["1:00-0:30", "0:30", "9:00-9:30"] {
      let result = try Program.run(["--recordings", root, "excerpt", "1-post", stretch, "--output", excerpt])
      #expect(result.status == 64 && result.errors.split(separator: "\n").count == 1, "\(stretch)")
    }
    try FileManager.default.createDirectory(atPath: excerpt, withIntermediateDirectories: true)
    #expect(try cut().status == 73)
    #expect(try Program.run(["--recordings", root, "excerpt", "7-post", "0:30-1:00"]).status == 66)
    #expect(try Data(contentsOf: URL(fileURLWithPath: meeting + "/journal.jsonl")) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["Recordings", "excerpt"])
  }
}

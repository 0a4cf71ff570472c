import Coaching
import Foundation
import PromptLibrary
import TalkAnalysis
import Testing

@testable import Reports

struct HTMLTests {
  @Test func `a full meeting makes a well-formed page whose links all lead somewhere`() throws {
    let page = try Parsed(SampleMeeting.full.reflection(audio: SampleMeeting.recorded, damagedLines: [3]).html)
    let ids = page.ids
    #expect(Set(ids).count == ids.count)
    let targets =
      page.all("a").compactMap { $0.attributes["href"] }
      + page.elements.compactMap { $0.attributes["data-goto"] ?? $0.attributes["aria-labelledby"].map { "#" + $0 } }
    #expect(targets.count > 100)
    for target in targets { #expect(target.first == "#" && ids.contains(String(target.dropFirst())), "\(target)") }
  }

  @Test func `every tagged turn has a row with its time, who, and what`() throws {
    let reflection = SampleMeeting.full.reflection()
    let page = try Parsed(reflection.html)
    #expect(reflection.measures.turns.count == 25)
    for turn in reflection.measures.turns {
      let row = try #require(page.all("tr") { $0.attributes["id"] == "e\(turn.number)" }.first)
      #expect(row.text.contains(Timecode.text(turn.t)))
      #expect(row.text.contains(reflection.people.name(turn.turn.by)))
      for function in turn.turn.functions {
        #expect(row.text.contains(reflection.title(.function, function.rawValue)))
      }
      if let note = turn.turn.note { #expect(row.text.contains(note)) }
    }
  }

  @Test func `every count stands beside the times it came from`() throws {
    let reflection = SampleMeeting.full.reflection()
    let page = try Parsed(reflection.html)
    for dimension in Reflection.profileOrder {
      for row in reflection.profile(dimension).rows {
        #expect(row.counts.map(\.places.count).reduce(0, +) == row.places.count)
        let times = row.places.map { "#e\($0.number)" }
        let found = page.all("td") { $0.attributes["class"] == "times" }.contains { cell in
          row.places.allSatisfy { cell.text.contains(Timecode.text($0.t)) }
        }
        #expect(found, "\(dimension) \(row.title)")
        let linked = page.all("a").compactMap { $0.attributes["href"] }
        #expect(Set(times).isSubset(of: linked))
      }
    }
  }

  @Test func `the turns behind a challenge are linked, those of a marked moment too`() throws {
    let reflection = SampleMeeting.full.reflection()
    let challenges = reflection.page.sections.flatMap(\.blocks).compactMap { block in
      if case .challenge(let challenge) = block { challenge } else { nil }
    }
    #expect(challenges.count == reflection.challenges.count && !challenges.isEmpty)
    for (shown, suggested) in zip(challenges, reflection.challenges) {
      #expect(shown.places.map(\.t) == suggested.places.map(\.t))
    }
    let page = try Parsed(reflection.html)
    let behind = page.all("a") { $0.ancestors.contains("article") }.compactMap { $0.attributes["href"] }
    #expect(behind == challenges.flatMap(\.places).map { "#e\($0.number)" })
    #expect(behind.allSatisfy { page.ids.contains(String($0.dropFirst())) })
    #expect(reflection.challenges.contains { $0.challenge.condition == "moment-left" })
  }

  @Test func `nothing is asked for but the recording beside the page`() throws {
    let page = try Parsed(SampleMeeting.full.reflection(audio: SampleMeeting.recorded).html)
    #expect(page.elements.compactMap { $0.attributes["src"] } == ["./audio.flac"])
    #expect(page.all("link").isEmpty && page.all("img").isEmpty && page.all("iframe").isEmpty)
    let policy = page.all("meta") { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    let content = try #require(policy.first).attributes["content"]
    #expect(content == Reflection.policy)
    #expect(Reflection.policy.hasPrefix("default-src 'none';"))
    #expect(!"\(stylesheet)".contains("url(") && !"\(stylesheet)".contains("@import"))
  }

  @Test func `the policy allows the script that is there`() throws {
    let sum = Process()
    sum.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    let (input, output) = (Pipe(), Pipe())
    (sum.standardInput, sum.standardOutput) = (input, output)
    try sum.run()
    input.fileHandleForWriting.write(Data("\(playerScript)".utf8))
    input.fileHandleForWriting.closeFile()
    let hex = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64)
    sum.waitUntilExit()
    var bytes: [UInt8] = []
    var rest = hex[...]
    while let byte = UInt8(rest.prefix(2), radix: 16) {
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    #expect(bytes.count == 32)
    #expect(playerScriptHash == "sha256-" + Data(bytes).base64EncodedString())
  }

  @Test func `with sound there is a player and times to listen from; without, one line says so`() throws {
    let recorded = try Parsed(SampleMeeting.full.reflection(audio: SampleMeeting.recorded).html)
    let listen = recorded.all("a") { $0.attributes["class"]?.contains("listen") ?? false }
    #expect(recorded.all("audio").count == 1)
    #expect(listen.count >= 25)
    #expect(listen.allSatisfy { $0.attributes["data-t"].flatMap(Double.init) != nil })
    for (audio, line) in [
      (Reflection.Audio.none, "No sound was recorded"), (.deleted, "The recording has been deleted"),
    ] {
      let page = try Parsed(SampleMeeting.full.reflection(audio: audio).html)
      #expect(page.all("audio").isEmpty)
      let listen = page.all("a") { $0.attributes["class"]?.contains("listen") ?? false }
      #expect(listen.isEmpty)
      #expect(page.all("dd") { $0.text == line }.count == 1)
    }
  }

  @Test func `headings go down a step at a time and tables name their columns`() throws {
    let page = try Parsed(SampleMeeting.full.reflection().html)
    let levels = page.elements.compactMap {
      $0.name.count == 2 && $0.name.first == "h" ? Int($0.name.dropFirst()) : nil
    }
    #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    #expect(page.all("th").allSatisfy { ["col", "row"].contains($0.attributes["scope"]) })
    #expect(page.all("svg").allSatisfy { $0.attributes["aria-label"] != nil || $0.attributes["aria-hidden"] == "true" })
    for landmark in ["header", "nav", "main"] { #expect(page.all(landmark).count == 1) }
    #expect(page.elements[0].attributes["lang"] == "en-GB")
  }

  @Test func `the drawing has a mark for each turn, each pause and gap, and each thing marked`() throws {
    let reflection = SampleMeeting.full.reflection()
    let page = try Parsed(reflection.html)
    let drawn = page.all("g").compactMap { $0.attributes["data-goto"] }
    let turns = reflection.measures.turns.map(\.number)
    let marked = (reflection.moments + reflection.actions + reflection.feedback).map(\.number)
    for number in turns + marked + reflection.evidence.map(\.number) { #expect(drawn.contains("#e\(number)")) }
    let titles = page.all("title").map(\.text)
    #expect(titles.contains("5:31 Ben: Dissonance"))
    #expect(titles.contains("off the record, 12:00–15:05"))
    #expect(titles.contains("no sound, 25:00–25:38"))
  }

  @Test func `three hours with six hundred turns are all there`() throws {
    var meeting = SampleMeeting(people: People(coach: "Anna", coachee: "Ben"))
    for index in 0..<600 {
      let function = InteractionFunction.standard[index * 7 % 15]
      meeting.add(Double(index) * 18, .turn(Turn(by: index % 5 < 3 ? .coach : .coachee, functions: [function])))
    }
    let reflection = meeting.reflection(audio: .deleted)
    let page = try Parsed(reflection.html)
    #expect(page.all("tr") { $0.attributes["id"] != nil }.count == 600)
    #expect(page.all("tr") { $0.text.contains("2:59:42") && $0.attributes["id"] != nil }.count == 1)
    #expect(page.all("summary") { $0.text == "and 32 more" }.count >= 15)
  }
}

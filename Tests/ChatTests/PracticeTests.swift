import Coaching
import Foundation
import PromptLibrary
import SessionJournal
import TestSupport
import Testing

@testable import Chat
@testable import Terminal

/// `/practise`, from its first step to its last.
struct PracticeTests {
  private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Recordings/sample").standardizedFileURL.path

  private let room = Room { $0.sample = sample }
  /// What practices have left.
  private func left(_ desk: PracticeDesk) -> Bool {
    FileManager.default.fileExists(atPath: desk.facilitator.archive.root)
  }

  private func practice(keys: Bool = false) throws -> PracticeDesk {
    let facilitator = room.facilitator!
    let desk = try PracticeDesk(
      library: facilitator.library, studio: facilitator.studio, program: "ct --recordings elsewhere",
      say: facilitator.say)
    desk.takesKeys = keys
    desk.open()
    return desk
  }

  /// Each line, and what is asked for then.
  private func type(_ lines: [(String, String)], to desk: PracticeDesk) {
    for (line, next) in lines {
      _ = room.heard()
      #expect(desk.handle(line, at: room.now) == .goOn)
      let heard = room.heard()
      #expect(next.isEmpty || heard.contains(next), "after '\(line)': \(heard)")
    }
  }

  @Test func `the sample conversation is known turn by turn`() throws {
    let talk = try #require(SampleTalk(Self.sample))
    #expect(talk.people == People(coach: "Marian", coachee: "Callum"))
    #expect(talk.turns.count == 31)
    #expect(talk.turns[0].words == "So, Callum, how did you feel the fractions lesson went?")
    #expect(talk.turns[0].by == .coach && talk.turns[1].by == .coachee)
    #expect(abs(talk.turns[0].stretch.from - 1.2) < 1e-6 && abs(talk.turns[0].stretch.to - 5.39) < 1e-6)
    #expect(zip(talk.turns, talk.turns.dropFirst()).allSatisfy { $0.stretch.to == $1.stretch.from })
    #expect(SampleTalk(room.folder) == nil)
  }

  @Test func `each step is asked for when the one before is done, with lines`() throws {
    let desk = try practice()
    let heard = room.heard()
    #expect(heard.contains("Marian: “So, Callum, how did you feel") && heard.contains("Type /c for the coach"))
    type(
      [
        ("something else", "Type /c for the coach"), ("/help c", "Type /c for the coach"),
        ("/c", "Type /t explanation"),
        ("/t", "Type /t explanation"), ("/t expl", "/c evaluation,question"),
        ("/c evaluation", "/c evaluation,question"),
        ("/c evaluation,question", "Type /undo"), ("/undo", "are a note"), ("words", "Type /pause"),
        ("/new", "You are practising"), ("/pause", "Type /resume"), ("lost", "Type /resume"), ("/resume", "Type /next"),
        ("/next", "/end closes"),
        ("/end", "Enter throws the practice away"),
      ], to: desk)
    let archive = desk.facilitator.archive
    #expect(FileManager.default.fileExists(atPath: archive.htmlPath(archive.latestMeeting()!)))
    let attributes = try FileManager.default.attributesOfItem(atPath: archive.root)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
    type([("/new", "Only press Enter")], to: desk)
    #expect(!desk.isOver)
    type([("", "")], to: desk)
    #expect(desk.isOver)
    desk.close(.closed, at: room.now)
    #expect(!left(desk))
    #expect(room.facilitator.archive.cycles() == [] && desk.status == .done)
  }

  @Test func `each step is asked for when the one before is done, with keys`() throws {
    let desk = try practice(keys: true)
    type([("/c", "Type /t explanation"), ("/t expl", "Press Tab")], to: desk)
    let presses: [(LiveKeys.Press, String)] = [
      (.begin, "Press c for Marian, then v for an evaluation, then q for a question"),
      (.meaning(.speaker(.coach), at: room.now), ""), (.meaning(.function(.evaluation), at: room.now), ""),
      (.meaning(.function(.question), at: room.now), "Press u"), (.meaning(.undo, at: room.now), "Escape, or Tab"),
      (.leave, "are a note"),
    ]
    for (press, next) in presses {
      _ = room.heard()
      desk.press(press)
      let heard = room.heard()
      #expect(next.isEmpty ? !heard.contains("Press u") : heard.contains(next), "after \(press): \(heard)")
    }
    #expect(desk.liveLayout == nil)
  }

  @Test func `while keys tag, Enter goes on as well, and what is said of the keys holds`() throws {
    let desk = try practice(keys: true)
    type([("/c", "Type /t explanation"), ("/t expl", "Press Tab")], to: desk)
    desk.press(.begin)
    _ = room.heard()
    desk.press(.leave)
    #expect(room.heard().contains("Type /c evaluation,question"))
    desk.press(.begin)
    #expect(room.heard().contains("then v for an evaluation"))
    type([(":", "Press u")], to: desk)
  }

  @Test func `Enter leaves out every step, and nothing is left over`() throws {
    let desk = try practice(keys: true)
    for _ in 0..<20 where !desk.isOver { #expect(desk.handle("", at: room.now) == .goOn) }
    #expect(desk.isOver && room.heard().contains("Enter throws the practice away"))
    desk.close(.closed, at: room.now)
    #expect(!left(desk))
  }

  @Test(arguments: ["/quit", "^C"]) func `it can be left at any moment`(how: String) throws {
    let desk = try practice()
    if how == "^C" {
      #expect(!desk.interrupt(again: false) && !desk.isOver && !desk.interrupt(again: true))
    } else {
      type([(how, "")], to: desk)
    }
    #expect(desk.isOver)
    desk.close(.closed, at: room.now)
    #expect(!left(desk))
  }

  @Test(arguments: [" ", "|", "/wait", "/new", "/c"]) func `a damaged conversation is none, and nothing worse`(
    line: String
  ) throws {
    let folder = try TemporaryFolder()
    for file in ["conversation.txt", "conversation.commands"] {
      let text = try String(contentsOfFile: Self.sample + "/" + file, encoding: .utf8)
      _ = try folder.write(Data((line + "\n" + text).utf8), to: file)
    }
    let talk = SampleTalk(folder.file("").path)
    #expect(talk == nil || talk?.turns.count == 31)
  }

  @Test func `without the sample conversation one line says so`() {
    let facilitator = Room().facilitator!
    #expect(throws: Complaint(.noInput, Speech.noSample)) {
      _ = try PracticeDesk(
        library: facilitator.library, studio: facilitator.studio, program: "coachtalk", say: { _, _ in })
    }
  }
}

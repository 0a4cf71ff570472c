import Coaching
import FoundationEssentials

/// The sample conversation, turn by turn: what is said, and where it is heard.
struct SampleTalk {
  struct Turn: Equatable {
    var by: Speaker
    var words: String
    /// Where it is in the sound.
    var stretch: Redaction
  }

  let people: People
  let turns: [Turn]
  /// A file of sound.
  let sound: String

  /// Reads the folder it is in; `nil` when something of it is missing.
  init?(_ folder: String) {
    guard let talk = try? String(contentsOfFile: folder + "/conversation.txt", encoding: .utf8),
      let commands = try? String(contentsOfFile: folder + "/conversation.commands", encoding: .utf8)
    else { return nil }
    sound = folder + "/conversation.ogg"
    // Who speaks, and in the last column what.
    let spoken = talk.split(separator: "\n").compactMap { line -> (by: Speaker, words: String)? in
      let columns = line.split(separator: "|")
      guard columns.count > 1, let speaker = ["c": Speaker.coach, "t": .coachee][columns[0].trimmed] else { return nil }
      return (speaker, String(columns[columns.count - 1].trimmed))
    }
    var people: People?
    var (at, begins) = (0.0, [Double]())
    for line in commands.split(separator: "\n") {
      let words = line.split(separator: " ")
      switch words.first {
      case "/new":
        let values = try? Arguments(line.dropFirst("/new".count), keys: ["coach", "coachee", "focus"]).values
        guard let coach = values?["coach"], let coachee = values?["coachee"] else { return nil }
        people = People(coach: coach, coachee: coachee)
      case "/wait": at += words.dropFirst().first.flatMap { Double($0) } ?? 0
      case "/c", "/t": begins.append(at)
      default: break
      }
    }
    guard let people, !spoken.isEmpty, spoken.count == begins.count else { return nil }
    self.people = people
    turns = zip(spoken, zip(begins, begins.dropFirst() + [at])).map { turn, stretch in
      Turn(by: turn.by, words: turn.words, stretch: Redaction(from: stretch.0, to: stretch.1))
    }
  }
}

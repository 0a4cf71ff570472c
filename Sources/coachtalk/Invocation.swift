import Chat
import Coaching

/// The command line: options first or last, then a command and what belongs to it.
struct Invocation: Equatable {
  var recordings: String?
  var prompts: String?
  var device: String?
  /// Who observes.
  var name: String?
  /// Who observes has a laptop of their own.
  var away = false
  var plain = false
  var json = false
  var fast = false
  var yes = false
  var sound = false
  /// Who listens again.
  var by: String?
  /// A second pass.
  var again = false
  var anonymous = false
  var notes = false
  var output: String?
  /// Who has said yes, by name.
  var yesOf: [String] = []
  var help = false
  var version = false
  /// The command and its arguments; empty for the REPL.
  var words: [String] = []

  init(_ arguments: [String]) throws(Complaint) {
    var rest = arguments[...]
    var onlyWords = false
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-"), argument != "-", !onlyWords else {
        words.append(argument)
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      func value() throws(Complaint) -> String {
        if parts.count == 2 { return String(parts[1]) }
        guard let next = rest.popFirst() else {
          throw Complaint(.usage, "\(argument) needs a value; coachtalk --help shows how.")
        }
        return next
      }
      switch String(parts[0]) {
      case "--": onlyWords = true
      case "--recordings": recordings = try value()
      case "--prompts": prompts = try value()
      case "--device": device = try value()
      case "--name": name = try value()
      case "--away": away = true
      case "--plain": plain = true
      case "--json": json = true
      case "--fast": fast = true
      case "--yes": yes = true
      case "--sound": sound = true
      case "--by": by = try value()
      case "--again": again = true
      case "--anonymous": anonymous = true
      case "--notes": notes = true
      case "--output": output = try value()
      case "--yes-of": yesOf.append(try value())
      case "--help", "-h": help = true
      case "--version": version = true
      default:
        let near =
          String(parts[0]).nearest(in: Self.options).map { "; did you mean \($0)?" } ?? "; see coachtalk --help."
        throw Complaint(.usage, "There is no option \(parts[0])\(near)")
      }
    }
  }

  private static let options = [
    "--recordings", "--prompts", "--device", "--name", "--away", "--plain", "--json", "--fast", "--yes", "--sound",
    "--by",
    "--again", "--anonymous", "--notes", "--output", "--yes-of", "--help", "--version",
  ]

  static let usage = """
    coachtalk keeps two teachers (and an observer) company through a coaching cycle.

    usage: coachtalk [options] [command]

    With no command it starts the chat. Commands:
      doctor             can a meeting be recorded here, and what to do about it [--json]
      demo               watch it work through a sample conversation [--fast]
      list               cycles and meetings [--json]
      show MEETING       read a meeting's private reflection
      reflect MEETING    write the reflection again
      analyse MEETING    every figure behind it, as JSON [--json]
      review MEETING     listen again and tag [--by NAME] [--again for a second pass]
      agree MEETING [FILE…]  how far people who tagged it agree [--json]
      observe [MEETING]  the observer's own window beside a running meeting [--name NAME]
      observe --away     the same on another laptop [--name NAME] [--sound: all agree that it records]
      merge MEETING FILE bring in what was observed on another laptop [--yes]
      recover            close what a crash left open
      redact MEETING FROM-TO  silence a stretch for good, and the words typed in it [--yes]
      forget MEETING|CYCLE    delete for good, or only the sound [--sound] [--yes]
      excerpt MEETING FROM-TO  give a stretch of it to others: the sound and tags of that alone, when everybody
                         agrees [--output FOLDER] [--anonymous] [--notes] [--yes-of NAME …]
      guide [TOPIC]      the ideas behind it, in short; or look any word up
      prompts check      are the prompt files sound?

    MEETING is as list prints it, such as 1-post, or latest; CYCLE a number, or cycle-1. Times are 12:40, 1:02:40 or
    seconds. --yes answers the question that is asked first.

    Options:
      --recordings DIR   where meetings are kept
      --prompts DIR      where the prompts are
      --device NAME      the microphone, an ALSA name; none records no sound. Two of them, a
                         channel each: --device 'hw:1 + hw:2'. For review, the loudspeaker
      --plain            plain lines: no colour, no moving cursor
      --help             this
      --version          the version
    """
}

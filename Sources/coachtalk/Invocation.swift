import Chat
import Coaching

/// The command line: options first or last, then a command and what belongs to it.
struct Invocation: Equatable {
  var recordings: String?
  var prompts: String?
  var device: String?
  /// Who observes.
  var name: String?
  /// Who observes has a laptop of their own, and everybody agrees that it records, too.
  var away = false
  var record = false
  /// Whose view of it is read.
  var viewer: String?
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
      let name = parts[0] == "-h" ? "--help" : String(parts[0])
      if name == "--" {
        onlyWords = true
        continue
      }
      let options = CommandTable.options
      guard let option = options.first(where: { $0.name == name }) else {
        let near = name.nearest(in: options.map(\.name)).map { "; did you mean \($0)?" } ?? "; see coachtalk --help."
        throw Complaint(.usage, "There is no option \(name)\(near)")
      }
      switch option.target {
      case .flag(let path): self[keyPath: path] = true
      case .value(let path): self[keyPath: path] = try value()
      case .values(let path): self[keyPath: path].append(try value())
      }
    }
  }
}

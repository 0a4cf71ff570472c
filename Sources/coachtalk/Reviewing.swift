import Chat
import Coaching
import FoundationEssentials
internal import Glibc
import Terminal

/// `review`: asks who listens, when somebody is there to answer.
extension Program {
  func review(_ name: String, _ invocation: Invocation, _ writer: ReflectionWriter, _ program: String) throws
    -> ExitStatus
  {
    let id = try meeting(name, in: writer.archive)
    let console: Console
    let listener: String
    if let by = invocation.by {
      listener = by
      console = talkingConsole(plain: invocation.plain)
    } else {
      guard isatty(STDIN_FILENO) == 1 else {
        throw Complaint(.usage, "review needs to know who listens: coachtalk review \(id) --by NAME")
      }
      say("Who is listening? (a first name will do)")
      guard let line = readLine() else { return .interrupted }
      listener = line
      console = talkingConsole(plain: invocation.plain)
    }
    defer { console.restore() }
    return try Review(
      id, by: listener, again: invocation.again, console: console, writer: writer, program: program
    ).run()
  }
}

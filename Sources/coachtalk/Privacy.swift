import Chat
import Coaching
internal import Glibc
import SessionJournal
import Terminal

/// `redact`, `forget`, `excerpt` and `merge`: a plain question first, when somebody is there to answer it.
extension Program {
  func redact(_ name: String, _ stretch: String, _ invocation: Invocation, _ writer: ReflectionWriter) throws
    -> ExitStatus
  {
    let redacting = try Redacting(try meeting(name, in: writer.archive), stretch, writer)
    guard try isAgreed(redacting.question, invocation) else { return say(Self.nothingChanged) }
    let (said, remarks) = try redacting.perform()
    say(said)
    return worst(remarks)
  }

  func forget(_ name: String, _ invocation: Invocation, _ writer: ReflectionWriter) throws -> ExitStatus {
    let forgetting = try Forgetting(try subject(name, in: writer.archive), soundOnly: invocation.sound, writer)
    guard try isAgreed(forgetting.question, invocation) else { return say(Self.nothingChanged) }
    let (said, remarks) = try forgetting.perform()
    say(said)
    return worst(remarks)
  }

  func excerpt(_ name: String, _ stretch: String, _ invocation: Invocation, _ writer: ReflectionWriter) throws
    -> ExitStatus
  {
    let excerpting = try Excerpting(
      try meeting(name, in: writer.archive), stretch, to: invocation.output, isAnonymous: invocation.anonymous,
      withWords: invocation.notes, writer)
    let missing = try excerpting.withoutYes(invocation.yesOf)
    if !missing.isEmpty {
      guard isatty(STDIN_FILENO) == 1 else { throw Complaint(.usage, excerpting.yesNeeded(missing)) }
      for person in missing {
        guard answer(excerpting.question(person)) else { return say(Self.nothingChanged) }
      }
    }
    return say(try excerpting.perform())
  }

  func merge(_ name: String, _ file: String, _ invocation: Invocation, _ writer: ReflectionWriter) throws -> ExitStatus
  {
    let merging = try Merging(try meeting(name, in: writer.archive), file, writer)
    if invocation.yes { say(merging.findings) }
    guard try isAgreed(merging.question, invocation) else { return say(Self.nothingChanged) }
    let (said, remarks) = try merging.perform()
    say(said)
    // A yes to bringing it in is none to deleting somebody's file.
    if !invocation.yes, isatty(STDIN_FILENO) == 1, answer(merging.askDeletion) {
      say(try merging.deleteCopy())
    } else {
      say(merging.deleteLater)
    }
    return worst(merging.remarks + remarks)
  }

  static let nothingChanged = "Nothing was changed."

  /// `1` and `cycle-1` are a cycle, anything else a meeting.
  private func subject(_ name: String, in archive: Archive) throws(Complaint) -> Forgetting.Subject {
    guard let number = Archive.cycleNumber(name) ?? Archive.cycleNumber("cycle-\(name)") else {
      return .meeting(try meeting(name, in: archive))
    }
    guard archive.cycles().contains(number) else {
      throw Complaint(.noInput, "There is no cycle \(number); coachtalk list shows those there are.")
    }
    return .cycle(number)
  }

  func isAgreed(_ question: String, _ invocation: Invocation) throws(Complaint) -> Bool {
    if invocation.yes { return true }
    guard isatty(STDIN_FILENO) == 1 else {
      throw Complaint(.usage, "\(invocation.words[0]) asks first, and nobody is there to answer; --yes answers it.")
    }
    return answer(question)
  }

  /// Asks somebody at a terminal; the end of the input is a no.
  func answer(_ question: String) -> Bool {
    say(question)
    while let line = readLine() {
      if let answer = yesOrNo(line) { return answer }
      say("Please answer yes or no.")
    }
    return false
  }
}

import AudioCapture
import Coaching
import Foundation
import PromptLibrary
import SessionJournal
import Synchronization
import TalkAnalysis
import TestSupport

@testable import Chat

/// A facilitator with a folder of its own, a clock that stands still until it is moved, and ears for what it says.
final class Room: @unchecked Sendable {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chat-\(UUID().uuidString.prefix(8))").path
  let clock = Mutex(SuspendingClock.now)
  private(set) var said: [(text: String, manner: Manner)] = []
  private(set) var facilitator: Facilitator!
  /// The microphone each time one is opened, the last for ever after.
  private var microphones: [() -> Result<any AudioSource, AudioFailure>]

  /// Read once: it takes a while.
  private static let library = Library.load(
    nil, names: AnalysisNames(conditions: Set(Condition.allCases.map(\.rawValue))))

  init(
    isInteractive: Bool = true, microphones: [() -> Result<any AudioSource, AudioFailure>] = [],
    restarting other: Room? = nil, world: (inout Studio) -> Void = { _ in }
  ) {
    self.microphones = microphones
    var studio = Studio(
      device: "mic",
      openMicrophone: microphones.isEmpty
        ? nil
        : { [unowned self] () throws(AudioFailure) in
          try (self.microphones.count > 1 ? self.microphones.removeFirst() : self.microphones[0])().get()
        },
      createFile: { (_, _) throws(AudioFailure) in MemorySink() }, join: { (_, _) throws(AudioFailure) in 0 },
      silence: { (_, _) throws(AudioFailure) in },
      length: { (_) throws(AudioFailure) in 0 }, now: { [unowned self] in self.clock.withLock(\.self) })
    world(&studio)
    facilitator = Facilitator(
      archive: Archive(root: other?.folder ?? folder),
      library: Self.library,
      studio: studio,
      isInteractive: isInteractive, say: { [unowned self] in said.append(($0, $1)) }, notify: { _ in })
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var now: SuspendingClock.Instant { clock.withLock(\.self) }
  var journal: [Event] {
    guard let id = facilitator.archive.latestMeeting() else { return [] }
    return (try? JournalContents.read(facilitator.archive.journalPath(id)))?.events ?? []
  }

  /// What was said since the last time this was asked.
  func heard() -> String {
    defer { said = [] }
    return said.map(\.text).joined(separator: "\n")
  }

  /// Types lines, a second apart.
  func type(_ lines: String...) {
    for line in lines {
      clock.withLock { $0 = $0.advanced(by: .seconds(1)) }
      _ = facilitator.handle(line, at: now)
    }
  }

  /// Lets so many seconds pass, in which nobody types.
  func pass(_ seconds: Int) {
    for _ in 0..<seconds * 20 {
      clock.withLock { $0 = $0.advanced(by: .milliseconds(50)) }
      facilitator.lookAround(at: now)
    }
  }

  /// A pair that does not want to be recorded, in a post-lesson meeting.
  func meet(observer: String? = nil) {
    type("/new coach=Anna coachee=Ben" + (observer.map { " observer=\($0)" } ?? ""))
    type("/consent Anna no", "/consent Ben no", "/begin post")
    _ = heard()
  }
}

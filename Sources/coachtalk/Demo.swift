import AudioCapture
import Chat
import Coaching
import FoundationEssentials
internal import Glibc
import PromptLibrary
import SessionJournal
import SoundFiles
import Synchronization
import Terminal

/// `coachtalk demo`: the main job on the bundled sample conversation, which plays as the microphone while its script tags it.
struct Demo {
  /// How many times faster than the talk the demonstration runs on a screen.
  private static let speed = 6.0

  let places: Places
  let isFast: Bool

  func run(_ console: Console) throws(Complaint) -> ExitStatus {
    guard let sample = places.sample else {
      throw Complaint(
        .noInput,
        "The sample conversation is not there; install coachtalk with make install, or run make demo in its folder.")
    }
    guard let script = try? String(contentsOfFile: sample + "/conversation.commands", encoding: .utf8) else {
      throw Complaint(.noInput, "\(sample)/conversation.commands: this file is missing or cannot be read.")
    }
    // A place of its own: the sample's people are not the user's, and meet for the first time in each demonstration.
    let folders = (1...).lazy.map { places.recordings + "/demo" + ($0 > 1 ? "-\($0)" : "") }
    let archive = Archive(root: folders.first { Archive(root: $0).cycles().isEmpty }!)
    let clock = SteppedClock()
    let file = sample + "/conversation.ogg"
    let studio = Studio(
      device: "the sample conversation",
      openMicrophone: { () throws(AudioFailure) in try SoundFileSource(path: file, now: clock.now) }, now: clock.now)
    let realSpeed = isFast ? nil : Self.speed
    let conversation = Conversation(
      console: console, archive: archive, library: Library.load(places.prompts), studio: studio,
      program: CommandLine.arguments[0] + " --recordings " + Places.quoted(archive.root),
      input: .script(script.split(separator: "\n").map(String.init), pass: { clock.pass($0, speed: realSpeed) }))
    let status = conversation.run()
    console.print(
      "The reflection of the sample conversation, for a browser: \(archive.latestMeeting().map(archive.htmlPath) ?? archive.root)"
    )
    return status
  }
}

/// A clock that stands still until it is told to go on, so that a script's tags land on the same frames every time.
final class SteppedClock: Sendable {
  private let time = Mutex(SuspendingClock.now)

  var now: @Sendable () -> SuspendingClock.Instant { { self.time.withLock(\.self) } }

  /// Goes on by `duration`: in small steps `speed` times as fast as real time, or at once.
  func pass(_ duration: Duration, speed: Double?) {
    guard let speed else { return time.withLock { $0 = $0.advanced(by: duration) } }
    let end = now().advanced(by: duration)
    let step = Duration.milliseconds(50)
    while now() < end {
      usleep(useconds_t(50_000 / speed))
      time.withLock { $0 = min(end, $0.advanced(by: step)) }
    }
  }
}

import ALSACapture
import AudioCapture
import AudioPlayback
import Chat
import Coaching
import FoundationEssentials
import PromptLibrary
import SessionJournal
import SoundFiles
import TalkAnalysis

extension Studio {
  /// The studio with an ALSA device as its microphone, or two; `none` records nothing.
  init(device: String) {
    self.init(
      device: device,
      openMicrophone: device == "none" ? nil : { () throws(AudioFailure) in try Microphone.open(device) })
  }

  /// The studio with any microphone, writing real files.
  init(
    device: String, openMicrophone: (() throws(AudioFailure) -> any AudioSource)?,
    now: @escaping @Sendable () -> SuspendingClock.Instant = { SuspendingClock.now }
  ) {
    self.init(
      device: device, openMicrophone: openMicrophone,
      createFile: { (path, format) throws(AudioFailure) in try FLACSink(path: path, format: format) },
      join: { (parts, path) throws(AudioFailure) in
        try SoundFile.join(
          parts.map { (URL(fileURLWithPath: $0.path), $0.start) }, to: URL(fileURLWithPath: path))
      },
      silence: { (path, stretch) throws(AudioFailure) in
        try SoundFile.silence(URL(fileURLWithPath: path), from: stretch.from, to: stretch.to)
      },
      cut: { (path, stretch, new) throws(AudioFailure) in
        try SoundFile.cut(URL(fileURLWithPath: path), from: stretch.from, to: stretch.to, to: new)
      },
      envelope: { (path) throws(AudioFailure) in try SoundFile.envelope(path) },
      length: { (path) throws(AudioFailure) in try SoundFile.info(path).seconds }, now: now)
    openSound = { (path) throws(AudioFailure) in try SoundFileReading(path: path) }
    guard device != "none" else { return }
    openSpeaker = { (format) throws(AudioFailure) in try ALSAOutput(device: device, format: format) }
  }

  /// A microphone is no loudspeaker: what a pair plays in its meeting comes out where everything else does.
  mutating func useUsualSpeaker() {
    openSpeaker = { (format) throws(AudioFailure) in try ALSAOutput(device: "default", format: format) }
  }
}

enum Microphone {
  /// Opens an ALSA device; or two, whose names have a plus sign between spaces between them, as a channel each. When one
  /// of two cannot be opened the reason says which.
  static func open(_ device: String) throws(AudioFailure) -> any AudioSource {
    let names = device.split(separator: " + ", omittingEmptySubsequences: false).map(String.init)
    guard names.count == 2 else { return try ALSASource(device: device) }
    return PairedSource(try one(names[0]), try one(names[1]))
  }

  private static func one(_ name: String) throws(AudioFailure) -> ALSASource {
    do throws(AudioFailure) {
      return try ALSASource(device: name)
    } catch {
      var failure = error
      failure.reason = "\(name): \(error.reason)"
      throw failure
    }
  }
}

extension Library {
  /// The prompts at `path`, with the names that the analysis knows.
  static func load(_ path: String?) -> Library {
    load(
      path,
      names: AnalysisNames(
        conditions: Set(Condition.allCases.map(\.rawValue)), signs: Set(Sign.allCases.map(\.rawValue)),
        nudges: Set(Occasion.allCases.map(\.rawValue))))
  }
}

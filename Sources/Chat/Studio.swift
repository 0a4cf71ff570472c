public import AudioCapture
public import AudioPlayback
public import Coaching
import SessionJournal

/// What the chat needs of the world of sound, given to it so that it need not know libasound or libsndfile.
public struct Studio {
  /// What the microphone is called: an ALSA PCM name.
  public var device: String
  /// Opens the microphone; `nil` when the program was told to record nothing.
  public var openMicrophone: (() throws(AudioFailure) -> any AudioSource)?
  /// Begins a FLAC file where there is none.
  public var createFile: (_ path: String, _ format: AudioFormat) throws(AudioFailure) -> any AudioSink
  /// Puts what can be read of several files into one, each from its second on, and gives its length in seconds.
  public var join: (_ parts: [(path: String, start: Double)], _ path: String) throws(AudioFailure) -> Double
  /// Makes a file of sound silent from one second to another, for good.
  public var silence: (_ path: String, _ stretch: Redaction) throws(AudioFailure) -> Void
  /// Makes a new file of one stretch of a file of sound, and gives its length in seconds.
  public var cut: (_ path: String, _ stretch: Redaction, _ new: String) throws(AudioFailure) -> Double
  /// How loud a file of sound is from moment to moment.
  public var envelope: (_ path: String) throws(AudioFailure) -> SoundEnvelope
  /// The length of a file of sound in seconds.
  public var length: (_ path: String) throws(AudioFailure) -> Double
  /// Opens a file of sound to listen to it.
  public var openSound: (_ path: String) throws(AudioFailure) -> any RecordedSound = {
    (path) throws(AudioFailure) in
    throw AudioFailure(kind: .file, operation: "open(\(path))", code: 0, reason: "it cannot be played here")
  }
  /// Opens the loudspeaker; `nil` when there is none to use.
  public var openSpeaker: ((_ format: AudioFormat) throws(AudioFailure) -> any SoundOutput)?
  /// The folder of the sample conversation; `nil` when it is not there.
  public var sample: String?
  /// The monotonic clock.
  public var now: @Sendable () -> SuspendingClock.Instant
  /// How long the computer has slept since it was started.
  public var slept: () -> Duration = ComputerSleep.soFar
  /// Bytes that can still be written where a path is; `nil` when that cannot be told.
  public var freeBytes: (_ path: String) -> Int? = PrivateFiles.freeBytes

  public init(
    device: String, openMicrophone: (() throws(AudioFailure) -> any AudioSource)?,
    createFile: @escaping (_ path: String, _ format: AudioFormat) throws(AudioFailure) -> any AudioSink,
    join: @escaping (_ parts: [(path: String, start: Double)], _ path: String) throws(AudioFailure) -> Double,
    silence: @escaping (_ path: String, _ stretch: Redaction) throws(AudioFailure) -> Void,
    cut: @escaping (_ path: String, _ stretch: Redaction, _ new: String) throws(AudioFailure) -> Double = {
      (_, _, _) throws(AudioFailure) in 0
    },
    envelope: @escaping (_ path: String) throws(AudioFailure) -> SoundEnvelope = { (_) throws(AudioFailure) in
      SoundEnvelope()
    },
    length: @escaping (_ path: String) throws(AudioFailure) -> Double,
    now: @escaping @Sendable () -> SuspendingClock.Instant = { SuspendingClock.now }
  ) {
    self.device = device
    self.openMicrophone = openMicrophone
    self.createFile = createFile
    self.join = join
    self.silence = silence
    self.cut = cut
    self.envelope = envelope
    self.length = length
    self.now = now
  }
}

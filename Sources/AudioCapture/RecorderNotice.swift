/// Something the people in the room should know while a recording goes on. Times are seconds of meeting audio.
public enum RecorderNotice: Equatable, Sendable {
  /// Why sound is missing.
  public enum GapReason: Equatable, Sendable {
    /// The device dropped sound that was not fetched in time.
    case overrun
    /// The disk took so long that more than the ring holds was waiting.
    case slowDisk
    /// The device, or the sound server before it, left sound out without saying so; the clock shows it.
    case unreported
  }

  /// What is heard instead of voices.
  public enum Silence: Equatable, Sendable {
    /// Exact zeros: muted, or unplugged.
    case digital
    /// At most the noise of a quiet room.
    case room
    /// Mains hum.
    case hum
  }

  /// No voice for 15 s (a minute, when there was one before), or exact zeros for 5 s, not counting pauses. Told again only
  /// when there were voices in between.
  case silent(since: Double, Silence)
  /// Sound is missing; the file has silence of that length there.
  case gap(from: Double, seconds: Double, reason: GapReason)
  /// The device went away. Told once for each time it does.
  case lost(at: Double)
  /// The recording goes on; `gap` seconds of silence end there.
  case back(at: Double, gap: Double)
  /// Of two microphones the one of that name went away; the other goes on.
  case partLost(String, at: Double)
  /// It is heard again.
  case partBack(String, at: Double)
  /// Nothing more can be written; told once. The clock goes on, so that tags keep their times.
  case sinkFailed(AudioFailure, at: Double)
}

/// What a recording came to. All lengths are in seconds of meeting audio.
public struct RecordingSummary: Equatable, Sendable {
  /// From the first frame to the moment it was stopped.
  public var seconds = 0.0
  /// How much of that is in the file: less than `seconds` only when the file could not be written to the end.
  public var kept = 0.0
  /// Silence that stands for sound which was lost, or had ended.
  public var missing = 0.0
  /// Silence that was asked for with a pause.
  public var paused = 0.0
  /// Samples at full scale.
  public var clipped = 0
  /// How well the device's frames could be tied to the clock; `nil` when it was too short to tell.
  public var clock: ClockQuality?
  /// What stopped the file from being written to the end.
  public var failure: AudioFailure?

  public init() {}
}

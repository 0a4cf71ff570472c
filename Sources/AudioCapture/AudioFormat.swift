/// How a stream of sound is laid out. Samples are signed 16-bit, channels interleaved.
public struct AudioFormat: Equatable, Sendable {
  /// Frames a second (Hz).
  public var sampleRate: Int
  /// One (mono) or two (stereo).
  public var channels: Int

  public init(sampleRate: Int = 48_000, channels: Int = 1) {
    self.sampleRate = sampleRate
    self.channels = channels
  }
}

/// A sound device or sound file that did not do as it was asked.
///
/// `operation` is the C function with what it was applied to, `code` the library's own error number (negative errno
/// for libasound, `sf_error` for libsndfile) and `reason` the library's text for it.
public struct AudioFailure: Error, Equatable, Sendable {
  public enum Kind: Sendable {
    /// The device is missing, busy, or went away.
    case device
    /// The file could not be created, read or written.
    case file
    /// The file is there but does not hold sound that can be read.
    case notAudio
    /// There is no room left where the file is.
    case diskFull
  }

  public var kind: Kind
  public var operation: String
  public var code: Int
  public var reason: String

  public init(kind: Kind, operation: String, code: Int, reason: String) {
    self.kind = kind
    self.operation = operation
    self.code = code
    self.reason = reason
  }
}

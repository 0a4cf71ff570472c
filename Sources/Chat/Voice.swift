/// How something is said, so that whoever shows it can set it apart.
public enum Manner: Equatable, Sendable {
  /// The program talking.
  case speech
  /// A prompt put to the pair.
  case prompt
  /// Stands over what follows.
  case heading
  /// A tag or note that is safely on the disk.
  case acknowledgement
  /// Something to glance at.
  case quiet
  /// Something that needs a person to act, but stops nothing.
  case warning
  /// A line that was wrong, or something that failed.
  case error
}

/// A failure as it is told: one line, and the exit status it leads to. It never holds what a participant said.
public struct Complaint: Error, Equatable, Sendable {
  public var status: ExitStatus
  public var message: String

  public init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}

/// Exit statuses, after sysexits(3).
public enum ExitStatus: Int32, Sendable {
  case done = 0
  /// The command line was wrong (`EX_USAGE`).
  case usage = 64
  /// Data is damaged or cannot be read, or a line of a script was wrong (`EX_DATAERR`).
  case data = 65
  /// No such meeting or file (`EX_NOINPUT`).
  case noInput = 66
  /// A device is not available (`EX_UNAVAILABLE`).
  case unavailable = 69
  /// A file cannot be created (`EX_CANTCREAT`).
  case cannotCreate = 73
  /// Reading or writing failed (`EX_IOERR`).
  case inputOutput = 74
  case interrupted = 130
}

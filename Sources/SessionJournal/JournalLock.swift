internal import Glibc

/// Keeps other programs from opening a journal while something is done to its folder.
public final class JournalLock {
  private let fd: Int32

  /// Throws with ``FileFailure/isBusy`` when another program has it open.
  public init(_ path: String) throws(FileFailure) {
    fd = try PrivateFiles.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try PrivateFiles.lock(fd, path: path)
  }

  /// Whether a program has the journal at `path` open. Asking does not keep anybody from opening it for longer than a
  /// moment, and nobody at all while it is open.
  public static func isTaken(_ path: String) -> Bool {
    guard let fd = try? PrivateFiles.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) else { return false }
    defer { close(fd) }
    return flock(fd, LOCK_SH | LOCK_NB) != 0
  }

  deinit {
    flock(fd, LOCK_UN)
    close(fd)
  }
}

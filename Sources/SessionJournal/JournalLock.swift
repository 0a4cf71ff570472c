internal import Glibc

/// Keeps other programs from opening a journal while something is done to its folder.
public final class JournalLock {
  private let fd: Int32

  /// Throws with ``FileFailure/isBusy`` when another program has it open.
  public init(_ path: String) throws(FileFailure) {
    fd = try PrivateFiles.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try PrivateFiles.lock(fd, path: path)
  }

  deinit {
    flock(fd, LOCK_UN)
    close(fd)
  }
}

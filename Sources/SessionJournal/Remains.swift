internal import Glibc

/// What is left of a file that has been replaced or is to be deleted: its bytes, to be overwritten.
///
/// This is the best that a program can do. An SSD, and a file system that copies on writing, may keep the old blocks.
public final class Remains {
  private let fd: Int32

  /// Of the file at `path` as it is now; `nil` when there is no ordinary file that can be written to.
  public convenience init?(_ path: String) { self.init(path, in: AT_FDCWD) }

  /// `name` is in the open folder.
  init?(_ name: String, in folder: Int32) {
    fd = openat(folder, name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    if fd < 0 || !isOrdinary { return nil }
  }

  deinit { if fd >= 0 { close(fd) } }

  /// Writes zeros over the bytes, unless more names than `names` lead to them: those are somebody's copies.
  public func overwrite(names: Int = 0) {
    var info = stat()
    guard fstat(fd, &info) == 0, isOrdinary, info.st_nlink <= names else { return }
    let zeros = [UInt8](repeating: 0, count: 1 << 16)
    var done: off_t = 0
    while done < info.st_size {
      let count = pwrite(fd, zeros, min(zeros.count, Int(info.st_size - done)), done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      done += off_t(count)
    }
    fdatasync(fd)
  }

  private var isOrdinary: Bool {
    var info = stat()
    return fstat(fd, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
  }
}

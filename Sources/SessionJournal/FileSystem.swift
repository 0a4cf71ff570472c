import FoundationEssentials
internal import Glibc

/// A system call that failed on a file or folder. `code` is errno.
public struct FileFailure: Error, Equatable, Sendable {
  public var operation: String
  public var path: String
  public var code: Int32

  public init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The system's words for `code`.
  public var reason: String { String(cString: strerror(code)) }
  public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
  /// Somebody else holds the lock.
  public var isBusy: Bool { operation == "flock" && code == EWOULDBLOCK }
}

/// Files and folders that only their owner can read, whatever the umask is.
public enum PrivateFiles {
  /// Makes `path` with mode 0700, and the folders above it where they are missing. A folder that is there is left as it is.
  public static func makeFolder(_ path: String) throws(FileFailure) {
    if isFolder(path) { return }
    let parent = folder(of: path)
    if parent != path { try makeFolder(parent) }
    try makeNewFolder(path, mayExist: true)
  }

  /// Makes `path` with mode 0700. Throws `EEXIST` when it is there.
  static func makeNewFolder(_ path: String, mayExist: Bool = false) throws(FileFailure) {
    guard mkdir(path, 0o700) == 0 else {
      let failure = FileFailure(operation: "mkdir", path: path, code: errno)
      if mayExist, isFolder(path) { return }
      throw failure
    }
    guard chmod(path, 0o700) == 0 else { throw FileFailure(operation: "chmod", path: path, code: errno) }
    syncFolder(of: path)
  }

  /// Makes a folder of mode 0700 that nobody else has, where the system keeps what is temporary; gives its path.
  public static func makeTemporaryFolder(_ name: String) throws(FileFailure) -> String {
    var path = Array("\(FileManager.default.temporaryDirectory.path)/\(name)-XXXXXX".utf8CString)
    let isMade = mkdtemp(&path) != nil
    let code = errno
    let made = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard isMade else { throw FileFailure(operation: "mkdtemp", path: made, code: code) }
    return made
  }

  /// Replaces the file at `path` as a whole, mode 0600: either the old text or the new is there. Where it is to `last`, that
  /// is so after a power cut, too, and takes as long as the disk does.
  public static func replace(_ path: String, with text: String, last: Bool = true) throws(FileFailure) {
    let temporary = path + ".new"
    unlink(temporary)
    let fd = try open(temporary, O_WRONLY | O_CREAT | O_EXCL)
    do {
      defer { close(fd) }
      try write(Array(text.utf8), to: fd, path: temporary)
      if last { try sync(fd, path: temporary) }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let failure = FileFailure(operation: "rename", path: path, code: errno)
      unlink(temporary)
      throw failure
    }
    if last { syncFolder(of: path) }
  }

  /// Makes a file of `bytes` at `path`, mode 0600, as a whole or not at all. Throws `EEXIST` when something is there.
  static func create(_ path: String, _ bytes: [UInt8]) throws(FileFailure) {
    let temporary = path + ".new"
    unlink(temporary)
    let fd = try open(temporary, O_WRONLY | O_CREAT | O_EXCL)
    defer { unlink(temporary) }
    do {
      defer { close(fd) }
      try write(bytes, to: fd, path: temporary)
      try sync(fd, path: temporary)
    }
    guard link(temporary, path) == 0 else { throw FileFailure(operation: "link", path: path, code: errno) }
    syncFolder(of: path)
  }

  /// Gives a folder its name, where there must be none, or an empty one.
  public static func move(_ path: String, to new: String) throws(FileFailure) {
    guard rename(path, new) == 0 else { throw FileFailure(operation: "rename", path: new, code: errno) }
    syncFolder(of: new)
  }

  /// Bytes that an ordinary user can still write where `path` is; `nil` when that cannot be told.
  public static func freeBytes(_ path: String) -> Int? {
    var info = statvfs()
    guard statvfs(path, &info) == 0 else { return nil }
    return Int(info.f_bavail) * Int(info.f_frsize)
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// Opens with mode 0600 for a new file, and closed in child processes.
  static func open(_ path: String, _ flags: Int32) throws(FileFailure) -> Int32 {
    var fd: Int32
    repeat { fd = Glibc.open(path, flags | O_CLOEXEC, 0o600) } while fd < 0 && errno == EINTR
    guard fd >= 0 else { throw FileFailure(operation: "open", path: path, code: errno) }
    if flags & O_CREAT != 0 { fchmod(fd, 0o600) }
    return fd
  }

  static func write(_ bytes: [UInt8], to fd: Int32, path: String) throws(FileFailure) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(fd, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileFailure(operation: "write", path: path, code: errno)
      }
      done += count
    }
  }

  /// Takes the lock of an open file, which only one program can have. Throws with ``FileFailure/isBusy`` when another has
  /// it.
  static func lock(_ fd: Int32, path: String) throws(FileFailure) {
    guard flock(fd, LOCK_EX | LOCK_NB) == 0 else { throw FileFailure(operation: "flock", path: path, code: errno) }
  }

  static func sync(_ fd: Int32, path: String) throws(FileFailure) {
    guard fdatasync(fd) == 0 else { throw FileFailure(operation: "fdatasync", path: path, code: errno) }
  }

  /// The folder that `path` is in.
  static func folder(of path: String) -> String {
    var bytes = Array(path.utf8CString)
    return bytes.withUnsafeMutableBufferPointer { String(cString: dirname($0.baseAddress)) }
  }

  /// Puts on the disk that `path` is in its folder, or no longer; a file system that cannot is left in peace.
  static func syncFolder(of path: String) {
    let fd = Glibc.open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard fd >= 0 else { return }
    fsync(fd)
    close(fd)
  }
}

import FoundationEssentials
internal import Glibc

/// Deleting for good. A folder is moved out of the way first, so that nothing half deleted ever looks whole; what a kill
/// leaves of it is found again by its name.
extension Archive {
  private static let going = ".forgetting-"
  /// The names of what was forgotten, a line each, so that none is given a second time.
  private var forgottenPath: String { "\(root)/.forgotten" }

  func forgotten() -> [String] {
    let text = (try? String(contentsOfFile: forgottenPath, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  /// Moves a meeting's or a cycle's folder out of the way: from now on it is not there. Gives where it is until it is
  /// erased. Throws when it is a link to another place, and changes nothing then.
  public func setAside(_ folder: String) throws(FileFailure) -> String {
    let name = URL(fileURLWithPath: folder).lastPathComponent
    try Self.mustBeOwn(folder)
    try Self.mustBeOwn(PrivateFiles.folder(of: folder), orIs: root)
    var names = forgotten()
    if !names.contains(name) { names.append(name) }
    try PrivateFiles.replace(forgottenPath, with: names.map { $0 + "\n" }.joined())
    let aside = "\(root)/\(Self.going)\(name)"
    guard rename(folder, aside) == 0 else { throw FileFailure(operation: "rename", path: folder, code: errno) }
    PrivateFiles.syncFolder(of: aside)
    PrivateFiles.syncFolder(of: folder)
    return aside
  }

  /// What was set aside and is not erased yet.
  public func setAside() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.filter { $0.hasPrefix(Self.going) }.sorted().map { "\(root)/\($0)" }
  }

  /// Overwrites and deletes everything in `folder` but the files named in `sparing`, and the folder itself when nothing
  /// is spared. Links are deleted and not followed; a file that has another name elsewhere is not overwritten.
  public static func erase(_ folder: String, sparing: Set<String> = []) throws(FileFailure) {
    let fd = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if fd >= 0 {
      defer { close(fd) }
      try empty(fd, folder, sparing: sparing)
    } else if errno == ENOTDIR || errno == ELOOP {
      unlink(folder)
    } else if errno != ENOENT {
      throw FileFailure(operation: "open", path: folder, code: errno)
    }
    guard sparing.isEmpty else { return }
    guard rmdir(folder) == 0 || errno == ENOENT else {
      throw FileFailure(operation: "rmdir", path: folder, code: errno)
    }
    PrivateFiles.syncFolder(of: folder)
  }

  /// Overwrites and deletes one file. That it is not there is no error.
  public static func eraseFile(_ path: String) throws(FileFailure) { try eraseFile(path, in: AT_FDCWD, path) }

  private static func empty(_ fd: Int32, _ folder: String, sparing: Set<String>) throws(FileFailure) {
    var own = stat()
    fstat(fd, &own)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where !sparing.contains(name) {
      let path = "\(folder)/\(name)"
      var info = stat()
      guard fstatat(fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      guard info.st_mode & S_IFMT == S_IFDIR else {
        try eraseFile(name, in: fd, path)
        continue
      }
      guard info.st_dev == own.st_dev else { throw FileFailure(operation: "unlink", path: path, code: EXDEV) }
      let sub = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard sub >= 0 else { throw FileFailure(operation: "open", path: path, code: errno) }
      defer { close(sub) }
      try empty(sub, path, sparing: [])
      guard unlinkat(fd, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
        throw FileFailure(operation: "rmdir", path: path, code: errno)
      }
    }
    fsync(fd)
  }

  private static func eraseFile(_ name: String, in folder: Int32, _ path: String) throws(FileFailure) {
    Remains(name, in: folder)?.overwrite(names: 1)
    guard unlinkat(folder, name, 0) == 0 || errno == ENOENT else {
      throw FileFailure(operation: "unlink", path: path, code: errno)
    }
  }

  /// Throws `ELOOP` when `folder` is a link: what it leads to is not of this archive.
  private static func mustBeOwn(_ folder: String, orIs root: String? = nil) throws(FileFailure) {
    var info = stat()
    guard folder != root else { return }
    guard lstat(folder, &info) == 0 else { throw FileFailure(operation: "lstat", path: folder, code: errno) }
    guard info.st_mode & S_IFMT == S_IFDIR else { throw FileFailure(operation: "lstat", path: folder, code: ELOOP) }
  }
}

extension FileFailure {
  /// It is a link to another place.
  public var isLink: Bool { operation == "lstat" && code == ELOOP }
}

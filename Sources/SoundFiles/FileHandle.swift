internal import AudioCapture
internal import CSndFile
internal import Glibc

/// An open file of our own, so that its permissions, its way to the disk and its errors are ours to say.
struct FileHandle: ~Copyable {
  let descriptor: Int32
  let path: String

  /// C: `open`. Throws `.file`, or `.diskFull`.
  init(path: String, flags: Int32) throws(AudioFailure) {
    descriptor = open(path, flags | O_CLOEXEC, 0o600)
    self.path = path
    guard descriptor >= 0 else { throw AudioFailure(errno: errno, operation: "open(\(path))") }
  }

  deinit { Glibc.close(descriptor) }

  /// Readable and writable by the owner alone, whatever the umask made of it. C: `fchmod`.
  func makePrivate() throws(AudioFailure) {
    guard fchmod(descriptor, 0o600) == 0 else { throw AudioFailure(errno: errno, operation: "fchmod(\(path))") }
  }

  /// C: `fdatasync`.
  func sync() throws(AudioFailure) {
    guard fdatasync(descriptor) == 0 else { throw AudioFailure(errno: errno, operation: "fdatasync(\(path))") }
  }
}

/// libsndfile's way to a file descriptor, for writing. libsndfile forgets why a write failed; this does not.
final class FileOutput {
  private let descriptor: Int32
  /// The errno of the first write that failed, or 0.
  private(set) var failure: Int32 = 0

  init(_ file: borrowing FileHandle) { descriptor = file.descriptor }

  /// The calls libsndfile makes, with an unretained ``FileOutput`` as their user data.
  static var calls: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { FileOutput.of($0).length },
      seek: { sf_count_t(lseek(FileOutput.of($2).descriptor, off_t($0), $1)) },
      read: { sf_count_t(Glibc.read(FileOutput.of($2).descriptor, $0, Int($1))) },
      write: { FileOutput.of($2).write(UnsafeRawBufferPointer(start: $0, count: Int($1))) },
      tell: { sf_count_t(lseek(FileOutput.of($0).descriptor, 0, SEEK_CUR)) })
  }

  var userData: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  private static func of(_ userData: UnsafeMutableRawPointer?) -> FileOutput {
    guard let userData else { preconditionFailure("libsndfile always passes the user data on") }
    return Unmanaged<FileOutput>.fromOpaque(userData).takeUnretainedValue()
  }

  private var length: sf_count_t {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? sf_count_t(status.st_size) : -1
  }

  /// An encoder writes whole frames. What there is no room for is taken back, so that the file ends with a whole one, and
  /// nothing is written after it.
  private func write(_ bytes: UnsafeRawBufferPointer) -> sf_count_t {
    guard failure == 0 else { return 0 }
    let start = lseek(descriptor, 0, SEEK_CUR)
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        failure = count < 0 ? errno : ENOSPC
        if done > 0, start + off_t(done) == length { ftruncate(descriptor, start) }
        return 0
      }
      done += count
    }
    return sf_count_t(done)
  }
}

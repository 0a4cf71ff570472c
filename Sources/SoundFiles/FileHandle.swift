internal import AudioCapture
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

  deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

  /// Readable and writable by the owner alone, whatever the umask made of it. C: `fchmod`.
  func makePrivate() throws(AudioFailure) {
    guard fchmod(descriptor, 0o600) == 0 else { throw AudioFailure(errno: errno, operation: "fchmod(\(path))") }
  }

  /// C: `fdatasync`.
  func sync() throws(AudioFailure) {
    guard fdatasync(descriptor) == 0 else { throw AudioFailure(errno: errno, operation: "fdatasync(\(path))") }
  }
}

internal import CSndFile
internal import Glibc

/// libsndfile's way to a file descriptor, for writing. libsndfile forgets why a write failed; this does not.
///
/// What an encoder lets go of is gathered and goes to the file with ``flush()``, or before anything else is done with the
/// file: one call of the system for a block of sound instead of one for each of its frames.
final class FileOutput {
  private let descriptor: Int32
  private var gathered: [UInt8] = []
  /// Where in the file the encoder's next byte goes.
  private var position: off_t = 0
  /// The errno of the first write that failed, or 0.
  private(set) var failure: Int32 = 0

  init(_ file: borrowing FileHandle) { descriptor = file.descriptor }

  /// The calls libsndfile makes, with an unretained ``FileOutput`` as their user data.
  static var calls: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { FileOutput.of($0).length },
      seek: { sf_count_t(FileOutput.of($2).seek(off_t($0), $1)) },
      read: { _, _, _ in 0 },
      write: { FileOutput.of($2).gather(UnsafeRawBufferPointer(start: $0, count: Int($1))) },
      tell: { sf_count_t(FileOutput.of($0).position) })
  }

  var userData: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  private static func of(_ userData: UnsafeMutableRawPointer?) -> FileOutput {
    guard let userData else { preconditionFailure("libsndfile always passes the user data on") }
    return Unmanaged<FileOutput>.fromOpaque(userData).takeUnretainedValue()
  }

  private var length: sf_count_t {
    flush()
    var status = stat()
    return fstat(descriptor, &status) == 0 ? sf_count_t(status.st_size) : -1
  }

  private func seek(_ distance: off_t, _ from: Int32) -> off_t {
    flush()
    let end = lseek(descriptor, distance, from)
    if end >= 0 { position = end }
    return end
  }

  private func gather(_ bytes: UnsafeRawBufferPointer) -> sf_count_t {
    guard failure == 0 else { return 0 }
    gathered.append(contentsOf: bytes)
    position += off_t(bytes.count)
    return sf_count_t(bytes.count)
  }

  /// Writes what was gathered. An encoder writes whole frames: what there is no room for is taken back, so that the file
  /// ends with a whole one, and nothing is written after it. False, with ``failure`` set, when it could not be.
  @discardableResult func flush() -> Bool {
    guard failure == 0, !gathered.isEmpty else { return failure == 0 }
    var done = 0
    while done < gathered.count {
      let count = gathered.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        failure = count < 0 ? errno : ENOSPC
        takeBack(done)
        return false
      }
      done += count
    }
    gathered.removeAll(keepingCapacity: true)
    return true
  }

  private func takeBack(_ bytes: Int) {
    gathered = []
    var status = stat()
    let end = lseek(descriptor, 0, SEEK_CUR)
    position = end - off_t(bytes)
    if bytes > 0, fstat(descriptor, &status) == 0, end == status.st_size { ftruncate(descriptor, end - off_t(bytes)) }
  }
}

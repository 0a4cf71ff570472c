internal import CSndFile
internal import Glibc

/// libsndfile's way to a file for reading, or to a part of a FLAC file: to the decoder that is a file of its own, with the
/// same head.
final class FileInput {
  private let descriptor: Int32
  private let head: [UInt8]
  private let bytes: Range<Int>
  private var position = 0

  init(_ file: borrowing FileHandle, head: [UInt8], bytes: Range<Int>) {
    descriptor = file.descriptor
    self.head = head
    self.bytes = bytes
  }

  /// The whole of it.
  init(_ file: borrowing FileHandle) {
    var status = stat()
    fstat(file.descriptor, &status)
    (descriptor, head, bytes) = (file.descriptor, [], 0..<Int(status.st_size))
  }

  /// The calls libsndfile makes, with an unretained ``FileInput`` as their user data.
  static var calls: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(FileInput.of($0).length) },
      seek: { sf_count_t(FileInput.of($2).seek(Int($0), $1)) },
      read: { sf_count_t(FileInput.of($2).read(UnsafeMutableRawBufferPointer(start: $0, count: Int($1)))) },
      write: { _, _, _ in 0 },
      tell: { sf_count_t(FileInput.of($0).position) })
  }

  var userData: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  private static func of(_ userData: UnsafeMutableRawPointer?) -> FileInput {
    guard let userData else { preconditionFailure("libsndfile always passes the user data on") }
    return Unmanaged<FileInput>.fromOpaque(userData).takeUnretainedValue()
  }

  private var length: Int { head.count + bytes.count }

  private func seek(_ distance: Int, _ from: Int32) -> Int {
    switch from {
    case SEEK_SET: position = distance
    case SEEK_CUR: position += distance
    default: position = length + distance
    }
    return position
  }

  private func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    var done = 0
    while done < buffer.count, 0..<length ~= position {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...].prefix(length - position))
      var part = min(rest.count, head.count - position)
      if part > 0 {
        rest.copyBytes(from: head[position..<position + part])
      } else {
        part = Self.read(descriptor, into: rest, at: bytes.lowerBound + position - head.count)
        guard part > 0 else { break }
      }
      position += part
      done += part
    }
    return done
  }

  /// Reads at least a byte of a file from `offset` on; 0 at its end. A page that the disk cannot read any more is zeros. C:
  /// `pread`.
  static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      if errno == EINTR { continue }
      guard errno == EIO else { return 0 }
      let page = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(4096 - offset % 4096))
      page.initializeMemory(as: UInt8.self, repeating: 0)
      return page.count
    }
  }
}

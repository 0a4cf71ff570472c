public import Coaching
import FoundationEssentials
internal import Glibc

/// An append-only journal that is open for writing, by one program at a time.
///
/// Each event is on the disk when ``append(_:t:)`` returns: only then may a tag be acknowledged.
public final class Journal {
  public let path: String
  private var fd: Int32
  /// Bytes that hold whole lines.
  private var length: off_t
  private var lineCount: Int
  /// Kept free for the journal when everything else has filled the disk.
  private var reserve: String { path + ".reserve" }
  private static let reserveBytes: off_t = 1 << 18

  private init(path: String, fd: Int32, length: off_t, lineCount: Int) {
    self.path = path
    self.fd = fd
    self.length = length
    self.lineCount = lineCount
  }

  deinit {
    // A child process that was just started still has the file, and with it the lock, until it is another program.
    flock(fd, LOCK_UN)
    close(fd)
  }

  /// Begins a journal at `path`, where there must not be one. `of` names its subject in the header.
  public static func create(_ path: String, of subject: String) throws(FileFailure) -> Journal {
    let fd = try PrivateFiles.open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND)
    let journal = Journal(path: path, fd: fd, length: 0, lineCount: 0)
    do {
      try journal.lock()
      try journal.appendLine(JournalCoding.encode(JournalHeader(of: subject)))
    } catch {
      unlink(path)
      throw error
    }
    PrivateFiles.syncFolder(of: path)
    return journal
  }

  /// Opens the journal at `path` to go on with it. A last line that a crash tore is closed off and marked as torn; the
  /// bytes stay; a file of a newer version is left as it is. Throws with ``FileFailure/isBusy`` when another program has
  /// it open.
  public static func open(_ path: String) throws(FileFailure) -> (Journal, JournalContents) {
    var journal = Journal(path: path, fd: try PrivateFiles.open(path, O_RDWR | O_APPEND), length: 0, lineCount: 0)
    try journal.lock()
    while !journal.isInPlace {
      // Another program had it, and has put another file in its place.
      journal = Journal(path: path, fd: try PrivateFiles.open(path, O_RDWR | O_APPEND), length: 0, lineCount: 0)
      try journal.lock()
    }
    let fd = journal.fd
    journal.length = lseek(fd, 0, SEEK_END)
    var contents = try JournalContents.read(fd, path: path)
    journal.lineCount = contents.lineCount
    if contents.newerVersion == nil, let tail = contents.tornTail {
      try journal.appendBytes([UInt8(ascii: "\n")])
      if var event = JournalCoding.decode(tail) {
        event.number = contents.lineCount
        contents.events.append(event)
      } else {
        contents.events.append(try journal.append(.torn(line: contents.lineCount), t: 0))
      }
      contents.tornTail = nil
      contents.lineCount = journal.lineCount
    }
    return (journal, contents)
  }

  /// Writes an event and waits until it is on the disk. `t` is in seconds of meeting audio.
  ///
  /// When the disk is full the space kept free is given up first. After a failure the file is as it was before.
  @discardableResult
  public func append(_ kind: Event.Kind, t: Double) throws(FileFailure) -> Event {
    let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
    let event = Event(number: lineCount + 1, t: t, at: now, kind: kind).rounded
    try appendLine(JournalCoding.encode(event))
    return event
  }

  /// Keeps a little of the disk free for this journal, so that tags can still be written when it is full. Given up by
  /// ``append(_:t:)`` when it is needed, and by ``releaseReserve()``.
  public func keepReserve() {
    guard let fd = try? PrivateFiles.open(reserve, O_WRONLY | O_CREAT) else { return }
    if posix_fallocate(fd, 0, Self.reserveBytes) != 0 { unlink(reserve) }
    close(fd)
  }

  /// Gives back the space that was kept free; the journal can still be written to.
  public func releaseReserve() { unlink(reserve) }

  /// Puts `bytes`, which are whole lines, in the place of everything in the file: either the old lines or the new are
  /// there, also after a power cut. The old ones are overwritten; the journal stays open, and locked.
  func replaceLines(with bytes: [UInt8]) throws(FileFailure) {
    let temporary = path + ".new"
    unlink(temporary)
    let new = try PrivateFiles.open(temporary, O_RDWR | O_CREAT | O_EXCL | O_APPEND)
    do throws(FileFailure) {
      try PrivateFiles.lock(new, path: temporary)
      try PrivateFiles.write(bytes, to: new, path: temporary)
      try PrivateFiles.sync(new, path: temporary)
    } catch {
      close(new)
      unlink(temporary)
      throw error
    }
    let remains = Remains(path)
    guard rename(temporary, path) == 0 else {
      let failure = FileFailure(operation: "rename", path: path, code: errno)
      close(new)
      unlink(temporary)
      throw failure
    }
    PrivateFiles.syncFolder(of: path)
    flock(fd, LOCK_UN)
    close(fd)
    fd = new
    length = off_t(bytes.count)
    lineCount = bytes.count { $0 == UInt8(ascii: "\n") }
    remains?.overwrite()
  }

  /// Everything in the file.
  func bytes() throws(FileFailure) -> [UInt8] { try JournalContents.bytes(fd, path: path) }

  /// Whether the file that is open is the one that its path leads to.
  private var isInPlace: Bool {
    var (open, named) = (stat(), stat())
    return fstat(fd, &open) == 0 && stat(path, &named) == 0 && open.st_ino == named.st_ino
      && open.st_dev == named.st_dev
  }

  private func appendLine(_ line: [UInt8]) throws(FileFailure) {
    try appendBytes(line + [UInt8(ascii: "\n")])
    lineCount += 1
  }

  private func appendBytes(_ bytes: [UInt8]) throws(FileFailure) {
    do {
      try appendOnce(bytes)
    } catch {
      guard error.isDiskFull, unlink(reserve) == 0 else { throw error }
      try appendOnce(bytes)
    }
  }

  private func appendOnce(_ bytes: [UInt8]) throws(FileFailure) {
    do {
      try PrivateFiles.write(bytes, to: fd, path: path)
      try PrivateFiles.sync(fd, path: path)
    } catch {
      ftruncate(fd, length)
      throw error
    }
    length += off_t(bytes.count)
  }

  private func lock() throws(FileFailure) {
    try PrivateFiles.lock(fd, path: path)
  }
}

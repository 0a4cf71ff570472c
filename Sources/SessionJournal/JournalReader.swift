public import Coaching
import FoundationEssentials
internal import Glibc

/// What stands in a journal file.
public struct JournalContents: Equatable, Sendable {
  public var events: [Event] = []
  /// Lines that are not events, by number from 1. The others are whole and were kept.
  public var damagedLines: [Int] = []
  /// Lines in the file, a last one without its end included.
  public var lineCount = 0
  /// The last line has no end: a crash cut it off. It is not counted as damaged.
  public var tornTail: [UInt8]?
  /// A newer program wrote the file, in a version this one does not know.
  public var newerVersion: Int?

  public init() {}
}

/// The first line of every journal.
struct JournalHeader: Codable {
  static let currentVersion = 1
  var format = "coachtalk-journal"
  var version = currentVersion
  /// What the journal is of: `cycle 1`, `meeting 1-post`.
  var of: String
}

enum JournalCoding {
  private static let encoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return encoder
  }()

  static func encode(_ value: some Encodable) -> [UInt8] {
    // What is written is made of numbers and text; a number that JSON cannot hold is a mistake in the program.
    return Array(try! encoder.encode(value))
  }

  static func encode(_ event: Event) -> [UInt8] { event.line }

  static func decode(_ bytes: some Collection<UInt8>) -> Event? {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try? decoder.decode(Event.self, from: Data(bytes))
  }
}

extension JournalContents {
  /// Reads the journal at `path` without changing it. Damaged lines are counted, never guessed at.
  public static func read(_ path: String) throws(FileFailure) -> JournalContents {
    // A pipe of that name would be waited for.
    let fd = try PrivateFiles.open(path, O_RDONLY | O_NONBLOCK)
    defer { close(fd) }
    return try read(fd, path: path)
  }

  /// Reads a journal from somewhere else as ``read(_:)`` does: an ordinary file of no more than so many bytes. Throws
  /// `EINVAL` when it is anything else.
  public static func read(_ path: String, atMost limit: Int) throws(FileFailure) -> JournalContents {
    let fd = try PrivateFiles.open(path, O_RDONLY | O_NONBLOCK)
    defer { close(fd) }
    var info = stat()
    guard fstat(fd, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size <= limit else {
      throw FileFailure(operation: "read", path: path, code: EINVAL)
    }
    return try read(fd, path: path)
  }

  static func read(_ fd: Int32, path: String) throws(FileFailure) -> JournalContents {
    JournalContents(bytes: try bytes(fd, path: path))
  }

  static func bytes(_ fd: Int32, path: String) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var offset: off_t = 0
    while true {
      let count = pread(fd, &chunk, chunk.count, offset)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileFailure(operation: "read", path: path, code: errno) }
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
      offset += off_t(count)
    }
    return bytes
  }

  init(bytes: [UInt8]) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let tail = lines.popLast() ?? []
    var torn: Set<Int> = []
    for (index, line) in lines.enumerated() {
      lineCount += 1
      if index == 0, let header = try? JSONDecoder().decode(JournalHeader.self, from: Data(line)) {
        if header.version > JournalHeader.currentVersion { newerVersion = header.version }
      } else if var event = JournalCoding.decode(line) {
        event.number = lineCount
        if case .torn(let number) = event.kind { torn.insert(number) }
        events.append(event)
      } else {
        damagedLines.append(lineCount)
      }
    }
    damagedLines.removeAll(where: torn.contains)
    if !tail.isEmpty {
      lineCount += 1
      tornTail = Array(tail)
    }
  }
}

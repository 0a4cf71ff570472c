internal import Glibc

/// Where the frames of a FLAC file are, damaged or not: each has a number, a checksum of its header and one of its whole
/// (RFC 9639, 9), so that what is whole can be told, and its time, without decoding anything.
struct FLACFrames {
  /// Frames that follow one another.
  struct Run: Equatable {
    /// Where it is in the file: up to the next run, with what damaged frames lie between.
    var bytes: Range<Int>
    /// The place of its first sample in the sound.
    var position: Int
  }

  /// Everything before the first frame.
  let head: [UInt8]
  /// In the order of the file and of the sound, the first from 0. A file that nothing has happened to has one.
  private(set) var runs: [Run] = []
  /// Samples of each channel in every frame but the last.
  private let blockSize: Int
  /// What the headers of all frames of this file begin with.
  private let begin: [UInt8]
  private static let longestHeader = 16
  /// Bytes of a frame: of silence it takes a few more.
  private static let shortestFrame = 8

  /// Reads an open file; nil when it is not FLAC with frames of one size.
  init?(_ descriptor: Int32) {
    var head = Self.read(descriptor, at: 0, count: 4)
    guard head == Array("fLaC".utf8) else { return nil }
    var isLast = false
    while !isLast {
      let block = Self.read(descriptor, at: head.count, count: 4)
      guard block.count == 4 else { return nil }
      isLast = block[0] & 0x80 != 0
      let length = Int(block[1]) << 16 | Int(block[2]) << 8 | Int(block[3])
      let content = Self.read(descriptor, at: head.count + 4, count: length)
      guard content.count == length else { return nil }
      head += block + content
    }
    guard head.count >= 42, head[8...9] == head[10...11] else { return nil }
    blockSize = Int(head[8]) << 8 | Int(head[9])
    begin = Self.read(descriptor, at: head.count, count: 4)
    guard blockSize > 0, begin.prefix(2) == [0xff, 0xf8] else { return nil }
    self.head = head
    find(descriptor)
    guard let first = runs.first else { return nil }
    if first.position > 0 { runs.insert(Run(bytes: head.count..<head.count, position: 0), at: 0) }
  }

  private mutating func find(_ descriptor: Int32) {
    var offset = head.count
    var last = -1  // the number of the frame in which `offset` is
    var lastBegan = offset
    var sum: UInt16 = 0  // and its checksum so far: 0 at the end of a whole frame
    while true {
      let chunk = Self.read(descriptor, at: offset, count: 1 << 16)
      // What may be a header at the end of a chunk is looked at in the next.
      let count = chunk.count == 1 << 16 ? chunk.count - Self.longestHeader : chunk.count
      chunk.withUnsafeBufferPointer { chunk in
        let sums = Self.sums
        for index in 0..<count {
          if chunk[index] == 0xff, let number = number(UnsafeBufferPointer(rebasing: chunk[index...])), number > last,
            // Sound may look like a header by chance: no frame can be further on than the bytes between allow.
            number - last <= 1 + (offset + index - lastBegan) / Self.shortestFrame
          {
            if last < 0 || sum != 0 || number != last + 1 { begin(number, at: offset + index) }
            (last, lastBegan, sum) = (number, offset + index, 0)
          }
          sum = sum << 8 ^ sums[Int(UInt8(sum >> 8) ^ chunk[index])]
        }
      }
      offset += count
      guard count < chunk.count else { break }
    }
    if let run = runs.popLast() { runs.append(Run(bytes: run.bytes.lowerBound..<offset, position: run.position)) }
  }

  private mutating func begin(_ number: Int, at offset: Int) {
    if let run = runs.popLast() { runs.append(Run(bytes: run.bytes.lowerBound..<offset, position: run.position)) }
    runs.append(Run(bytes: offset..<offset, position: number * blockSize))
  }

  /// The frame's number, when `bytes` begin with a header of this file.
  private func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    // The last frame alone may be of another size, and says so in the third byte.
    guard bytes.count > 5, bytes[1] == begin[1], bytes[2] & 0xf == begin[2] & 0xf, bytes[3] & 0xf == begin[3] & 0xf
    else { return nil }
    // Coded as in UTF-8: of more than one byte, the first begins with as many ones.
    let ones = (~bytes[4]).leadingZeroBitCount
    let end = 4 + max(1, ones)
    let sizes = bytes[2] >> 4 == 6 ? 1 : bytes[2] >> 4 == 7 ? 2 : 0
    let rates = bytes[2] & 0xf == 12 ? 1 : [13, 14].contains(bytes[2] & 0xf) ? 2 : 0
    let length = end + sizes + rates
    guard ones != 1, ones < 8, bytes.count > length else { return nil }
    var number = ones == 0 ? Int(bytes[4]) : Int(bytes[4]) & (0x7f >> ones)
    for byte in bytes[5..<end] {
      guard byte & 0xc0 == 0x80 else { return nil }
      number = number << 6 | Int(byte & 0x3f)
    }
    let sum = bytes[..<length].reduce(UInt8(0)) { sum, byte in
      (0..<8).reduce(sum ^ byte) { rest, _ in rest & 0x80 != 0 ? rest << 1 ^ 0x07 : rest << 1 }
    }
    return sum == bytes[length] ? number : nil
  }

  /// For a checksum with the polynomial x¹⁶ + x¹⁵ + x² + 1, byte by byte.
  private static let sums: [UInt16] = (0..<256).map { byte in
    (0..<8).reduce(UInt16(byte) << 8) { rest, _ in rest & 0x8000 != 0 ? rest << 1 ^ 0x8005 : rest << 1 }
  }

  /// Up to `count` bytes from `offset` on; fewer only at the end of the file. What the disk cannot read any more is zeros.
  private static func read(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      while done < count {
        let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[done...]))
        let part = FileInput.read(descriptor, into: rest, at: offset + done)
        guard part > 0 else { return }
        done += part
      }
    }
  }
}

internal import Glibc
internal import Synchronization

/// A lock-free ring of preallocated blocks between one thread that captures and one that writes.
///
/// The capturing side neither allocates, locks nor waits; the writing side may wait for a block. What found no room is
/// counted, and the count travels as ``Header/gap`` with the next block: frames of sound lost *before* that block.
final class FrameRing: @unchecked Sendable {  // each slot has one owner at a time, handed over by the two atomics
  /// Why a block does not follow the one before it.
  enum Cut: Sendable { case none, overrun, lost }

  struct Header: Equatable, Sendable {
    /// Frames in this block.
    var count = 0
    /// Frames known to be missing before it because the ring was full.
    var gap = 0
    /// Something else is missing before it, and only the clock knows how much.
    var cut = Cut.none
    /// When it was read, in nanoseconds of the recording's timeline.
    var at: Int64 = 0
    /// Frames that were still in the device then; negative when the source is ahead of its clock.
    var waiting = 0
  }

  let slots: Int
  let framesPerSlot: Int
  private let channels: Int
  private let samples: UnsafeMutableBufferPointer<Int16>
  private let headers: UnsafeMutableBufferPointer<Header>
  private let written = Atomic<Int>(0)
  private let taken = Atomic<Int>(0)
  /// A pipe: a byte for each block that was handed over wakes the writing side, and never holds up the capturing one.
  private let bell: (hear: Int32, ring: Int32)

  /// By default 128 slots of 150 ms, so that what a sound server calls 100 ms fits into one: over 12 s, for as long as a
  /// disk may take to answer.
  init(format: AudioFormat, slots: Int = 128, framesPerSlot: Int? = nil) {
    self.slots = slots
    self.framesPerSlot = framesPerSlot ?? format.sampleRate * 3 / 20
    channels = format.channels
    samples = .allocate(capacity: slots * self.framesPerSlot * channels)
    samples.initialize(repeating: 0)  // touches every page, so that capturing does not
    headers = .allocate(capacity: slots)
    headers.initialize(repeating: Header())
    var ends: [Int32] = [-1, -1]
    pipe(&ends)  // without one, the writing side wakes up by the clock alone
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    bell = (ends[0], ends[1])
  }

  deinit {
    samples.deallocate()
    headers.deallocate()
    close(bell.hear)
    close(bell.ring)
  }

  private func samples(ofSlot number: Int) -> UnsafeMutableBufferPointer<Int16> {
    let size = framesPerSlot * channels
    let start = number % slots * size
    return UnsafeMutableBufferPointer(rebasing: samples[start..<start + size])
  }

  /// Blocks that wait to be written.
  var count: Int { written.load(ordering: .acquiring) - taken.load(ordering: .acquiring) }

  // MARK: The capturing side

  /// Room for the next block, or nil when the ring is full.
  func room() -> UnsafeMutableBufferPointer<Int16>? {
    let next = written.load(ordering: .relaxed)
    guard next - taken.load(ordering: .acquiring) < slots else { return nil }
    return samples(ofSlot: next)
  }

  /// Hands the block that was put into ``room()`` to the other side.
  func publish(_ header: Header) {
    let next = written.load(ordering: .relaxed)
    headers[next % slots] = header
    written.store(next + 1, ordering: .releasing)
    var byte: UInt8 = 0
    write(bell.ring, &byte, 1)
  }

  // MARK: The writing side

  /// Waits until a block was handed over since the last call, or for that long.
  func wait(milliseconds: Int) {
    var event = pollfd(fd: bell.hear, events: Int16(POLLIN), revents: 0)
    guard poll(&event, 1, Int32(milliseconds)) > 0 else { return }
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { _ = read(bell.hear, $0.baseAddress, $0.count) }
  }

  /// The oldest block, or nil when there is none. The samples may be changed until ``release()``.
  func front() -> (header: Header, samples: UnsafeMutableBufferPointer<Int16>)? {
    let next = taken.load(ordering: .relaxed)
    guard next < written.load(ordering: .acquiring) else { return nil }
    let header = headers[next % slots]
    return (header, UnsafeMutableBufferPointer(rebasing: samples(ofSlot: next)[..<(header.count * channels)]))
  }

  /// Gives the oldest block's place back.
  func release() {
    taken.store(taken.load(ordering: .relaxed) + 1, ordering: .releasing)
  }
}

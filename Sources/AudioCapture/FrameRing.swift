internal import Synchronization

/// A lock-free ring of preallocated blocks between one thread that captures and one that writes.
///
/// Neither side allocates, locks or waits. What the capturing side could not place it counts, and the count travels as
/// ``Header/gap`` with the next block: frames of sound lost *before* that block.
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

  /// By default 256 slots of 50 ms: over 12 s, for as long as a disk may take to answer.
  init(format: AudioFormat, slots: Int = 256, framesPerSlot: Int? = nil) {
    self.slots = slots
    self.framesPerSlot = framesPerSlot ?? format.sampleRate / 20
    channels = format.channels
    samples = .allocate(capacity: slots * self.framesPerSlot * channels)
    samples.initialize(repeating: 0)  // touches every page, so that capturing does not
    headers = .allocate(capacity: slots)
    headers.initialize(repeating: Header())
  }

  deinit {
    samples.deallocate()
    headers.deallocate()
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
  }

  // MARK: The writing side

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

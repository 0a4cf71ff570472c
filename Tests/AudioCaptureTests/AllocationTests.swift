import CAllocationCount
import Synchronization
import TestSupport
import Testing

@testable import AudioCapture

/// A source that costs nothing itself: silence, an overrun now and then, a loss, and an end.
private final class FrugalSource: AudioSource {
  let name = "frugal"
  let format = AudioFormat(channels: 2)
  let isLive = true
  private let reads = Atomic<Int>(0)
  /// Allocations of the capture thread before its first read and at its last, which is the end.
  let before = Atomic<Int>(-1)
  let after = Atomic<Int>(-1)
  private let base = SuspendingClock.now

  func start() {}
  func close() {}
  func reopen() -> Bool { true }

  func read(into buffer: UnsafeMutableBufferPointer<Int16>, timeout: Duration) -> SourceRead {
    let read = reads.wrappingAdd(1, ordering: .relaxed).newValue
    if read == 10 { before.store(Int(coachtalk_allocations()), ordering: .relaxed) }
    switch read {
    case 2_000:
      after.store(Int(coachtalk_allocations()), ordering: .relaxed)
      return .ended
    case 500: return .overrun
    case 900: return .lost(code: -19)
    case 1_000..<1_020: return .nothing
    default:
      buffer.update(repeating: 7)
      return .frames(count: 960, waiting: 0, at: base + .milliseconds(20 * read))
    }
  }
}

struct `The capture thread` {
  @Test(.enabled(if: coachtalk_counts_allocations() != 0, "a sanitizer has an allocator of its own"))
  func `asks for no memory and gives none back`() throws {
    let counted = coachtalk_allocations()
    let some = UnsafeMutablePointer<Int>.allocate(capacity: 1_000)
    some.deallocate()
    try #require(coachtalk_allocations() >= counted + 2, "the allocator is not the counting one")

    let source = FrugalSource()
    let timeline = Timeline(base: SuspendingClock.now)
    let ring = FrameRing(format: source.format, slots: 16, framesPerSlot: 960)
    let loop = CaptureLoop(source: source, ring: ring, timeline: timeline, now: { SuspendingClock.now })
    let thread = try #require(WorkerThread { loop.run() })
    // Nobody takes anything for a while: sound that finds no room is the capture thread's business, too.
    while loop.state != .ended {
      AudioTestClock.pause(milliseconds: 1)
      if ring.count == ring.slots { AudioTestClock.pause(milliseconds: 250) }
      while ring.front() != nil { ring.release() }
    }
    thread.join()
    let (before, after) = (source.before.load(ordering: .relaxed), source.after.load(ordering: .relaxed))
    #expect(before >= 0)
    #expect(after == before)
  }
}

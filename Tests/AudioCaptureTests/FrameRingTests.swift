import Foundation
import Synchronization
import Testing

@testable import AudioCapture

struct `The ring between capture and writer` {
  private func put(_ sample: Int16, gap: Int = 0, into ring: FrameRing) -> Bool {
    guard let room = ring.room() else { return false }
    room.update(repeating: sample)
    ring.publish(FrameRing.Header(count: room.count, gap: gap))
    return true
  }

  @Test func `blocks come out in order with what they carry`() throws {
    let ring = FrameRing(format: AudioFormat(channels: 2), slots: 4, framesPerSlot: 3)
    let header = FrameRing.Header(count: 2, gap: 7, cut: .overrun, at: 99, waiting: 5)
    for round in 0..<10 {
      let room = try #require(ring.room())
      #expect(room.count == 6)
      room.update(repeating: Int16(round))
      ring.publish(header)
      let front = try #require(ring.front())
      #expect(front.header == header)
      #expect(Array(front.samples) == Array(repeating: Int16(round), count: 4))
      ring.release()
      #expect(ring.front() == nil)
    }
  }

  @Test func `a full ring has no room until a block is given back`() {
    let ring = FrameRing(format: AudioFormat(), slots: 3, framesPerSlot: 2)
    #expect((0..<3).allSatisfy { put(Int16($0), into: ring) })
    #expect(!put(3, into: ring))
    #expect(ring.count == 3)
    #expect(ring.front()?.samples.first == 0)
    #expect(!put(3, into: ring))
    ring.release()
    #expect(put(3, gap: 11, into: ring))
    for expected in 1...3 {
      #expect(ring.front()?.samples.first == Int16(expected))
      #expect(ring.front()?.header.gap == (expected == 3 ? 11 : 0))
      ring.release()
    }
    #expect(ring.front() == nil)
  }

  @Test func `by default it holds twelve seconds of 100 ms blocks, and longer blocks whole`() {
    let ring = FrameRing(format: AudioFormat())
    #expect(ring.slots * 100 >= 12_000)
    #expect(ring.framesPerSlot >= 6000)
  }

  @Test func `two threads lose and swap nothing`() {
    let ring = FrameRing(format: AudioFormat(), slots: 5, framesPerSlot: 4)
    let blocks = 100_000
    let producer = Thread {
      for number in 0..<blocks {
        while !put(Int16(truncatingIfNeeded: number), gap: number, into: ring) { sched_yield() }
      }
    }
    producer.start()
    var wrong = 0
    for number in 0..<blocks {
      while ring.front() == nil { sched_yield() }
      guard let (header, samples) = ring.front() else { continue }
      if header.gap != number || samples.contains(where: { $0 != Int16(truncatingIfNeeded: number) }) { wrong += 1 }
      ring.release()
    }
    #expect(wrong == 0)
  }
}

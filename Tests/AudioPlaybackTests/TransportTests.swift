import AudioPlayback
import Testing

struct `Where listening stands` {
  private func at(_ position: Double, of length: Double = 100, playing: Bool = false) -> Transport {
    var transport = Transport(length: length)
    transport.seek(to: position)
    transport.isPlaying = playing
    return transport
  }

  @Test func `it stays within the recording`() {
    #expect(at(-5).position == 0)
    #expect(at(1000).position == 100)
    #expect(Transport(length: -1).length == 0)
  }

  @Test func `speed goes by quarters between its ends`() {
    var transport = at(0)
    transport.changeSpeed(by: -1)
    transport.changeSpeed(by: -1)
    #expect(transport.speed == 0.75)
    for _ in 0..<9 { transport.changeSpeed(by: 1) }
    #expect(transport.speed == 2)
    transport.set(speed: 1.1)
    transport.changeSpeed(by: 1)
    #expect(transport.speed == 1.25)
    transport.set(speed: .nan)
    #expect(transport.speed == 1.25)
  }

  @Test func `the next place is after here, and the one before is not the one that has just begun`() {
    let places = [10.0, 20, 30]
    #expect(at(10).place(places, forward: true) == 20)
    #expect(at(9.9).place(places, forward: true) == 10)
    #expect(at(30).place(places, forward: true) == nil)
    #expect(at(20).place(places, forward: false) == 10)
    #expect(at(20.6, playing: true).place(places, forward: false) == 10)
    #expect(at(22, playing: true).place(places, forward: false) == 20)
    #expect(at(5).place(places, forward: false) == nil)
    #expect(at(5).place([], forward: true) == nil)
  }

  @Test func `a loop has two ends, begins at its beginning and falls away outside`() {
    var transport = at(50)
    #expect(done { transport.set(loop: 40...45) })
    #expect(transport.position == 40)
    transport.seek(to: 44)
    #expect(transport.loop == 40...45)
    transport.seek(to: 60)
    #expect(transport.loop == nil)
    #expect(!done { transport.set(loop: 10...10.2) })
    #expect(!done { transport.set(loop: 200...300) })
    #expect(done { transport.set(loop: 90...300) })
    #expect(transport.loop == 90...100)
  }

  @Test func `the ends of a loop are set by ear, the first one first`() {
    var transport = at(20)
    #expect(!done { transport.markLoop(start: false) })
    #expect(!done { transport.markLoop(start: true) })
    #expect(transport.loop == nil)
    transport.reached(25)
    #expect(done { transport.markLoop(start: false) })
    #expect(transport.loop == 20...25)
    transport.seek(to: 22)
    #expect(done { transport.markLoop(start: true) })
    #expect(transport.loop == 22...25)
    transport.endLoop()
    #expect(transport.loop == nil)
    #expect(!done { transport.markLoop(start: false) })
  }

  private func done(_ change: () -> Bool) -> Bool { change() }
}

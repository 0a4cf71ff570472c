import AudioCapture
import AudioPlayback
import Foundation
import TestSupport
import Testing

@testable import ALSACapture

extension `A microphone behind ALSA` {
  /// Noise of which every place is known again.
  private final class Noise: RecordedSound {
    let format = AudioFormat()
    let samples = TestSound.noise(frames: 20 * 48_000)
    private var position = 0
    var frames: Int { samples.count }
    func seek(to frame: Int) { position = frame }
    func read(into room: UnsafeMutableBufferPointer<Int16>) -> Int {
      let count = max(0, min(room.count, frames - position))
      for index in 0..<count { room[index] = samples[position + index] }
      position += count
      return count
    }
  }

  /// What a room heard, in pieces that were there at a known time.
  private struct Heard {
    var samples: [Int16] = []
    var pieces: [(at: SuspendingClock.Instant, end: Int)] = []
  }

  /// Plays and listens for so long, and asks the player now and then where it is.
  private func listen(
    _ source: ALSASource, _ player: Player, seconds: Double, into heard: inout Heard,
    asking: inout [(at: SuspendingClock.Instant, second: Double)]
  ) {
    let room = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 4800 * source.format.channels)
    defer { room.deallocate() }
    let end = SuspendingClock.now + .seconds(seconds)
    while SuspendingClock.now < end {
      player.pump()
      if case .frames(let count, let waiting, let at) = source.read(into: room, timeout: .milliseconds(20)) {
        heard.samples += TestSound.channel(
          0, of: Array(room[..<(count * source.format.channels)]), channels: source.format.channels)
        heard.pieces.append((at - .seconds(Double(waiting) / 48_000), heard.samples.count))
      }
      let now = SuspendingClock.now
      asking.append((now, player.position(at: now)))
    }
  }

  /// Where in the noise the room was at a moment: samples go through as they are.
  private struct Places {
    private let heard: Heard
    private var places: [ArraySlice<Int16>: Int] = [:]

    init(of noise: Noise, in heard: Heard) {
      self.heard = heard
      for index in stride(from: 0, to: noise.samples.count, by: 16) {
        places[Self.key(noise.samples, index)] = index
      }
    }

    /// Four samples: fewer are in more than one place.
    private static func key(_ samples: [Int16], _ index: Int) -> ArraySlice<Int16> {
      samples[min(index, samples.count - 4)..<min(index, samples.count - 4) + 4]
    }

    /// The place in the noise that is heard at a frame of what was heard.
    func place(_ frame: Int) -> Int? {
      for offset in 0..<32
      where frame >= 0 && frame + offset < heard.samples.count && heard.samples[frame + offset] != 0 {
        if let place = places[Self.key(heard.samples, frame + offset)] { return place - offset }
      }
      return nil
    }

    /// By how many seconds the player was ahead of the room, in the middle of all it was asked.
    func error(of asked: [(at: SuspendingClock.Instant, second: Double)]) -> Double? {
      var errors: [Double] = []
      for (at, second) in asked {
        guard let piece = heard.pieces.first(where: { $0.at >= at }) else { continue }
        let frame = piece.end - Int(at.duration(to: piece.at) / .seconds(1) * 48_000)
        if let place = place(frame) { errors.append(second - Double(place) / 48_000) }
      }
      return errors.sorted().dropFirst(errors.count / 2).first
    }

    /// Where in the noise the first silence of a tenth of a second after `frame` begins, and where it goes on after it.
    func silence(after frame: Int) -> (left: Int, right: Int)? {
      guard
        let hole = (frame..<max(frame, heard.samples.count - 4800)).first(where: {
          heard.samples[$0..<$0 + 4800].allSatisfy { $0 == 0 }
        }),
        let again = heard.samples[(hole + 4800)...].firstIndex(where: { $0 != 0 }),
        let left = place(hole - 100), let right = place(again)
      else { return nil }
      return (left + 100, right)
    }
  }

  enum HeldUp: CaseIterable { case nobody, player, server }

  /// Where the player or the server was held up for a second, sound is missing; but what the player says is right, and so
  /// is where it goes on after a pause.
  @Test(arguments: HeldUp.allCases) func `what is played is heard in the room, where and when the player says`(
    heldUp: HeldUp
  ) throws {
    let noise = Noise()
    let source = try ALSASource(device: "room")
    var losses: [AudioFailure] = []
    let player = Player(
      noise, output: try ALSAOutput(device: "roomout", format: noise.format), onLoss: { losses.append($0) })
    try source.start()
    var heard = Heard()
    var asked: [(at: SuspendingClock.Instant, second: Double)] = []
    var begin = asked
    player.change {
      $0.seek(to: 5)
      $0.isPlaying = true
    }
    listen(source, player, seconds: heldUp == .nobody ? 0.5 : 1, into: &heard, asking: &begin)
    if heldUp != .nobody {
      if heldUp == .server { room.hold() }
      AudioTestClock.pause(milliseconds: 1000)
      if heldUp == .server { room.letGo() }
      listen(source, player, seconds: 1, into: &heard, asking: &begin)
    }
    let whole = heard.samples.count
    listen(source, player, seconds: 1.5, into: &heard, asking: &asked)
    player.change { $0.isPlaying = false }
    let paused = player.transport.position
    listen(source, player, seconds: 0.6, into: &heard, asking: &begin)
    player.change { $0.isPlaying = true }
    listen(source, player, seconds: 1.5, into: &heard, asking: &begin)
    source.close()
    try #require(losses == [])
    #expect(paused > 5 && paused < 10)

    let places = Places(of: noise, in: heard)
    let error = try #require(places.error(of: asked))
    // A busy sound server reckons its delay a tenth of a second wrong; a buffer that was forgotten is 0.4.
    #expect(abs(error) < 0.2, "the player is \(error) s off")
    // After the pause it went on where it had stopped.
    let (left, right) = try #require(places.silence(after: whole))
    #expect(abs(Double(right - left)) / 48_000 < 0.2, "from \(left) to \(right)")
  }

  @Test func `a device that takes sound faster than time is not a loudspeaker`() throws {
    let noise = Noise()
    var losses: [AudioFailure] = []
    let player = Player(
      noise, output: try ALSAOutput(device: "null", format: noise.format), onLoss: { losses.append($0) })
    player.change { $0.isPlaying = true }
    #expect(losses.map(\.kind) == [.device] && player.isSilent)
    #expect(player.transport.position < 10)
    #expect(throws: AudioFailure.self) { try ALSAOutput(device: "nope", format: noise.format) }
  }

  @Test func `a loudspeaker that is pulled out does not stop the listening`() throws {
    let noise = Noise()
    var losses = 0
    let player = Player(
      noise, output: try ALSAOutput(device: "roomout", format: noise.format), onLoss: { _ in losses += 1 })
    player.change { $0.isPlaying = true }
    room.unplug()
    defer { try? room.plugIn() }
    #expect(
      AudioTestClock.wait(seconds: 20) {
        player.pump()
        return losses == 1
      })
    let before = player.transport.position
    #expect(
      AudioTestClock.wait(seconds: 20) {
        player.pump()
        return player.transport.position > before + 0.2
      })
  }
}

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

  @Test func `what is played is heard in the room, where and when the player says`() throws {
    let noise = Noise()
    let source = try ALSASource(device: "room")
    var losses: [AudioFailure] = []
    let player = Player(
      noise, output: try ALSAOutput(device: "roomout", format: noise.format), onLoss: { losses.append($0) })
    try source.start()
    var heard = Heard()
    var asked: [(at: SuspendingClock.Instant, second: Double)] = []
    player.change {
      $0.seek(to: 5)
      $0.isPlaying = true
    }
    listen(source, player, seconds: 2, into: &heard, asking: &asked)
    player.change { $0.isPlaying = false }
    let paused = player.transport.position
    var silence = asked
    listen(source, player, seconds: 0.6, into: &heard, asking: &silence)
    player.change { $0.isPlaying = true }
    listen(source, player, seconds: 1.5, into: &heard, asking: &silence)
    source.close()
    try #require(losses == [])
    #expect(abs(paused - 7) < 0.5)

    // Where in the noise the room was at a moment: samples go through as they are.
    var places: [Int: Int] = [:]
    for (index, sample) in noise.samples.enumerated() where index % 16 == 0 {
      places[Int(sample) << 16 | Int(noise.samples[min(index + 1, noise.samples.count - 1)]) & 0xFFFF] = index
    }
    func place(_ frame: Int) -> Int? {
      for offset in 0..<32 where frame >= 0 && frame + offset + 1 < heard.samples.count {
        let (one, two) = (heard.samples[frame + offset], heard.samples[frame + offset + 1])
        if one != 0, let place = places[Int(one) << 16 | Int(two) & 0xFFFF] { return place - offset }
      }
      return nil
    }
    var errors: [Double] = []
    for (at, second) in asked where second > 5.5 {
      guard let piece = heard.pieces.first(where: { $0.at >= at }) else { continue }
      let frame = piece.end - Int(at.duration(to: piece.at) / .seconds(1) * 48_000)
      if let place = place(frame) { errors.append(second - Double(place) / 48_000) }
    }
    let middle = try #require(errors.sorted().dropFirst(errors.count / 2).first)
    #expect(abs(middle) < 0.05, "the player is \(middle) s off in \(errors.count) places")
    // After the pause it went on where it had stopped.
    let first = try #require(heard.samples.firstIndex { $0 != 0 })
    let hole = try #require(
      (first..<heard.samples.count - 4800).first { heard.samples[$0..<$0 + 4800].allSatisfy { $0 == 0 } })
    let again = try #require(heard.samples[(hole + 4800)...].firstIndex { $0 != 0 })
    let (left, right) = (try #require(place(hole - 100)) + 100, try #require(place(again)))
    #expect(abs(Double(right - left)) / 48_000 < 0.05, "from \(left) to \(right)")
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

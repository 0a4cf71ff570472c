import AudioCapture
import AudioPlayback
import TestSupport
import Testing

struct `A recording that is played` {
  let noise = TestSound.noise(frames: 10 * 48_000)
  let speaker = Loudspeaker()

  private func player(_ losses: @escaping (AudioFailure) -> Void = { _ in }) -> Player {
    Player(Tape(noise), output: speaker, now: { [speaker] in speaker.now }, onLoss: losses)
  }

  /// Lets time pass as the program does.
  private func pass(_ player: Player, seconds: Double) {
    for _ in 0..<Int((seconds * 20).rounded()) {
      speaker.pass(seconds: 0.05)
      player.pump()
    }
  }

  @Test func `every sample is heard, and its end is noticed`() {
    let player = player()
    player.change { $0.isPlaying = true }
    pass(player, seconds: 4)
    #expect(abs(player.transport.position - 4) < 0.001)
    pass(player, seconds: 7)
    #expect(speaker.heard == noise)
    #expect(!player.transport.isPlaying && player.transport.position == 10)
    // Once more from the beginning.
    player.change { $0.isPlaying = true }
    pass(player, seconds: 1)
    #expect(abs(player.transport.position - 1) < 0.001)
  }

  @Test func `the end is noticed, too, where the device never says that nothing waits any more`() {
    speaker.remainder = 700
    let player = player()
    player.change {
      $0.seek(to: 8)
      $0.isPlaying = true
    }
    pass(player, seconds: 3)
    #expect(speaker.heard == Array(noise[384_000...]))
    #expect(!player.transport.isPlaying && player.transport.position == 10)
  }

  @Test func `a stretch of a sound is all there is of it`() {
    let stretch = RecordedStretch(Tape(noise), from: 2, to: 3.5)
    let player = Player(stretch, output: speaker, now: { [speaker] in speaker.now })
    player.change { $0.isPlaying = true }
    pass(player, seconds: 3)
    #expect(speaker.heard == Array(noise[96_000..<168_000]))
    player.change {
      $0.seek(to: 1)
      $0.isPlaying = true
    }
    pass(player, seconds: 3)
    #expect(
      speaker.heard.count == 72_000 + 24_000 && Array(speaker.heard.suffix(24_000)) == Array(noise[144_000..<168_000]))
    #expect(RecordedStretch(Tape(noise), from: 9, to: 99).frames == 48_000)
    #expect(RecordedStretch(Tape(noise), from: 11, to: 99).frames == 0)
  }

  @Test func `after a pause it goes on with the very next sample`() {
    let player = player()
    player.change { $0.isPlaying = true }
    pass(player, seconds: 1.25)
    player.change { $0.isPlaying = false }
    #expect(player.transport.position == 1.25)
    pass(player, seconds: 3)
    #expect(player.transport.position == 1.25)
    player.change { $0.isPlaying = true }
    pass(player, seconds: 1)
    #expect(speaker.heard == Array(noise[..<108_000]))
  }

  @Test func `a place that is sought is heard at once`() {
    let player = player()
    player.change { $0.isPlaying = true }
    pass(player, seconds: 1)
    player.change { $0.seek(to: 7.5) }
    pass(player, seconds: 1)
    #expect(speaker.heard == Array(noise[..<48_000] + noise[360_000..<408_000]))
    #expect(abs(player.transport.position - 8.5) < 0.001)
  }

  @Test(arguments: [0.75, 1.5, 2]) func `at another speed the place goes with what is heard`(speed: Double) {
    let player = player()
    player.change {
      $0.set(speed: speed)
      $0.isPlaying = true
    }
    pass(player, seconds: 3)
    #expect(abs(player.transport.position - 3 * speed) < 0.001)
    // A key counts from when it was pressed.
    #expect(abs(player.position(at: speaker.now - .seconds(0.4)) - 2.6 * speed) < 0.001)
    player.change { $0.set(speed: 1) }
    #expect(abs(player.transport.position - 3 * speed) < 0.001)
  }

  @Test(arguments: [1, 2.0]) func `a loop goes round without a hole`(speed: Double) {
    let player = player()
    player.change {
      _ = $0.set(loop: 2...3)
      $0.set(speed: speed)
      $0.isPlaying = true
    }
    pass(player, seconds: 2.5)
    #expect(abs(player.transport.position - (speed == 1 ? 2.5 : 2)) < 0.001 || player.transport.position > 2.999)
    if speed == 1 {
      #expect(speaker.heard == Array(noise[96_000..<144_000] + noise[96_000..<144_000] + noise[96_000..<120_000]))
    }
    player.change { $0.endLoop() }
    pass(player, seconds: 20)
    #expect(player.transport.position == 10)
  }

  @Test func `a device that goes away is told once, and the time goes on`() {
    var losses: [AudioFailure] = []
    let player = player { losses.append($0) }
    player.change { $0.isPlaying = true }
    pass(player, seconds: 2)
    speaker.isGone = true
    pass(player, seconds: 2)
    #expect(losses.map(\.operation) == ["unplugged"])
    #expect(player.isSilent)
    // What was in the device and never heard is counted again.
    #expect(abs(player.transport.position - 4) < 0.06)
    player.change { $0.seek(to: 9) }
    pass(player, seconds: 3)
    #expect(player.transport.position == 10 && losses.count == 1)
  }

  @Test func `without a device the clock alone goes`() {
    let player = Player(RecordedSilence(seconds: 3600), output: nil, now: { [speaker] in speaker.now })
    player.change {
      $0.seek(to: 1800)
      $0.set(speed: 2)
      $0.isPlaying = true
    }
    pass(player, seconds: 60)
    #expect(abs(player.transport.position - 1920) < 0.01)
    #expect(player.isSilent)
  }

  @Test func `the waveform shows how loud every part is, as far as it has been looked at`() {
    var samples = [Int16](repeating: 0, count: 480_000)
    for frame in 0..<120_000 { samples[frame] = frame % 2 == 0 ? 32_767 : -32_768 }
    for frame in 360_000..<420_000 { samples[frame] = 32_767 }
    let waveform = Waveform(Tape(samples))
    #expect(waveform.columns(4) == [nil, nil, nil, nil])
    waveform.advance()
    #expect(waveform.columns(4) == [1, nil, nil, nil])
    while !waveform.isComplete { waveform.advance() }
    #expect(waveform.columns(4).map { (($0 ?? -1) * 25).rounded() } == [25, 0, 0, 13])
    #expect(waveform.columns(1) == [0.38])
    #expect(waveform.columns(200).count == 200 && waveform.columns(200).allSatisfy { $0 != nil })
  }
}

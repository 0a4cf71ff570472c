import AudioCapture
import Foundation
import TestSupport
import Testing

@testable import ALSACapture

/// One room, one test at a time: some of them pull its plug.
@Suite(.serialized) struct `A microphone behind ALSA` {
  let room: VirtualMicrophone
  let folder: TemporaryFolder

  init() throws {
    room = try .ofThisProcess()
    folder = try TemporaryFolder()
    try room.plugIn()
  }

  private func put(onTape samples: [Int16]) throws {
    try samples.withUnsafeBytes { Data($0) }.write(to: room.folder.appendingPathComponent("tape.raw"))
  }

  @Test func `a missing device is named with the call and its code`() {
    #expect(throws: ALSAError(operation: "snd_pcm_open(nope)", code: -2)) { _ = try PCM(device: "nope", rate: 48_000) }
    let failure = #expect(throws: AudioFailure.self) { _ = try ALSASource(device: "nope") }
    #expect(failure?.kind == .device)
    #expect(failure?.reason == "No such file or directory")
    #expect(throws: AudioFailure.self) { _ = try ALSASource(device: "hw:CARD=nope") }
  }

  @Test func `the room is listed and the default comes first`() {
    let devices = ALSADevices.list()
    #expect(devices.first?.name == "default")
    #expect(devices.contains(.init(name: "room", description: "The test room")))
    #expect(!devices.contains { $0.name == "null" })
  }

  @Test(arguments: ["room", "default", "tape", "null"]) func `it keeps the contract of a source`(
    device: String
  ) throws {
    try put(onTape: TestSound.noise(frames: 96_000))
    let source = try ALSASource(device: device)
    #expect(AudioContract.violations(of: source, frames: 48_000) == [])
  }

  @Test func `the buffer is large and the period short`() throws {
    let pcm = try PCM(device: "room", rate: 48_000)
    #expect(pcm.layout.channels == 2)
    #expect(pcm.layout.buffer >= 24_000)
    #expect((480...4800).contains(pcm.layout.period))
  }

  @Test func `a device that is always ready is not asked without rest`() throws {
    let source = try ALSASource(device: "null")
    try source.start()
    let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 1200 * source.format.channels)
    defer { buffer.deallocate() }
    buffer.initialize(repeating: 77)
    var (frames, reads) = (0, 0)
    while frames < 24_000 {
      reads += 1
      if case .frames(let count, _, _) = source.read(into: buffer, timeout: .milliseconds(100)) {
        frames += count
        #expect(buffer[..<(count * source.format.channels)].allSatisfy { $0 == 0 })
      }
    }
    #expect(reads <= 27)  // 25 periods of 20 ms, and the first answer
    source.close()
  }

  @Test func `every sample of the device arrives`() throws {
    let noise = TestSound.noise(frames: 96_000)
    try put(onTape: noise)
    let sink = MemorySink()
    let recorder = Recorder(source: try ALSASource(device: "tape"), sink: sink) { _ in }
    try recorder.start()
    #expect(AudioTestClock.wait { sink.count > 48_000 })
    let summary = recorder.stop(at: SuspendingClock.now)
    #expect(sink.samples.prefix(48_000) == noise.prefix(48_000))
    #expect(sink.count == 2 * Int((summary.seconds * 48_000).rounded()))
  }

  @Test func `a sound check tells a voice from an idle monitor`() throws {
    // What a test before this one played may still be on its way.
    var idle: SoundCheckVerdict?
    #expect(
      AudioTestClock.wait {
        idle = (try? ALSASource(device: "room")).map { SoundCheck.listen(to: $0, for: .seconds(1)) }
        return idle == .digitalSilence(Level())
      }, "\(String(describing: idle))")
    let file = folder.file("speech.wav")
    let spoken = try Shell.run("espeak-ng", "-w", file.path, "What did you notice while they worked in pairs, and why?")
    try #require(spoken.status == 0, "\(spoken.output)")
    let player = try room.play(file)
    let verdict = SoundCheck.listen(to: try ALSASource(device: "room"), for: .seconds(5))
    player.terminate()
    player.waitUntilExit()
    guard case .good(let level) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect(level.peak > -20)
  }

  /// A click, half a second into a file of two seconds.
  private func playClick() throws {
    let click = Array(repeating: Int16(0), count: 24_000) + Array(repeating: 20_000, count: 48)
    let file = try folder.write(TestSound.wav(click + Array(repeating: 0, count: 72_000)), to: "click.wav")
    try room.play(file).waitUntilExit()
  }

  /// How long before `end` the click was, by the recorder's clock and what it has written.
  private func clickAge(_ recorder: Recorder, _ sink: MemorySink, at end: SuspendingClock.Instant) throws -> Double {
    #expect(AudioTestClock.wait { sink.samples.contains { $0 > 10_000 } })
    let frame = try #require(sink.samples.firstIndex { $0 > 10_000 })
    return recorder.time(at: end) - Double(frame / 2) / 48_000
  }

  @Test func `a click is where two recordings agree it was`() throws {
    let sinks = [MemorySink(), MemorySink()]
    let recorders = try sinks.map { Recorder(source: try ALSASource(device: "room"), sink: $0) { _ in } }
    try recorders[0].start()
    AudioTestClock.pause(milliseconds: 733)  // opened long before it is started: nothing of that may be heard later
    try recorders[1].start()
    let before = SuspendingClock.now
    try playClick()
    let end = SuspendingClock.now
    let ages = try zip(recorders, sinks).map { try clickAge($0, $1, at: end) }
    #expect(abs(ages[0] - ages[1]) < 0.005)
    #expect(ages[0] > 0 && ages[0] < before.duration(to: end) / .seconds(1) - 0.4)
    for recorder in recorders { _ = recorder.stop(at: end) }
  }

  @Test func `a pulled plug is told, and the recording goes on when it is back`() throws {
    let sink = MemorySink()
    let notices = Notices()
    let recorder = Recorder(source: try ALSASource(device: "room"), sink: sink, notify: notices.add)
    try recorder.start()
    let began = SuspendingClock.now
    let offset = recorder.time(at: began)
    AudioTestClock.pause(milliseconds: 1000)
    room.unplug()
    #expect(AudioTestClock.wait { notices.all.count == 1 })
    AudioTestClock.pause(milliseconds: 1500)
    try room.plugIn()
    #expect(AudioTestClock.wait { notices.all.count == 2 })
    let tone = try folder.write(TestSound.wav(TestSound.sine(hertz: 500, frames: 48_000)), to: "tone.wav")
    let player = try room.play(tone)
    #expect(AudioTestClock.wait { sink.samples.contains { $0 > 10_000 } })
    player.waitUntilExit()
    let end = SuspendingClock.now
    let summary = recorder.stop(at: end)
    guard case .lost(let lost)? = notices.all.first, case .back(let back, let gap)? = notices.all.dropFirst().first
    else {
      Issue.record("\(notices.all)")
      return
    }
    #expect(abs(back - lost - gap) < 0.001)
    #expect(gap > 1.5)
    #expect(sink.count == 2 * Int((summary.seconds * 48_000).rounded()))
    #expect(abs(summary.seconds - (began.duration(to: end) / .seconds(1) + offset)) < 0.1)
  }

  @Test func `sound that nobody fetched in time is made up for`() throws {
    let sink = MemorySink()
    let notices = Notices()
    let source = StallingSource(try ALSASource(device: "room"))
    let recorder = Recorder(source: source, sink: sink, notify: notices.add)
    try recorder.start()
    let began = SuspendingClock.now
    let offset = recorder.time(at: began)
    AudioTestClock.pause(milliseconds: 3000)
    source.stall(seconds: 6)
    AudioTestClock.pause(milliseconds: 7_000)
    let other = MemorySink()
    let witness = Recorder(source: try ALSASource(device: "room"), sink: other) { _ in }
    try witness.start()
    AudioTestClock.pause(milliseconds: 3_000)
    try playClick()
    let end = SuspendingClock.now
    let ages = (try clickAge(recorder, sink, at: end), try clickAge(witness, other, at: end))
    _ = witness.stop(at: end)
    #expect(abs(ages.0 - ages.1) < 0.02)
    #expect(abs(recorder.time(at: end) - (began.duration(to: end) / .seconds(1) + offset)) < 0.1)
    let summary = recorder.stop(at: SuspendingClock.now)
    #expect(sink.count == 2 * Int((summary.seconds * 48_000).rounded()))
  }
}

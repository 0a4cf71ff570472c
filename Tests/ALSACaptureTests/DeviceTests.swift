import AudioCapture
import Foundation
import TestSupport
import Testing

@testable import ALSACapture

/// What came out of a source: frames, and what it said on the way.
struct Capture {
  var samples: [Int16] = []
  var format = AudioFormat()
  var cuts = 0
  /// Frames per second by the source's own clock.
  var rate = 0.0

  /// Reads `seconds` of sound. A machine that is so busy that the device overruns is given another chance.
  init(_ device: String, seconds: Double = 1) throws {
    for _ in 1...5 {
      self = Capture()
      let source = try ALSASource(device: device)
      format = source.format
      read(from: source, frames: Int(seconds * 48_000))
      source.close()
      if cuts == 0 { break }
    }
  }

  private init() {}

  var channels: [[Int16]] {
    (0..<format.channels).map { TestSound.channel($0, of: samples, channels: format.channels) }
  }

  private mutating func read(from source: ALSASource, frames: Int) {
    let channels = source.format.channels
    let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 1200 * channels)
    defer { buffer.deallocate() }
    let giveUp = SuspendingClock.now + .seconds(20)
    var clock: [(at: SuspendingClock.Instant, heard: Int)] = []
    do { try source.start() } catch { cuts += 1 }
    while samples.count < frames * channels, cuts == 0, SuspendingClock.now < giveUp {
      switch source.read(into: buffer, timeout: .milliseconds(100)) {
      case .frames(let count, let waiting, let at):
        samples += buffer[..<(count * channels)]
        clock.append((at, samples.count / channels + waiting))
      case .nothing: continue
      default: cuts += 1
      }
    }
    let settled = clock.dropFirst(clock.count / 4)
    if let first = settled.first, let last = settled.last {
      rate = Double(last.heard - first.heard) / (first.at.duration(to: last.at) / .seconds(1))
    }
  }
}

/// Every kind of device, through libasound. A card of the test's own stands for the hardware: it is paced by the clock and
/// cannot do more than it says.
@Suite(.serialized) struct `Any device gives 48 kHz, and all of its sound` {
  init() throws { _ = try VirtualMicrophone.ofThisProcess() }

  static let exact: [SoundCard.Hardware] = [
    .init(channels: [1]), .init(channels: [2]), .init(channels: [4]), .init(channels: [1, 2]),
    .init(formats: ["S24_3LE"]), .init(formats: ["S24_LE"], channels: [2]), .init(formats: ["S32_LE"], channels: [2]),
    .init(formats: ["FLOAT_LE"], channels: [1]), .init(channels: [2], only: "mmap"),
    .init(formats: ["S24_3LE", "S16_LE"], rates: [44_100, 48_000, 96_000]),
    .init(periods: 64...64), .init(periods: 441...441), .init(periods: 1023...1025), .init(periods: 9_601...9_601),
    .init(periods: 48...4800, buffers: 192...4800), .init(periods: 2400...2400, buffers: 4800...4800),
    .init(formats: ["S32_LE"], channels: [2], periods: 333...333, buffers: 192...5000, only: "mmap"), .init(ppm: 300),
  ]

  @Test(arguments: exact, [nil, "plug"]) func `bit for bit where nothing has to be converted`(
    hardware: SoundCard.Hardware, plug: String?
  ) throws {
    let most = hardware.channels.max() ?? 0
    let card = try SoundCard(hardware, hears: TestSound.ramp(channels: most))
    let device = plug.map { "\($0):'\(card.name())'" } ?? card.name()
    let capture = try Capture(device, seconds: 0.5)
    #expect(capture.format == AudioFormat(sampleRate: 48_000, channels: plug == nil ? min(2, most) : 2))
    for (index, channel) in capture.channels.enumerated() {
      #expect(channel.count >= 24_000)
      #expect(TestSound.breaks(inRamp: channel, channel: min(index, most - 1)) == 0)
    }
  }

  static let converted: [SoundCard.Hardware] = [
    .init(rates: [16_000]), .init(channels: [1], rates: [22_050]), .init(rates: [32_000]), .init(rates: [44_100]),
    .init(rates: [96_000]), .init(formats: ["S32_LE"], channels: [4], rates: [192_000], only: "mmap"),
    .init(formats: ["S24_3LE"], channels: [2], rates: [44_100], periods: 441...441, buffers: 4410...4410),
    .init(formats: ["FLOAT_LE"], rates: [16_000], periods: 333...333),
    .init(formats: ["S24_3LE"], channels: [1], rates: [96_000], periods: 1021...1021),
    .init(rates: [44_100], periods: 1024...1024, buffers: 2048...2048), .init(rates: [16_000, 44_100], ppm: -300),
  ]

  @Test(arguments: converted, [nil, "plug"]) func `without a frame lost where the rate is another`(
    hardware: SoundCard.Hardware, plug: String?
  ) throws {
    let (most, rate) = (hardware.channels.max() ?? 0, hardware.rates.last ?? 0)
    let tone = TestSound.sine(hertz: 570, frames: rate, rate: rate, channels: most)
    let card = try SoundCard(hardware, hears: tone)
    let device = plug.map { "\($0):'\(card.name())'" } ?? card.name()
    let capture = try Capture(device)
    #expect(capture.format == AudioFormat(sampleRate: 48_000, channels: plug == nil ? min(2, most) : 2))
    for channel in capture.channels {
      #expect(TestSound.slip(inSine: Array(channel.dropFirst(4800)), hertz: 570) < 0.4)
      #expect(channel.dropFirst(4800).max() ?? 0 > 14_000)
    }
    #expect(abs(capture.rate / 48_000 - 1) < 0.08)
  }

  @Test(arguments: ["route", "asym", "file", "linear", "rate"]) func `behind ALSA's own plugins`(
    plugin: String
  ) throws {
    var hardware = SoundCard.Hardware(channels: [2])
    if plugin == "linear" { hardware.formats = ["S24_3LE"] }
    guard plugin != "rate" else {
      hardware.rates = [16_000]
      let card = try SoundCard(hardware, hears: TestSound.sine(hertz: 570, frames: 16_000, rate: 16_000, channels: 2))
      let capture = try Capture(card.name(behind: "rate"))
      #expect(TestSound.slip(inSine: Array(capture.channels[1].dropFirst(4800)), hertz: 570) < 0.4)
      return
    }
    let card = try SoundCard(hardware, hears: TestSound.ramp(channels: 2))
    let capture = try Capture(card.name(behind: plugin), seconds: 0.5)
    let isSwapped = plugin == "route"
    #expect(TestSound.breaks(inRamp: capture.channels[0], channel: isSwapped ? 1 : 0) == 0)
    #expect(TestSound.breaks(inRamp: capture.channels[1], channel: isSwapped ? 0 : 1) == 0)
  }

  @Test func `a user's own name for a card that cannot do it by itself`() throws {
    let card = try SoundCard(
      .init(formats: ["S24_3LE"], channels: [1], rates: [48_000], only: "mmap"), hears: TestSound.ramp(channels: 1))
    for name in [
      "card:'\(card.name().dropFirst(5))'", "card:\"\(card.name().dropFirst(5))\"", card.name(behind: "file"),
    ] {
      let capture = try Capture(name, seconds: 0.2)
      #expect(capture.format.channels == 1)
      #expect(TestSound.breaks(inRamp: capture.channels[0]) == 0)
    }
  }
}

/// What may happen to a device that nothing stands in front of.
@Suite(.serialized) struct `A device in trouble` {
  private let notices = Notices()
  private let sink = MemorySink()

  init() throws { _ = try VirtualMicrophone.ofThisProcess() }

  /// Records from the card, does things to it, and gives back what it came to.
  private func record(
    _ hardware: SoundCard.Hardware, behind plug: String? = nil, _ body: (SoundCard, StallingSource) throws -> Void
  ) throws -> (card: SoundCard, summary: RecordingSummary) {
    let card = try SoundCard(hardware, hears: TestSound.ramp(channels: 2))
    let source = StallingSource(try ALSASource(device: plug.map { "\($0):'\(card.name())'" } ?? card.name()))
    let recorder = Recorder(source: source, sink: sink, notify: notices.add)
    try recorder.start()
    #expect(AudioTestClock.wait { sink.count > 48_000 })
    try body(card, source)
    let count = sink.count
    #expect(AudioTestClock.wait { sink.count > count + 48_000 })
    let summary = recorder.stop(at: SuspendingClock.now)
    #expect(sink.count == 2 * Int((summary.seconds * 48_000).rounded()))
    return (card, summary)
  }

  /// How far the ramp behind each silence is from where it should be, in frames: what was lost is as long as the silence
  /// that stands for it.
  private var misplaced: [Int] {
    let ramp = TestSound.channel(0, of: sink.samples, channels: 2)
    let beginning = ramp[0]
    let breaks = ramp.indices.dropFirst().filter { ramp[$0] &- ramp[$0 - 1] != 1 && ramp[$0] != 0 }
    return breaks.map { Int(ramp[$0] &- beginning &- Int16(truncatingIfNeeded: $0)) }
  }

  @Test(arguments: [nil, "plug"]) func `an overrun is silence of its length`(plug: String?) throws {
    _ = try record(.init(channels: [2], buffers: 9600...9600), behind: plug) { _, source in
      source.stall(seconds: 1)
      #expect(AudioTestClock.wait { notices.all.count == 1 })
    }
    guard case .gap(_, let seconds, .overrun)? = notices.all.first else {
      Issue.record("\(notices.all)")
      return
    }
    #expect(seconds > 0.5)
    #expect(misplaced.count == 1 && abs(misplaced[0]) < 240, "\(misplaced)")
  }

  @Test(arguments: [nil, "plug"]) func `a device that was asleep goes on`(plug: String?) throws {
    _ = try record(.init(channels: [2]), behind: plug) { card, _ in
      card.set(.suspended)
      AudioTestClock.pause(milliseconds: 300)
      card.set(.suspended, false)
      #expect(AudioTestClock.wait { !notices.all.isEmpty })
      #expect(AudioTestClock.wait { if case .lost? = notices.all.last { false } else { true } })
    }
    #expect(misplaced.count == 1 && abs(misplaced[0]) < 240, "\(misplaced) \(notices.all)")
  }

  @Test(arguments: [(nil, SoundCard.Fault.gone), ("plug", .gone), (nil, .stuck)])
  func `a device that goes away is told, and fetched back`(plug: String?, fault: SoundCard.Fault) throws {
    let (card, _) = try record(.init(channels: [2]), behind: plug) { card, _ in
      card.set(fault)
      #expect(AudioTestClock.wait { notices.all.count == 1 })
      if fault == .gone { #expect(throws: AudioFailure.self) { _ = try ALSASource(device: card.name()) } }
      AudioTestClock.pause(milliseconds: 700)
      card.set(fault, false)
      #expect(AudioTestClock.wait { notices.all.count == 2 })
    }
    guard case .lost? = notices.all.first, case .back(_, let gap)? = notices.all.last else {
      Issue.record("\(notices.all)")
      return
    }
    #expect(gap > 0.7)
    #expect(misplaced.count == 1 && abs(misplaced[0]) < 240, "\(misplaced)")
    #expect(throws: Never.self) { _ = try ALSASource(device: card.name()) }
  }

  @Test(arguments: [(SoundCard.Fault.gone, SourceRead.lost(code: -19)), (.suspended, .lost(code: -86))])
  func `a device that has no more to say than its state is understood`(fault: SoundCard.Fault, says: SourceRead) throws
  {
    let card = try SoundCard(.init(channels: [2]), hears: TestSound.ramp(channels: 2))
    let source = try ALSASource(device: card.name())
    let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 48_000 * 2)  // nothing is left in the device
    defer { buffer.deallocate() }
    try source.start()
    var heard = 0
    while heard < 9600, case let read = source.read(into: buffer, timeout: .milliseconds(100)) {
      if case .frames(let count, _, _) = read { heard += count }
    }
    card.set(fault)
    let reads = (0..<100).lazy.map { _ in source.read(into: buffer, timeout: .milliseconds(100)) }
    #expect(reads.first { if case .frames = $0 { false } else { $0 != .nothing } } == says)
  }

  @Test func `a device that another program has is named as busy`() throws {
    let card = try SoundCard(hears: TestSound.ramp(channels: 2))
    let source = try ALSASource(device: card.name())
    let failure = #expect(throws: AudioFailure.self) { _ = try ALSASource(device: card.name()) }
    #expect(failure?.code == -16)
    source.close()
  }
}

public import AudioCapture

/// What every source and every sink must do, fakes included. Each check returns what it found wrong, in words.
public enum AudioContract {
  /// Reads `frames` frames from a source that has not been started. `tolerance` is how far its sound may run away from
  /// its clock, in seconds; single reads may come late.
  public static func violations(of source: any AudioSource, frames: Int, tolerance: Double = 0.1) -> [String] {
    var wrong: [String] = []
    let format = source.format
    if source.name.isEmpty { wrong.append("it has no name") }
    if format.sampleRate <= 0 || !(1...2).contains(format.channels) { wrong.append("its format is \(format)") }
    do { try source.start() } catch { return wrong + ["it does not start: \(error)"] }
    let marker: Int16 = 0x5A5A
    let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 1201 * format.channels)
    defer { buffer.deallocate() }
    let (room, guardSample) = (buffer.prefix(1200 * format.channels), buffer.count - format.channels)
    var (heard, idle) = (0, 0)
    let giveUp = SuspendingClock.now + .seconds(60)
    var begin: SuspendingClock.Instant?
    var late: [Double] = []
    while heard < frames, SuspendingClock.now < giveUp {
      buffer.update(repeating: marker)
      let read = source.read(into: UnsafeMutableBufferPointer(rebasing: room), timeout: .milliseconds(20))
      if buffer[guardSample] != marker { return wrong + ["it writes past the buffer"] }
      guard case .frames(let count, let waiting, let at) = read else {
        if read != .nothing { return wrong + ["it says \(read) after \(heard) frames"] }
        idle += 1
        continue
      }
      if count <= 0 || count > 1200 { return wrong + ["it brings \(count) frames for a room of 1200"] }
      heard += count
      let began = begin ?? at
      begin = began
      let passed = began.duration(to: at) / .seconds(1)
      if passed < 0 { wrong.append("its time goes backwards") }
      late.append(passed - Double(heard + waiting) / Double(format.sampleRate))
    }
    let (early, end) = (late.prefix(late.count / 2).min() ?? 0, late.suffix(late.count / 2).min() ?? 0)
    if abs(end - early) > tolerance { wrong.append("its sound and its clock part by \(end - early) s") }
    if idle > 40_000 { wrong.append("it was asked \(idle) times in vain for \(frames) frames") }
    if heard < frames { wrong.append("it stops after \(heard) frames") }
    source.close()
    source.close()
    if case .frames = source.read(into: buffer, timeout: .milliseconds(1)) { wrong.append("it reads when closed") }
    return wrong
  }

  /// Writes the samples in uneven pieces, and closes twice.
  public static func violations(of sink: any AudioSink, samples: [Int16], channels: Int = 1) -> [String] {
    func write(_ samples: ArraySlice<Int16>) throws(AudioFailure) {
      try samples.withUnsafeBufferPointer { (buffer) throws(AudioFailure) in try sink.write(buffer) }
    }
    do throws(AudioFailure) {
      try write([])
      var (rest, size) = (samples[...], 1)
      while !rest.isEmpty {
        try write(rest.prefix(size * channels))
        rest = rest.dropFirst(size * channels)
        size = size * 3 % 5003 + 1
      }
      try sink.sync()
      try sink.close()
      try sink.close()
    } catch {
      return ["\(error)"]
    }
    do throws(AudioFailure) {
      try write(samples.prefix(channels))
      return ["it can be written when closed"]
    } catch {
      return []
    }
  }
}

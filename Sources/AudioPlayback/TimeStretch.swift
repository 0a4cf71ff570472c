public import AudioCapture

/// Makes sound faster or slower and keeps its pitch: waveform-similarity overlap-add (Verhelst and Roelands, 1993).
///
/// The output is pieces of the input of twice 15 ms, each faded into the next. A piece is taken within 10 ms of where it
/// belongs, wherever it goes on best from the one before: so waves stay whole, and no place is off by more than that. At
/// speed 1 samples go through as they are. What it holds does not grow.
public final class TimeStretch {
  /// Frames in before there is nothing more, into `samples`; 0 at the end.
  public typealias Input = (_ samples: UnsafeMutableBufferPointer<Int16>) -> Int

  public let speed: Double
  private let channels: Int
  /// Frames that come out at a time.
  private let hop: Int
  /// How far from its place a piece may be taken, in frames.
  private let reach: Int
  /// Every so many frames are compared at first.
  private static let stride = 4

  /// The input around the present place, and the mean of its channels.
  private let held: UnsafeMutableBufferPointer<Int16>
  private let mono: UnsafeMutableBufferPointer<Float>
  /// The frame of the input that `held` begins with.
  private var heldFrom = 0
  private var heldCount = 0
  private let capacity: Int
  /// Frames of the input, once its end is known.
  private var total: Int?

  /// The next piece's number, and where the present one would go on.
  private var piece = 0
  private var goesOn = 0
  private let ready: UnsafeMutableBufferPointer<Int16>
  private var readyFrom = 0
  private var produced = 0

  /// `speed` is 0.5 to 3: 2 takes half the time.
  public init(speed: Double, format: AudioFormat) {
    self.speed = min(3, max(0.5, speed))
    channels = format.channels
    hop = format.sampleRate * 15 / 1000
    reach = format.sampleRate / 100
    capacity = 16 * hop
    held = .allocate(capacity: capacity * channels)
    held.initialize(repeating: 0)
    mono = .allocate(capacity: capacity)
    mono.initialize(repeating: 0)
    ready = .allocate(capacity: hop * channels)
    ready.initialize(repeating: 0)
    readyFrom = hop
  }

  deinit {
    held.deallocate()
    mono.deallocate()
    ready.deallocate()
  }

  /// Fills `samples` with whole frames, and returns how many; fewer only when the input has ended.
  public func read(into samples: UnsafeMutableBufferPointer<Int16>, from input: Input) -> Int {
    let wanted = samples.count / channels
    var done = 0
    while speed == 1, done < wanted {
      let count = input(UnsafeMutableBufferPointer(rebasing: samples[(done * channels)..<(wanted * channels)]))
      if count == 0 { return done }
      done += count
    }
    while done < wanted {
      if readyFrom == hop { makePiece(from: input) }
      var part = min(wanted - done, hop - readyFrom)
      // As long as the input, in proportion, to the frame.
      if let total { part = min(part, Int((Double(total) / speed).rounded()) - produced) }
      guard part > 0 else { break }
      for index in 0..<part * channels { samples[done * channels + index] = ready[readyFrom * channels + index] }
      readyFrom += part
      produced += part
      done += part
    }
    return done
  }

  /// The middle of what comes out is the middle of what went in.
  private func place(_ piece: Int) -> Int {
    Int(((Double(piece) + 0.5) * Double(hop) * speed - 0.5 * Double(hop)).rounded())
  }

  private func makePiece(from input: Input) {
    let wanted = max(0, place(piece))
    forget(before: max(0, min(goesOn, wanted - reach)))
    fill(to: max(goesOn, wanted + reach) + 2 * hop, from: input)
    let taken = piece == 0 ? 0 : bestMatch(near: wanted)
    for frame in 0..<hop {
      let weight = piece == 0 ? 1 : (Float(frame) + 0.5) / Float(hop)
      for channel in 0..<channels {
        let old = Float(held[(goesOn - heldFrom + frame) * channels + channel])
        let new = Float(held[(taken - heldFrom + frame) * channels + channel])
        ready[frame * channels + channel] = Int16((old + (new - old) * weight).rounded())
      }
    }
    goesOn = taken + hop
    readyFrom = 0
    piece += 1
  }

  /// Where near `wanted` the input is most like what would follow the present piece.
  private func bestMatch(near wanted: Int) -> Int {
    let low = max(heldFrom, wanted - reach)
    var best = (score: -Float.infinity, place: wanted)
    func look(_ places: StrideTo<Int>, every step: Int) {
      for place in places {
        let score = likeness(of: place, every: step) * (1 - 0.1 * Float(abs(place - wanted)) / Float(reach))
        if score > best.score { best = (score, place) }
      }
    }
    look(Swift.stride(from: low, to: wanted + reach + 1, by: Self.stride), every: Self.stride)
    let coarse = best.place
    best.score = -.infinity
    look(
      Swift.stride(
        from: max(low, coarse - Self.stride + 1), to: min(wanted + reach, coarse + Self.stride - 1) + 1, by: 1),
      every: 2)
    return best.score > 0 ? best.place : wanted
  }

  /// The correlation of the piece at `place` with the one that would follow, from -1 to 1 but for a factor that is the
  /// same at every place.
  private func likeness(of place: Int, every step: Int) -> Float {
    let (one, two) = (goesOn - heldFrom, place - heldFrom)
    var (product, energy): (Float, Float) = (0, 1)
    var frame = 0
    while frame < hop {
      let sample = mono[two + frame]
      product += mono[one + frame] * sample
      energy += sample * sample
      frame += step
    }
    return product / energy.squareRoot()
  }

  // MARK: The input

  private func forget(before frame: Int) {
    let gone = min(frame - heldFrom, heldCount)
    guard gone > 0, let samples = held.baseAddress, let means = mono.baseAddress else { return }
    heldCount -= gone
    samples.update(from: samples + gone * channels, count: heldCount * channels)
    means.update(from: means + gone, count: heldCount)
    heldFrom += gone
  }

  /// Reads up to frame `end`; after the input's end comes silence.
  private func fill(to end: Int, from input: Input) {
    while heldFrom + heldCount < end {
      let missing = end - heldFrom - heldCount
      let room = UnsafeMutableBufferPointer(rebasing: held[heldCount * channels..<(heldCount + missing) * channels])
      var count = total == nil ? input(room) : 0
      if count == 0 {
        total = total ?? heldFrom + heldCount
        room.update(repeating: 0)
        count = missing
      }
      for frame in heldCount..<heldCount + count {
        var sum: Float = 0
        for channel in 0..<channels { sum += Float(held[frame * channels + channel]) }
        mono[frame] = sum / Float(channels)
      }
      heldCount += count
    }
  }
}

internal import Glibc

/// Changes the sample rate with a windowed sinc of exact phases: deterministic, and as long as the input to the frame.
struct Resampler {
  /// Frames in before there is nothing more, into `samples`; 0 at the end.
  typealias Input = (_ samples: UnsafeMutableBufferPointer<Float>) -> Int

  private let rateIn: Int
  private let rateOut: Int
  private let channels: Int
  /// Taps on either side of the wanted moment.
  private let half: Int
  /// `2 * half` taps for each of the phases.
  private let kernel: [Float]
  private var held: [Float] = []
  /// The input frame that `held` starts with; negative for the silence before the first.
  private var heldFrom: Int
  private var heldFrames: Int { held.count / channels }
  private var chunk: [Float]
  private var next = 0
  private var total: Int?

  init(from rateIn: Int, to rateOut: Int, channels: Int) {
    var (a, b) = (rateIn, rateOut)
    while b != 0 { (a, b) = (b, a % b) }
    (self.rateIn, self.rateOut) = (rateIn / a, rateOut / a)
    self.channels = channels
    let cutoff = min(1, Double(rateOut) / Double(rateIn))
    half = Int((24 / cutoff).rounded(.up))
    kernel = Self.kernel(phases: rateOut / a, half: half, cutoff: cutoff * 0.95)
    held = Array(repeating: 0, count: half * channels)
    heldFrom = -half
    chunk = Array(repeating: 0, count: 4096 * channels)
  }

  /// A Blackman-windowed sinc, each phase scaled so that a constant stays what it is.
  private static func kernel(phases: Int, half: Int, cutoff: Double) -> [Float] {
    var kernel: [Float] = []
    kernel.reserveCapacity(phases * 2 * half)
    for phase in 0..<phases {
      let taps = (0..<2 * half).map { tap in
        let x = Double(tap - half + 1) - Double(phase) / Double(phases)
        let window = 0.42 + 0.5 * cos(.pi * x / Double(half)) + 0.08 * cos(2 * .pi * x / Double(half))
        return window * (x == 0 ? cutoff : sin(.pi * cutoff * x) / (.pi * x))
      }
      let sum = taps.reduce(0, +)
      kernel.append(contentsOf: taps.map { Float($0 / sum) })
    }
    return kernel
  }

  /// Fills `output` with whole frames at the new rate; fewer only at the end.
  mutating func read(into output: UnsafeMutableBufferPointer<Float>, from input: Input) -> Int {
    let wanted = output.count / channels
    var made = 0
    while made < wanted {
      let center = next * rateIn / rateOut
      while total == nil, heldFrom + heldFrames <= center + half { fetch(from: input) }
      if let total, next >= (total * rateOut + rateIn - 1) / rateIn { break }
      let taps = next * rateIn % rateOut * 2 * half
      let first = (center - half + 1 - heldFrom) * channels
      for channel in 0..<channels {
        var sum: Float = 0
        for tap in 0..<2 * half { sum += held[first + tap * channels + channel] * kernel[taps + tap] }
        output[made * channels + channel] = sum
      }
      made += 1
      next += 1
    }
    return made
  }

  private mutating func fetch(from input: Input) {
    let unneeded = min(heldFrames, max(0, next * rateIn / rateOut - half + 1 - heldFrom))
    held.removeFirst(unneeded * channels)
    heldFrom += unneeded
    let count = chunk.withUnsafeMutableBufferPointer { input($0) }
    if count > 0 {
      held.append(contentsOf: chunk[..<(count * channels)])
    } else {
      total = heldFrom + heldFrames
      held.append(contentsOf: repeatElement(0, count: 2 * half * channels))
    }
  }
}

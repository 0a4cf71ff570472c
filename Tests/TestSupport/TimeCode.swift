/// A sound that says at every moment which of its frames it is: what a recording of it has lost, silenced or moved can be
/// read from the recording itself, to the frame.
///
/// Groups of four samples: a negative mark and three digits to the base of 128, all positive. It counts to
/// ``period`` frames (nearly three minutes) and begins again.
public enum TimeCode {
  private static let base = 128
  private static let step = 200
  private static let mark = -20_000
  /// Small changes, as mixing makes them, do no harm.
  private static let tolerance = 60
  public static let period = 4 * base * base * base

  /// Frames of one channel, the first being frame `from` of the code.
  public static func samples(frames: Int, from: Int = 0) -> [Int16] {
    [Int16](unsafeUninitializedCapacity: frames) { buffer, count in
      for index in 0..<frames { buffer.initializeElement(at: index, to: sample(from + index)) }
      count = frames
    }
  }

  /// The sample of one frame.
  public static func sample(_ frame: Int) -> Int16 {
    let group = frame / 4
    switch frame % 4 {
    case 0: return Int16(mark)
    case 1: return Int16(group / (base * base) % base * step)
    case 2: return Int16(group / base % base * step)
    default: return Int16(group % base * step)
    }
  }

  /// A stretch of a recording in which the code goes on frame after frame.
  public struct Run: Equatable, Sendable {
    /// Frames of the recording.
    public var file: Range<Int>
    /// The frame of the code at the beginning of `file`.
    public var code: Int

    /// How far the code is from the place it would have in a recording that began with it.
    public var shift: Int { code - file.lowerBound }
  }

  /// The stretches of whole groups in a recording of one channel; what is between them is not the code.
  public static func runs(in samples: [Int16]) -> [Run] {
    var runs: [Run] = []
    samples.withUnsafeBufferPointer { samples in
      var index = 0
      while index + 4 <= samples.count {
        guard let frame = frame(samples, index) else {
          index += 1
          continue
        }
        if let last = runs.last, last.file.upperBound == index, (last.code + last.file.count) % period == frame {
          runs[runs.count - 1].file = last.file.lowerBound..<index + 4
        } else {
          runs.append(Run(file: index..<index + 4, code: frame))
        }
        index += 4
      }
    }
    return runs
  }

  private static func frame(_ samples: UnsafeBufferPointer<Int16>, _ index: Int) -> Int? {
    guard abs(Int(samples[index]) - mark) <= tolerance else { return nil }
    var group = 0
    for place in 1...3 {
      let digit = (Int(samples[index + place]) + step / 2) / step
      guard digit >= 0, digit < base, abs(Int(samples[index + place]) - digit * step) <= tolerance else { return nil }
      group = group * base + digit
    }
    return group * 4
  }
}

public import Foundation

/// Sound to test with, and where to put it.
public enum TestSound {
  /// A sine wave. `amplitude` is a part of full scale.
  public static func sine(
    hertz: Double, frames: Int, rate: Int = 48_000, channels: Int = 1, amplitude: Double = 0.5
  ) -> [Int16] {
    (0..<frames * channels).map { index in
      Int16((amplitude * 32767 * sin(2 * .pi * hertz * Double(index / channels) / Double(rate))).rounded())
    }
  }

  /// Noise that is the same every time: no two stretches of it are alike.
  public static func noise(frames: Int, seed: UInt64 = 1, amplitude: Double = 0.3) -> [Int16] {
    var state = seed
    return (0..<frames).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int16(Double(Int16(truncatingIfNeeded: state >> 48)) * amplitude)
    }
  }

  /// Counts through all samples there are, each channel at a stride of its own, so that a lost frame shows: the next one
  /// is ``step(ofChannel:)`` more, and after 65,536 frames it begins again.
  public static func ramp(channels: Int) -> [Int16] {
    (0..<65_536 * channels).map { index in
      Int16(truncatingIfNeeded: index / channels * step(ofChannel: index % channels))
    }
  }

  public static func step(ofChannel channel: Int) -> Int { channel * 2 + 1 }

  /// Frames of one channel that do not follow the one before as they do in ``ramp(channels:)``.
  public static func breaks(inRamp samples: [Int16], channel: Int = 0) -> Int {
    zip(samples, samples.dropFirst()).filter { Int16(step(ofChannel: channel)) != $1 &- $0 }.count
  }

  /// How far a sine wave runs away from itself, in frames: a lost frame counts, a converter's colouring does not, nor does
  /// a quartz that is a little off. `hertz` is a multiple of 10; a loss of whole waves does not show.
  public static func slip(inSine samples: [Int16], hertz: Double, rate: Int = 48_000) -> Double {
    let (block, turn) = (rate / 10, 2 * .pi * hertz / Double(rate))
    let phases = stride(from: 0, through: samples.count - block, by: block).map { start in
      let wave = (0..<block).reduce((0.0, 0.0)) { sum, frame in
        let (sample, angle) = (Double(samples[start + frame]), turn * Double(frame))
        return (sum.0 + sample * cos(angle), sum.1 - sample * sin(angle))
      }
      return atan2(wave.1, wave.0)
    }
    guard phases.count > 2 else { return .infinity }
    var total = [0.0]
    for (one, next) in zip(phases, phases.dropFirst()) {
      total.append(total[total.count - 1] + (next - one).remainder(dividingBy: 2 * .pi))
    }
    let slope = total[total.count - 1] / Double(total.count - 1)
    return total.enumerated().map { abs($1 - slope * Double($0)) / turn }.max() ?? .infinity
  }

  /// One channel of interleaved samples.
  public static func channel(_ channel: Int, of samples: [Int16], channels: Int) -> [Int16] {
    stride(from: channel, to: samples.count, by: channels).map { samples[$0] }
  }

  /// A WAV file of 16-bit samples, or of 32-bit floats.
  public static func wav(_ samples: [Int16], rate: Int = 48_000, channels: Int = 1) -> Data {
    wav(samples.withUnsafeBytes { Array($0) }, rate: rate, channels: channels, bits: 16, tag: 1)
  }

  public static func wav(floats: [Float], rate: Int = 48_000, channels: Int = 1) -> Data {
    wav(floats.flatMap { bytes($0.bitPattern) }, rate: rate, channels: channels, bits: 32, tag: 3)
  }

  private static func wav(_ content: [UInt8], rate: Int, channels: Int, bits: Int, tag: UInt16) -> Data {
    let frame = channels * bits / 8
    var data = Data("RIFF".utf8)
    data += bytes(UInt32(36 + content.count)) + Array("WAVEfmt ".utf8) + bytes(UInt32(16)) + bytes(tag)
    data += bytes(UInt16(channels)) + bytes(UInt32(rate)) + bytes(UInt32(rate * frame)) + bytes(UInt16(frame))
    data += bytes(UInt16(bits)) + Array("data".utf8) + bytes(UInt32(content.count)) + content
    return data
  }

  private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}

/// A folder that goes away with this object.
public final class TemporaryFolder: Sendable {
  public let url: URL

  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  public func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  public func write(_ data: Data, to name: String) throws -> URL {
    try data.write(to: file(name))
    return file(name)
  }
}

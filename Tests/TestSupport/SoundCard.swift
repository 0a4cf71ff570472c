public import Foundation
internal import Glibc

/// A sound card, and as many microphones on it as one likes, without any hardware: a plugin of libasound
/// (`SoundCard/card.c`), which is compiled when it is first needed and behaves as a device of the kernel does.
public final class SoundCard: Sendable {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// What the card's microphone can do by itself, in ALSA's words. Several values mean that the program may choose; sizes
  /// are in frames of the last format with the most channels.
  public struct Hardware: Sendable, CustomStringConvertible {
    public var formats: [String]
    public var channels: [Int]
    public var rates: [Int]
    public var periods: ClosedRange<Int>
    public var buffers: ClosedRange<Int>
    /// How much faster than it says its quartz runs.
    public var ppm: Int
    /// `mmap` or `interleaved`, where it can be read in only one way.
    public var only: String

    public init(
      formats: [String] = ["S16_LE"], channels: [Int] = [1, 2], rates: [Int] = [48_000],
      periods: ClosedRange<Int> = 48...48_000, buffers: ClosedRange<Int> = 192...192_000, ppm: Int = 0,
      only: String = ""
    ) {
      (self.formats, self.channels, self.rates, self.ppm, self.only) = (formats, channels, rates, ppm, only)
      (self.periods, self.buffers) = (periods, buffers)
    }

    public var description: String {
      "\(formats) \(channels) ch, \(rates) Hz, periods of \(periods), buffers of \(buffers), \(ppm) ppm \(only)"
    }
  }

  public enum Fault: String, CaseIterable, Sendable {
    /// It is pulled out of its socket.
    case gone
    /// The machine has put it to sleep.
    case suspended
    /// It brings no sound, and no error.
    case stuck
  }

  private let folder: TemporaryFolder
  private let settings: URL

  /// A microphone that hears `sound`, 16-bit frames of as many channels as the hardware has, over and over. Frame n of
  /// its time is frame n of the sound, and its time is the monotonic clock, so that what is lost shows.
  public init(_ hardware: Hardware = Hardware(), hears sound: [Int16]) throws {
    folder = try TemporaryFolder()
    settings = folder.file("mic")
    let raw = try folder.write(sound.withUnsafeBytes { Data($0) }, to: "mic.raw")
    func list(_ values: [some Any]) -> String { values.map { "\($0)" }.joined(separator: " ") }
    let text = """
      sound "\(raw.path)"
      formats "\(list(hardware.formats))"
      channels "\(list(hardware.channels))"
      rates "\(list(hardware.rates))"
      periods "\(list([hardware.periods.lowerBound, hardware.periods.upperBound]))"
      buffers "\(list([hardware.buffers.lowerBound, hardware.buffers.upperBound]))"
      ppm \(hardware.ppm)
      only "\(hardware.only)"

      """
    try Data(text.utf8).write(to: settings)
  }

  /// Its ALSA name, wherever the configuration holds ``definition()``; with `plugin`, its name behind that.
  public func name(behind plugin: String? = nil) -> String { "\(plugin.map { $0 + "-" } ?? "")card:\(settings.path)" }

  /// Makes the fault happen, or ends it.
  public func set(_ fault: Fault, _ isOn: Bool = true) {
    let path = "\(settings.path).\(fault.rawValue)"
    if isOn { close(creat(path, 0o600)) } else { unlink(path) }
  }

  // MARK: The plugin

  /// What an ALSA configuration needs for these names. Compiles the plugin if it has not been yet. Beside `card:` there
  /// are `route-card:`, `rate-card:` and so on: the card behind a plugin of ALSA's own.
  public static func definition() throws -> String {
    let plugins = [
      "rate": "slave { pcm $CARD rate 16000 }", "linear": "slave { pcm $CARD format S24_3LE }",
      "route": "slave.pcm $CARD ttable.0.1 1 ttable.1.0 1", "asym": "capture.pcm $CARD",
      "file": "slave.pcm $CARD file \"/dev/null\" format raw",
    ]
    func behind(_ name: String, _ rest: String) -> String {
      "pcm.\(name)-card { @args [ FILE ] @args.FILE { type string } type \(name) "
        + rest.replacingOccurrences(of: "$CARD", with: "{ type testcard file $FILE }") + " }\n"
    }
    return """
      pcm_type.testcard { lib "\(try plugin.get().path)" }
      pcm.card { @args [ FILE ] @args.FILE { type string } type testcard file $FILE }

      """ + plugins.map(behind).joined()
  }

  /// An environment in which a program knows these names, with nothing else to record from; `others` are further
  /// definitions. The configuration is written into `folder`.
  public static func environment(in folder: URL, others: String = "") throws -> [String: String] {
    let file = folder.appendingPathComponent("asound.conf")
    try Data("</usr/share/alsa/alsa.conf>\n\(try definition())\(others)".utf8).write(to: file)
    return ProcessInfo.processInfo.environment.merging(["ALSA_CONFIG_PATH": file.path]) { $1 }
  }

  /// Kept for the next time beside what else was built, under a name that changes with its source.
  private static let plugin = Result {
    let source = URL(fileURLWithPath: #filePath).deletingPathExtension().appendingPathComponent("card.c")
    let hash = try Data(contentsOf: source).reduce(5381 as UInt64) { $0 &* 33 ^ UInt64($1) }
    let root = source.pathComponents.dropLast(4).joined(separator: "/").dropFirst()
    let plugin = URL(fileURLWithPath: "\(root)/.build/test-card-\(hash).so")
    if access(plugin.path, R_OK) == 0 { return plugin }
    try FileManager.default.createDirectory(
      at: plugin.deletingLastPathComponent(), withIntermediateDirectories: true)
    let fresh = plugin.appendingPathExtension(UUID().uuidString)
    let made = try Shell.run(
      "clang", "-Wall", "-Wextra", "-Werror", "-O2", "-DPIC", "-fPIC", "-shared", "-o", fresh.path, source.path,
      "-lasound", "-lm")
    guard made.status == 0 else { throw Failure(description: "the test card does not compile: \(made.output)") }
    guard rename(fresh.path, plugin.path) == 0 else { throw Failure(description: "the test card has no place") }
    return plugin
  }
}

internal import CALSA
internal import Glibc

/// The microphones ALSA knows of.
public enum ALSADevices {
  public struct Device: Equatable, Sendable {
    /// The ALSA PCM name, as `--device` takes it.
    public var name: String
    /// What it is, in the driver's words, in one line.
    public var description: String

    public init(name: String, description: String) {
      self.name = name
      self.description = description
    }
  }

  /// Everything that can be recorded from, `default` first when there is one. Empty on a machine without sound. Names
  /// come from the system's configuration and are untrusted text. C: `snd_device_name_hint`.
  public static func list() -> [Device] {
    coachtalk_alsa_silence_errors()
    var devices = hinted()
    if let index = devices.firstIndex(where: { $0.name == "default" }) {
      devices.insert(devices.remove(at: index), at: 0)
    } else if (try? PCM(device: "default", rate: 48_000)) != nil {
      devices.insert(Device(name: "default", description: "the system's default"), at: 0)
    }
    return devices
  }

  private static func hinted() -> [Device] {
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    guard snd_device_name_hint(-1, "pcm", &hints) == 0, let hints else { return [] }
    defer { snd_device_name_free_hint(hints) }
    var devices: [Device] = []
    var next = hints
    while let hint = next.pointee {
      next += 1
      guard let name = text("NAME", of: hint), text("IOID", of: hint) != "Output", isMicrophone(name) else { continue }
      let lines = (text("DESC", of: hint) ?? "").split(separator: "\n")
      devices.append(Device(name: name, description: lines.joined(separator: ", ")))
    }
    return devices
  }

  /// Leaves out what ALSA lists but nobody can speak into: converters, and channel layouts of one and the same card.
  private static func isMicrophone(_ name: String) -> Bool {
    let kind = name.prefix { $0 != ":" }
    let others = """
      null lavrate samplerate speexrate speex upmix vdownmix oss jack dmix usbstream front rear center_lfe side
      surround21 surround40 surround41 surround50 surround51 surround71 iec958 spdif hdmi modem phoneline
      """
    return !others.split(whereSeparator: \.isWhitespace).contains(kind)
  }

  private static func text(_ id: String, of hint: UnsafeRawPointer) -> String? {
    guard let text = snd_device_name_get_hint(hint, id) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}

/// Times as people say them: `mm:ss`, `h:mm:ss`, or seconds. Held as seconds from the start of the meeting's audio.
public enum Timecode {
  /// `75.6` as `1:15`, `3723` as `1:02:03`. Fractions are dropped, as a clock does.
  public static func text(_ seconds: Double) -> String {
    let whole = Int(sane(seconds))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let two = { (n: Int) in n < 10 ? "0\(n)" : "\(n)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }

  /// Seconds from `12:40`, `1:02:03.5` or `760`; `nil` when it is none of these.
  public static func seconds(_ text: some StringProtocol) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard (1...3).contains(parts.count), parts.allSatisfy({ $0.utf8.first.map(digits.contains) ?? false }),
      parts.last!.utf8.allSatisfy({ digits.contains($0) || $0 == UInt8(ascii: ".") }),
      let last = Double(parts.last!), last < (parts.count == 1 ? longest : 60)
    else { return nil }
    var total = 0.0
    for (index, part) in parts.dropLast().enumerated() {
      guard let value = Int(part), value < 10_000, index == 0 || value < 60 else { return nil }
      total = total * 60 + Double(value)
    }
    return parts.count == 1 ? last : total * 60 + last
  }

  /// A length in words, rounded for people: "4 minutes", "40 seconds", "1 hour 5 minutes".
  public static func words(_ seconds: Double) -> String {
    let count = { (n: Int, unit: String) in "\(n) \(unit)\(n == 1 ? "" : "s")" }
    let seconds = sane(seconds)
    guard seconds.rounded() >= 60 else { return count(Int(seconds.rounded()), "second") }
    let minutes = Int((seconds / 60).rounded())
    guard minutes >= 60 else { return count(minutes, "minute") }
    return count(minutes / 60, "hour") + (minutes % 60 == 0 ? "" : " " + count(minutes % 60, "minute"))
  }

  /// Ten thousand hours, in seconds: no meeting lasts longer, and a journal that says so is not to be believed.
  private static let longest = 36_000_000.0

  private static func sane(_ seconds: Double) -> Double { min(max(0, seconds), longest) }
}

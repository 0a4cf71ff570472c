internal import Glibc

public import struct FoundationEssentials.Date

/// A day of the calendar.
public struct Day: Comparable, Sendable, CustomStringConvertible {
  public var year: Int
  public var month: Int
  public var day: Int

  /// `nil` when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    guard day <= DayOfYear.lengths[month - 1] + (month == 2 && isLeap ? 1 : 0) else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The day that it is at `moment` where this computer stands.
  public init(_ moment: Date) {
    let local = moment.local
    (year, month, day) = (Int(local.tm_year) + 1900, Int(local.tm_mon) + 1, Int(local.tm_mday))
  }

  /// The last of the days that `text` names: `31 July 2027`, `2027-07-31` or `31/7/2027`; `nil` when it names none.
  public init?(in text: String) {
    let words = text.split { $0.isWhitespace || ",;()".contains($0) }.map { word in
      String(word.drop { !$0.isLetter && !$0.isNumber }.reversed().drop { !$0.isLetter && !$0.isNumber }.reversed())
    }
    let days = words.indices.compactMap { index -> Day? in
      if let day = Day(figures: words[index]) { return day }
      guard words.count > index + 2, let year = Day.year(words[index + 2]),
        let day = DayOfYear("\(words[index]) \(words[index + 1])", leapYear: true)
      else { return nil }
      return Day(year: year, month: day.month, day: day.day)
    }
    guard let last = days.max() else { return nil }
    self = last
  }

  /// `2027-07-31` or `31/7/2027`.
  private init?(figures word: String) {
    let dashed = word.split(separator: "-", omittingEmptySubsequences: false)
    let slashed = word.split(separator: "/", omittingEmptySubsequences: false)
    let parts: [Substring] = dashed.count == 3 ? dashed : slashed.count == 3 ? slashed.reversed() : []
    guard parts.count == 3, let year = Day.year(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  /// Four figures, as people write a year; no recording was to be kept until the year 27.
  private static func year(_ word: some StringProtocol) -> Int? {
    Int(word).flatMap { word.count == 4 && $0 >= 1000 ? $0 : nil }
  }

  /// As in a letter: `31 July 2027`.
  public var description: String { "\(DayOfYear(month: month, day: day)) \(year)" }

  public static func < (a: Day, b: Day) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }
}

/// A day that comes every year, such as the end of a term.
public struct DayOfYear: Equatable, Sendable, CustomStringConvertible {
  public var month: Int
  public var day: Int

  static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  fileprivate init(month: Int, day: Int) { (self.month, self.day) = (month, day) }

  /// Reads `31 August`, `31st Aug`; `nil` when that is no day of every year.
  public init?(_ text: some StringProtocol) { self.init(String(text), leapYear: false) }

  fileprivate init?(_ text: String, leapYear: Bool) {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[1].count >= 3,
      let month = Self.months.firstIndex(where: { $0.lowercased().hasPrefix(words[1]) })
    else { return nil }
    let figures = words[0].prefix(while: \.isNumber)
    guard ["", "st", "nd", "rd", "th"].contains(words[0].dropFirst(figures.count)), let day = Int(figures), day >= 1,
      day <= Self.lengths[month] + (leapYear && month == 1 ? 1 : 0)
    else { return nil }
    self.init(month: month + 1, day: day)
  }

  /// The first such day that is not before `day`.
  public func onOrAfter(_ start: Day) -> Day {
    let isLater = (month, day) >= (start.month, start.day)
    // Every year has it.
    return Day(year: start.year + (isLater ? 0 : 1), month: month, day: day) ?? start
  }

  public var description: String { "\(day) \(Self.months[month - 1])" }
}

/// Moments where this computer stands. The C library knows where that is: to FoundationEssentials every time zone is GMT.
extension Date {
  fileprivate var local: tm {
    var seconds = time_t(timeIntervalSince1970.rounded(.down))
    var local = tm()
    localtime_r(&seconds, &local)
    return local
  }

  /// As `strftime` writes it by `format`; in English, because the program asks for no other locale.
  public func local(_ format: String) -> String { Self.text(local, format) }

  /// As ISO 8601 has it, in UTC and without parts of a second: `2027-07-31T09:05:00Z`.
  var inUTC: String {
    var seconds = time_t(timeIntervalSince1970.rounded(.down))
    var utc = tm()
    gmtime_r(&seconds, &utc)
    return Self.text(utc, "%04Y-%m-%dT%H:%M:%SZ")
  }

  private static func text(_ time: tm, _ format: String) -> String {
    var time = time
    return String(unsafeUninitializedCapacity: 64) {
      $0.withMemoryRebound(to: CChar.self) { strftime($0.baseAddress!, $0.count, format, &time) }
    }
  }
}

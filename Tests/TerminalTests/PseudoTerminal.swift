import Foundation
import Glibc
import Testing

/// A real terminal with nobody at it: a test is the person (and the screen), the code under test has the other end.
final class PseudoTerminal {
  private(set) var person: Int32
  let program: Int32
  let path: String

  init(columns: Int = 80) throws {
    person = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var locked: Int32 = 0
    var number: Int32 = 0
    // TIOCSPTLCK and TIOCGPTN, macros that Swift does not see: what unlockpt and ptsname do.
    try #require(ioctl(person, 0x4004_5431, &locked) == 0)
    try #require(ioctl(person, 0x8004_5430, &number) == 0)
    path = "/dev/pts/\(number)"
    program = open(path, O_RDWR | O_NOCTTY)
    try #require(program >= 0)
    resize(columns: columns)
  }

  deinit {
    hangUp()
    close(program)
  }

  /// The person's end goes away, as when a window is closed.
  func hangUp() {
    if person >= 0 { close(person) }
    person = -1
  }

  func resize(columns: Int, rows: Int = 24) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(person, UInt(TIOCSWINSZ), &size)
  }

  func type(_ text: String) {
    #expect(write(person, text, text.utf8.count) == text.utf8.count)
  }

  /// Writes to the screen, behind the program's back.
  func show(_ text: String) {
    #expect(write(program, text, text.utf8.count) == text.utf8.count)
  }

  /// What reaches the screen, up to and including `end`; what there is when it does not come.
  func screen(until end: String) -> String {
    var seen: [UInt8] = []
    while !String(decoding: seen, as: UTF8.self).hasSuffix(end) {
      var request = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
      var byte: UInt8 = 0
      guard poll(&request, 1, 20_000) == 1, read(person, &byte, 1) == 1 else {
        Issue.record("\(end.debugDescription) never came")
        break
      }
      seen.append(byte)
    }
    return String(decoding: seen, as: UTF8.self)
  }

  /// Flags and special characters of the terminal, to compare.
  var modes: [UInt32] {
    var settings = termios()
    guard tcgetattr(person, &settings) == 0 else { return [] }
    let characters = withUnsafeBytes(of: settings.c_cc) { $0.map { UInt32($0) } }
    return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag] + characters
  }

  var isRaw: Bool { modes.count > 3 && modes[3] & UInt32(ICANON | ECHO | ISIG) == 0 }
}

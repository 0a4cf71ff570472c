import Foundation
import TestSupport
import Testing

/// Switches for what `Shims/faults.c` does to the program under test, while it runs.
final class Faults {
  /// What the C file holds, in its order.
  private enum Switch: Int, CaseIterable { case stall, stallSync, writeErrno, clock }

  private let folder = Program.Folder()
  private let memory: UnsafeMutablePointer<Int>
  /// To be added to the program's.
  let environment: [String: String]

  init() throws {
    let path = folder.path + "/switches"
    let size = Switch.allCases.count * MemoryLayout<Int>.size
    try Data(count: size).write(to: URL(fileURLWithPath: path))
    let file = open(path, O_RDWR | O_CLOEXEC)
    defer { close(file) }
    let mapped = try #require(mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0))
    try #require(mapped != MAP_FAILED)
    memory = mapped.assumingMemoryBound(to: Int.self)
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Shims/faults.c")
    let library = folder.path + "/faults.so"
    // The compiler that came with Swift.
    let (status, output) = try tool(
      "clang", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, source.path, "-ldl")
    try #require(status == 0, "\(output)")
    environment = ["LD_PRELOAD": library, "FAULTS": path]
  }

  deinit { munmap(memory, Switch.allCases.count * MemoryLayout<Int>.size) }

  private func set(_ name: Switch, _ value: Int) { memory[name.rawValue] = value }
  private func value(_ name: Switch) -> Int { memory[name.rawValue] }

  /// The next write to a sound file takes that long.
  func stallWrite(milliseconds: Int) { set(.stall, milliseconds) }
  /// So does the next time that one is put on the disk.
  func stallSync(milliseconds: Int) { set(.stallSync, milliseconds) }
  /// True when the stalls that were asked for have begun.
  var haveStalled: Bool { value(.stall) == 0 && value(.stallSync) == 0 }
  /// The disk takes nothing more, as one that the system has made read-only after an error.
  func refuseWrites() { set(.writeErrno, Int(EROFS)) }
  /// Somebody has set the calendar clock that many seconds off.
  func setClock(seconds: Int) { set(.clock, seconds) }
}

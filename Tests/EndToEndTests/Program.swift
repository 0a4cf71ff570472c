import Foundation
import TestSupport

/// The built program, run as a child: what goes in is typed, what comes out is kept.
final class Program {
  /// A temporary folder for one test, gone with it.
  final class Folder {
    let path: String
    init() {
      path =
        FileManager.default.temporaryDirectory.appendingPathComponent("coachtalk-\(UUID().uuidString.prefix(8))").path
      try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
    var recordings: String { path + "/Recordings" }
    func text(_ name: String) -> String { (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? "" }
  }

  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Beside the test bundle, where the build put it.
  static let path =
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path + "/coachtalk"

  private let process = Process()
  private let input = Pipe()
  private let output = Collector()
  private let errors = Collector()

  init(_ arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment, shell: String? = nil)
    throws
  {
    if let shell {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", shell + " exec \"$0\" \"$@\"", Self.path] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: Self.path)
      process.arguments = arguments
    }
    var environment = environment
    for name in ["COACHTALK_RECORDINGS", "COACHTALK_PROMPTS"] { environment[name] = nil }
    process.environment = environment
    process.currentDirectoryURL = FileManager.default.temporaryDirectory
    process.standardInput = input
    process.standardOutput = output.pipe
    process.standardError = errors.pipe
    try process.launchUnblocked()
  }

  var id: pid_t { process.processIdentifier }
  var isRunning: Bool { process.isRunning }
  var shown: String { output.text }
  var complaints: String { errors.text }

  func type(_ lines: String...) {
    try? input.fileHandleForWriting.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
  }

  /// Waits until the program has said `text`, `times` times.
  func waitFor(_ text: String, times: Int = 1) -> Bool {
    AudioTestClock.wait(seconds: 90) {
      self.output.text.components(separatedBy: text).count > times || !self.process.isRunning
    } && output.text.components(separatedBy: text).count > times
  }

  func signal(_ signal: Int32) { kill(id, signal) }

  /// Closes the input and waits for the end.
  func finish() -> Result {
    try? input.fileHandleForWriting.close()
    return wait()
  }

  /// Waits for the end with the input open.
  func wait() -> Result {
    process.waitUntilExit()
    return Result(status: process.terminationStatus, output: output.finish(), errors: errors.finish())
  }

  /// Runs it with all of its input at once.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = ProcessInfo.processInfo.environment,
    shell: String? = nil
  ) throws -> Result {
    let program = try Program(arguments, environment: environment, shell: shell)
    program.type(input)
    return program.finish()
  }
}

/// Reads a pipe to its end on a thread of its own.
private final class Collector: @unchecked Sendable {
  let pipe = Pipe()
  private let lock = NSLock()
  private var data = Data()
  private let ended = DispatchSemaphore(value: 0)

  init() {
    let handle = pipe.fileHandleForReading
    Thread.detachNewThread { [self] in
      // availableData gives what there is; read(upToCount:) would wait for all of it.
      while case let chunk = handle.availableData, !chunk.isEmpty { lock.withLock { data += chunk } }
      ended.signal()
    }
  }

  var text: String { lock.withLock { String(decoding: data, as: UTF8.self) } }

  func finish() -> String {
    ended.wait()
    return text
  }
}

/// Runs a tool of the system and gives its output; a tool that fails or is missing gives its status.
func tool(_ words: String...) throws -> (status: Int32, output: String) {
  let process = Process()
  let collector = Collector()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = words
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = collector.pipe
  process.standardError = collector.pipe
  try process.launchUnblocked()
  process.waitUntilExit()
  return (process.terminationStatus, collector.finish().trimmingCharacters(in: .whitespacesAndNewlines))
}

/// A meeting's journal, read by nothing of ours: each line a JSON object.
func journal(_ path: String) throws -> [[String: Any]] {
  try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap {
    try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
  }
}

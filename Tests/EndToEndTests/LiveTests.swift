import Foundation
import Glibc
import TestSupport
import Testing

/// The program at a terminal where one key tags, typed at faster than anybody could.
@Suite(.serialized) struct LiveTests {
  let folder = Program.Folder()
  private var path: String { folder.recordings + "/cycle-1/1-post/journal.jsonl" }

  /// A terminal with the program at one end; the test is the person and the screen at the other.
  final class Terminal {
    let program: Process
    private let person: FileHandle
    private let screen = Screen()

    /// What came to the screen.
    private final class Screen: @unchecked Sendable {
      private let lock = NSLock()
      private var bytes = Data()
      func add(_ more: Data) { lock.withLock { bytes += more } }
      var text: String { lock.withLock { String(decoding: bytes, as: UTF8.self) } }
    }

    init(_ arguments: [String]) throws {
      let end = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var locked: Int32 = 0
      var number: Int32 = 0
      // What unlockpt and ptsname do.
      try #require(ioctl(end, 0x4004_5431, &locked) == 0)
      try #require(ioctl(end, 0x8004_5430, &number) == 0)
      var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(end, UInt(TIOCSWINSZ), &size)
      person = FileHandle(fileDescriptor: end, closeOnDealloc: true)
      let other = FileHandle(fileDescriptor: open("/dev/pts/\(number)", O_RDWR | O_NOCTTY), closeOnDealloc: true)
      program = Process()
      program.executableURL = URL(fileURLWithPath: Program.path)
      program.arguments = arguments
      program.environment = ["TERM": "xterm", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"]
      (program.standardInput, program.standardOutput, program.standardError) = (other, other, other)
      try program.launchUnblocked()
      Thread.detachNewThread { [screen] in
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(end, &chunk, chunk.count), count > 0 { screen.add(Data(chunk[..<count])) }
      }
    }

    func type(_ text: String) { try? person.write(contentsOf: Data(text.utf8)) }
    var text: String { screen.text }
    func waitFor(_ text: String) -> Bool {
      AudioTestClock.wait(seconds: 60) { self.text.contains(text) || !self.program.isRunning }
        && self.text.contains(text)
    }
  }

  /// Anna and Ben, who do not want to be recorded, in a meeting in which one key tags.
  private func live() throws -> Terminal {
    let terminal = try Terminal(["--recordings", folder.recordings, "--device", "none"])
    try #require(terminal.waitFor("type /new"))
    for (line, answer) in [
      ("/new coach=Anna coachee=Ben", "may your meetings"), ("no", "Ben, may"), ("no", "/begin post"),
      ("/begin post", "has begun"),
    ] {
      terminal.type(line + "\r")
      try #require(terminal.waitFor(answer), "\(terminal.text)")
    }
    terminal.type("\t")
    try #require(terminal.waitFor("one key tags"), "\(terminal.text)")
    return terminal
  }

  private var lines: [[String: Any]] { (try? journal(path)) ?? [] }

  /// What each key sets down: a turn, a function more, or a moment.
  private static let keys: [(key: String, event: String, value: String)] = [
    ("c", "turn", "coach"), ("q", "amended", "question"), ("h", "amended", "challenge"), ("m", "moment", ""),
    ("t", "turn", "coachee"), ("e", "amended", "explanation"), ("d", "amended", "dissonance"),
    ("n", "amended", "dissonance"),
  ]

  /// What the journal says a key set down, as in ``keys``.
  private func said(_ event: [String: Any]) -> [String] {
    let name = event["event"] as? String ?? ""
    let value = name == "turn" ? event["by"] as? String : (event["functions"] as? [String])?.last
    return [name, value ?? ""]
  }

  private func wanted(_ count: Int) -> [[String]] {
    (0..<count).map { [Self.keys[$0 % 8].event, Self.keys[$0 % 8].value] }
  }

  @Test func `of two hundred keys a second none is lost or changes places, and each has the time it was pressed at`()
    throws
  {
    let terminal = try live()
    defer { terminal.program.terminate() }
    let head = lines.count
    try #require(head == folder.text("Recordings/cycle-1/1-post/journal.jsonl").utf8.count { $0 == 10 })
    let start = SuspendingClock.now
    let now = { start.duration(to: SuspendingClock.now) / .seconds(1) }
    let count = 400
    var sent: [Double] = []
    // When each was first seen on the disk.
    var seen: [Double] = []
    func look() {
      let there = folder.text("Recordings/cycle-1/1-post/journal.jsonl").utf8.count { $0 == 10 } - head
      while seen.count < there { seen.append(now()) }
    }
    for index in 0..<count {
      sent.append(now())
      terminal.type(Self.keys[index % 8].key)
      usleep(5000)
      if index % 10 == 9 { look() }
    }
    #expect(
      AudioTestClock.wait(seconds: 60) {
        look()
        return seen.count >= count
      })
    let events = Array(lines.dropFirst(head))
    #expect(events.map(said) == wanted(count))
    let times = events.compactMap { $0["t"] as? Double }
    try #require(times.count == count && seen.count == count)
    #expect(times == times.sorted())
    // A key was pressed after it was sent, and before it was on the disk. One beginning of the meeting fits all of them.
    let earliest = zip(sent, times).map { $0 - $1 }.max() ?? 0
    let latest = zip(seen, times).map { $0 - $1 }.min() ?? 0
    #expect(earliest <= latest + 0.0001, "\(earliest) \(latest)")
    // Amended from its beginning on, each turn is as it was tagged.
    terminal.type("\t")
    #expect(terminal.waitFor("You are typing again"))
    terminal.type("/end\r/end\r/quit\r")
    #expect(AudioTestClock.wait(seconds: 60) { !terminal.program.isRunning })
    let shown = try Program.run(["--recordings", folder.recordings, "analyse", "1-post", "--json"])
    #expect(shown.status == 0)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any])
    #expect("\(json)".contains("question"))
  }

  @Test func `killed while one key tags, everything that was shown as set down is on the disk`() throws {
    let terminal = try live()
    let head = lines.count
    // A busy machine takes its time; what has not been shown can prove nothing.
    for (key, _, _) in Self.keys { terminal.type(key) }
    try #require(terminal.waitFor("a critical moment."))
    for index in 0..<Int.random(in: 60...300) {
      terminal.type(Self.keys[index % 8].key)
      usleep(useconds_t.random(in: 0...5000))
    }
    kill(terminal.program.processIdentifier, SIGKILL)
    terminal.program.waitUntilExit()
    let events = Array(lines.dropFirst(head))
    #expect(events.map(said) == wanted(events.count))
    let moments = events.count { $0["event"] as? String == "moment" }
    let shown = terminal.text.components(separatedBy: "a critical moment.").count - 1
    #expect(shown > 0 && moments >= shown, "\(moments) of \(shown)")
    let again = try Program.run(["--recordings", folder.recordings, "recover"])
    #expect(again.status == 0 && again.output.contains("I have closed 1-post"))
  }

  @Test func `through a pipe, or with --plain, one line says what to do instead`() throws {
    let lines = ["/new coach=Anna coachee=Ben", "/consent Anna no", "/consent Ben no", "/begin post", "/live", "/c q"]
    let result = try Program.run(
      ["--recordings", folder.recordings, "--device", "none"], input: lines.joined(separator: "\n"))
    #expect(result.status == 65)
    #expect(result.errors.split(separator: "\n").count == 1 && result.errors.contains("needs a terminal"))
    #expect(result.output.contains("Anna: question"))
  }
}

import Foundation
import TestSupport
import Testing

/// The program typed at by hand, in a real terminal: tmux is the hand, the screen and the eye.
@Suite(.serialized) struct TypingTests {
  let folder = Program.Folder()

  /// A terminal of its own in which a shell runs the program and then says how it ended.
  final class Screen {
    private let folder = Program.Folder()
    private var server: String { folder.path + "/tmux" }

    init(
      columns: Int, rows: Int, _ arguments: [String], environment: [String: String] = [:],
      program: String = Program.path, hasJobControl: Bool = false
    ) throws {
      let settings = environment.map { "\($0)=\($1)" }
      let words = (["env"] + settings + [program] + arguments).joined(separator: " ")
      let before = folder.path + "/stty"
      let shell =
        (hasJobControl ? "set -m; " : "")
        + "stty -g > \(before); (echo $BASHPID > \(folder.path)/id; exec \(words)); echo ended $?; cmp -s \(before) <(stty -g) && echo restored; "
        + (hasJobControl ? "read -p 'back? '; fg; echo ended $?; cat" : "cat")
      // The server stays in the background and must hold on to nothing of ours, or this process waits for it.
      let letGo =
        #"for f in /proc/self/fd/*; do f=${f##*/}; [ $f -lt 3 ] || eval "exec $f>&-"; done; exec "$@" >/dev/null 2>&1"#
      #expect(
        try tool(
          "env", "LC_ALL=C.UTF-8", "TERM=xterm-256color", "SWIFT_BACKTRACE=enable=no", "bash", "-c", letGo, "-", "tmux",
          "-S", server, "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "bash", "-c", shell
        ).status == 0)
    }

    func close() { _ = try? tool("tmux", "-S", server, "kill-server") }

    func type(_ text: String, enter: Bool = true) throws {
      _ = try tool("tmux", "-S", server, "send-keys", "-l", text)
      if enter { try key("Enter") }
    }

    func key(_ name: String) throws { _ = try tool("tmux", "-S", server, "send-keys", name) }

    var text: String { (try? tool("tmux", "-S", server, "capture-pane", "-p", "-J", "-S", "-500").output) ?? "" }

    func waitFor(_ text: String) -> Bool { AudioTestClock.wait(seconds: 60) { self.text.contains(text) } }

    /// The process that the shell started, which keeps the terminal.
    var keeper: pid_t? { pid_t(folder.text("id").trimmingCharacters(in: .whitespacesAndNewlines)) }

    /// The one that works.
    var id: pid_t? {
      guard let keeper,
        let children = try? String(contentsOfFile: "/proc/\(keeper)/task/\(keeper)/children", encoding: .utf8)
      else { return nil }
      return pid_t(children.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  private var quiet: [String] { ["--recordings", folder.recordings, "--device", "none"] }

  /// A screen on which Anna and Ben have begun a cycle and do not want to be recorded.
  private func unrecordedPair(columns: Int, hasJobControl: Bool = false) throws -> Screen {
    let screen = try Screen(columns: columns, rows: 24, quiet, hasJobControl: hasJobControl)
    #expect(screen.waitFor("/new"))
    try screen.type("/new coach=Anna coachee=Ben")
    try screen.type("no")
    try screen.type("no")
    return screen
  }

  @Test func `a meeting is typed by hand from the first start to the reflection`() throws {
    let screen = try Screen(columns: 80, rows: 24, quiet)
    defer { screen.close() }
    #expect(screen.waitFor("type /new"))
    for (line, answer) in [
      ("/new", "Who is coaching?"), ("Anna", "Whose teaching"), ("Ben", "observing"), ("", "look at in this cycle"),
      ("waiting", "Anna, may your meetings be recorded?"), ("yes", "Ben, may your meetings be recorded?"),
      ("yes", "/begin post"), ("/begin post", "1 of "), ("/t expl scale=lesson", "Ben: explanation · scale lesson"),
      ("They waited", "noted"), ("/next", "2 of "), ("/end", "Before you close, 1 of"), ("I see it now", "2 of 4"),
      ("", "3 of 4"), ("", "sounds most like"), ("2", "is closed"),
    ] {
      try screen.type(line)
      #expect(screen.waitFor(answer), "after '\(line)':\n\(screen.text)")
    }
    try screen.type("/quit")
    #expect(screen.waitFor("ended 0"))
    #expect(screen.waitFor("restored"))
    let reflection = folder.text("Recordings/cycle-1/1-post/reflection.md")
    #expect(reflection.contains("They waited") && reflection.contains("I see it now"))
  }

  @Test func `a practice is done by hand, and nothing of it is left`() throws {
    let screen = try Screen(columns: 80, rows: 24, quiet)
    defer { screen.close() }
    #expect(screen.waitFor("/practise"))
    func step(_ answer: String, after what: String, _ work: () throws -> Void) rethrows {
      try work()
      #expect(screen.waitFor(answer), "after \(what):\n\(screen.text)")
    }
    for (line, answer) in [
      ("/practise", "Type /c for the coach"), ("/c", "Type /t explanation"), ("/t expl", "Press Tab"),
    ] {
      try step(answer, after: line) { try screen.type(line) }
    }
    try step("then v for an evaluation", after: "Tab") { try screen.key("Tab") }
    try step("Press u", after: "three keys") { try screen.type("cvq", enter: false) }
    try step("Escape, or Tab again", after: "u") { try screen.type("u", enter: false) }
    try step("are a note", after: "Escape") { try screen.key("Escape") }
    for (line, answer) in [
      ("a few words", "Type /pause"), ("/pause", "Type /resume"), ("/resume", "Type /next"), ("/next", "/end closes"),
      ("/end", "a few closing questions"), ("", "nothing of it was kept"), ("/quit", "ended 0"),
    ] {
      try step(answer, after: line) { try screen.type(line) }
    }
    #expect(screen.waitFor("restored"))
    #expect(!FileManager.default.fileExists(atPath: folder.recordings))
  }

  @Test func `Up brings back the commands of last time, and nobody's words`() throws {
    let screen = try unrecordedPair(columns: 80)
    defer { screen.close() }
    for line in [
      "/begin post", "/t explanation : secret", "/c question", "quiet words", "/moment secret", "/end", "/quit",
    ] {
      try screen.type(line)
    }
    try screen.type("")
    #expect(screen.waitFor("ended 0"), "\(screen.text)")
    #expect(folder.text("Recordings/.coachtalk-history") == "/begin post\n/c question\n/end\n/quit\n")
    let next = try Screen(columns: 80, rows: 24, quiet)
    defer { next.close() }
    #expect(next.waitFor("Welcome back"))
    for _ in 0..<3 { try next.key("Up") }
    #expect(next.waitFor("> /c question"), "\(next.text)")
  }

  @Test func `a line being typed stays whole, and Tab completes it`() throws {
    let screen = try unrecordedPair(columns: 80)
    defer { screen.close() }
    #expect(screen.waitFor("/begin post"))
    try screen.type("/beg", enter: false)
    try screen.key("Tab")
    try screen.type("po")
    #expect(screen.waitFor("no sound 0:0"))
    try screen.type("/c diss", enter: false)
    try screen.key("Tab")
    #expect(screen.waitFor("/c dissonance"))
    // The meeting's time goes on beside what is being typed.
    let shown = screen.text
    let isUpdated = AudioTestClock.wait(seconds: 60) {
      let now = screen.text
      return now != shown && now.contains("> /c dissonance")
    }
    #expect(isUpdated, "\(screen.text)")
    try screen.key("Enter")
    #expect(screen.waitFor("Anna: dissonance"))
  }

  @Test func `it can be used in twenty columns`() throws {
    let screen = try unrecordedPair(columns: 20)
    defer { screen.close() }
    try screen.type("/begin post")
    try screen.type("/t explanation : a note that is much longer than the screen is wide")
    #expect(screen.waitFor("explanation"))
    try screen.type("/quit")
    #expect(screen.waitFor("ended 0"))
    #expect(folder.text("Recordings/cycle-1/1-post/journal.jsonl").contains("much longer than the screen is wide"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT, SIGKILL])
  func `the terminal is given back, however it ends`(signal: Int32)
    throws
  {
    let screen = try Screen(columns: 80, rows: 24, quiet)
    defer { screen.close() }
    #expect(screen.waitFor("type /new"))
    let program = try #require(screen.id)
    kill(program, signal)
    let isCrash = [SIGSEGV, SIGABRT, SIGKILL].contains(signal)
    #expect(screen.waitFor("ended \(isCrash ? 128 + signal : 130)"), "\(screen.text)")
    #expect(screen.waitFor("restored"), "\(screen.text)")
    #expect(screen.text.contains("coachtalk was cut off. Start it again") == isCrash)
  }

  @Test(arguments: [SIGTSTP, SIGSTOP])
  func `stopped from elsewhere, it leaves the screen alone until fg brings it back`(
    signal: Int32
  ) throws {
    let screen = try unrecordedPair(columns: 80, hasJobControl: true)
    defer { screen.close() }
    try screen.type("/begin post")
    #expect(screen.waitFor("no sound"))
    try screen.key("Tab")
    #expect(screen.waitFor("q question"))
    let keeper = try #require(screen.keeper)
    kill(keeper, SIGTSTP)
    #expect(screen.waitFor("back?"))
    let shown = screen.text
    usleep(1_500_000)
    #expect(screen.text == shown)
    try screen.type("")
    #expect(AudioTestClock.wait(seconds: 60) { screen.text.contains("live >") && screen.text != shown })
    try screen.type("c", enter: false)
    let isTagged = AudioTestClock.wait(seconds: 60) {
      folder.text("Recordings/cycle-1/1-post/journal.jsonl").contains("\"coach\",\"event\":\"turn\"")
    }
    #expect(isTagged, "\(screen.text)")
    try screen.key("Escape")
    #expect(screen.waitFor("You are typing again"))
    try screen.type("/quit")
    #expect(screen.waitFor("ended 0"), "\(screen.text)")
  }

  @Test func `it ends also where nobody wants to know how children ended`() throws {
    let screen = try Screen(columns: 80, rows: 24, quiet, environment: ["--ignore-signal": "CHLD"])
    defer { screen.close() }
    #expect(screen.waitFor("type /new"))
    try screen.type("/quit")
    #expect(screen.waitFor("ended 0") && screen.waitFor("restored"), "\(screen.text)")
  }

  @Test(arguments: [SIGTERM, SIGKILL]) func `a meeting is closed when the process that keeps the terminal ends`(
    signal: Int32
  ) throws {
    let screen = try unrecordedPair(columns: 80)
    defer { screen.close() }
    try screen.type("/begin post")
    #expect(screen.waitFor("no sound"))
    let keeper = try #require(screen.keeper)
    kill(keeper, signal)
    // Killed, it gives nothing back: what this shell, which cannot take the terminal, does then at it is not to be seen.
    if signal == SIGTERM { #expect(screen.waitFor("ended")) }
    let ends = AudioTestClock.wait(seconds: 60) {
      folder.text("Recordings/cycle-1/1-post/journal.jsonl").contains("ended")
    }
    #expect(ends)
    let events = try journal(folder.recordings + "/cycle-1/1-post/journal.jsonl")
    #expect(events.last?["how"] as? String == "interrupted")
  }

  @Test func `Ctrl-C drops a line, and closes a meeting only when it comes twice in a row`() throws {
    let screen = try unrecordedPair(columns: 80)
    defer { screen.close() }
    try screen.type("/begin post")
    #expect(screen.waitFor("no sound"))
    let asked = { screen.text.components(separatedBy: "Your meeting is running").count - 1 }
    try screen.key("C-c")
    #expect(AudioTestClock.wait(seconds: 60) { asked() == 1 })
    try screen.type("a note")
    #expect(screen.waitFor("noted"))
    try screen.key("C-c")
    #expect(AudioTestClock.wait(seconds: 60) { asked() == 2 })
    try screen.type("half", enter: false)
    #expect(screen.waitFor("> half"))
    try screen.key("C-c")
    #expect(screen.waitFor("half^C"))
    try screen.key("C-c")
    #expect(AudioTestClock.wait(seconds: 60) { asked() == 3 }, "\(screen.text)")
  }

  @Test func `Ctrl-C or Ctrl-D in a meeting asks, and the second closes it`() throws {
    let screen = try unrecordedPair(columns: 80)
    defer { screen.close() }
    try screen.type("/begin post")
    #expect(screen.waitFor("no sound"))
    try screen.key("C-d")
    #expect(screen.waitFor("Your meeting is running"))
    try screen.key("C-c")
    #expect(screen.waitFor("ended 130"))
    #expect(folder.text("Recordings/cycle-1/1-post/journal.jsonl").contains("interrupted"))
  }

  @Test(arguments: [(SIGTERM, 20), (SIGHUP, 80), (SIGSEGV, 40), (SIGKILL, 80), (0, 40)])
  func `one key tags, in any width, and the terminal is given back`(signal: Int32, columns: Int) throws {
    let screen = try unrecordedPair(columns: columns)
    defer { screen.close() }
    try screen.type("/begin post")
    #expect(screen.waitFor("no sound"))
    try screen.key("Tab")
    #expect(screen.waitFor("q question"))
    try screen.type("cq", enter: false)
    #expect(screen.waitFor("Anna: questi"))
    try screen.key("Enter")
    try screen.type("a note")
    try screen.type("1m", enter: false)
    #expect(screen.waitFor("noted"))
    #expect(
      AudioTestClock.wait(seconds: 60) { folder.text("Recordings/cycle-1/1-post/journal.jsonl").contains("scale") })
    let program = try #require(screen.id)
    if signal == 0 {
      // Nothing follows the Escape.
      try screen.key("Escape")
      #expect(screen.waitFor("scale moment") && screen.waitFor("You are typing again"))
      try screen.type("quiet words")
      try screen.type("/quit")
    } else {
      kill(program, signal)
    }
    #expect(screen.waitFor("ended"))
    #expect(screen.waitFor("restored"), "\(screen.text)")
    let events = try journal(folder.recordings + "/cycle-1/1-post/journal.jsonl")
    let amended = try #require(events.last { $0["event"] as? String == "amended" })
    #expect(amended["note"] as? String == "a note" && amended["scale"] as? String == "moment")
    #expect(events.contains { $0["text"] as? String == "quiet words" } == (signal == 0))
  }

  @Test(arguments: [SIGTERM, SIGSEGV, SIGKILL, 0]) func `a meeting is listened to by hand, and the terminal given back`(
    signal: Int32
  )
    throws
  {
    let lines = [
      "/new coach=Anna coachee=Ben", "/consent Anna no", "/consent Ben no", "/begin post", "/wait 0.5", "/c question",
      "/end",
    ]
    #expect(try Program.run(quiet, input: lines.joined(separator: "\n")).status == 0)
    let wav = folder.path + "/sound.wav"
    try TestSound.wav(TestSound.noise(frames: 40 * 48_000)).write(to: URL(fileURLWithPath: wav))
    let audio = folder.recordings + "/cycle-1/1-post/audio.flac"
    try #require(try tool("flac", "-s", "-2", "-o", audio, wav).status == 0)
    let screen = try Screen(columns: 40, rows: 12, quiet + ["review", "1-post", "--by", "Cleo"])
    defer { screen.close() }
    #expect(screen.waitFor("stopped 0:00/0:40"))
    try screen.type("n", enter: false)
    #expect(screen.waitFor("Anna: question"))
    try screen.type("LJl", enter: false)
    #expect(screen.waitFor("stopped 0:05/0:40"))
    try screen.type("t", enter: false)
    try screen.type("expl")
    #expect(screen.waitFor("0:05 Ben: explanation"))
    try screen.type("+ ", enter: false)
    // Time goes on; a slow machine may look when there is another.
    #expect(screen.waitFor("playing 0:") && screen.waitFor("/0:40 1.25x"), "\(screen.text)")
    let program = try #require(screen.id)
    if signal == 0 { try screen.type("q", enter: false) } else { kill(program, signal) }
    #expect(screen.waitFor("ended"))
    #expect(screen.waitFor("restored"), "\(screen.text)")
    let own = try journal(folder.recordings + "/cycle-1/1-post/observer-Cleo.jsonl")
    #expect(own.contains { $0["event"] as? String == "turn" && abs(($0["t"] as? Double ?? 0) - 5.5) < 0.3 })
  }
}

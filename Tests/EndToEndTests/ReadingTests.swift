import Foundation
import TestSupport
import Testing

/// Reflections and the guide as they are read: on a terminal through a pager, elsewhere as they are.
@Suite(.serialized) struct ReadingTests {
  private let folder = Program.Folder()
  private var quiet: [String] { ["--recordings", folder.recordings, "--device", "none"] }

  private func meeting() throws {
    let lines = [
      "/new coach=Anna coachee=Ben", "/consent Anna no", "/consent Ben no", "/begin post",
      "/t explanation : *stars* and a note that is longer than forty columns are wide", "/end",
    ]
    #expect(try Program.run(quiet, input: lines.joined(separator: "\n")).status == 0)
  }

  /// A pager that tells what it was given: from what, how wide, and the text.
  private func pager() throws -> String {
    let path = folder.path + "/pager"
    try """
    #!/bin/sh
    [ -p /dev/stdin ] && echo "from a pipe, $LESSHISTFILE$LESSOPEN."
    tee \(folder.path)/paged | sed 's/^/| /'
    """.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  @Test func `show is paged on a terminal, with headings and in its width`() throws {
    try meeting()
    let screen = try TypingTests.Screen(
      columns: 40, rows: 12, quiet + ["show", "latest"],
      environment: ["PAGER": try pager(), "NO_COLOR": "", "LESSOPEN": "filter"])
    defer { screen.close() }
    #expect(screen.waitFor("ended 0"))
    #expect(screen.text.contains("from a pipe, -."))
    let lines = folder.text("paged").split(separator: "\n", omittingEmptySubsequences: false)
    let escapes = /\u{1B}\[[0-9;]*m/
    #expect(lines.first == "\u{1B}[0;1;4mPost-lesson meeting\u{1B}[0m")
    #expect(lines.count > 20 && lines.allSatisfy { $0.replacing(escapes, with: "").count <= 40 })
    #expect(!lines.contains { $0.replacing(escapes, with: "").hasPrefix("#") })
    #expect(lines.contains { $0.contains("*stars* and") })
    // A file or a pipe gets Markdown.
    let piped = try Program.run(quiet + ["show", "latest"], environment: ["PAGER": "false"])
    #expect(piped.output == folder.text("Recordings/cycle-1/1-post/reflection.md") + "\n")
  }

  @Test(arguments: [["--plain"], []]) func `nothing is paged where it is not wanted`(options: [String]) throws {
    let screen = try TypingTests.Screen(
      columns: 80, rows: 24, quiet + options + ["guide", "scale"],
      environment: ["PAGER": try pager(), "TERM": options.isEmpty ? "dumb" : "xterm"])
    defer { screen.close() }
    #expect(screen.waitFor("ended 0"))
    #expect(screen.text.contains("How much is in view?") && !screen.text.contains("| "))
  }

  @Test func `a pager that is not there, or is left early, stops nothing`() throws {
    for (pager, shown) in [("/nowhere", true), ("true", false)] {
      let screen = try TypingTests.Screen(columns: 80, rows: 24, quiet + ["guide"], environment: ["PAGER": pager])
      defer { screen.close() }
      #expect(screen.waitFor("ended 0"))
      #expect(screen.text.contains("assessment-for-learning") == shown)
    }
  }

  @Test func `less is left with q, and Ctrl-C is for it`() throws {
    let screen = try TypingTests.Screen(columns: 80, rows: 12, quiet + ["guide"], environment: ["PAGER": ""])
    defer { screen.close() }
    #expect(screen.waitFor("What coaching is"))
    #expect(!screen.text.contains("assessment-for-learning"))
    try screen.key("C-c")
    // An interrupted less drops what is typed at that moment.
    let isAtEnd = AudioTestClock.wait(seconds: 60) {
      try? screen.key("G")
      AudioTestClock.pause(milliseconds: 200)
      return screen.text.contains("assessment-for-learning")
    }
    #expect(isAtEnd, "\(screen.text)")
    try screen.type("q", enter: false)
    #expect(screen.waitFor("ended 0"))
    #expect(screen.waitFor("restored"))
  }

  @Test func `Ctrl-Z stops less and the program together, and both go on`() throws {
    let path = folder.path + "/suspending"
    try """
    set -m
    PAGER= \(Program.path) guide
    echo now the shell
    read word; echo "read $word"
    fg
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let screen = try TypingTests.Screen(columns: 80, rows: 12, [], program: "bash \(path)")
    defer { screen.close() }
    #expect(screen.waitFor("What coaching is"))
    try screen.key("C-z")
    #expect(screen.waitFor("now the shell"))
    try screen.type("forward")
    #expect(screen.waitFor("read forward"))
    try screen.key("G")
    #expect(screen.waitFor("assessment-for-learning"))
    try screen.type("q", enter: false)
    #expect(screen.waitFor("ended 0"))
  }

  @Test func `in the chat a long text comes a screenful at a time, and a tag meanwhile is a tag`() throws {
    let screen = try TypingTests.Screen(columns: 80, rows: 12, quiet)
    defer { screen.close() }
    #expect(screen.waitFor("type /new"))
    try screen.type("/guide")
    #expect(screen.waitFor("more: Enter"))
    #expect(screen.text.contains("What coaching is") && !screen.text.contains("Reviewing coaching"))
    try screen.key("Enter")
    #expect(screen.waitFor("Reviewing coaching"))
    #expect(!screen.text.contains("assessment-for-learning"))
    try screen.type("/new coach=Anna coachee=Ben")
    #expect(screen.waitFor("Anna, may your meetings be recorded?"))
    #expect(!screen.text.contains("assessment-for-learning") && !screen.text.contains("more: Enter"))
  }
}

import Foundation
import TestSupport
import Testing

/// What the shells offer, asked of the shells themselves.
@Suite struct CompletionTests {
  let folder = Program.Folder()
  private var recordings: [String] { ["--recordings", folder.recordings] }
  /// Where the shells find the program.
  private var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = (Program.path as NSString).deletingLastPathComponent + ":/usr/bin:/bin"
    environment["HOME"] = folder.path
    environment["COACHTALK_RECORDINGS"] = nil
    return environment
  }

  /// A pair with two meetings, and a focus that would like to be offered, and to be run.
  private func pair() throws {
    let lines = [
      #"/new coach=Anna coachee=Ben focus="  7-post $(touch /tmp/coachtalk-was-here)""#, "/consent Anna no",
      "/consent Ben no", "/begin pre", "/end", "/begin post", "/end",
    ]
    #expect(try Program.run(recordings + ["--device", "none"], input: lines.joined(separator: "\n")).status == 0)
  }

  private func script(_ shell: String) throws -> String {
    let result = try Program.run(["completions", shell])
    #expect(result.status == 0)
    let path = folder.path + "/completions." + shell
    try result.output.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// What bash offers for the last of `words`, as it takes a line apart.
  private func bash(_ words: String...) throws -> [String] {
    let ask = #"""
      source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      _coachtalk coachtalk "${COMP_WORDS[COMP_CWORD]}"; printf '%s\n' "${COMPREPLY[@]}"
      """#
    let path = try script("bash")
    let output = try run(["bash", "-c", ask, path, "coachtalk"] + words)
    return output.split(separator: "\n").map(String.init)
  }

  private func run(_ words: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.launchUnblocked()
    return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }

  /// What fish offers at the end of `line`, without its descriptions.
  private func fish(_ line: String) throws -> [String] {
    let output = try run([
      "fish", "--no-config", "-c", "source $argv[1]; complete -C$argv[2]", try script("fish"), line,
    ])
    return output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
  }

  /// What zsh makes of `line` when Tab is pressed at its end.
  private func zsh(_ line: String, until end: String) throws -> String {
    let ask = #"""
      zmodload zsh/zpty
      zpty hand zsh -f -i
      zpty -w hand "PS1=; unsetopt zle_bracketed_paste prompt_cr prompt_sp; bindkey '^I' complete-word"
      zpty -w hand "autoload -Uz compinit; compinit -u -D; source $1; print rea''dy"
      zpty -r hand shown '*ready*'
      zpty -w -n hand "$2"$'\t'
      zpty -r hand shown "*$3*" && print -r -- "$shown"
      zpty -d hand
      """#
    return try run(["timeout", "60", "zsh", "-f", "-c", ask, "-", try script("zsh"), line, end])
  }

  @Test func `bash offers what the help names`() throws {
    let help = try Program.run(["--help"]).output
    let rows = help.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
    let names = rows.map { String($0.split(separator: " ")[0]) }
    let commands = names.filter { !$0.hasPrefix("-") }
    #expect(commands.count > 15 && commands.contains("review"))
    #expect(try bash("") == commands)
    var options = try Set(bash("--"))
    #expect(options.isSuperset(of: ["--recordings", "--plain", "--help"]) && !options.contains("--fast"))
    for command in commands { options.formUnion(try bash(command, "--")) }
    #expect(options == Set(names.filter { $0.hasPrefix("-") }))
    #expect(try bash("excerpt", "1-post", "--an") == ["--anonymous"])
  }

  @Test func `bash offers meetings where one may stand, and never a name`() throws {
    try pair()
    #expect(try bash("--recordings", folder.recordings, "show", "") == ["latest", "1-pre", "1-post"])
    #expect(try bash("--recordings", "=", folder.recordings, "show", "1-po") == ["1-post"])
    #expect(try bash("show", "--recordings", folder.recordings, "l") == ["latest"])
    #expect(try bash("--recordings", folder.recordings, "forget", "") == ["latest", "1-pre", "1-post", "1"])
    #expect(try bash("--recordings", folder.recordings, "show", "1-post", "") == [])
    #expect(try bash("--recordings", folder.recordings, "excerpt", "1-post", "1:00-2:00", "--yes-of", "") == [])
    #expect(try bash("--device", "hw", ":", "CARD", "=", "PCH", "completions", "") == ["bash", "zsh", "fish"])
    #expect(try bash("guide", "scal") == ["scale"])
    #expect(try bash("--device", "=", "non") == ["none"])
    #expect(!FileManager.default.fileExists(atPath: "/tmp/coachtalk-was-here"))
  }

  @Test func `fish offers the same, with files and folders`() throws {
    try pair()
    let before = "coachtalk --recordings=\(folder.recordings) "
    #expect(try Set(fish("coachtalk ")).isSuperset(of: ["show", "list", "completions"]))
    #expect(try Set(fish(before + "show ")) == ["latest", "1-pre", "1-post"])
    #expect(try Set(fish("coachtalk --recordings \(folder.recordings) forget ")) == ["latest", "1-pre", "1-post", "1"])
    #expect(try fish(before + "show 1-post ") == [])
    #expect(try fish("coachtalk list --js") == ["--json"])
    #expect(try fish("coachtalk show --js") == [])
    #expect(try fish("coachtalk agree 1-post \(folder.path)/completions.f") == ["\(folder.path)/completions.fish"])
    #expect(try fish("coachtalk prompts check \(folder.path)/") == ["\(folder.path)/Recordings/"])
  }

  @Test func `zsh completes a command, an option, a meeting and a folder`() throws {
    try pair()
    #expect(try zsh("coachtalk complet", until: "completions").contains("coachtalk completions"))
    #expect(try zsh("coachtalk list --js", until: "--json").contains("--json"))
    let before = "coachtalk --recordings \(folder.recordings) "
    #expect(try zsh(before + "show 1-po", until: "1-post").contains("show 1-post"))
    #expect(try zsh("coachtalk --recordings=\(folder.path)/Rec", until: "Recordings").contains("/Recordings"))
  }

  @Test func `another shell is told which there are`() throws {
    for words in [["completions"], ["completions", "csh"]] {
      let result = try Program.run(words)
      #expect(result.status == 64 && result.output == "" && result.errors.contains("bash, zsh"))
    }
  }
}

import Foundation
import TestSupport
import Testing

/// What `make install` puts in place and `make uninstall` takes away, with the program that was built for the tests.
@Suite struct InstallTests {
  private let folder = Program.Folder()
  /// A place with a space in it, as people have.
  private var root: String { folder.path + "/a place" }

  private func make(_ target: String) throws {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    let result = try tool(
      "env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL", "make", "-C", folder.path, "-o", "build", target,
      "program=\(Program.path)", "DESTDIR=\(root)", "PREFIX=/usr")
    #expect(result.status == 0, "\(result.output)")
  }

  private var files: [String] {
    (FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []).filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(root)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
    }
  }

  @Test func `all of it is put in place, works from there, and is taken away again`() throws {
    let strangers = ["usr/bin/another", "usr/share/man/man1/another.1"]
    for name in strangers {
      let path = "\(root)/\(name)"
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try "another's".write(toFile: path, atomically: true, encoding: .utf8)
    }
    try make("install")
    let own = [
      "usr/bin/coachtalk", "usr/share/bash-completion/completions/coachtalk",
      "usr/share/coachtalk/Prompts/vocabulary.md",
      "usr/share/coachtalk/sample/conversation.commands", "usr/share/coachtalk/sample/conversation.ogg",
      "usr/share/doc/coachtalk/copyright", "usr/share/fish/vendor_completions.d/coachtalk.fish",
      "usr/share/man/man1/coachtalk.1", "usr/share/zsh/site-functions/_coachtalk",
    ]
    #expect(Set(files).isSuperset(of: own))
    for name in files where !strangers.contains(name) {
      let mode = try FileManager.default.attributesOfItem(atPath: "\(root)/\(name)")[.posixPermissions] as? Int
      #expect(mode == (name == "usr/bin/coachtalk" ? 0o755 : 0o644), "\(name)")
    }
    for shell in ["bash", "zsh", "fish"] {
      let path = try #require(own.first { $0.contains(shell) })
      #expect(folder.text("a place/" + path) == (try Program.run(["completions", shell]).output))
      #expect(try tool(shell, "-n", "\(root)/\(path)").output == "")
    }
    // With nothing in the environment, from another folder.
    let demo = try tool(
      "env", "-i", "-C", "/", "HOME=\(folder.path)", "\(root)/usr/bin/coachtalk", "demo", "--fast")
    #expect(demo.status == 0)
    #expect(
      demo.output.contains("\(folder.path)/.local/share/coachtalk/Recordings/demo/cycle-1/1-post/reflection.html"))
    try make("uninstall")
    #expect(Set(files) == Set(strangers))
    #expect(!FileManager.default.fileExists(atPath: root + "/usr/share/coachtalk"))
    #expect(!FileManager.default.fileExists(atPath: root + "/usr/share/doc/coachtalk"))
  }

  @Test func `the manual page is sound, and holds what the help holds`() throws {
    let page = try Program.run(["manual"]).output
    let path = folder.path + "/coachtalk.1"
    try page.write(toFile: path, atomically: true, encoding: .utf8)
    let opinion = try tool("mandoc", "-T", "lint", path)
    #expect(opinion.status == 0 && opinion.output == "")
    let read = try tool("mandoc", "-T", "ascii", "-O", "width=200", path).output.replacing(/.\u{8}/, with: "")
    let help = try Program.run(["--help"]).output
    let rows = help.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
    #expect(rows.count > 30)
    for row in rows {
      let name = try #require(row.split(separator: "  ").first)
      #expect(read.contains(name.replacing("…", with: "...")), "\(name)")
    }
  }
}

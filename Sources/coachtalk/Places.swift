import Chat
import FoundationEssentials

/// Where things are looked for, so that the program runs from any folder.
struct Places {
  /// The `Recordings` folder; it need not be there yet.
  var recordings: String
  /// The `Prompts` folder; `nil` for the copy built into the program.
  var prompts: String?
  /// How this program was called, with the same recordings when they were named: for hints that can be typed as they are.
  var program: String
  /// The folder of the sample conversation, when there is one.
  var sample: String?

  init(_ invocation: Invocation, environment: [String: String] = ProcessInfo.processInfo.environment) throws(Complaint)
  {
    let set = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let home = set("HOME") ?? URL.homeDirectory.path
    let data = set("XDG_DATA_HOME") ?? home + "/.local/share"
    let beside = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let installed = beside.deletingLastPathComponent().path + "/share/coachtalk"

    let folder =
      invocation.recordings ?? set("COACHTALK_RECORDINGS")
      ?? (Self.isFolder("Recordings") ? "Recordings" : data + "/coachtalk/Recordings")
    // Whole, so that a path that is shown can be opened from anywhere.
    recordings = URL(fileURLWithPath: folder).standardizedFileURL.path
    program = CommandLine.arguments[0] + (invocation.recordings.map { " --recordings \(Self.quoted($0))" } ?? "")
    if let named = invocation.prompts ?? set("COACHTALK_PROMPTS") {
      guard Self.isFolder(named) else {
        throw Complaint(
          .noInput,
          "\(named): this is no folder of prompts; leave out \(invocation.prompts == nil ? "$COACHTALK_PROMPTS" : "--prompts") to use the built-in ones."
        )
      }
      prompts = named
    } else {
      prompts = ["Prompts", installed + "/Prompts"].first(where: Self.isFolder)
    }
    // Installed, or beside the build folder the program was built into.
    var builtBeside: [String] = []
    var above = beside
    for _ in 0..<4 {
      above = above.deletingLastPathComponent()
      builtBeside.append(above.path + "/Recordings/sample")
    }
    sample = ([installed + "/sample"] + builtBeside).first(where: Self.isFolder)
  }

  static func quoted(_ path: String) -> String {
    path.allSatisfy { $0.isLetter || $0.isNumber || "/._-~".contains($0) }
      ? path : "'" + path.replacing("'", with: "'\\''") + "'"
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }
}

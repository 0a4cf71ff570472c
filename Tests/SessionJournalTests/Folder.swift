import Coaching
import Foundation
import SessionJournal

/// A folder for one test, which goes when the test is done.
final class Folder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appending(path: "coachtalk-\(UUID().uuidString)").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// A file's bytes, read by nobody we know.
  func bytes(_ name: String) -> [UInt8] { FileManager.default.contents(atPath: file(name)).map(Array.init) ?? [] }

  func write(_ bytes: some Sequence<UInt8>, to name: String) {
    try! Data(bytes).write(to: URL(fileURLWithPath: file(name)))
  }
}

/// The permissions of a file or folder, as `0o600`; `nil` when it is not there.
func mode(_ path: String) -> Int? {
  (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
}

func note(_ text: String) -> Event.Kind { .note(text: text, prompt: nil) }

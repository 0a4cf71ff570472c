import Foundation
import Testing

/// Inputs that the fuzzer found to reach what no other does, and those that once broke something.
struct CorpusTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

  private static func files(_ target: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: target), includingPropertiesForKeys: nil
    ).sorted { $0.path < $1.path }
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func `what holds for every input holds for the corpus`(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let files = try Self.files(target.corpus)
    #expect(!files.isEmpty)
    for file in files {
      let bytes = try Data(contentsOf: file)
      #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.check(Array(bytes)) }
    }
  }

  @Test func `a page that is not well-formed, hides something or leads nowhere is told`() throws {
    try requirePage("<p id=\"e1\"><a href=\"#e1\">é</a>\n</p>")
    for page in [
      "<p>", "<p>\u{1B}</p>", "<p>\u{202E}</p>", "<a href=\"#e1\">1:00</a>", "<p id=\"a\"><b id=\"a\" /></p>",
    ] {
      #expect(throws: Broken.self, "\(page)") { try requirePage(page) }
    }
  }
}

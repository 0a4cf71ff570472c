import Foundation
import PromptLibrary
import TalkAnalysis

/// A reader of bytes that come from elsewhere, and what has to hold whatever they are. The fuzzer and the test of its
/// corpus run the same.
struct FuzzTarget: Sendable {
  var name: String
  /// The folder in `Corpus` that it is fed from; two targets take one to different ends.
  var corpus: String
  /// Throws ``Broken`` when something does not hold.
  var check: @Sendable ([UInt8]) throws -> Void

  static let all = [journal, away, pages, prompts, library, words, keys, session]
}

/// Something that should hold for every input, and did not.
struct Broken: Error, CustomStringConvertible {
  var description: String
}

func require(_ holds: Bool, _ what: @autoclosure () -> String) throws {
  if !holds { throw Broken(description: what()) }
}

/// Everything that the analysis knows by name.
let knownNames = AnalysisNames(
  conditions: Set(Condition.allCases.map(\.rawValue)), signs: Set(Sign.allCases.map(\.rawValue)),
  nudges: Set(Occasion.allCases.map(\.rawValue)))

/// The prompts that come with the program.
let builtInLibrary = Library.load(nil, names: knownNames)

/// Text that a person reads holds nothing that is not seen, or turns the direction of what is.
func requirePrintable(_ text: String, _ what: String) throws {
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x0A: break
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069:
      throw Broken(description: "\(what) has U+\(String(scalar.value, radix: 16, uppercase: true)) in it")
    default: break
    }
  }
}

/// A folder in memory for files of one input; whoever made it takes it away.
func makeFolder() throws -> String {
  let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
  let path = "\(base)/coachtalk-fuzz-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  return path
}

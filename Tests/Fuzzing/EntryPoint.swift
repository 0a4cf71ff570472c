import Foundation

/// What libFuzzer calls. It is no part of the tests: `.ci/fuzz` builds it into one program that is called by the name of
/// the target to run, as in `fuzz-journal`.
private let target: FuzzTarget = {
  let name = CommandLine.arguments[0].split(separator: "-").last.map(String.init) ?? ""
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    fatalError("call this by the name of a target: \(FuzzTarget.all.map { "fuzz-" + $0.name }.joined(separator: ", "))")
  }
  return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try target.check(Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    fatalError("\(target.name): \(error)")
  }
  return 0
}

internal import CBuiltInPrompts

/// The copy of `Prompts/` inside the program, so that it runs from any folder and where a file is lost.
enum BuiltInPrompts {
  /// By their names under `Prompts/`.
  static let files: [(name: String, text: String)] = (0..<built_in_prompt_count()).map { index in
    let file = built_in_prompt(index)
    let bytes = UnsafeRawBufferPointer(start: file.bytes, count: file.size)
    return (String(cString: file.name), String(decoding: bytes, as: UTF8.self))
  }
}

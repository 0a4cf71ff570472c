/// The copy of `Prompts/` inside the program, so that it runs from any folder and where a file is lost.
enum BuiltInPrompts {
  /// By their names under `Prompts/`.
  static let files: [(name: String, text: String)] = [
    ("meetings/pre-lesson.md", String(decoding: PackageResources.pre_lesson_md, as: UTF8.self)),
    ("meetings/post-lesson.md", String(decoding: PackageResources.post_lesson_md, as: UTF8.self)),
    ("vocabulary.md", String(decoding: PackageResources.vocabulary_md, as: UTF8.self)),
    ("challenges.md", String(decoding: PackageResources.challenges_md, as: UTF8.self)),
  ]
}

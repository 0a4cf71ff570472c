import Coaching

/// What one file says of another.
struct Links {
  private var places: [String: (file: String, line: Int, isBuiltIn: Bool)] = [:]
  private var mentions: [(file: String, id: String, key: String, line: Int)] = []
  private var twice: [PromptProblem] = []
  /// The ids of what was left out.
  private(set) var dropped: [String] = []

  /// What a built-in file names is none of a school's business: it may have deleted that.
  mutating func add(_ reader: PromptReader, isBuiltIn: Bool) {
    for (id, line) in reader.defined {
      let new = (file: reader.file, line: line, isBuiltIn: isBuiltIn)
      if let first = places[id] {
        // The school's is the one that can be changed.
        let (ours, other) = isBuiltIn ? (first, new) : (new, first)
        twice.append(
          PromptProblem(
            file: ours.file, line: ours.line,
            message:
              "the id '\(id.split(separator: "/").last ?? "")' is already used in \(other.file); each needs its own"))
      } else {
        places[id] = new
      }
    }
    dropped += reader.dropped
    if !isBuiltIn { mentions += reader.mentioned.map { (reader.file, $0.id, $0.key, $0.line) } }
  }

  var problems: [PromptProblem] {
    let ids = places.keys.filter { !$0.contains("/") }.sorted()
    let known = Set(ids + dropped)
    // What is meant is looked for among all ids, which takes its time.
    return twice
      + mentions.filter { !known.contains($0.id) }.prefix([PromptProblem].most).map { mention in
        let near = mention.id.nearest(in: ids).map { "; did you mean '\($0)'?" } ?? ""
        return PromptProblem(
          file: mention.file, line: mention.line,
          message: "'\(mention.key)' names '\(mention.id)', and no prompt has that id\(near)")
      }
  }
}

extension [PromptProblem] {
  /// Most that are told of one file: more are mostly one slip's doing.
  static let most = 100

  /// In the order of their lines.
  var mostUseful: [PromptProblem] {
    let sorted = sorted { $0.line < $1.line }
    guard sorted.count > Self.most else { return sorted }
    let next = sorted[Self.most]
    return sorted.prefix(Self.most) + [PromptProblem(file: next.file, line: next.line, message: "… and more")]
  }
}

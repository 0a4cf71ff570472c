import FoundationEssentials

/// Lines to come back to, from one time to the next: the file `.coachtalk-history` in the recordings folder, oldest first.
extension Archive {
  /// Lines that are kept.
  private static let most = 200
  public var historyPath: String { root + "/.coachtalk-history" }

  public var history: [String] {
    guard let text = try? String(contentsOfFile: historyPath, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").suffix(Self.most).map(String.init)
  }

  /// Makes `line` the newest. There is nothing to come back to where nothing was ever recorded; and that a line is not
  /// kept, on a full disk, is no trouble to anybody.
  public func remember(_ line: String) {
    let lines = history
    guard line != lines.last, PrivateFiles.isFolder(root) else { return }
    let newest = (lines + [line]).suffix(Self.most).map { $0 + "\n" }.joined()
    try? PrivateFiles.replace(historyPath, with: newest, last: false)
  }
}

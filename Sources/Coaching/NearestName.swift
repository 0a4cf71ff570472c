extension String {
  /// The one of `names` that a slip of the fingers may have turned into this; `nil` when none is near.
  public func nearest(in names: [String]) -> String? {
    let wanted = lowercased()
    let near = names.map { (name: $0, distance: wanted.editDistance(to: $0)) }.min { $0.distance < $1.distance }
    return near.flatMap { $0.distance <= Swift.min(2, count - 1) ? $0.name : nil }
  }

  /// Letters to insert, take out or replace to turn one word into the other (Levenshtein).
  func editDistance(to other: String) -> Int {
    var row = Array(0...other.count)
    for (i, a) in enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in other.enumerated() {
        let cost = Swift.min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[other.count]
  }
}

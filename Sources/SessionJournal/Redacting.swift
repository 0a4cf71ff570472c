public import Coaching
import FoundationEssentials

extension Journal {
  /// Takes the words out of everything that `stretch` covers, and out of lines that cannot be read, whose time nobody
  /// knows. Lines keep their numbers, and what was typed outside stays byte for byte. Where the journal is the meeting's
  /// own, `note` is added as its last event, at `t`; a stretch that is noted already is not noted twice. With `entirely`
  /// what people set down loses its codes, too.
  public func redact(
    _ stretch: Redaction, entirely: Bool = false, note: Event.Kind? = nil, t: Double = 0
  ) throws(FileFailure) {
    let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
    var lines = JournalCoding.redacted(try bytes(), stretch, entirely: entirely, at: now)
    let isNoted = lines.contains { JournalCoding.decode($0)?.kind == note }
    if let note, !isNoted {
      lines.append(JournalCoding.encode(Event(number: lines.count + 1, t: t, at: now, kind: note)))
    }
    try replaceLines(with: lines.flatMap { $0 + [UInt8(ascii: "\n")] })
  }
}

extension JournalCoding {
  /// The lines of a journal without what `stretch` covers. `now` is the calendar time of lines that have none.
  static func redacted(
    _ bytes: [UInt8], _ stretch: Redaction, entirely: Bool = false, at now: Date
  ) -> [[UInt8]] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    var turns: [Int: Double] = [:]
    return lines.enumerated().map { index, line in
      if index == 0, (try? JSONDecoder().decode(JournalHeader.self, from: Data(line))) != nil { return Array(line) }
      guard var event = decode(line) else {
        return encode(Event(number: index + 1, at: now, kind: .redacted))
      }
      // Whatever is said of a turn afterwards is shown with the turn.
      var times = [event.t]
      if case .turn = event.kind { turns[index + 1] = event.t }
      if case .amended(let line, _) = event.kind, let t = turns[line] { times.append(t) }
      guard times.contains(where: stretch.covers) else { return Array(line) }
      event.number = index + 1
      event.kind = entirely && event.kind.isEntry ? .redacted : event.kind.withoutWords
      return encode(event)
    }
  }
}

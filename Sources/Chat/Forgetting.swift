public import Coaching
import SessionJournal

/// `coachtalk forget`: deletes a meeting, a cycle, or only their sound, for good.
public struct Forgetting {
  public enum Subject: Equatable, Sendable {
    case meeting(MeetingID)
    case cycle(Int)
  }

  private let subject: Subject
  private let isSoundOnly: Bool
  private let writer: ReflectionWriter
  /// Nobody else opens what is to go.
  private let locks: [JournalLock]

  /// Finds out whether it can be done, and changes nothing. Throws a ``Complaint``.
  public init(_ subject: Subject, soundOnly: Bool, _ writer: ReflectionWriter) throws {
    let archive = writer.archive
    (self.subject, isSoundOnly, self.writer) = (subject, soundOnly, writer)
    let meetings = Self.meetings(of: subject, in: archive)
    if soundOnly {
      guard meetings.contains(where: writer.hasSound) else {
        throw Complaint(.noInput, Speech.noSoundLeft(Self.name(subject)))
      }
      locks = []
      // Only to find out: each is opened again when its sound goes.
      _ = try meetings.filter(writer.hasSound).flatMap { try Self.lock($0, in: archive) }
    } else {
      var locks = try meetings.flatMap { try Self.lock($0, in: archive) }
      if case .cycle(let number) = subject {
        locks += try Self.lock([archive.cyclePath(number)], Self.name(subject))
      }
      self.locks = locks
    }
  }

  /// What will go, as a question.
  public var question: String {
    let archive = writer.archive
    let meetings = Self.meetings(of: subject, in: archive)
    let days = meetings.compactMap { (try? writer.load($0).0).map { Day($0.began) } }.sorted()
    let sounds = meetings.filter(writer.hasSound)
    if isSoundOnly { return Speech.askForgetSound(sounds, days: days) }
    switch subject {
    case .meeting(let id):
      return Speech.askForget(id, day: days.first, hasSound: !sounds.isEmpty, others: archive.strangers(id))
    case .cycle(let number):
      let people = writer.people(in: archive.folder(cycle: number))
      return Speech.askForget(
        cycle: number, people, meetings: meetings.count, days: days, sounds: sounds.count,
        others: archive.strangers(cycle: number))
    }
  }

  /// Deletes it. Gives what to say, and what went wrong beside it; throws when it is not done.
  public func perform() throws -> (said: String, [Complaint]) {
    let archive = writer.archive
    let name = Self.name(subject)
    do {
      if isSoundOnly {
        let meetings = Self.meetings(of: subject, in: archive).filter(writer.hasSound)
        for id in meetings { try writer.deleteSound(of: id) }
        return (Speech.soundForgotten(name), [])
      }
      let folder: String
      switch subject {
      case .meeting(let id): folder = archive.folder(id)
      case .cycle(let number): folder = archive.folder(cycle: number)
      }
      let aside = try archive.setAside(folder)
      return (Speech.forgotten(name), try writer.finishForgetting(aside))
    } catch let failure as FileFailure {
      throw Complaint(
        failure.isLink ? .data : .inputOutput,
        failure.isLink ? Speech.leadsElsewhere(failure.path) : Speech.notForgotten(failure))
    }
  }

  private static func meetings(of subject: Subject, in archive: Archive) -> [MeetingID] {
    switch subject {
    case .meeting(let id): [id]
    case .cycle(let number): archive.meetings(cycle: number)
    }
  }

  private static func name(_ subject: Subject) -> String {
    switch subject {
    case .meeting(let id): "\(id)"
    case .cycle(let number): "cycle \(number)"
    }
  }

  private static func lock(_ meeting: MeetingID, in archive: Archive) throws -> [JournalLock] {
    try lock([archive.journalPath(meeting)] + archive.observerPaths(meeting), "\(meeting)")
  }

  /// What cannot be opened is not open anywhere else either.
  private static func lock(_ paths: [String], _ name: String) throws -> [JournalLock] {
    try paths.compactMap { path in
      do throws(FileFailure) {
        return try JournalLock(path)
      } catch {
        if error.isBusy { throw Complaint(.inputOutput, Speech.openElsewhere(name)) }
        return nil
      }
    }
  }
}

extension ReflectionWriter {
  /// Finishes what a kill left of forgetting; gives how much that was, and what went wrong.
  func finishForgetting() -> (count: Int, [Complaint]) {
    var (count, remarks): (Int, [Complaint]) = (0, [])
    for folder in archive.setAside() {
      // Somebody may be at it in another window.
      let journals = Self.lastToGo.map { "\(folder)/\($0)" }
      let locks = journals.map { path in Result { () throws(FileFailure) in try JournalLock(path) } }
      if locks.contains(where: { if case .failure(let failure) = $0 { failure.isBusy } else { false } }) { continue }
      do throws(FileFailure) {
        remarks += try finishForgetting(folder)
        count += 1
      } catch {
        remarks.append(Complaint(.inputOutput, Speech.notForgotten(error)))
      }
    }
    return (count, remarks)
  }

  /// By these the pair is known whose reflections are to be written again.
  private static let lastToGo: Set<String> = ["journal.jsonl", "cycle.jsonl"]

  /// Erases a folder that was set aside, and writes again what may repeat something of it.
  func finishForgetting(_ folder: String) throws(FileFailure) -> [Complaint] {
    try Archive.erase(folder, sparing: Self.lastToGo)
    let remarks = people(in: folder).map { rewrite(meetings(of: $0)) } ?? []
    try Archive.erase(folder)
    return remarks
  }

  /// The people of the cycle or meeting that is in `folder`; `nil` when its journal cannot tell.
  func people(in folder: String) -> People? {
    let events = { (name: String) in (try? JournalContents.read("\(folder)/\(name)"))?.events ?? [] }
    return CycleState(events: events("cycle.jsonl"))?.people ?? MeetingState(events: events("journal.jsonl"))?.people
  }

  /// Whether there is sound to delete, or was and its journal does not say that it is gone.
  func hasSound(_ meeting: MeetingID) -> Bool {
    if !archive.soundFiles(meeting).isEmpty { return true }
    guard let (state, _) = try? load(meeting) else { return false }
    return !state.recordings.isEmpty && !state.audioDeleted
  }

  /// Deletes the sound of a meeting that is closed, for good, and writes its reflection again. Throws a ``Complaint`` or
  /// a `FileFailure`.
  func deleteSound(of meeting: MeetingID) throws {
    _ = try load(meeting)
    do {
      let (journal, contents) = try Journal.open(archive.journalPath(meeting))
      guard let state = MeetingState(events: contents.events), state.hasEnded else {
        throw Complaint(.data, Speech.neverClosed(meeting))
      }
      for path in archive.soundFiles(meeting) { try Archive.eraseFile(path) }
      try journal.append(.audioDeleted, t: state.lastTime)
    } catch let failure as FileFailure where failure.isBusy {
      throw Complaint(.inputOutput, Speech.openElsewhere("\(meeting)"))
    }
    try write(meeting)
  }
}

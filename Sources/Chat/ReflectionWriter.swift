import AudioCapture
public import Coaching
import FoundationEssentials
internal import Glibc
public import PromptLibrary
public import Reports
public import SessionJournal

/// Makes a meeting's reflection from what is on the disk, and keeps its sound in one file.
public struct ReflectionWriter {
  public let archive: Archive
  let library: Library
  let studio: Studio

  public init(archive: Archive, library: Library, studio: Studio) {
    self.archive = archive
    self.library = library
    self.studio = studio
  }

  /// What the journal of a meeting adds up to. Throws a ``Complaint`` when there is no such meeting, or nothing in its
  /// journal can be used.
  public func load(_ meeting: MeetingID) throws -> (MeetingState, JournalContents) {
    let path = archive.journalPath(meeting)
    let contents: JournalContents
    do throws(FileFailure) {
      contents = try JournalContents.read(path)
    } catch {
      if error.code == ENOENT { throw Complaint(.noInput, Speech.noSuchMeeting("\(meeting)")) }
      throw Complaint(.inputOutput, Speech.fileProblem(error))
    }
    if contents.newerVersion != nil { throw Complaint(.data, Speech.newerVersion(path)) }
    guard let state = MeetingState(events: contents.events) else { throw Complaint(.data, Speech.notAJournal(path)) }
    return (state, contents)
  }

  /// The reflection as it is now, and what was found wrong on the way.
  public func reflection(_ meeting: MeetingID) throws -> (Reflection, [Complaint]) {
    let (state, contents) = try load(meeting)
    var remarks: [Complaint] = []
    if !contents.damagedLines.isEmpty {
      let path = archive.journalPath(meeting)
      remarks.append(
        Complaint(.data, Speech.damaged(path, lines: contents.damagedLines, kept: contents.events.count)))
    }
    var audio = Reflection.Audio.none
    let path = archive.audioPath(meeting)
    if state.audioDeleted {
      audio = .deleted
    } else if FileManager.default.fileExists(atPath: path) {
      do throws(AudioFailure) {
        audio = .recorded(file: "audio.flac", seconds: try studio.length(path))
      } catch {
        remarks.append(Complaint(.data, Speech.audioNotMended(path)))
      }
    }
    let (others, otherRemarks) = observers(meeting, of: state)
    remarks += otherRemarks
    let reflection = Reflection(
      state, meeting: meeting, audio: audio, library: library, names: names(meeting, state),
      earlier: earlier(than: meeting, state), others: others.map { Reflection.Other(name: $0.name, state: $0.state) },
      damagedLines: contents.damagedLines)
    return (reflection, remarks)
  }

  /// The talks of the same pair that began before this one, by time.
  private func earlier(than meeting: MeetingID, _ state: MeetingState) -> [Reflection.Earlier] {
    guard state.stage.isTalkAboutALesson else { return [] }
    return archive.meetings().filter { $0.stage.isTalkAboutALesson && $0 != meeting }.compactMap { id in
      guard let contents = try? JournalContents.read(archive.journalPath(id)),
        let other = MeetingState(events: contents.events), (other.began, id) < (state.began, meeting),
        other.people.isSamePair(as: state.people)
      else { return nil }
      return Reflection.Earlier(meeting: id, state: other)
    }.sorted { ($0.state.began, $0.meeting) < ($1.state.began, $1.meeting) }
  }

  /// Every figure of a meeting as JSON, as `ANALYSIS.md` explains it.
  public func analysis(_ meeting: MeetingID) throws -> (json: String, [Complaint]) {
    let (reflection, remarks) = try reflection(meeting)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (String(decoding: try encoder.encode(reflection.analysis), as: UTF8.self), remarks)
  }

  /// What the meeting's questions were filled in with: they speak of the cycle before and of the pair's theme, too.
  private func names(_ meeting: MeetingID, _ state: MeetingState) -> Placeholders {
    let contents = try? JournalContents.read(archive.cyclePath(meeting.cycle))
    let cycle = contents.flatMap { CycleState(events: $0.events) }
    let history = cycle.map { History(archive, cycle: meeting.cycle, $0, library: library, except: meeting) }
    let names = Placeholders(
      people: state.people, focus: state.focus, actions: history?.lastActions ?? [], lastFocus: history?.last?.focus)
    let theme = cycle?.theme.flatMap { library.theme($0) }
    return theme.map { names.with("theme", $0.title.lowercased()) } ?? names
  }

  /// Writes `reflection.md` and `reflection.html` into the meeting's folder.
  @discardableResult
  public func write(_ meeting: MeetingID) throws -> (Reflection, [Complaint]) {
    let (reflection, remarks) = try reflection(meeting)
    do throws(FileFailure) {
      try PrivateFiles.replace(archive.markdownPath(meeting), with: reflection.markdown)
      try PrivateFiles.replace(archive.htmlPath(meeting), with: reflection.html)
    } catch {
      throw Complaint(.cannotCreate, Speech.fileProblem(error))
    }
    return (reflection, remarks)
  }

  /// Writes the reflections of this pair's meetings again, which may repeat what was said in one that has changed or is
  /// gone; what they were is overwritten. Those that have none are left without.
  func rewrite(_ meetings: [MeetingID]) -> [Complaint] {
    var remarks: [Complaint] = []
    for id in meetings {
      let paths = [archive.markdownPath(id), archive.htmlPath(id)]
      let remains = paths.compactMap { Remains($0) }
      guard !remains.isEmpty else { continue }
      do {
        // That lines of a journal are damaged is old news here.
        _ = try write(id)
        for file in remains { file.overwrite() }
      } catch let complaint as Complaint {
        remarks.append(complaint)
      } catch {
        remarks.append(Complaint(.inputOutput, Speech.notWrittenAgain(id)))
      }
    }
    return remarks
  }

  /// The meetings of the same coach and coachee.
  func meetings(of people: People) -> [MeetingID] {
    archive.meetings().filter { id in
      (try? JournalContents.read(archive.journalPath(id))).flatMap { MeetingState(events: $0.events) }?
        .people.isSamePair(as: people) ?? false
    }
  }

  /// Puts a meeting's sound into `audio.flac`: mends what a crash cut off, and joins the parts before and after one, each
  /// at its time. Gives the length in seconds, `nil` when there is no sound.
  func joinSound(_ state: MeetingState, of meeting: MeetingID) throws(AudioFailure) -> Double? {
    let whole = archive.audioPath(meeting)
    let isThere = { FileManager.default.fileExists(atPath: $0) }
    var parts = state.recordings.map { (path: "\(archive.folder(meeting))/\($0.file)", start: $0.stretch.from) }
      .filter { $0.path != whole && isThere($0.path) }
    if isThere(whole) {
      // After a crash between joining and tidying up, a part may be in the whole already.
      if !parts.isEmpty, !state.isRecording, let length = try? studio.length(whole) {
        for part in parts where part.start < length - 0.05 { unlink(part.path) }
        parts.removeAll { $0.start < length - 0.05 }
      }
      parts.insert((whole, 0), at: 0)
    }
    guard let first = parts.first else { return nil }
    guard parts.count > 1 || first.path != whole || state.isRecording else { return try studio.length(whole) }
    let seconds = try studio.join(parts, whole)
    for part in parts where part.path != whole { unlink(part.path) }
    return seconds
  }
}

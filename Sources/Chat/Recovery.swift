import AudioCapture
import Coaching
import FoundationEssentials
import PromptLibrary
import Reports
import SessionJournal

/// Meetings that a crash or a power cut left open: found, mended, and carried on with or closed.
extension Facilitator {
  /// After this long, in seconds, nobody wants to carry on.
  private static let carryOnWithin = 12 * 3600.0

  /// Closes every meeting that was left open, and says so. For `coachtalk recover`.
  public func recover() {
    attempt(orElse: .data) {
      let hadForgotten = finishForgetting()
      let found = try openMeetings()
      if found.isEmpty, !hadForgotten { say(Speech.nothingOpen, .speech) }
      for open in found { closeRecovered(open) }
    }
  }

  /// At the start: closes what was left open; the newest, when it is fresh and there is somebody to ask, may be carried on,
  /// also when it was closed because its window was.
  func recoverOpenMeetings() throws {
    var found = try openMeetings(orInterrupted: isInteractive)
    let newest = found.max {
      ($0.contents.events.last?.at ?? .distantPast) < ($1.contents.events.last?.at ?? .distantPast)
    }
    if isInteractive, let newest, let last = newest.contents.events.last?.at,
      Date().timeIntervalSince(last) < Self.carryOnWithin
    {
      found.removeAll { $0.id == newest.id }
      // Known also to somebody who types a command instead of an answer.
      cycle = readCycle(newest.id.cycle).map { (newest.id.cycle, $0) }
      ask(Speech.askCarryOn) { answer in
        guard let carryOn = yesOrNo(answer) else { throw Complaint(.data, Speech.consentChoice) }
        if carryOn {
          try self.carryOn(newest)
        } else {
          if newest.state.hasEnded { self.leaveClosed(newest) } else { self.closeRecovered(newest) }
          self.greet()
        }
      }
      defer { say(Speech.askCarryOn, .speech) }
      for open in found { closeRecovered(open) }
      return
    }
    for open in found { closeRecovered(open) }
  }

  struct OpenMeeting {
    var id: MeetingID
    var journal: Journal
    var contents: JournalContents
    var state: MeetingState
  }

  /// The meetings whose journal has no end and that no other program has open; their sound is mended, and each is told.
  /// `orInterrupted`: the newest of all, too, when its window was closed or the program was told to stop, not long ago and
  /// not off the record.
  private func openMeetings(orInterrupted: Bool = false) throws -> [OpenMeeting] {
    var found: [OpenMeeting] = []
    var open: [MeetingID] = []
    var newest: (id: MeetingID, at: Date, state: MeetingState)?
    for id in archive.meetings() {
      guard let glance = try? JournalContents.read(archive.journalPath(id)), glance.newerVersion == nil,
        let before = MeetingState(events: glance.events)
      else { continue }
      if let at = glance.events.last?.at, at >= newest?.at ?? .distantPast { newest = (id, at, before) }
      if !before.hasEnded { open.append(id) }
    }
    if orInterrupted, let newest, newest.state.ending == .interrupted,
      Date().timeIntervalSince(newest.at) < Self.carryOnWithin, newest.state.pauses.last?.to != newest.state.lastTime
    {
      open.append(newest.id)
    }
    for id in open {
      let path = archive.journalPath(id)
      do throws(FileFailure) {
        let (journal, contents) = try Journal.open(path)
        guard var state = MeetingState(events: contents.events) else { continue }
        let sound = mendSound(id, &state, journal)
        say(Speech.foundOpen(id, state, sound: sound), .speech)
        tellDamage(contents, path: path)
        found.append(OpenMeeting(id: id, journal: journal, contents: contents, state: state))
      } catch {
        if error.isBusy {
          say(Speech.alreadyOpen(id), .quiet)
        } else {
          complain(Complaint(.inputOutput, Speech.fileProblem(error)))
        }
      }
    }
    return found
  }

  /// Makes the sound whole again and writes down how long it is; gives that in seconds.
  private func mendSound(_ id: MeetingID, _ state: inout MeetingState, _ journal: Journal) -> Double? {
    do {
      let writer = ReflectionWriter(archive: archive, library: library, studio: studio)
      let seconds = state.audioDeleted ? nil : try writer.joinSound(state, of: id)
      if let last = state.recordings.last, state.isRecording {
        let kept = max(0, (seconds ?? last.stretch.from) - last.stretch.from)
        let event = try journal.append(.recordingStopped(seconds: kept, why: .crashed), t: last.stretch.from + kept)
        state.apply(event)
      }
      return seconds
    } catch let failure as FileFailure {
      complain(Complaint(.inputOutput, Speech.fileProblem(failure)))
    } catch {
      complain(Complaint(.data, Speech.audioNotMended(archive.audioPath(id))))
    }
    return nil
  }

  private func closeRecovered(_ open: OpenMeeting) {
    let writer = ReflectionWriter(archive: archive, library: library, studio: studio)
    attempt {
      let suggested = try writer.reflection(open.id).0.challenges.map(\.challenge.id)
      if !suggested.isEmpty { try open.journal.append(.suggested(suggested), t: open.state.lastTime) }
    }
    attempt {
      try open.journal.append(.ended(.recovered), t: open.state.lastTime)
      open.journal.releaseReserve()
      archive.hideClock(of: open.id)
      try writer.write(open.id)
      say(Speech.recovered(open.id), .speech)
      say(Speech.reflectionAt(archive.htmlPath(open.id), open.id.stage), .speech)
    }
  }

  /// Nobody wants to go on with it, and nobody is asked again.
  private func leaveClosed(_ open: OpenMeeting) {
    attempt {
      try open.journal.append(.ended(.closed), t: open.state.lastTime)
      say(Speech.reflectionAt(archive.htmlPath(open.id), open.id.stage), .speech)
    }
  }

  /// Goes on with `open`, at `prompt` or at the one it was left at.
  func carryOn(_ open: OpenMeeting, at prompt: Prompt? = nil) throws {
    guard let cycleState = readCycle(open.id.cycle) else {
      throw Complaint(.data, Speech.notAJournal(archive.cyclePath(open.id.cycle)))
    }
    cycle = (open.id.cycle, cycleState)
    open.journal.keepReserve()
    let meeting = RunningMeeting(
      id: open.id, folder: archive.folder(open.id), journal: open.journal, state: open.state,
      plan: plan(open.id.stage, open.id.cycle, cycleState, running: open.id), at: studio.now())
    self.meeting = meeting
    try meeting.record(.carriedOn, t: open.state.lastTime)
    say(Speech.carriedOn(open.id, open.state.lastTime), .speech)
    if let reason = silenceReason(cycleState, open.id.stage) {
      if !reason.isEmpty { say(reason, .speech) }
    } else if !open.state.hadSoundAtItsEnd {
      // It had no sound when it was cut off; nobody asked for any now.
      say(Speech.noRecording, .speech)
    } else if meeting.state.isPaused {
      meeting.awaitsResume = true
      say(Speech.stillPaused, .speech)
    } else {
      openAndRecord()
    }
    if let prompt = prompt ?? meeting.currentPrompt ?? meeting.prompts.first {
      meeting.isClosing = prompt.isClosing
      try show(prompt, at: studio.now())
    }
  }
}

extension MeetingState {
  /// It was recorded when it was cut off.
  fileprivate var hadSoundAtItsEnd: Bool {
    guard !audioDeleted, let last = recordings.last else { return false }
    return last.ending == .crashed || last.ending == .ended && last.stretch.to ?? 0 > lastTime - 1
  }
}

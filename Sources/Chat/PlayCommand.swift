import AudioCapture
import AudioPlayback
import Coaching
internal import Glibc
import PromptLibrary
import SessionJournal
import TalkAnalysis

/// A sound that the pair has brought, of which it hears a stretch again in its meeting.
final class Clip {
  let name: String
  let kind: Stimulus
  /// What it was asked for by.
  var typed = ""
  /// In seconds.
  let length: Double
  private let sound: any RecordedSound
  private let play: (any RecordedSound) -> Player
  private var player: Player?
  private(set) var stretch: Redaction
  /// How often this stretch was played.
  private(set) var times = 0

  /// `play` makes what plays a stretch of it.
  init(_ name: String, kind: Stimulus, _ sound: any RecordedSound, play: @escaping (any RecordedSound) -> Player) {
    (self.name, self.kind, self.sound, self.play) = (name, kind, sound, play)
    length = Double(sound.frames) / Double(sound.format.sampleRate)
    stretch = Redaction(from: 0, to: length)
  }

  var isPlaying: Bool { player?.transport.isPlaying ?? false }

  /// Plays a stretch from its beginning; without one, the one before.
  func play(_ new: Redaction?) {
    stop()
    if let new, new != stretch { (stretch, times) = (new, 0) }
    times += 1
    player = play(RecordedStretch(sound, from: stretch.from, to: stretch.to))
    player?.change { $0.isPlaying = true }
  }

  func stop() {
    player?.change { $0.isPlaying = false }
    player = nil
  }

  /// Plays on; true when the stretch has just come to its end.
  func pump() -> Bool {
    guard isPlaying else { return false }
    player?.pump()
    return !isPlaying
  }
}

/// `/play`: looking back together at a stretch of the lesson, or of an earlier meeting. Each time it is written down as
/// something the pair looked at, and from the second on another perspective is asked for.
extension Facilitator {
  func play(_ rest: Substring, at moment: SuspendingClock.Instant) throws {
    let meeting = try onRecord()
    guard meeting.state.stage.isTalkAboutALesson else { throw Complaint(.data, Speech.noTurns(meeting.state.stage)) }
    var words = try Arguments(rest).words
    if words == ["stop"] {
      guard let clip = meeting.clip, clip.isPlaying else { throw Complaint(.data, Speech.nothingPlays) }
      return stopPlaying(clip)
    }
    let range = try words.last.flatMap(self.range)
    if range != nil { words.removeLast() }
    let name = words.joined(separator: " ")
    let clip: Clip
    if name.isEmpty {
      guard let known = meeting.clip else { throw Complaint(.data, Speech.needed("a sound file", .play)) }
      clip = known
    } else if let known = meeting.clip, known.typed == name {
      clip = known
    } else {
      clip = try open(name, in: meeting)
      clip.typed = name
    }
    let stretch = range.map { Redaction(from: $0.from, to: min($0.to ?? $0.from + Self.usualClip, clip.length)) }
    if let stretch, stretch.from >= stretch.to { throw Complaint(.data, Speech.notInSound(clip.name, clip.length)) }
    if clip !== meeting.clip { meeting.clip?.stop() }
    meeting.clip = clip
    // A file that is brought is not played for a whole lesson by mistake.
    clip.play(stretch ?? (name.isEmpty ? nil : Redaction(from: 0, to: min(clip.length, Self.usualClip))))
    let perspective = perspective(clip.times - 1)
    let again = perspective.map { Speech.playedAgain(clip.name, clip.times, $0.title) }
    let event = try meeting.record(
      .stimulus(clip.kind, text: again ?? clip.name, from: clip.stretch.from, to: clip.stretch.to), at: moment)
    say(Speech.playing(event.t, clip.name, clip.stretch), .acknowledgement)
    if let perspective { say(names.plain(perspective.sentence), .prompt) }
    if clip.times == 1 { say(Speech.howToPlay(isLong: clip.stretch.to - clip.stretch.from > 180), .quiet) }
  }

  /// A stretch of which only the beginning was named: a minute. Ours, after "short extracts" in the guide (D3).
  private static let usualClip = 60.0

  private func perspective(_ replays: Int) -> Nudge? {
    let all = library.nudges.filter { $0.condition == Occasion.playedAgain.rawValue }
    return replays > 0 && !all.isEmpty ? all[(replays - 1) % all.count] : nil
  }

  /// Opens a file, or an earlier meeting of the same people.
  private func open(_ name: String, in meeting: RunningMeeting) throws -> Clip {
    var (path, shown, kind) = (name, String(name.split(separator: "/").last ?? ""), Stimulus.video)
    if let id = MeetingID(name), archive.meetings().contains(id) {
      guard id != meeting.id else { throw Complaint(.data, Speech.playsItself) }
      let earlier = (try? JournalContents.read(archive.journalPath(id))).flatMap { MeetingState(events: $0.events) }
      guard let earlier, earlier.people.areThePair(of: meeting.state.people) else {
        throw Complaint(.data, Speech.notYours(id))
      }
      (path, shown, kind) = (archive.audioPath(id), "\(id)", .other)
    }
    // What was typed is named only when it is a file's name: it may be words that belong elsewhere.
    guard access(path, R_OK) == 0 else {
      throw Complaint(.noInput, kind == .other ? Speech.hasNoRecording(shown) : Speech.noSoundThere)
    }
    do throws(AudioFailure) {
      return Clip(shown, kind: kind, try studio.openSound(path)) { [studio, say] sound in
        var speaker: (any SoundOutput)?
        do throws(AudioFailure) { speaker = try studio.openSpeaker?(sound.format) } catch {
          say(Speech.cannotBeHeard(error), .warning)
        }
        return Player(sound, output: speaker, now: studio.now) { say(Speech.cannotBeHeard($0), .warning) }
      }
    } catch {
      throw Complaint(.noInput, Speech.notASound(shown, error))
    }
  }

  private func stopPlaying(_ clip: Clip) {
    clip.stop()
    say(Speech.playedStopped, .acknowledgement)
  }

  /// Plays on, and stops at the stretch's end. To be called every 50 ms.
  func playOn() {
    if let clip = meeting?.clip, clip.pump() { say(Speech.played, .quiet) }
  }

  /// Enter alone stops what plays; false when nothing does.
  func stopsPlaying() -> Bool {
    guard let clip = meeting?.clip, clip.isPlaying else { return false }
    stopPlaying(clip)
    return true
  }
}

extension People {
  /// The same two talk, whoever of them coaches.
  fileprivate func areThePair(of other: People) -> Bool {
    !isGroup && !other.isGroup
      && Set([coach, coachee].map { $0.lowercased() }) == Set([other.coach, other.coachee].map { $0.lowercased() })
  }
}

import AudioCapture
import Coaching
import SessionJournal

/// How much disk a recording takes.
public enum DiskUse {
  /// Bytes a minute: more than talk in two channels takes, less than noise. (Measured: 3.3 MB for speech in one channel or
  /// the same in two, 6.2 for two microphones in a room with noise at -50 dBFS.)
  static let aMinute = 6_500_000

  /// Minutes of recording that fit into so many bytes.
  public static func minutes(in bytes: Int) -> Int { bytes / aMinute }
}

/// What may change around a recording without anybody telling the program.
extension Facilitator {
  /// Lets an observer's window know the time, and looks whether somebody has said no in another window, how full the disk
  /// is, and whether the computer slept. To be called now and then.
  public func lookAround(at now: SuspendingClock.Instant) {
    playOn()
    guard let meeting, now >= meeting.lookAgain else { return }
    meeting.lookAgain = now.advanced(by: .seconds(2))
    // An observer's window goes by it. Where it cannot be written the one before is good for minutes.
    if !isObserver, let observer = meeting.state.people.observer {
      try? archive.show(meeting.clock(at: now), of: meeting.id)
      lookFor(observer, in: meeting)
    }
    guard meeting.isRecording else { return }
    lookForNo(in: meeting, at: now)
    lookAtDisk(of: meeting, least: 30)
    lookForSleep(of: meeting, at: now)
  }

  /// Says how many minutes are left when there are fewer than `least`, and again at 10, 5 and 2.
  func lookAtDisk(of meeting: RunningMeeting, least: Int) {
    guard let free = studio.freeBytes(meeting.folder) else { return }
    let minutes = DiskUse.minutes(in: free)
    let steps = [least, 10, 5, 2]
    if minutes > 2 * least { meeting.toldMinutes = .max }  // somebody has made room
    guard let step = steps.last(where: { minutes < $0 }), step < meeting.toldMinutes else { return }
    meeting.toldMinutes = step
    say(Speech.diskFills(minutes), .warning)
  }

  /// Nobody looks on without the pair knowing.
  private func lookFor(_ observer: String, in meeting: RunningMeeting) {
    let isObserved = archive.observerPaths(meeting.id).contains(where: JournalLock.isTaken)
    guard isObserved != meeting.isObserved else { return }
    meeting.isObserved = isObserved
    say(isObserved ? Speech.observerCame(observer) : Speech.observerLeft(observer), .quiet)
  }

  private func lookForSleep(of meeting: RunningMeeting, at now: SuspendingClock.Instant) {
    let slept = studio.slept()
    let seconds = (slept - meeting.slept).seconds
    guard seconds >= 2 else { return }
    meeting.slept = slept
    say(Speech.slept(seconds), .warning)
    attempt { try meeting.record(.slept(seconds: seconds), at: now) }
  }
}

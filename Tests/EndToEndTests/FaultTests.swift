import ALSACapture
import AudioCapture
import Foundation
import TestSupport
import Testing

/// What goes wrong around a meeting while it is recorded. The sound in the room says at every moment which of its frames
/// it is, so that the recording itself shows what is missing and whether the rest is where it belongs.
@Suite struct FaultTests {
  /// A period of the device: as exactly as one can tell from outside when something was heard.
  private static let period = 960

  // MARK: Sound that is lost

  /// A sound server keeps some 20 s for who does not fetch them; after that, and without a word, it leaves sound out.
  @Test(arguments: Soak.isOn ? [4, 30] : [4])
  func `a program that was stopped loses nothing, or has one gap there, and goes on in time`(seconds: Int) async throws
  {
    let meeting = try RecordedMeeting()
    try await meeting.begin()
    try await Task.sleep(for: .seconds(1))
    meeting.program.signal(SIGSTOP)
    try await Task.sleep(for: .seconds(seconds))
    meeting.program.signal(SIGCONT)
    if seconds > 20 { #expect(await eventually { (try? meeting.events("gap").count) == 1 }) }
    try await Task.sleep(for: .seconds(seconds > 20 ? 1 : 3))
    let result = try await meeting.end()
    #expect(result.status == 0)

    let samples = try meeting.samples()
    #expect(try meeting.lengthForReaders() == samples.count)
    let ended = try #require(try meeting.times("ended").first)
    #expect(abs(samples.count - Int(ended * 48_000)) <= Self.period, "\(samples.count) frames, ended at \(ended)")
    guard seconds > 20 else {
      #expect(stretches(samples).count == 1)
      #expect(try meeting.events("gap").isEmpty)
      #expect(RecordedMeeting.lines(of: result, with: "microphone went away").isEmpty)
      return
    }
    try expectOneGap(in: meeting, samples, result)
    let runs = stretches(samples)
    try #require(runs.count == 2)
    #expect(abs(runs[1].shift - runs[0].shift) <= Self.period, "\(runs)")
  }

  /// Two stretches of sound and one of silence, which the journal knows and the people were told of, once.
  private func expectOneGap(in meeting: RecordedMeeting, _ samples: [Int16], _ result: Program.Result) throws {
    let runs = stretches(samples)
    let gaps = try meeting.events("gap")
    try #require(runs.count == 2 && gaps.count == 1, "\(runs) \(gaps)")
    let (from, length) = (runs[0].file.upperBound, runs[1].file.lowerBound - runs[0].file.upperBound)
    let (t, seconds) = (gaps[0]["t"] as? Double ?? 0, gaps[0]["seconds"] as? Double ?? 0)
    // What comes first from a microphone that was opened again may be silence.
    #expect(abs(Int(t * 48_000) - from) <= Self.period && abs(Int(seconds * 48_000) - length) <= 2 * Self.period)
    let told = ["sound was lost", "of sound are missing"].map { RecordedMeeting.lines(of: result, with: $0).count }
    #expect(told.reduce(0, +) == 1, "\(result.output)")
  }

  @Test func `when the sound server dies and is started again the recording goes on by itself, in time`() async throws {
    _ = try VirtualMicrophone.ofThisProcess()
    let meeting = try RecordedMeeting()
    try await meeting.begin()
    let before = try Ear(in: meeting.room)
    try await Task.sleep(for: .seconds(1.5))
    before.stop()
    meeting.room.unplug()
    try await Task.sleep(for: .seconds(1.5))
    try meeting.room.plugIn()
    try meeting.playCode()
    #expect(await eventually { (try? meeting.events("gap").count) == 1 })
    let after = try Ear(in: meeting.room)
    try await Task.sleep(for: .seconds(1.5))
    after.stop()
    let result = try await meeting.end()
    #expect(result.status == 0)

    let samples = try meeting.samples()
    #expect(try meeting.lengthForReaders() == samples.count)
    try expectOneGap(in: meeting, samples, result)
    #expect(RecordedMeeting.lines(of: result, with: "microphone went away").count == 1)
    let runs = stretches(samples)
    try #require(runs.count == 2)
    // When the file says each piece was heard, and when somebody else in the room heard it.
    let shifts = try zip([before, after], runs).map { ear, run in
      let heard = try ear.heard(run.code + run.file.count / 2)
      return heard - Double(run.file.lowerBound + run.file.count / 2) / 48_000
    }
    #expect(abs(shifts[1] - shifts[0]) < 0.03, "\(shifts)")
  }

  // MARK: The disk

  @Test func `a disk that takes three seconds for a write, and for a sync, loses nothing`() async throws {
    let (meeting, faults) = (try RecordedMeeting(), try Faults())
    try await meeting.begin(faults.environment)
    faults.stallWrite(milliseconds: 3000)
    #expect(await eventually { faults.haveStalled })
    try await meeting.tag("while the disk is slow")
    try await Task.sleep(for: .seconds(3))
    faults.stallSync(milliseconds: 3000)
    #expect(await eventually { faults.haveStalled })
    try await Task.sleep(for: .seconds(3.5))
    let result = try await meeting.end()
    #expect(result.status == 0 && result.errors == "")
    #expect(try meeting.events("gap").isEmpty)
    let samples = try meeting.samples()
    #expect(try meeting.lengthForReaders() == samples.count)
    let runs = stretches(samples)
    #expect(runs.count == 1 && runs[0].file.count > samples.count - 8, "\(runs)")
    let ended = try #require(try meeting.times("ended").first)
    #expect(abs(samples.count - Int(ended * 48_000)) <= Self.period)
  }

  @Test func `a disk that becomes read-only is told, no tag is acknowledged, and what was kept is whole`() async throws
  {
    let (meeting, faults) = (try RecordedMeeting(), try Faults())
    try await meeting.begin(faults.environment)
    try await meeting.tag("before")
    try await Task.sleep(for: .seconds(1))
    faults.refuseWrites()
    #expect(await eventually { meeting.program.complaints.contains("could not be written any further") })
    meeting.program.type("/t summary : after")
    let result = try await meeting.end()
    #expect(result.status == 74)
    #expect(RecordedMeeting.lines(of: result, with: "could not be written any further").count == 1)
    #expect(RecordedMeeting.lines(of: result, with: "Ben: summary").isEmpty)
    #expect(!RecordedMeeting.lines(of: result, with: "Read-only file system; check the folder").isEmpty)
    #expect(try meeting.events("turn").map { $0["note"] as? String } == ["before"])

    // The next day, with the disk repaired.
    let again = try Program.run(["--recordings", meeting.folder.recordings, "recover"])
    #expect(again.status == 0 && again.output.contains("I have closed 1-post"), "\(again)")
    let samples = try meeting.samples()
    #expect(try meeting.lengthForReaders() == samples.count)
    let runs = stretches(samples)
    #expect(runs.count == 1 && runs[0].file.count > samples.count - 8 && samples.count > 48_000, "\(runs)")
  }

  @Test func `in a folder that becomes read-only tags and sound go on, and only the reflection waits`() async throws {
    let meeting = try RecordedMeeting()
    // Root may write where nobody may; without that right it is a user like any other.
    let asUser = getuid() == 0 ? #"exec setpriv --bounding-set=-dac_override "$0" "$@";"# : nil
    try await meeting.begin(shell: asUser)
    try #require(chmod(meeting.path, 0o500) == 0)
    try await meeting.tag("after")
    try await Task.sleep(for: .seconds(1))
    let result = try await meeting.end()
    #expect(result.status == 73)
    #expect(RecordedMeeting.lines(of: result, with: "Permission denied").count == 1, "\(result)")
    try #require(chmod(meeting.path, 0o700) == 0)
    #expect(try meeting.events("turn").count == 1 && meeting.events("ended").count == 1)
    let samples = try meeting.samples()
    #expect(try meeting.lengthForReaders() == samples.count)
    #expect(stretches(samples).count == 1)
    #expect(try Program.run(["--recordings", meeting.folder.recordings, "reflect", "1-post"]).status == 0)
    #expect(meeting.folder.text("Recordings/cycle-1/1-post/reflection.md").contains("explanation"))
  }

  // MARK: Clocks

  @Test func `the calendar clock and the time zone may change; the meeting's time does not`() async throws {
    let (meeting, faults) = (try RecordedMeeting(), try Faults())
    let zone = meeting.folder.path + "/zone"
    try FileManager.default.createSymbolicLink(atPath: zone, withDestinationPath: "/usr/share/zoneinfo/Europe/London")
    try await meeting.begin(faults.environment.merging(["TZ": ":" + zone]) { $1 })
    for (step, tags) in zip([3600, -3600, 0], 1...) {
      meeting.program.type("/c question", "/wait 1.5", "/t explanation")
      #expect(await eventually { meeting.program.shown.components(separatedBy: "Anna: question").count > tags })
      try await Task.sleep(for: .milliseconds(300))
      faults.setClock(seconds: step)
      try FileManager.default.removeItem(atPath: zone)
      try FileManager.default.createSymbolicLink(
        atPath: zone, withDestinationPath: "/usr/share/zoneinfo/Pacific/Auckland")
      #expect(await eventually { meeting.program.shown.components(separatedBy: "Ben: explanation").count > tags })
    }
    let result = try await meeting.end()
    #expect(result.status == 0 && result.errors == "")
    let turns = try meeting.times("turn")
    try #require(turns.count == 6)
    for pair in stride(from: 0, to: 6, by: 2) { #expect(abs(turns[pair + 1] - turns[pair] - 1.5) < 0.01, "\(turns)") }
    let at = try meeting.events("turn").compactMap { $0["at"] as? String }
    #expect(at[2] > at[0] && at[4] < at[0], "the clock was really set: \(at)")
    #expect(try meeting.events("gap").isEmpty)
    let samples = try meeting.samples()
    let runs = stretches(samples)
    #expect(runs.count == 1 && runs[0].file.count > samples.count - 8, "\(runs)")
    #expect(abs(samples.count - Int(try #require(try meeting.times("ended").first) * 48_000)) <= Self.period)
  }
}

/// Somebody else who listens in the room, and knows when by the monotonic clock each frame of the code was heard.
final class Ear {
  private let sink = MemorySink()
  private let recorder: Recorder
  private let channels: Int
  private let now: SuspendingClock.Instant
  private static let base = SuspendingClock.now

  init(in room: VirtualMicrophone) throws {
    let source = try ALSASource(device: room.nameElsewhere)
    channels = source.format.channels
    recorder = Recorder(source: source, sink: sink, notify: { _ in })
    try recorder.start()
    now = SuspendingClock.now
  }

  func stop() { _ = recorder.stop(at: SuspendingClock.now) }

  /// When frame `code` was heard, in seconds of one clock for all ears.
  func heard(_ code: Int) throws -> Double {
    let run = try #require(stretches(TestSound.channel(0, of: sink.samples, channels: channels)).first)
    return Self.base.duration(to: now) / .seconds(1) - recorder.time(at: now) + Double(code - run.shift) / 48_000
  }
}

import Foundation
import Synchronization
import TestSupport
import Testing

/// Meetings that are killed at any moment. `COACHTALK_SOAK` makes it ten for every minute of it.
@Suite struct KillTests {
  /// What a kill may cost, in seconds of sound.
  private static let mostLost = 0.2

  @Test func `a meeting killed at any moment keeps every tag and all but the last fifth of a second`() async throws {
    let kills = max(4, Soak.minutes * 10)
    var lost: [Double] = []
    // A few at a time: they share the two or more processors that there are.
    for first in stride(from: 0, to: kills, by: 4) {
      let some = first..<min(first + 4, kills)
      let meetings = try some.map { _ in try RecordedMeeting() }
      lost += try await withThrowingTaskGroup(of: Double.self) { group in
        for (number, meeting) in zip(some, meetings) {
          nonisolated(unsafe) let meeting = meeting
          group.addTask { try await Self.kill(meeting, number) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    lost.sort()
    print("\(kills) kills: lost \(lost[kills / 2]) s in the median, \(lost[kills - 1]) s at most")
    #expect(lost.allSatisfy { $0 <= Self.mostLost }, "\(lost)")
  }

  /// Records with a tag every 50 ms, kills, mends; gives the seconds of sound that were lost.
  private static func kill(_ meeting: RecordedMeeting, _ number: Int) async throws -> Double {
    try await meeting.begin()
    let program = meeting.program!
    let (base, life) = (SuspendingClock.now, Duration.milliseconds(Int.random(in: 300...3000)))
    let now = { base.duration(to: SuspendingClock.now) / .seconds(1) }
    var typed: [Double] = []
    while base.duration(to: SuspendingClock.now) + .milliseconds(50) < life {
      typed.append(now())
      program.type("/t explanation : number \(typed.count)")
      try await Task.sleep(for: .milliseconds(50))
    }
    try await Task.sleep(for: .microseconds(Int.random(in: 0...50_000)))
    program.signal(SIGKILL)
    let killed = now()
    let result = try await meeting.ended()
    let acknowledged = RecordedMeeting.lines(of: result, with: "Ben: explanation").count

    // Mended twice from the same remains: the same bytes. Mended once more: nothing is left to do.
    let copy = meeting.folder.path + "/Recordings-copy"
    try FileManager.default.copyItem(atPath: meeting.folder.recordings, toPath: copy)
    for place in [meeting.folder.recordings, copy] {
      let again = try Program.run(["--recordings", place, "recover"])
      #expect(again.status == 0 && again.output.contains("I have closed 1-post"), "\(number): \(again)")
    }
    let mended = try Data(contentsOf: URL(fileURLWithPath: meeting.audio))
    #expect(try Data(contentsOf: URL(fileURLWithPath: copy + "/cycle-1/1-post/audio.flac")) == mended)
    #expect(
      try Program.run(["--recordings", meeting.folder.recordings, "recover"]).output.contains("Nothing was left open"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: meeting.audio)) == mended)

    let turns = try meeting.events("turn")
    #expect(turns.count >= acknowledged && acknowledged > typed.count / 2, "\(acknowledged) of \(typed.count) tags")
    #expect(turns.map { $0["note"] as? String } == (1...turns.count).map { "number \($0)" })
    let reflection = meeting.folder.text("Recordings/cycle-1/1-post/reflection.md")
    #expect(reflection.contains("number \(acknowledged)"))

    let frames = try meeting.lengthForReaders()
    let runs = stretches(try meeting.samples())
    #expect(runs.count == 1 && runs[0].file.count > frames - 8, "\(number): \(runs)")
    // The tag that was read soonest after it was typed ties the test's clock to the meeting's. The meeting's clock counts
    // what the sound server has delivered, by its earliest deliveries: of a portion that the server still
    // held back some part may be counted as lost here, and none that was lost is left out.
    let origin = try #require(zip(typed, turns.compactMap { $0["t"] as? Double }).map { $0 - $1 }.max())
    return killed - origin - Double(frames) / 48_000
  }
}

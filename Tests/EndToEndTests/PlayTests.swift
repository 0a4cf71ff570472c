import Foundation
import TestSupport
import Testing

/// `/play`: what comes out of the loudspeaker in a meeting, as the meeting's own microphone hears it.
@Suite struct PlayTests {
  @Test func `the stretch that was named is heard, and nothing before it or behind`() async throws {
    let meeting = try RecordedMeeting(seconds: 1)
    let lesson = meeting.folder.path + "/the lesson.wav"
    try TestSound.wav(TimeCode.samples(frames: 30 * 48_000)).write(to: URL(fileURLWithPath: lesson))
    try await meeting.begin()
    meeting.program.type("/play \(lesson) 0:10-0:12")
    try #require(
      await eventually { meeting.program.shown.contains("What did each of you notice?") },
      "\(meeting.program.shown)\(meeting.program.complaints)")
    meeting.program.type("/play")
    try #require(
      await eventually { meeting.program.shown.components(separatedBy: "What did each of you notice?").count == 3 },
      "\(meeting.program.shown)\(meeting.program.complaints)")
    meeting.program.type("/end", "/quit")
    let result = try await meeting.ended()
    #expect(result.status == 0, "\(result.errors)")

    let (from, to) = (10 * 48_000, 12 * 48_000)
    let heard = TimeCode.runs(in: try meeting.samples()).filter { $0.file.count >= 480 && $0.code >= 48_000 }
    // A starved machine may stop in the middle; then it goes on from there.
    #expect(heard.allSatisfy { $0.code >= from && $0.code + $0.file.count <= to })
    #expect(heard.reduce(0) { $0 + $1.file.count } > 2 * (to - from) * 9 / 10)
    let stimuli = try meeting.events("stimulus")
    #expect(stimuli.count == 2 && stimuli.allSatisfy { $0["from"] as? Double == 10 && $0["to"] as? Double == 12 })
    #expect(stimuli.compactMap { $0["text"] as? String }[0] == "the lesson.wav")
  }
}

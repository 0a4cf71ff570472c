import AudioCapture
import Coaching
import SessionJournal
import Terminal
import TestSupport
import Testing

@testable import Chat

/// The sound check and the recorder's notices, from a scripted microphone.
@Suite struct SoundTests {
  private static let second = 48_000
  private static func speech(_ peak: Int16) -> ScriptedSource.Step {
    // Noise of two values: what a meter hears as speech of that loudness.
    .block(TestSound.noise(frames: 960).map { $0 < 0 ? -peak : peak })
  }
  private static func source(_ step: ScriptedSource.Step, times: Int = 250) -> ScriptedSource {
    ScriptedSource(Array(repeating: step, count: times))
  }

  private func opened(_ steps: ScriptedSource.Step...) -> Room {
    let room = Room(microphones: steps.map { step in { .success(Self.source(step)) } })
    room.type("/new coach=Anna coachee=Ben", "yes", "yes")
    _ = room.heard()
    room.type("/begin post")
    return room
  }

  @Test(arguments: [
    (ScriptedSource.Step.sound(0, frames: 960), "no sound at all"), (speech(3), "next to nothing"),
    (speech(32_767), "too loud"),
  ])
  func `the sound check says what to do, and asks`(step: ScriptedSource.Step, words: String) {
    let room = opened(step)
    let heard = room.heard()
    #expect(heard.contains(words))
    #expect(heard.contains(Speech.soundCheckChoice))
    #expect(room.facilitator.meeting == nil)
    room.type("none")
    #expect(room.facilitator.meeting != nil)
    #expect(room.facilitator.meeting?.isRecording == false)
  }

  @Test func `who has chosen to meet without sound is not recorded after a pause`() {
    let room = opened(.sound(0, frames: 960), Self.speech(8000))
    room.type("none", "/pause", "/resume")
    #expect(room.facilitator.meeting?.isRecording == false)
    #expect(room.facilitator.meeting?.state.recordings.isEmpty == true)
  }

  @Test func `a no stops the sound even where it cannot be written down`() throws {
    let room = opened(Self.speech(8000))
    // Another window has the cycle's journal.
    let (other, _) = try Journal.open(room.facilitator.archive.cyclePath(1))
    room.type("/consent Ben no")
    #expect(room.facilitator.meeting?.isRecording == false)
    #expect(room.facilitator.cycle?.state.mayRecord == false)
    room.type("yes")
    #expect(room.facilitator.meeting?.state.audioDeleted == true)
    withExtendedLifetime(other) {}
  }

  @Test func `a no in another window stops the sound in this one`() {
    let room = opened(Self.speech(8000))
    #expect(room.facilitator.meeting?.isRecording == true)
    room.facilitator.lookAround(at: room.now)
    #expect(room.facilitator.meeting?.isRecording == true)
    let other = Room(isInteractive: false, restarting: room)
    other.type("/begin post cycle=1", "/consent Ben no")
    _ = room.heard()
    room.facilitator.lookAround(at: room.now.advanced(by: .seconds(3)))
    #expect(room.facilitator.meeting?.isRecording == false)
    let heard = room.heard()
    #expect(heard.contains("Ben has said no") && heard.contains(Speech.askDelete))
    room.type("yes")
    #expect(room.facilitator.meeting?.state.audioDeleted == true)
  }

  @Test func `whether to delete the sound is still asked when the question before it falls away`() {
    let room = opened(Self.speech(8000))
    room.type("/action")
    let other = Room(isInteractive: false, restarting: room)
    other.type("/begin post cycle=1", "/consent Ben no")
    room.facilitator.lookAround(at: room.now.advanced(by: .seconds(3)))
    _ = room.heard()
    room.type("/moment")
    #expect(room.heard().contains(Speech.askDelete))
    room.type("yes")
    #expect(room.facilitator.meeting?.state.audioDeleted == true)
  }

  @Test func `a no that came in another window keeps the microphone shut`() {
    let room = opened(Self.speech(3), Self.speech(8000))
    let other = Room(isInteractive: false, restarting: room)
    other.facilitator.open()
    other.type("/consent Ben no")
    _ = room.heard()
    room.type("go")
    #expect(room.facilitator.meeting?.isRecording == false)
    #expect(room.heard().contains("Ben said no"))
  }

  @Test func `the screen says so while the microphone is away`() {
    let room = opened(Self.speech(8000))
    room.facilitator.handle(.lost(at: 1))
    #expect(room.facilitator.prompt(at: room.now).text.hasPrefix("NO MICROPHONE"))
    room.facilitator.handle(.back(at: 2, gap: 1))
    #expect(room.facilitator.prompt(at: room.now).text.hasPrefix("REC"))
    room.facilitator.close(.closed, at: room.now)
  }

  @Test func `a yes in the middle of a meeting records the next one`() {
    let room = opened(Self.speech(8000))
    room.type("/consent Ben no", "no", "/consent Ben yes")
    #expect(room.heard().contains(Speech.recordsNextTime))
    #expect(room.facilitator.meeting?.isRecording == false)
  }

  @Test func `Enter checks again, and a good sound begins the meeting`() {
    let room = opened(.sound(0, frames: 960), Self.speech(8000))
    #expect(room.facilitator.meeting == nil)
    room.type("")
    #expect(room.heard().contains("I can hear you well."))
    #expect(room.facilitator.meeting?.isRecording == true)
    room.facilitator.close(.closed, at: room.now)
  }

  @Test func `a microphone that cannot be opened is told and the meeting goes on`() {
    let room = Room(microphones: [
      {
        .failure(
          AudioFailure(kind: .device, operation: "snd_pcm_open(mic)", code: -16, reason: "Device or resource busy"))
      }
    ])
    room.type("/new coach=Anna coachee=Ben", "yes", "yes", "/begin post")
    #expect(room.facilitator.meeting != nil)
    #expect(room.facilitator.status == .unavailable)
    #expect(room.heard().contains("'mic' cannot be opened (Device or resource busy)"))
  }

  @Test func `what the recorder notices is told and written down`() throws {
    let room = opened(Self.speech(8000))
    let meeting = try #require(room.facilitator.meeting)
    _ = room.heard()
    room.facilitator.handle(.silent(since: 3, .hum))
    room.facilitator.handle(.lost(at: 20))
    room.facilitator.handle(.back(at: 25, gap: 5))
    room.facilitator.handle(.gap(from: 30, seconds: 0.5, reason: .overrun))
    #expect(room.said.map(\.manner) == [.warning, .warning, .warning, .warning])
    #expect(room.said.first?.text.contains("a hum and no voices") ?? false)
    #expect(meeting.state.gaps.map(\.from) == [20, 30])
    #expect(meeting.state.gaps.map(\.why) == [.deviceLost, .overrun])
    #expect(room.journal.contains { $0.kind == .silentMicrophone })
    room.facilitator.handle(
      .sinkFailed(AudioFailure(kind: .diskFull, operation: "write", code: 28, reason: "full"), at: 40))
    #expect(room.heard().contains("The disk is full"))
    room.type("/t explanation")
    #expect(meeting.state.turns.count == 1)
    room.facilitator.close(.closed, at: room.now)
  }

  @Test func `a no in the meeting stops the recording and offers to delete it`() throws {
    let room = opened(Self.speech(8000))
    let meeting = try #require(room.facilitator.meeting)
    room.type("/consent Ben no")
    #expect(meeting.isRecording == false)
    #expect(room.heard().hasSuffix(Speech.askDelete))
    room.type("yes")
    #expect(meeting.state.audioDeleted)
    room.type("/t explanation")
    #expect(meeting.state.turns.count == 1)
  }
}

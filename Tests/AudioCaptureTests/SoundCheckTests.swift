import TestSupport
import Testing

@testable import AudioCapture

struct `A sound check` {
  /// Half a second of noise at one level, then a third at another, and again: somebody speaks in a room.
  private func speech(_ amplitude: Double, room: Double, seconds: Int = 6) -> [ScriptedSource.Step] {
    let noise = TestSound.noise(frames: 960, amplitude: room)
    let voice = TestSound.noise(frames: 960, seed: 7, amplitude: amplitude)
    return (0..<seconds * 50).map { .block($0 % 25 < 15 ? voice : noise) }
  }

  private func check(_ steps: [ScriptedSource.Step], seconds: Double = 4) -> (verdict: SoundCheckVerdict, took: Double)
  {
    let source = ScriptedSource(steps)
    let began = source.now()
    let verdict = SoundCheck.listen(to: source, for: .seconds(seconds), now: source.now)
    #expect(source.isClosed)
    return (verdict, began.duration(to: source.now()) / .seconds(1))
  }

  @Test func `speech of good level is good and needs no more than two seconds`() throws {
    let (verdict, took) = check(speech(0.2, room: 0.001))
    guard case .good(let level) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect(abs(level.peak - -14) < 0.1)
    #expect(took < 2.1)
  }

  @Test func `speech that is far too low is quiet`() {
    let (verdict, took) = check(speech(0.004, room: 0.0004))
    guard case .quiet(let level) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect(abs(level.peak - -48) < 0.3)
    #expect(abs(took - 4) < 0.1)
  }

  @Test func `a room where nobody speaks is silent`() {
    guard case .silent(let level) = check(speech(0.0008, room: 0.0008)).verdict else {
      Issue.record("not silent")
      return
    }
    #expect(!level.isDigitalSilence)
  }

  @Test func `hum is told from a quiet room, however loud it is, and a voice is heard through it`() {
    let hum = TestSound.sine(hertz: 100, frames: 960, amplitude: 0.1)
    guard case .hum = check(Array(repeating: .block(hum), count: 300)).verdict else {
      Issue.record("no hum")
      return
    }
    let voice = TestSound.noise(frames: 960, amplitude: 0.5)
    let mixed = zip(hum, voice).map { $0 / 10 + $1 }
    let steps = (0..<300).map { ScriptedSource.Step.block($0 % 50 < 25 ? mixed : hum.map { $0 / 10 }) }
    guard case .good = check(steps).verdict else {
      Issue.record("no voice")
      return
    }
  }

  @Test func `exact zeros are digital silence`() {
    #expect(check([.sound(0, frames: 480_000)]).verdict == .digitalSilence(Level()))
  }

  @Test func `a voice cut off at full scale is clipping`() {
    let voice = TestSound.noise(frames: 960, amplitude: 0.5).map { Int16(clamping: Int($0) * 4) }
    let (verdict, _) = check(Array(repeating: .block(voice), count: 300))
    guard case .clipping(let level) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect(level.clipped > 1000)
  }

  @Test func `a device that says nothing or goes away has no sound`() {
    #expect(check([.quiet(.seconds(5))]).verdict == .noSound(nil))
    guard case .noSound(let failure?) = check([.sound(5, frames: 960), .loss(.seconds(1))]).verdict else {
      Issue.record("no failure")
      return
    }
    #expect(failure.kind == .device)
    #expect(failure.code == -19)
  }

  @Test func `a file that ends is judged by what it held`() {
    guard case .good = check(speech(0.2, room: 0.001, seconds: 1) + [.end]).verdict else {
      Issue.record("not good")
      return
    }
  }
}

import AudioCapture
import AudioPlayback
import Coaching
import Foundation
import TestSupport
import Testing

@testable import Chat

/// Looking back together at a stretch of sound, in the middle of a meeting.
@Suite struct PlayingTests {
  private func room() -> Room {
    Room {
      $0.openSound = { (path) throws(AudioFailure) in
        if !path.hasSuffix(".wav"), !path.hasSuffix("audio.flac") {
          throw AudioFailure(kind: .file, operation: "open", code: 0, reason: "it is no sound")
        }
        return RecordedSilence(seconds: 100)
      }
    }
  }

  /// Puts a file there, of which only the name is looked at, and gives its path.
  private func put(_ name: String, _ room: Room) -> String {
    let path = "\(room.folder)/\(name)"
    _ = FileManager.default.createFile(atPath: path, contents: Data())
    return path
  }

  private func stimuli(_ room: Room) -> [Event.Kind] {
    (room.facilitator.meeting?.state.entries ?? []).map(\.kind).filter {
      if case .stimulus = $0 { true } else { false }
    }
  }

  @Test func `a stretch is played, noted, and played again from another side each time`() {
    let room = room()
    room.meet()
    room.type("/play \(put("lesson.wav", room)) 0:10-0:20")
    #expect(stimuli(room) == [.stimulus(.video, text: "lesson.wav", from: 10, to: 20)])
    #expect(room.heard().contains("playing lesson.wav, 0:10-0:20") && room.facilitator.isPlaying)
    room.pass(9)
    #expect(room.facilitator.isPlaying)
    room.pass(2)
    #expect(!room.facilitator.isPlaying && room.heard().contains("What did each of you notice?"))

    var questions: Set<String> = []
    for times in 2...4 {
      room.type("/play")
      questions.formUnion(room.said.filter { $0.manner == .prompt }.map(\.text))
      #expect(room.heard().contains("0:10-0:20"))
      guard case .stimulus(.video, let text?, 10, 20)? = stimuli(room).last else { return #expect(Bool(false)) }
      #expect(text.contains("lesson.wav, heard again (\(times)):"))
    }
    #expect(questions.count == 3)
    // Typed once more it is the same, too.
    room.type("/play \(put("lesson.wav", room)) 0:10-0:20")
    guard case .stimulus(.video, let text?, 10, 20)? = stimuli(room).last else { return #expect(Bool(false)) }
    #expect(text.contains("lesson.wav, heard again (5):"))
    // Another stretch is a new one; Enter stops it.
    room.type("/play 0:40")
    #expect(stimuli(room).last == .stimulus(.video, text: "lesson.wav", from: 40, to: 100))
    room.type("")
    #expect(!room.facilitator.isPlaying && room.heard().contains("Stopped"))
    room.type("/undo", "/play stop")
    #expect(room.heard().contains("Nothing is being played"))
  }

  @Test func `what cannot be played is told, and nothing is noted`() {
    let room = room()
    room.meet()
    let (sound, film) = (put("lesson.wav", room), put("lesson.mp4", room))
    for (line, said) in [
      ("/play", "/play needs a sound file"), ("/play what the girls said", "There is no such file here"),
      ("/play \(film)", "cannot be played: it is no sound"),
      ("/play \(sound) 2:00-2:10", "lesson.wav is 1:40 long"), ("/play 1-post", "this meeting itself"),
    ] {
      room.type(line)
      let heard = room.heard()
      #expect(heard.contains(said) && !heard.contains("girls"), "\(line)")
    }
    room.type("/pause", "/play \(sound)")
    #expect(room.heard().contains("off the record"))
    #expect(stimuli(room).isEmpty && !room.facilitator.isPlaying)
  }

  @Test func `an earlier meeting is played to the pair whose it is, and to nobody else`() {
    let room = room()
    room.meet()
    room.type("/end", "/end", "/new coach=Ben coachee=Anna", "yes", "no", "no")
    room.type("/begin pre", "/play 1-post 0:01-0:02")
    #expect(room.heard().contains("1-post has no recording"))
    _ = put("cycle-1/1-post/audio.flac", room)
    room.type("/play 1-post 0:01-0:02")
    #expect(stimuli(room) == [.stimulus(.other, text: "1-post", from: 1, to: 2)])
    room.type("/end", "/end", "/new coach=Dora coachee=Eve", "no", "no", "/begin post")
    _ = room.heard()
    room.type("/play 1-post 0:01-0:02")
    #expect(room.heard().contains("1-post is not a meeting of the two of you") && stimuli(room).isEmpty)
  }
}

import Coaching
import Foundation
import SessionJournal
import Synchronization
import TestSupport
import Testing

@testable import Chat

struct `Around a recording` {
  private final class World: Sendable {
    let free = Mutex<Int?>(100_000_000_000)
    let slept = Mutex(Duration.seconds(7200))
  }

  private let world = World()

  private func recorded(minutes: Int? = nil) -> Room {
    let noise = TestSound.noise(frames: 960)
    let room = Room(
      microphones: [{ .success(ScriptedSource(Array(repeating: .block(noise), count: 250))) }],
      world: { [world] studio in
        studio.freeBytes = { _ in world.free.withLock(\.self) }
        studio.slept = { world.slept.withLock(\.self) }
      })
    room.type("/new coach=Anna coachee=Ben", "yes", "yes")
    _ = room.heard()
    room.type("/begin post" + (minutes.map { " minutes=\($0)" } ?? ""))
    return room
  }

  /// What is said after some time, when so many minutes of recording fit.
  private func heard(_ room: Room, minutes: Int?) -> String {
    world.free.withLock { $0 = minutes.map { $0 * DiskUse.aMinute + 1 } }
    return look(room)
  }

  private func look(_ room: Room) -> String {
    room.clock.withLock { $0 = $0.advanced(by: .seconds(3)) }
    room.facilitator.lookAround(at: room.now)
    return room.heard()
  }

  @Test func `a disk that fills up is told at thirty, ten, five and two minutes, each once`() {
    let room = recorded()
    defer { room.facilitator.close(.closed, at: room.now) }
    #expect(!room.heard().contains("disk"))
    #expect(heard(room, minutes: 45) == "")
    #expect(heard(room, minutes: 29).contains("room for about 29 minutes of recording"))
    #expect(heard(room, minutes: 28) == "")
    #expect(heard(room, minutes: 9).contains("about 9 minutes"))
    #expect(heard(room, minutes: 4).contains("about 4 minutes"))
    #expect(heard(room, minutes: 3) == "")
    #expect(heard(room, minutes: 1).contains("about a minute"))
    #expect(heard(room, minutes: 0) == "")
    #expect(heard(room, minutes: nil) == "")
    // Somebody makes room, and it fills again.
    #expect(heard(room, minutes: 61) == "")
    #expect(heard(room, minutes: 20).contains("about 20 minutes"))
  }

  @Test func `before a recording it is told when the meeting will not fit`() {
    #expect(heardAtTheBeginning(room: 59).contains("room for about 59 minutes of recording"))
    #expect(!heardAtTheBeginning(room: 80).contains("room for"))
    #expect(heardAtTheBeginning(room: 80, planned: 90).contains("room for about 80 minutes"))
  }

  private func heardAtTheBeginning(room minutes: Int, planned: Int? = nil) -> String {
    world.free.withLock { $0 = minutes * DiskUse.aMinute }
    let room = recorded(minutes: planned)
    defer { room.facilitator.close(.closed, at: room.now) }
    return room.heard()
  }

  @Test func `sleep is told once, and written down`() throws {
    let room = recorded()
    defer { room.facilitator.close(.closed, at: room.now) }
    _ = room.heard()
    #expect(look(room) == "")
    world.slept.withLock { $0 += .seconds(600) }
    #expect(look(room).contains("asleep for 10 minutes"))
    #expect(look(room) == "")
    #expect(room.journal.contains { $0.kind == .slept(seconds: 600) })
    #expect(try #require(room.facilitator.meeting).state.sleeps.map(\.seconds) == [600])
  }
}

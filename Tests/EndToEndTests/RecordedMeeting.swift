import Foundation
import TestSupport
import Testing

/// A meeting of the real program in a room of its own, in which the time code is heard.
///
/// What it waits for it awaits, so that others can wait at the same time.
final class RecordedMeeting {
  static let opening = """
    /new coach=Anna coachee=Ben
    /consent Anna yes
    /consent Ben yes
    /begin post
    """

  let room: VirtualMicrophone
  let folder = Program.Folder()
  private var player: Process?
  private(set) var program: Program!

  /// Opens the room, with so many seconds of sound in it, and makes no program yet. By itself nearly three minutes: where
  /// many tests run at a time each takes its time.
  init(seconds: Int? = nil) throws {
    room = try VirtualMicrophone()
    try playCode(seconds: seconds)
  }

  deinit {
    program?.signal(SIGKILL)
    player?.terminate()
  }

  /// Plays the time code from its beginning, from now on.
  func playCode(seconds: Int? = nil) throws {
    player?.terminate()
    let file = URL(fileURLWithPath: folder.path + "/code.wav")
    if !FileManager.default.fileExists(atPath: file.path) {
      try (seconds.map(Self.code) ?? Self.usual).write(to: file)
    }
    player = try room.play(file)
  }

  private static let usual = code(seconds: 170)

  private static func code(seconds: Int) -> Data { TestSound.wav(TimeCode.samples(frames: seconds * 48_000)) }

  /// Starts the program and begins the meeting.
  func begin(_ environment: [String: String] = [:], shell: String? = nil) async throws {
    program = try Program(
      place, environment: room.environment.merging(environment) { $1 }, shell: shell)
    program.type(Self.opening)
    try #require(await eventually { self.program.shown.contains("has begun") }, "\(program.shown)\(program.complaints)")
  }

  /// Types `/t explanation` with a note, and waits until the program has said that it is kept.
  func tag(_ note: String) async throws {
    let before = program.shown.components(separatedBy: "Ben: explanation").count
    program.type("/t explanation : \(note)")
    try #require(
      await eventually { self.program.shown.components(separatedBy: "Ben: explanation").count > before },
      "\(note): \(program.complaints)")
  }

  /// Ends the meeting and the program as people do.
  func end() async throws -> Program.Result {
    #expect(player?.isRunning == true, "the room fell silent before the meeting was over")
    program.type("/end", "/quit")
    return try await ended()
  }

  /// Waits until the program has ended by itself.
  func ended() async throws -> Program.Result {
    try #require(await eventually { !self.program.isRunning }, "\(program.shown)\(program.complaints)")
    return program.finish()
  }

  /// What every program on this meeting is given. Not the default device: the system may have a say in what that is.
  var place: [String] { ["--recordings", folder.recordings, "--device", "room"] }
  var path: String { folder.recordings + "/cycle-1/1-post" }
  var audio: String { path + "/audio.flac" }

  func events(_ name: String) throws -> [[String: Any]] {
    try journal(path + "/journal.jsonl").filter { $0["event"] as? String == name }
  }

  /// What the program said that contains `text`.
  static func lines(of result: Program.Result, with text: String) -> [Substring] {
    (result.output + result.errors).split(separator: "\n").filter { $0.contains(text) }
  }

  func times(_ name: String) throws -> [Double] { try events(name).compactMap { $0["t"] as? Double } }

  /// The first channel of the sound, as `flac` decodes it.
  func samples() throws -> [Int16] {
    let raw = folder.path + "/samples.raw"
    let (status, output) = try tool(
      "flac", "-s", "-d", "-f", "--force-raw-format", "--endian=little", "--sign=signed", "-o", raw, audio)
    try #require(status == 0 && output == "", "\(output)")
    let data = try Data(contentsOf: URL(fileURLWithPath: raw))
    let all = data.withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
    return TestSound.channel(0, of: all, channels: try #require(Int(try tool("soxi", "-c", audio).output)))
  }

  /// Three readers that owe each other nothing find no fault with the file, and agree on its length in frames.
  func lengthForReaders() throws -> Int {
    let flac = try tool("flac", "-t", "-s", audio)
    #expect(flac.status == 0 && flac.output == "", "\(flac.output)")
    let sox = try tool("sox", "-V1", audio, "-n", "stat")
    #expect(sox.status == 0, "\(sox.output)")
    let ffmpeg = try tool("ffmpeg", "-v", "warning", "-xerror", "-i", audio, "-f", "null", "-")
    #expect(ffmpeg.status == 0 && ffmpeg.output == "", "\(ffmpeg.output)")
    let frames = try tool("metaflac", "--show-total-samples", audio).output
    #expect(try tool("soxi", "-s", audio).output == frames)
    let decoded = try samples().count
    #expect(frames == "\(decoded)")
    return decoded
  }
}

/// Where a recording has the time code, in stretches of at least 10 ms; whatever is between them has to be silence.
func stretches(_ samples: [Int16]) -> [TimeCode.Run] {
  let runs = TimeCode.runs(in: samples).filter { $0.file.count >= 480 }
  var from = 0
  for to in runs.map(\.file.lowerBound) + [samples.count] {
    // A group of four frames that was cut in two is no run of its own.
    let between = samples[min(from, to)..<to].dropFirst(4).dropLast(4)
    #expect(between.allSatisfy { $0 == 0 }, "neither the code nor silence between \(from) and \(to)")
    from = runs.first { $0.file.lowerBound == to }?.file.upperBound ?? from
  }
  return runs
}

/// Waits until `condition` holds, and lets others go on meanwhile; false when it does not within `seconds`.
func eventually(seconds: Int = 90, _ condition: () -> Bool) async -> Bool {
  let giveUp = SuspendingClock.now + .seconds(seconds)
  while !condition() {
    if SuspendingClock.now > giveUp { return false }
    try? await Task.sleep(for: .milliseconds(10))
  }
  return true
}

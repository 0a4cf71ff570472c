import ALSACapture
import AudioCapture
import Foundation
import TestSupport
import Testing

/// A whole meeting through the virtual microphone, with the program as its users run it. One at a time: they share the room.
@Suite(.serialized) struct MeetingTests {
  let room: VirtualMicrophone
  let folder = Program.Folder()

  /// Not the room of the test process, in which other tests speak at the same time.
  private static let shared = Result { try VirtualMicrophone() }

  init() throws { room = try Self.shared.get() }

  private static let opening = """
    /new coach=Anna coachee=Ben focus="fewer, better questions"
    /consent Anna yes
    /consent Ben yes
    /begin post
    """

  private var meeting: String { folder.recordings + "/cycle-1/1-post" }
  private var audio: String { meeting + "/audio.flac" }

  /// Speech that goes on in the room until the test ends.
  private func speech() throws -> Process {
    let file = folder.path + "/speech.wav"
    let words = String(repeating: "They waited, and then they all began to talk about the second question. ", count: 12)
    #expect(try tool("espeak-ng", "-v", "en-gb", "-w", file, words).status == 0)
    return try room.play(URL(fileURLWithPath: file))
  }

  private func samples(_ path: String) throws -> [Int16] {
    let raw = folder.path + "/samples.raw"
    #expect(
      try tool("flac", "-s", "-d", "-f", "--force-raw-format", "--endian=little", "--sign=signed", "-o", raw, path)
        .status == 0)
    let data = try Data(contentsOf: URL(fileURLWithPath: raw))
    return data.withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
  }

  @Test func `a script records a meeting whose sound and tags are where they belong`() throws {
    let player = try speech()
    defer { player.terminate() }
    let script = """
      \(Self.opening)
      /c question new scale=lesson : how it began
      /wait 2
      /t explanation,justification scale=episode time=lesson tone=+
      /moment the silence
      /wait 1.5
      A note to the first prompt
      /action try ten seconds
      /wait 1.5
      /end
      /quit
      """
    let result = try Program.run(["--recordings", folder.recordings], input: script, environment: room.environment)
    #expect(result.status == 0)
    #expect(result.errors == "")

    let events = try journal(meeting + "/journal.jsonl")
    let times = { (name: String) in events.filter { $0["event"] as? String == name }.compactMap { $0["t"] as? Double } }
    let turns = times("turn")
    #expect(turns.count == 2)
    #expect(abs(turns[1] - turns[0] - 2) < 0.01, "a script's waits are exact: \(turns)")
    let ended = try #require(times("ended").first)
    #expect(abs(ended - turns[0] - 5) < 0.1)
    // The readers a teacher may have agree with the journal on how long it is.
    let soxi = try #require(Double(try tool("soxi", "-D", audio).output))
    let ffprobe = try tool(
      "ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", audio
    ).output
    #expect(abs(soxi - ended) < 0.1)
    #expect(abs(try #require(Double(ffprobe)) - ended) < 0.1)
    #expect(try tool("flac", "-t", "-s", audio).status == 0)
    let loud = try samples(audio).filter { abs(Int($0)) > 1000 }.count
    #expect(loud > 1000, "the speech is in it")
  }

  @Test func `a tag set at a click lands within 20 ms of the click in the file`() throws {
    // A second ear in the room: it says when, by the monotonic clock, each click was heard.
    let sink = MemorySink()
    _ = try VirtualMicrophone.ofThisProcess()
    let source = try ALSASource(device: room.nameElsewhere)
    let channels = source.format.channels
    let ear = Recorder(source: source, sink: sink, notify: { _ in })
    try ear.start()
    let player = try speech()
    let program = try Program(["--recordings", folder.recordings], environment: room.environment)
    program.type(Self.opening)
    #expect(program.waitFor("has begun"))
    player.terminate()
    player.waitUntilExit()

    // Seven clicks, and a tag at about the time of each.
    let clicks = folder.path + "/clicks.wav"
    #expect(
      try tool(
        "sox", "-n", "-r", "48000", "-b", "16", "-c", "2", clicks, "synth", "0.01", "square", "1000", "vol", "0.9",
        "pad",
        "0.7", "0.29", "repeat", "6"
      ).status == 0)
    let playing = try room.play(URL(fileURLWithPath: clicks))
    var pressed: [Double] = []
    for index in 1...7 {
      AudioTestClock.pause(milliseconds: 950)
      pressed.append(ear.time(at: SuspendingClock.now))
      program.type("/c question")
      #expect(program.waitFor("Anna: question", times: index))
    }
    playing.waitUntilExit()
    program.type("/end", "/quit")
    #expect(program.finish().status == 0)
    _ = ear.stop(at: SuspendingClock.now)

    let tags = try journal(meeting + "/journal.jsonl").filter { $0["event"] as? String == "turn" }.compactMap {
      $0["t"] as? Double
    }
    #expect(tags.count == 7)
    let inFile = onsets(try samples(audio), channels: Int(try tool("soxi", "-c", audio).output) ?? 1)
    let heard = onsets(sink.samples, channels: channels)
    // The last seven are the clicks; before them is the speech of the sound check.
    try #require(inFile.count >= 7 && heard.count >= 7)
    // How far each tag is from its click: in the file, and by the clock in the room.
    let distances = zip(inFile.suffix(7), tags).map { $0 - $1 }
    let truths = zip(heard.suffix(7), pressed).map { $0 - $1 }
    let errors = zip(distances, truths).map { abs($0 - $1) }.sorted()
    // A key that the machine was late to read moves one tag; four of seven are as good as the clock is.
    #expect(errors[3] < 0.020, "\(errors)")
  }

  /// Where in seconds a click begins: above half of full scale after a quarter of a second of quiet.
  private func onsets(_ samples: [Int16], channels: Int) -> [Double] {
    var found: [Double] = []
    var quietSince = 0
    for frame in 0..<(samples.count / channels) where abs(Int(samples[frame * channels])) > 8000 {
      if frame - quietSince > 12_000 { found.append(Double(frame) / 48_000) }
      quietSince = frame
    }
    return found
  }

  @Test func `after a kill every acknowledged tag is there and the sound up to the last half second`() throws {
    let player = try speech()
    defer { player.terminate() }
    let program = try Program(["--recordings", folder.recordings], environment: room.environment)
    program.type(Self.opening)
    #expect(program.waitFor("has begun"))
    for index in 1...20 {
      program.type("/t explanation : number \(index)")
      AudioTestClock.pause(milliseconds: 100)
    }
    #expect(program.waitFor("Ben: explanation", times: 20))
    program.signal(SIGKILL)
    let killed = program.finish()
    let acknowledged = killed.output.components(separatedBy: "Ben: explanation").count - 1
    let lastTag = try #require(
      try journal(meeting + "/journal.jsonl").last { $0["event"] as? String == "turn" }?["t"] as? Double)

    let again = try Program.run(["--recordings", folder.recordings], environment: room.environment)
    #expect(again.status == 0)
    #expect(again.output.contains("1-post was cut off at"))
    #expect(again.output.contains("I have closed 1-post"))
    let events = try journal(meeting + "/journal.jsonl")
    #expect(events.filter { $0["event"] as? String == "turn" }.count == acknowledged)
    #expect(events.last?["how"] as? String == "recovered")
    #expect(try tool("flac", "-t", "-s", audio).status == 0)
    let seconds = try #require(Double(try tool("soxi", "-D", audio).output))
    #expect(seconds > lastTag - 0.5, "\(seconds) of sound, the last tag at \(lastTag)")
    #expect(folder.text("Recordings/cycle-1/1-post/reflection.md").contains("number 20"))

    // Nothing is left to recover, and a second start changes nothing.
    let before = try Data(contentsOf: URL(fileURLWithPath: audio))
    #expect(try Program.run(["--recordings", folder.recordings, "recover"]).output.contains("Nothing was left open"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: audio)) == before)
  }

  @Test func `off the record is silence in the file, and time goes on`() throws {
    let player = try speech()
    defer { player.terminate() }
    let script = """
      \(Self.opening)
      /wait 1
      /pause
      /wait 2
      /resume
      /wait 1
      /end
      /quit
      """
    #expect(
      try Program.run(["--recordings", folder.recordings], input: script, environment: room.environment).status == 0)
    let events = try journal(meeting + "/journal.jsonl")
    let time = { (name: String) in events.first { $0["event"] as? String == name }?["t"] as? Double }
    let (from, to) = (try #require(time("paused")), try #require(time("resumed")))
    #expect(abs(to - from - 2) < 0.01)
    let all = try samples(audio)
    let channels = Int(try tool("soxi", "-c", audio).output) ?? 1
    // The journal counts in tenths of a millisecond.
    let off = all[Int(from * 48_000 + 5) * channels..<Int(to * 48_000 - 5) * channels]
    let heard = off.indices.filter { off[$0] != 0 }.map { Double($0 / channels) / 48_000 }
    #expect(heard == [], "heard from \(heard.first ?? 0) to \(heard.last ?? 0), off the record from \(from) to \(to)")
    #expect(all[..<(Int(from * 48_000) * channels)].contains { $0 != 0 })
    #expect(all[(Int(to * 48_000) * channels)...].contains { $0 != 0 })
  }

  @Test func `a no in the meeting stops the recording and deletes it when asked to`() throws {
    let player = try speech()
    defer { player.terminate() }
    let script = """
      \(Self.opening)
      /wait 1
      /t explanation
      /consent Ben no delete=yes
      /t acceptance
      /end
      /quit
      """
    let result = try Program.run(["--recordings", folder.recordings], input: script, environment: room.environment)
    #expect(result.status == 0)
    #expect(!FileManager.default.fileExists(atPath: audio))
    #expect(try journal(meeting + "/journal.jsonl").filter { $0["event"] as? String == "turn" }.count == 2)
    #expect(result.output.contains("Deleted. Nothing of this meeting's sound is left."))
  }

  @Test func `sound that nobody decided about after a no is named when the meeting closes`() throws {
    let player = try speech()
    defer { player.terminate() }
    let script = Self.opening + "\n/wait 1\n/consent Ben no\n/end\n/quit\n"
    let result = try Program.run(["--recordings", folder.recordings], input: script, environment: room.environment)
    #expect(result.status == 0)
    #expect(FileManager.default.fileExists(atPath: audio))
    #expect(result.output.contains("Delete it if it should go: " + audio))
  }

  @Test func `asked to end, it closes the meeting and says so in its status`() throws {
    let player = try speech()
    defer { player.terminate() }
    for signal in [SIGTERM, SIGINT, SIGHUP] {
      let folder = Program.Folder()
      let program = try Program(["--recordings", folder.recordings], environment: room.environment)
      program.type(Self.opening)
      #expect(program.waitFor("has begun"))
      program.signal(signal)
      let result = program.wait()
      #expect(result.status == 130)
      let path = folder.recordings + "/cycle-1/1-post"
      #expect(try journal(path + "/journal.jsonl").last?["how"] as? String == "interrupted")
      #expect(try tool("flac", "-t", "-s", path + "/audio.flac").status == 0)
    }
  }

  @Test func `a full disk stops the sound, keeps the tags, and says so once`() throws {
    let player = try speech()
    defer { player.terminate() }
    let small = folder.path + "/small"
    try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: true)
    try #require(
      try tool("mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", small).status == 0, "a small disk needs root")
    defer { _ = try? tool("umount", "-l", small) }
    let program = try Program(["--recordings", small + "/Recordings"], environment: room.environment)
    program.type(Self.opening)
    #expect(program.waitFor("has begun"))
    #expect(AudioTestClock.wait(seconds: 60) { program.complaints.contains("The disk is full") })
    program.type("/t explanation : after the disk was full", "/end", "/quit")
    let result = program.finish()
    #expect(result.status == 74)
    #expect(result.errors.components(separatedBy: "The disk is full").count == 2)
    let path = small + "/Recordings/cycle-1/1-post"
    #expect(try String(contentsOfFile: path + "/journal.jsonl", encoding: .utf8).contains("after the disk was full"))
    #expect(try String(contentsOfFile: path + "/reflection.md", encoding: .utf8).contains("after the disk was full"))
    #expect(try tool("flac", "-t", "-s", path + "/audio.flac").status == 0)
  }

  @Test func `nobody else can read anything, whatever the umask`() throws {
    let player = try speech()
    defer { player.terminate() }
    let script = Self.opening + "\n/t explanation\n/end\n/quit\n"
    let result = try Program.run(
      ["--recordings", folder.recordings], input: script, environment: room.environment, shell: "umask 000;")
    #expect(result.status == 0)
    let files = try #require(FileManager.default.enumerator(atPath: folder.recordings)).compactMap { $0 as? String }
    #expect(files.contains { $0.hasSuffix("audio.flac") } && files.contains { $0.hasSuffix("reflection.html") })
    for name in files + ["."] {
      var info = stat()
      #expect(stat("\(folder.recordings)/\(name)", &info) == 0)
      let wanted: mode_t = info.st_mode & S_IFMT == S_IFDIR ? 0o700 : 0o600
      #expect(info.st_mode & 0o777 == wanted, "\(name)")
    }
  }

  @Test func `two microphones are two channels, and one that is pulled out is told and joins in again`() throws {
    let (coach, teacher) = (
      try SoundCard(.init(channels: [1]), hears: TestSound.noise(frames: 96_000)),
      try SoundCard(.init(formats: ["S24_3LE"], rates: [44_100]), hears: TestSound.noise(frames: 88_200, seed: 2))
    )
    let program = try Program(
      ["--recordings", folder.recordings, "--device", "\(coach.name()) + \(teacher.name())"],
      environment: try SoundCard.environment(in: URL(fileURLWithPath: folder.path)))
    program.type(Self.opening)
    #expect(program.waitFor("has begun"))
    AudioTestClock.pause(milliseconds: 1000)
    teacher.set(.gone)
    #expect(program.waitFor("The microphone '\(teacher.name())' went away"))
    teacher.set(.gone, false)
    #expect(program.waitFor("The microphone '\(teacher.name())' is back"))
    AudioTestClock.pause(milliseconds: 1000)
    program.type("/c question", "/end", "/quit")
    #expect(program.finish().status == 0)
    #expect(try tool("soxi", "-c", audio).output.trimmingCharacters(in: .whitespacesAndNewlines) == "2")
    let all = try samples(audio)
    let silent = (0..<2).map { channel in TestSound.channel(channel, of: all, channels: 2).filter { $0 == 0 }.count }
    #expect(silent[0] < 4_800)
    #expect(silent[1] > 12_000 && silent[1] < all.count / 2 - 24_000)
    let events = try journal(meeting + "/journal.jsonl")
    #expect(!events.contains { $0["event"] as? String == "gap" })
    #expect(events.first { $0["event"] as? String == "recording" }?["channels"] as? Int == 2)
  }
}

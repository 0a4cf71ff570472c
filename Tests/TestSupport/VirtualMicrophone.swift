public import Foundation
internal import Glibc

/// A room with a microphone and no sound card: a sound server of its own in a temporary folder, what is played into
/// `roomout` is heard by the ALSA device `room`, which is also `default`.
///
/// ``environment`` is what a program needs to find it. The server ends with this object, or with the program.
public final class VirtualMicrophone: @unchecked Sendable {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  public let folder: URL
  private var server: LoneChild?
  private var leash: Pipe?
  private var serverID: pid_t = 0

  public init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("room-\(UUID().uuidString.prefix(8))")
    for name in ["home", "run"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
    let configuration = configuration + (try SoundCard.definition())
    try configuration.write(to: folder.appendingPathComponent("asound.conf"), atomically: true, encoding: .utf8)
    try plugIn()
  }

  deinit {
    unplug()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Beside the room, `tape` endlessly plays the raw 16-bit samples in the file `tape.raw` of the folder, and `card:` is
  /// a ``SoundCard``.
  private var configuration: String {
    """
    </usr/share/alsa/alsa.conf>
    pcm.room { type pulse server "unix:\(socket)" device "room.monitor" hint { show on description "The test room" } }
    pcm.roomout { type pulse server "unix:\(socket)" device "room" }
    pcm.!default { type asym playback.pcm "roomout" capture.pcm "room" hint { show on description "The test room" } }
    ctl.!default { type pulse server "unix:\(socket)" }
    pcm.at { @args [ SERVER ] @args.SERVER { type string } type pulse server $SERVER device "room.monitor" }
    pcm.tape { type file slave.pcm { type null } file "/dev/null" infile "\(folder.path)/tape.raw" format "raw" }

    """
  }

  /// What this room is called in a process whose own room (``ofThisProcess()``) is another.
  public var nameElsewhere: String { "at:'unix:\(socket)'" }

  private var socket: String { folder.path + "/run/native" }

  /// For programs that are to hear this room.
  public var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["ALSA_CONFIG_PATH"] = folder.path + "/asound.conf"
    environment["XDG_RUNTIME_DIR"] = folder.path + "/run"
    environment["HOME"] = folder.path + "/home"
    environment["PULSE_SERVER"] = nil
    return environment
  }

  /// The room of this test process itself: made once, and libasound looks at it from then on. Call this before the
  /// first use of libasound.
  public static func ofThisProcess() throws -> VirtualMicrophone { try room.get() }

  private static let room = Result {
    let room = try VirtualMicrophone()
    setenv("ALSA_CONFIG_PATH", room.folder.path + "/asound.conf", 1)
    return room
  }

  // MARK: The plug

  /// Starts the server, again if need be.
  public func plugIn() throws {
    guard server == nil else { return }
    let (leash, answer) = (Pipe(), Pipe())
    // The shell waits for its standard input to close, which happens however this process ends, and takes the server and
    // its folder with it. When the plug is pulled it gets a word, and the folder stays.
    let script = """
      pulseaudio --daemonize=no --exit-idle-time=-1 --use-pid-file=no --log-target=stderr --log-level=error -n \
        --load="module-native-protocol-unix socket=\(socket) auth-anonymous=1" \
        --load="module-null-sink sink_name=room rate=48000 channels=2" </dev/null >/dev/null 2>"\(folder.path)/log" &
      echo $!
      read line
      kill -9 $! 2>/dev/null
      [ "$line" ] || rm -rf "\(folder.path)"
      """
    let server = try LoneChild(
      shell: script, environment: environment, input: leash.fileHandleForReading.fileDescriptor,
      output: answer.fileHandleForWriting.fileDescriptor)
    try answer.fileHandleForWriting.close()
    try leash.fileHandleForReading.close()
    (self.server, self.leash) = (server, leash)
    serverID = pid_t(Self.line(from: answer.fileHandleForReading)) ?? 0
    let isUp = AudioTestClock.wait(seconds: 30) { isListening || serverID == 0 || kill(serverID, 0) != 0 }
    guard isUp, isListening else {
      unplug()
      let log = (try? String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8)) ?? ""
      throw Failure(
        description: "no virtual microphone: it needs pulseaudio and libasound2-plugins (make test installs them). "
          + log.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  /// Kills the server: to its clients, the plug is pulled.
  public func unplug() {
    guard let server else { return }
    if serverID > 0 { kill(serverID, SIGKILL) }
    try? leash?.fileHandleForWriting.write(contentsOf: Data("unplugged\n".utf8))
    try? leash?.fileHandleForWriting.close()
    server.wait()
    unlink(socket)
    (self.server, leash, serverID) = (nil, nil, 0)
  }

  /// Lets the server do nothing until ``letGo()``, as on a machine that is far too busy.
  public func hold() { if serverID > 0 { kill(serverID, SIGSTOP) } }
  public func letGo() { if serverID > 0 { kill(serverID, SIGCONT) } }

  private var isListening: Bool {
    let file = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { Glibc.close(file) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8.prefix(107)) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(file, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }

  private static func line(from handle: FileHandle) -> String {
    var text = ""
    while let byte = try? handle.read(upToCount: 1), let character = byte.first, character != 10 {
      text.append(Character(UnicodeScalar(character)))
    }
    return text
  }

  // MARK: Sound in the room

  /// Starts to play a sound file into the room. The caller waits for the end, or terminates it.
  public func play(_ file: URL) throws -> Process {
    let player = Process()
    player.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    player.arguments = ["aplay", "-q", "-D", "roomout", file.path]
    player.environment = environment
    player.standardInput = FileHandle.nullDevice
    player.standardError = FileHandle.nullDevice
    try player.launchUnblocked()
    return player
  }
}

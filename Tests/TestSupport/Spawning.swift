public import Glibc

/// A child that inherits nothing but its standard streams: no open file, no blocked signal.
///
/// Foundation's `Process` passes both on. A server that lives on beside other tests would keep the ends of their pipes open,
/// and they would wait for it for ever.
public struct LoneChild: Sendable {
  public let id: pid_t

  /// Runs `script` in bash. Throws errno when it cannot.
  public init(shell script: String, environment: [String: String], input: Int32, output: Int32) throws(Failure) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let letGo = #"for f in /proc/self/fd/*; do f=${f##*/}; [ $f -lt 3 ] || eval "exec $f>&-"; done"#
    var words = ["/bin/bash", "-c", letGo + "\n" + script].map { (word: String) in strdup(word) } + [nil]
    var settings = environment.map { (name, value) in strdup("\(name)=\(value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var id: pid_t = 0
    let code = posix_spawn(&id, "/bin/bash", &actions, &attributes, &words, &settings)
    guard code == 0 else { throw Failure(code: code) }
    self.id = id
  }

  public struct Failure: Error, Equatable {
    public var code: Int32
  }

  /// Waits for its end.
  public func wait() {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
  }
}

import Dispatch
import Glibc

/// Signals as messages: while this exists, the signals it watches do nothing but call `deliver`.
public final class SignalWatch {
  private let sources: [any DispatchSourceSignal]

  /// What a program with a ``Console`` should watch. Where nobody keeps the terminal it stops as any program does.
  public static var usual: [Int32] {
    [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGCONT] + (TerminalKeeper.isThere ? [SIGTSTP] : [])
  }

  /// `deliver` is called on a thread of its own choosing; post to a ``Mailbox`` and hand the signal to
  /// ``Console/receive(signal:)`` on the main thread.
  public init(_ signals: [Int32] = SignalWatch.usual, deliver: @escaping @Sendable (Int32) -> Void) {
    let queue = DispatchQueue(label: "signals")
    let registered = DispatchGroup()
    sources = signals.map { number in
      // Dispatch puts its own handler in this place when the source is resumed; afterwards would undo that.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { deliver(number) }
      registered.enter()
      source.setRegistrationHandler { registered.leave() }
      source.resume()
      return source
    }
    // Dispatch does that on another thread, and a signal that came before would be lost.
    registered.wait()
  }

  deinit {
    for source in sources { source.cancel() }
  }
}

public import Foundation
internal import Glibc

extension Process {
  /// Runs with no signal blocked. A test's thread has nearly all of them blocked, and a child would inherit that: it could
  /// not be asked to end.
  public func launchUnblocked() throws {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }
}

internal import Glibc

/// Waits in real time, and waits for things to happen.
public enum AudioTestClock {
  public static func pause(milliseconds: Int) { usleep(UInt32(milliseconds) * 1000) }

  /// Waits until `condition` holds; false when it does not within `seconds`, which is far more than it should take.
  public static func wait(seconds: Int = 60, until condition: () -> Bool) -> Bool {
    let giveUp = SuspendingClock.now + .seconds(seconds)
    while !condition() {
      if SuspendingClock.now > giveUp { return false }
      pause(milliseconds: 2)
    }
    return true
  }
}

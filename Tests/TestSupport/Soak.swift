internal import Foundation

/// `make soak`: the same faults for longer, and many more of them. `COACHTALK_SOAK` is how many minutes of load.
public enum Soak {
  public static let minutes = ProcessInfo.processInfo.environment["COACHTALK_SOAK"].flatMap { Int($0) } ?? 0
  public static var isOn: Bool { minutes > 0 }
}

import Foundation

/// `make soak`: the same faults for longer, and many more of them. `COACHTALK_SOAK` is how many minutes of load.
enum Soak {
  static let minutes = ProcessInfo.processInfo.environment["COACHTALK_SOAK"].flatMap { Int($0) } ?? 0
  static var isOn: Bool { minutes > 0 }
}

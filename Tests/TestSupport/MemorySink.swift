public import AudioCapture
internal import Synchronization

/// A sink that keeps what it is given, and fails when it is told to.
public final class MemorySink: AudioSink {
  private struct State {
    var samples: [Int16] = []
    var syncs = 0
    var isClosed = false
    var isHeld = false
  }

  private let state = Mutex(State())
  private let capacity: Int

  /// Takes `capacity` bytes and then says that the disk is full.
  public init(capacity: Int = .max) { self.capacity = capacity }

  public static let full = AudioFailure(kind: .diskFull, operation: "write(memory)", code: 28, reason: "no room")
  public static let closed = AudioFailure(kind: .file, operation: "write(memory)", code: 9, reason: "closed")

  public var samples: [Int16] { state.withLock(\.samples) }
  public var count: Int { state.withLock(\.samples.count) }
  public var syncs: Int { state.withLock(\.syncs) }
  public var isClosed: Bool { state.withLock(\.isClosed) }

  /// While held, a write does not return: a disk that takes its time.
  public func hold(_ isHeld: Bool) { state.withLock { $0.isHeld = isHeld } }

  public func write(_ samples: UnsafeBufferPointer<Int16>) throws(AudioFailure) {
    while state.withLock(\.isHeld) { AudioTestClock.pause(milliseconds: 1) }
    let failure: AudioFailure? = state.withLock { state in
      if state.isClosed { return Self.closed }
      guard (state.samples.count + samples.count) * 2 <= capacity else { return Self.full }
      state.samples.append(contentsOf: samples)
      return nil
    }
    if let failure { throw failure }
  }

  public func sync() throws(AudioFailure) { state.withLock { $0.syncs += 1 } }

  public func close() throws(AudioFailure) { state.withLock { $0.isClosed = true } }
}

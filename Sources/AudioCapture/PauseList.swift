internal import Synchronization

/// Where the recording is off the record, in frames. Anyone may add; the writer thread asks in order of frames.
final class PauseList: Sendable {
  private struct Edges {
    var isPaused = false
    var coming: [(frame: Int, isPaused: Bool)] = []
    /// Frames before this one have been asked for.
    var taken = 0
  }

  private let edges = Mutex(Edges())

  /// From `frame` on the recording is paused, or is not. Later calls win over earlier ones. Returns the frame from which
  /// it is so: a later one when `frame` is in the file already.
  @discardableResult func add(frame: Int, isPaused: Bool) -> Int {
    edges.withLock { edges in
      let frame = max(frame, edges.taken)
      edges.coming.append((frame, isPaused))
      return frame
    }
  }

  /// How the frames that start at `position` are to be treated, and how many of `frames` that is good for.
  func stretch(from position: Int, frames: Int) -> (isPaused: Bool, frames: Int) {
    edges.withLock { edges in
      while let next = edges.coming.first, next.frame <= position {
        edges.isPaused = next.isPaused
        edges.coming.removeFirst()
      }
      let next = edges.coming.first?.frame ?? Int.max
      let count = min(frames, next - position)
      edges.taken = position + count
      return (edges.isPaused, count)
    }
  }
}

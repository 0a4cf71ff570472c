internal import AudioCapture

/// How loud a recording is, from its beginning to its end, to be drawn: one number for every tenth of a second.
///
/// It is made bit by bit, between other things, and kept nowhere: two hours take 72 kB.
public final class Waveform {
  private let sound: any RecordedSound
  private let bin: Int
  /// The largest sample of each tenth of a second, as a part of 255.
  private var peaks: [UInt8] = []
  private let block: UnsafeMutableBufferPointer<Int16>
  public private(set) var isComplete: Bool

  /// `sound` is for this waveform alone.
  public init(_ sound: any RecordedSound) {
    self.sound = sound
    bin = max(1, sound.format.sampleRate / 10)
    block = .allocate(capacity: bin * sound.format.channels)
    block.initialize(repeating: 0)
    isComplete = sound.frames == 0
  }

  deinit { block.deallocate() }

  /// Looks at another half of a second.
  public func advance() {
    for _ in 0..<5 where !isComplete {
      let count = sound.read(into: block)
      guard count > 0 else {
        isComplete = true
        return
      }
      var peak = 0
      for sample in block[..<(count * sound.format.channels)] { peak = max(peak, abs(Int(sample))) }
      peaks.append(UInt8(min(255, peak / 128)))
      isComplete = peaks.count * bin >= sound.frames
    }
  }

  /// How loud each of `columns` equal parts is, from 0 to 1: the mean of its tenths of a second, so that pauses show. `nil`
  /// for what has not been looked at.
  public func columns(_ columns: Int) -> [Double?] {
    let total = max(1, (sound.frames + bin - 1) / bin)
    return (0..<max(0, columns)).map { column in
      let from = column * total / columns
      let part = peaks[min(from, peaks.count)..<min(max(from + 1, (column + 1) * total / columns), peaks.count)]
      return part.isEmpty ? nil : Double(part.reduce(0) { $0 + Int($1) }) / Double(part.count * 255)
    }
  }
}

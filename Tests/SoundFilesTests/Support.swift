import AudioCapture
import Foundation
import TestSupport

@testable import SoundFiles

/// Everything that can be decoded from a file, as 16-bit samples.
func samples(of url: URL, rate: Int? = nil, channels: Int? = nil) throws -> [Int16] {
  let reader = try SoundReader(path: url.path, rate: rate, channels: channels)
  let buffer = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 1000 * reader.format.channels)
  defer { buffer.deallocate() }
  var samples: [Int16] = []
  while true {
    let count = reader.read(into: buffer)
    if count == 0 { return samples }
    samples += buffer[..<(count * reader.format.channels)]
  }
}

extension FLACSink {
  func write(all samples: [Int16]) throws {
    try samples.withUnsafeBufferPointer { (buffer) throws(AudioFailure) in try write(buffer) }
  }
}

/// A closed FLAC file of these samples.
func flac(_ samples: [Int16], _ url: URL, channels: Int = 1) throws {
  let sink = try FLACSink(path: url.path, format: AudioFormat(channels: channels))
  try sink.write(all: samples)
  try sink.close()
}

import AudioCapture
import Foundation
import TestSupport
import Testing

@testable import SoundFiles

struct `The frames of a FLAC file` {
  private let folder = try! TemporaryFolder()

  private func crc8(_ bytes: [UInt8]) -> UInt8 {
    bytes.reduce(UInt8(0)) { sum, byte in
      (0..<8).reduce(sum ^ byte) { rest, _ in rest & 0x80 != 0 ? rest << 1 ^ 0x07 : rest << 1 }
    }
  }

  /// Where the frame of that number, below 128, begins.
  private func begin(of number: UInt8, in file: [UInt8]) throws -> Int {
    let start = try #require(file.indices.first { file[$0] == 0xff && file[$0 + 1] == 0xf8 })
    let header = Array(file[start..<start + 4]) + [number]
    let whole = header + [crc8(header)]
    return try #require(file.indices.first { file[$0...].starts(with: whole) })
  }

  @Test func `what only looks like a header far ahead costs the frame it lies in and no more`() throws {
    let noise = TestSound.noise(frames: 96_000)
    let url = folder.file("a.flac")
    try flac(noise, url)
    var file = [UInt8](try Data(contentsOf: url))
    let at = try begin(of: 20, in: file)
    let header = Array(file[at..<at + 4]) + [0xec, 0x8d, 0x90]  // frame 50,000
    file.replaceSubrange(at + 900..<at + 908, with: header + [crc8(header)])
    let damaged = try folder.write(Data(file), to: "damaged.flac")

    let read = try samples(of: damaged)
    let block = 1152
    #expect(read.count == noise.count)
    #expect(read[..<(20 * block)] == noise[..<(20 * block)])
    #expect(read[(21 * block)...] == noise[(21 * block)...])
  }
}

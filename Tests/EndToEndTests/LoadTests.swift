import Foundation
import TestSupport
import Testing

/// A whole meeting on a computer that has far too much to do.
@Suite struct LoadTests {
  @Test(.enabled(if: Soak.isOn, "make soak: it takes minutes and all of the machine"))
  func `with every processor and the disk at full load no frame is lost`() async throws {
    let meeting = try RecordedMeeting(seconds: Soak.minutes * 60 + 60)
    try await meeting.begin()
    let load = Process()
    load.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    load.arguments = [
      "stress-ng", "--quiet", "--cpu", "0", "--hdd", "2", "--hdd-bytes", "256m", "--temp-path", meeting.folder.path,
      "--timeout", "\(Soak.minutes * 60)",
    ]
    try load.launchUnblocked()
    var tags = 0
    while load.isRunning {
      tags += 1
      try await meeting.tag("\(tags)")
      try await Task.sleep(for: .seconds(2))
    }
    #expect(load.terminationStatus == 0)
    let result = try await meeting.end()
    #expect(result.status == 0 && result.errors == "")

    #expect(try meeting.events("turn").count == tags)
    let gaps = try meeting.events("gap")
    #expect(gaps.isEmpty, "\(gaps)")
    let samples = try meeting.samples()
    #expect(try meeting.lengthForReaders() == samples.count)
    let ended = try #require(try meeting.times("ended").first)
    #expect(abs(samples.count - Int(ended * 48_000)) <= 960, "\(samples.count) frames, ended at \(ended)")
    let runs = stretches(samples)
    print("\(Soak.minutes) minutes of load: \(samples.count) frames in \(runs.count) stretch(es), \(tags) tags")
    #expect(runs.count == 1 && runs[0].file.count > samples.count - 8, "\(runs)")
  }
}

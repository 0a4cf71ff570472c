import ALSACapture
import AudioCapture
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct `A microphone behind ALSA` {
  let room: VirtualMicrophone

  init() throws { room = try .ofThisProcess() }

  @Test func `it records as many seconds as it is left running`() throws {
    let sink = MemorySink()
    let notices = Mutex<[RecorderNotice]>([])
    let recorder = try Recorder(source: ALSASource(device: "room"), sink: sink) { notice in
      notices.withLock { $0.append(notice) }
    }
    try recorder.start()
    Thread.sleep(forTimeInterval: 2)
    let end = SuspendingClock.now
    let time = recorder.time(at: end)
    let summary = recorder.stop(at: end)
    print(summary, time, notices.withLock(\.self), sink.count)
    #expect(sink.count == Int((summary.seconds * 48000).rounded()))
    #expect(abs(summary.seconds - time) < 0.001)
  }
}

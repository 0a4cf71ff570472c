import AudioCapture
import TestSupport
import Testing

@Test(arguments: [1, 2]) func `the scripted source keeps the contract of a source`(channels: Int) {
  let source = ScriptedSource([.sound(3, frames: 96_000)], format: AudioFormat(channels: channels))
  #expect(AudioContract.violations(of: source, frames: 48_000) == [])
}

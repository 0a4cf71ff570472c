/// Notices in the middle of a recording that no voice has been heard for long: somebody pressed mute, or the plug sits
/// loose.
struct SilenceWatch {
  private let rate: Int
  private var since = 0
  private var silentFrames = 0
  private var zeroFrames = 0
  private var voiceFrames = 0
  private var hasTold = false
  private var hasHeardVoices = false

  init(sampleRate: Int) { rate = sampleRate }

  /// Takes in the level of the next block. Gives what is heard instead of voices, and from which frame on, when it is time
  /// to say so.
  mutating func add(
    _ level: Level, from position: Int, frames: Int
  ) -> (from: Int, silence: RecorderNotice.Silence)? {
    guard level.isHum || level.rms < Level.nearSilence else {
      voiceFrames += frames
      (silentFrames, zeroFrames) = (0, 0)
      // Half a minute of voices, and a new silence is news.
      if voiceFrames >= 30 * rate { (hasTold, hasHeardVoices) = (false, true) }
      return nil
    }
    if silentFrames == 0 { since = position }
    silentFrames += frames
    zeroFrames = level.isDigitalSilence ? zeroFrames + frames : 0
    let silence: RecorderNotice.Silence =
      zeroFrames >= 5 * rate ? .digital : level.isHum && level.rms >= Level.nearSilence ? .hum : .room
    // People who have been talking may well think for half a minute.
    let patience = silence == .digital ? 5 : silence == .room && hasHeardVoices ? 60 : 15
    guard !hasTold, silentFrames >= patience * rate else { return nil }
    (hasTold, voiceFrames) = (true, 0)
    return (since, silence)
  }
}

internal import CALSA
internal import Glibc

/// A failed libasound call. `code` is libasound's negative errno.
struct ALSAError: Error, Equatable {
  let operation: String
  let code: Int

  /// libasound's own words for the code.
  var reason: String { String(cString: snd_strerror(Int32(code))) }

  /// Throws when `result` is an error and returns it otherwise.
  @discardableResult
  static func check(_ operation: @autoclosure () -> String, _ result: Int) throws(ALSAError) -> Int {
    guard result >= 0 else { throw ALSAError(operation: operation(), code: result) }
    return result
  }
}

/// An open stream that closes itself. Its samples are signed 16-bit, interleaved.
struct PCM: ~Copyable {
  /// What the device agreed to. Sizes are in frames.
  struct Layout: Equatable {
    var sampleRate: Int
    var channels: Int
    var period: Int
    var buffer: Int
  }

  enum Direction {
    case capture, playback

    fileprivate var stream: snd_pcm_stream_t {
      self == .capture ? SND_PCM_STREAM_CAPTURE : SND_PCM_STREAM_PLAYBACK
    }
    /// Sound that waits to be fetched must not be lost while nobody comes; sound that waits to be heard is late.
    fileprivate var seconds: Double { self == .capture ? 2 : 0.4 }
  }

  let layout: Layout
  private let handle: OpaquePointer
  private let descriptors: UnsafeMutableBufferPointer<pollfd>

  /// Opens `device`, an ALSA name such as `hw:CARD=USB`, for `rate` Hz, and prepares it. A device that does not offer
  /// that by itself is opened again through ALSA's converter, `plug`. Without `channels` it takes two where the device
  /// has two or more, and one where it has one. C: `snd_pcm_open`, `snd_pcm_hw_params`.
  init(
    device: String, _ direction: Direction = .capture, rate: Int, channels: Int? = nil
  ) throws(ALSAError) {
    let handle = try PCM.open(device, direction)
    let wanted = channels ?? PCM.channels(of: handle)
    do throws(ALSAError) {
      layout = try PCM.configured(handle, device: device, direction, rate: rate, channels: wanted)
      self.handle = handle
    } catch {
      let converter = PCM.converter(for: device)
      let handle = try PCM.open(converter, direction)
      layout = try PCM.configured(handle, device: converter, direction, rate: rate, channels: wanted)
      self.handle = handle
    }
    descriptors = .allocate(capacity: max(1, Int(snd_pcm_poll_descriptors_count(self.handle))))
    descriptors.initialize(repeating: pollfd())
  }

  /// Closes `handle` where it cannot be used.
  private static func configured(
    _ handle: OpaquePointer, device: String, _ direction: Direction, rate: Int, channels: Int
  ) throws(ALSAError) -> Layout {
    do throws(ALSAError) {
      return try configure(handle, device: device, direction, rate: rate, channels: channels)
    } catch {
      snd_pcm_close(handle)
      throw error
    }
  }

  private static func open(_ device: String, _ direction: Direction) throws(ALSAError) -> OpaquePointer {
    coachtalk_alsa_silence_errors()
    var handle: OpaquePointer?
    try ALSAError.check(
      "snd_pcm_open(\(device))", Int(snd_pcm_open(&handle, device, direction.stream, Int32(SND_PCM_NONBLOCK))))
    guard let handle else { throw ALSAError(operation: "snd_pcm_open(\(device))", code: Int(-ENODEV)) }
    return handle
  }

  /// `plug` around any name, in whichever quotes are not in it.
  private static func converter(for device: String) -> String {
    let quote = device.contains("'") ? "\"" : "'"
    return "plug:SLAVE=\(quote)\(device)\(quote)"
  }

  deinit {
    snd_pcm_close(handle)
    descriptors.deallocate()
  }

  private static func withParameters<Result>(
    _ body: (OpaquePointer) throws(ALSAError) -> Result
  ) throws(ALSAError) -> Result {
    var allocated: OpaquePointer?
    try ALSAError.check("snd_pcm_hw_params_malloc", Int(snd_pcm_hw_params_malloc(&allocated)))
    guard let parameters = allocated else {
      throw ALSAError(operation: "snd_pcm_hw_params_malloc", code: Int(-ENOMEM))
    }
    defer { snd_pcm_hw_params_free(parameters) }
    return try body(parameters)
  }

  /// Two, or one where the device has no more.
  private static func channels(of handle: OpaquePointer) -> Int {
    let most = try? withParameters { (parameters) throws(ALSAError) in
      var most: UInt32 = 0
      snd_pcm_hw_params_any(handle, parameters)
      snd_pcm_hw_params_get_channels_max(parameters, &most)
      return most
    }
    return most == 1 ? 1 : 2
  }

  /// For capture a buffer of 2 s or the most the device allows. It is to be fetched from every 80 ms, or more often where it is short:
  /// each time wakes the processor, and what has not been fetched is lost when the program is killed. Converters cannot
  /// always say in advance which periods they can do; what they choose by themselves is better than no sound.
  private static func configure(
    _ handle: OpaquePointer, device: String, _ direction: Direction, rate: Int, channels: Int
  ) throws(ALSAError) -> Layout {
    try withParameters { (parameters) throws(ALSAError) in
      func check(_ call: String, _ result: Int32) throws(ALSAError) {
        try ALSAError.check("\(call)(\(device))", Int(result))
      }
      func agree(onPeriod: Bool) throws(ALSAError) -> Layout {
        try check("snd_pcm_hw_params_any", snd_pcm_hw_params_any(handle, parameters))
        try check(
          "snd_pcm_hw_params_set_access",
          snd_pcm_hw_params_set_access(handle, parameters, SND_PCM_ACCESS_RW_INTERLEAVED))
        try check(
          "snd_pcm_hw_params_set_format", snd_pcm_hw_params_set_format(handle, parameters, SND_PCM_FORMAT_S16_LE))
        try check("snd_pcm_hw_params_set_rate", snd_pcm_hw_params_set_rate(handle, parameters, UInt32(rate), 0))
        try check(
          "snd_pcm_hw_params_set_channels", snd_pcm_hw_params_set_channels(handle, parameters, UInt32(channels)))
        var buffer = snd_pcm_uframes_t(Double(rate) * direction.seconds)
        snd_pcm_hw_params_set_buffer_size_near(handle, parameters, &buffer)
        // A sound server delivers by the period, and wakes this process each time.
        let usual = snd_pcm_uframes_t(rate * 80 / 1000)
        var period = min(usual, max(1, buffer / 4))
        if onPeriod { snd_pcm_hw_params_set_period_size_near(handle, parameters, &period, nil) }
        try check("snd_pcm_hw_params", snd_pcm_hw_params(handle, parameters))
        snd_pcm_hw_params_get_period_size(parameters, &period, nil)
        snd_pcm_hw_params_get_buffer_size(parameters, &buffer)
        let portion = min(usual, buffer / 2)
        try wake(handle, every: max(period, portion / period * period), direction, device: device)
        return Layout(sampleRate: rate, channels: channels, period: Int(period), buffer: Int(buffer))
      }
      do throws(ALSAError) {
        return try agree(onPeriod: true)
      } catch {
        return try agree(onPeriod: false)
      }
    }
  }

  /// Lets `poll` sleep until `frames` are there, however short the device's period is.
  private static func wake(
    _ handle: OpaquePointer, every frames: snd_pcm_uframes_t, _ direction: Direction, device: String
  ) throws(ALSAError) {
    var allocated: OpaquePointer?
    try ALSAError.check("snd_pcm_sw_params_malloc", Int(snd_pcm_sw_params_malloc(&allocated)))
    guard let parameters = allocated else {
      throw ALSAError(operation: "snd_pcm_sw_params_malloc", code: Int(-ENOMEM))
    }
    defer { snd_pcm_sw_params_free(parameters) }
    try ALSAError.check(
      "snd_pcm_sw_params_current(\(device))", Int(snd_pcm_sw_params_current(handle, parameters)))
    try ALSAError.check(
      "snd_pcm_sw_params_set_avail_min(\(device))",
      Int(snd_pcm_sw_params_set_avail_min(handle, parameters, frames)))
    if direction == .playback {  // it is started by ``startIfReady()`` alone
      try ALSAError.check(
        "snd_pcm_sw_params_set_start_threshold(\(device))",
        Int(snd_pcm_sw_params_set_start_threshold(handle, parameters, snd_pcm_uframes_t(Int32.max))))
    }
    try ALSAError.check("snd_pcm_sw_params(\(device))", Int(snd_pcm_sw_params(handle, parameters)))
  }

  /// Begins to capture, or to play. C: `snd_pcm_start`.
  func start() throws(ALSAError) { try ALSAError.check("snd_pcm_start", Int(snd_pcm_start(handle))) }

  /// Makes the stream ready to be started again after an overrun. C: `snd_pcm_prepare`.
  func prepare() throws(ALSAError) { try ALSAError.check("snd_pcm_prepare", Int(snd_pcm_prepare(handle))) }

  /// Waits until a period is there; false when it is not within `milliseconds`. C: `poll`,
  /// `snd_pcm_poll_descriptors_revents`.
  func wait(milliseconds: Int) throws(ALSAError) -> Bool {
    let count = snd_pcm_poll_descriptors(handle, descriptors.baseAddress, UInt32(descriptors.count))
    try ALSAError.check("snd_pcm_poll_descriptors", Int(count))
    let ready = poll(descriptors.baseAddress, nfds_t(count), Int32(milliseconds))
    guard ready >= 0 else {
      if errno == EINTR { return false }
      throw ALSAError(operation: "poll", code: Int(-errno))
    }
    guard ready > 0 else { return false }
    var events: UInt16 = 0
    try ALSAError.check(
      "snd_pcm_poll_descriptors_revents",
      Int(snd_pcm_poll_descriptors_revents(handle, descriptors.baseAddress, UInt32(count), &events)))
    return events != 0  // an error is for the next call to report
  }

  /// Frames (not bytes) waiting to be read. Throws `-EPIPE` after an overrun. C: `snd_pcm_avail`.
  func available() throws(ALSAError) -> Int {
    let frames = try ALSAError.check("snd_pcm_avail", snd_pcm_avail(handle))
    // A plugin whose device is gone may have no more to say than its state.
    if frames == 0, snd_pcm_state(handle) == SND_PCM_STATE_DISCONNECTED {
      throw ALSAError(operation: "snd_pcm_state", code: Int(-ENODEV))
    }
    if frames == 0, snd_pcm_state(handle) == SND_PCM_STATE_SUSPENDED {
      throw ALSAError(operation: "snd_pcm_state", code: Int(-ESTRPIPE))
    }
    return frames
  }

  /// Reads up to `frames` and returns how many there were. C: `snd_pcm_readi`.
  func read(into samples: UnsafeMutablePointer<Int16>, frames: Int) throws(ALSAError) -> Int {
    try ALSAError.check("snd_pcm_readi", snd_pcm_readi(handle, samples, snd_pcm_uframes_t(frames)))
  }

  // MARK: Playback

  /// Begins to play what was written, when it has not begun. C: `snd_pcm_start`.
  func startIfReady() throws(ALSAError) { if snd_pcm_state(handle) == SND_PCM_STATE_PREPARED { try start() } }

  /// Writes what there is room for and returns how many frames that was. C: `snd_pcm_writei`.
  func write(_ samples: UnsafePointer<Int16>, frames: Int) throws(ALSAError) -> Int {
    try ALSAError.check("snd_pcm_writei", snd_pcm_writei(handle, samples, snd_pcm_uframes_t(frames)))
  }

  /// Frames that were written and are not heard yet: all that is in the buffer, at least. Pulse's plugin reckons its delay
  /// from a clock that goes on while the server has nothing to play, and after that forgets what is in the buffer.
  /// C: `snd_pcm_delay`, `snd_pcm_avail`.
  func delay() throws(ALSAError) -> Int {
    var frames: snd_pcm_sframes_t = 0
    try ALSAError.check("snd_pcm_delay", Int(snd_pcm_delay(handle, &frames)))
    frames = max(frames, layout.buffer - (try ALSAError.check("snd_pcm_avail", snd_pcm_avail(handle))))
    if snd_pcm_state(handle) == SND_PCM_STATE_DISCONNECTED {
      throw ALSAError(operation: "snd_pcm_state", code: Int(-ENODEV))
    }
    return max(0, frames)
  }

  /// Stops at once, and throws away what is not heard yet. C: `snd_pcm_drop`.
  func drop() throws(ALSAError) { try ALSAError.check("snd_pcm_drop", Int(snd_pcm_drop(handle))) }
}

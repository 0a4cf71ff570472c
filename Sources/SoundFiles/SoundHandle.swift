internal import AudioCapture
internal import CSndFile
internal import Glibc

/// A libsndfile stream over a ``FileHandle`` that closes itself.
struct SoundHandle: ~Copyable {
  let path: String
  let frames: Int?
  let format: AudioFormat
  /// Nil only once it is closed.
  private var handle: OpaquePointer?
  /// Only while writing.
  private let output: FileOutput?
  /// Only while reading.
  private let input: FileInput?

  /// Opens for reading what `input` gives of `file`. Throws `.notAudio` when libsndfile does not know it for sound. C:
  /// `sf_open_virtual`; `sf_open_fd` would close the descriptor of a file that is no sound, whatever it was told.
  init(reading input: FileInput, of file: borrowing FileHandle) throws(AudioFailure) {
    var info = SF_INFO()
    var calls = FileInput.calls
    handle = sf_open_virtual(&calls, Int32(SFM_READ), &info, input.userData)
    (output, self.input) = (nil, input)
    path = file.path
    format = AudioFormat(sampleRate: Int(info.samplerate), channels: Int(info.channels))
    // A FLAC file that was never closed does not know its length; libsndfile then says the largest there is.
    frames = info.frames > 0 && info.frames < sf_count_t.max / 2 ? Int(info.frames) : nil
    guard handle != nil, format.sampleRate > 0, format.channels > 0 else {
      throw AudioFailure(sound: nil, operation: "sf_open_virtual(\(path))", kind: .notAudio)
    }
  }

  /// Opens for writing 16-bit FLAC. C: `sf_open_virtual`.
  init(writingFLAC file: borrowing FileHandle, format: AudioFormat) throws(AudioFailure) {
    var info = SF_INFO()
    info.samplerate = Int32(format.sampleRate)
    info.channels = Int32(format.channels)
    info.format = Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
    let output = FileOutput(file)
    var calls = FileOutput.calls
    handle = sf_open_virtual(&calls, Int32(SFM_WRITE), &info, output.userData)
    (self.output, input) = (output, nil)
    path = file.path
    self.format = format
    frames = nil
    guard handle != nil else { throw failure("sf_open_virtual") }
    // FLAC's level 2: blocks of 24 ms instead of 85, so that a kill loses less, at half the cost and a few hundredths more
    // disk. Where libsndfile cannot, its own level will do.
    var level = 2.0 / 8
    sf_command(handle, Int32(SFC_SET_COMPRESSION_LEVEL), &level, Int32(MemoryLayout<Double>.size))
  }

  deinit {
    if let handle { sf_close(handle) }
    output?.flush()
  }

  /// Reads whole frames, full scale being 1; returns how many there were, 0 at the end. C: `sf_readf_float`.
  func read(into samples: UnsafeMutableBufferPointer<Float>) -> Int {
    guard let handle, let start = samples.baseAddress else { return 0 }
    return Int(sf_readf_float(handle, start, sf_count_t(samples.count / format.channels)))
  }

  /// The next read begins with this frame; false when the file cannot do that. C: `sf_seek`.
  func seek(to frame: Int) -> Bool {
    guard let handle else { return false }
    return sf_seek(handle, sf_count_t(frame), SEEK_SET) == sf_count_t(frame)
  }

  /// C: `sf_writef_short`.
  func write(_ samples: UnsafeBufferPointer<Int16>) throws(AudioFailure) {
    guard let handle, let start = samples.baseAddress else { return }
    let frames = sf_count_t(samples.count / format.channels)
    guard sf_writef_short(handle, start, frames) == frames, output?.flush() ?? true else {
      throw failure("sf_writef_short")
    }
  }

  /// Writes out what the encoder still holds, and the header. The second call does nothing. C: `sf_close`.
  mutating func close() throws(AudioFailure) {
    guard let handle = handle.take() else { return }
    let code = sf_close(handle)
    output?.flush()
    if output?.failure ?? 0 != 0 { throw failure("sf_close") }
    guard code == 0 else {
      throw AudioFailure(
        kind: .file, operation: "sf_close(\(path))", code: Int(code), reason: String(cString: sf_error_number(code)))
    }
  }

  /// The system's reason where a write failed, or else libsndfile's.
  private func failure(_ call: String) -> AudioFailure {
    let operation = "\(call)(\(path))"
    if let output, output.failure != 0 { return AudioFailure(errno: output.failure, operation: operation) }
    return AudioFailure(sound: handle, operation: operation, kind: .file)
  }
}

extension AudioFailure {
  init(errno code: Int32, operation: String) {
    self.init(
      kind: [ENOSPC, EDQUOT, EFBIG].contains(code) ? .diskFull : .file, operation: operation, code: Int(code),
      reason: String(cString: strerror(code)))
  }

  /// libsndfile's error of `handle`, or of the open that failed.
  init(sound handle: OpaquePointer?, operation: String, kind: Kind) {
    self.init(
      kind: kind, operation: operation, code: Int(sf_error(handle)), reason: String(cString: sf_strerror(handle)))
  }
}

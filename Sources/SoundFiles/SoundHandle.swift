internal import AudioCapture
internal import CSndFile
internal import Glibc

/// An open file of our own, so that its permissions, its way to the disk and its errors are ours to say.
struct FileHandle: ~Copyable {
  let descriptor: Int32
  let path: String

  /// C: `open`. Throws `.file`, or `.diskFull`.
  init(path: String, flags: Int32) throws(AudioFailure) {
    descriptor = open(path, flags | O_CLOEXEC, 0o600)
    self.path = path
    guard descriptor >= 0 else { throw AudioFailure(errno: errno, operation: "open(\(path))") }
  }

  deinit { Glibc.close(descriptor) }

  /// Readable and writable by the owner alone, whatever the umask made of it. C: `fchmod`.
  func makePrivate() throws(AudioFailure) {
    guard fchmod(descriptor, 0o600) == 0 else { throw AudioFailure(errno: errno, operation: "fchmod(\(path))") }
  }

  /// C: `fdatasync`.
  func sync() throws(AudioFailure) {
    guard fdatasync(descriptor) == 0 else { throw AudioFailure(errno: errno, operation: "fdatasync(\(path))") }
  }
}

/// A libsndfile stream over a ``FileHandle`` that closes itself.
struct SoundHandle: ~Copyable {
  let path: String
  let frames: Int?
  let format: AudioFormat
  /// Nil only once it is closed.
  private var handle: OpaquePointer?

  /// Opens for reading. Throws `.notAudio` when libsndfile does not know the file for sound. C: `sf_open_fd`.
  init(reading file: borrowing FileHandle) throws(AudioFailure) {
    var info = SF_INFO()
    try self.init(file, mode: SFM_READ, info: &info, refusal: .notAudio)
  }

  /// Opens for writing 16-bit FLAC. C: `sf_open_fd`.
  init(writingFLAC file: borrowing FileHandle, format: AudioFormat) throws(AudioFailure) {
    var info = SF_INFO()
    info.samplerate = Int32(format.sampleRate)
    info.channels = Int32(format.channels)
    info.format = Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
    try self.init(file, mode: SFM_WRITE, info: &info, refusal: .file)
  }

  private init(
    _ file: borrowing FileHandle, mode: Int, info: inout SF_INFO, refusal: AudioFailure.Kind
  ) throws(AudioFailure) {
    let opened = sf_open_fd(file.descriptor, Int32(mode), &info, 0)
    guard let opened, info.samplerate > 0, info.channels > 0 else {
      throw AudioFailure(sound: nil, operation: "sf_open_fd(\(file.path))", kind: refusal)
    }
    handle = opened
    path = file.path
    format = AudioFormat(sampleRate: Int(info.samplerate), channels: Int(info.channels))
    // A FLAC file that was never closed does not know its length; libsndfile then says the largest there is.
    frames = info.frames > 0 && info.frames < sf_count_t.max / 2 ? Int(info.frames) : nil
  }

  deinit {
    if let handle { sf_close(handle) }
  }

  /// Reads whole frames, full scale being 1; returns how many there were, 0 at the end. C: `sf_readf_float`.
  func read(into samples: UnsafeMutableBufferPointer<Float>) -> Int {
    guard let handle, let start = samples.baseAddress else { return 0 }
    return Int(sf_readf_float(handle, start, sf_count_t(samples.count / format.channels)))
  }

  /// C: `sf_writef_short`.
  func write(_ samples: UnsafeBufferPointer<Int16>) throws(AudioFailure) {
    guard let handle, let start = samples.baseAddress else { return }
    let frames = sf_count_t(samples.count / format.channels)
    guard sf_writef_short(handle, start, frames) == frames else {
      throw AudioFailure(sound: handle, operation: "sf_writef_short(\(path))", kind: .file)
    }
  }

  /// Writes out what the encoder still holds, and the header. The second call does nothing. C: `sf_close`.
  mutating func close() throws(AudioFailure) {
    guard let handle = handle.take() else { return }
    let code = sf_close(handle)
    guard code == 0 else {
      throw AudioFailure(
        kind: .file, operation: "sf_close(\(path))", code: Int(code), reason: String(cString: sf_error_number(code)))
    }
  }
}

extension AudioFailure {
  init(errno code: Int32, operation: String) {
    self.init(
      kind: [ENOSPC, EDQUOT, EFBIG].contains(code) ? .diskFull : .file, operation: operation, code: Int(code),
      reason: String(cString: strerror(code)))
  }

  /// libsndfile's error of `handle`, or of the open that failed. A system error it knows only as text.
  init(sound handle: OpaquePointer?, operation: String, kind: Kind) {
    let reason = String(cString: sf_strerror(handle))
    let isFull = [ENOSPC, EDQUOT, EFBIG].contains { reason.contains(String(cString: strerror($0))) }
    self.init(kind: isFull ? .diskFull : kind, operation: operation, code: Int(sf_error(handle)), reason: reason)
  }
}

import ALSACapture
import AudioCapture
import Chat
import Coaching
import FoundationEssentials
internal import Glibc
import PromptLibrary
import SessionJournal

/// `coachtalk doctor`: can a meeting be recorded here? Each finding says what to do about it.
struct Doctor {
  struct Finding: Encodable {
    var check: String
    var ok: Bool
    var found: String
    /// What to do; `nil` when there is nothing.
    var advice: String?
    var status: Int32
  }

  private struct Report: Encodable {
    var ok: Bool
    var findings: [Finding]
    var devices: [[String: String]]
    /// dBFS; absent when nothing was heard.
    var peak: Double?
    var rms: Double?
    /// How well the last recording here could be tied to the clock: the quartz's drift in parts per million, and the 99th
    /// percentile of the error in milliseconds.
    var clock: [String: Double]?
  }

  private(set) var findings: [Finding] = []
  private let devices = ALSADevices.list()
  private var level: Level?
  private var clock: (drift: Double, error: Double)?

  init(_ places: Places, device: String, library: Library) {
    checkFolder(places.recordings)
    checkSpace(places.recordings)
    checkOpenMeetings(Archive(root: places.recordings))
    checkKept(Archive(root: places.recordings), library)
    checkClock(Archive(root: places.recordings))
    checkPrompts(places.prompts, library)
    checkMicrophone(device)
  }

  private mutating func add(_ check: String, _ found: String, advice: String? = nil, status: ExitStatus = .done) {
    findings.append(
      Finding(check: check, ok: status == .done, found: found, advice: advice, status: status.rawValue))
  }

  private mutating func checkFolder(_ path: String) {
    let check = "recordings"
    do throws(FileFailure) {
      try PrivateFiles.makeFolder(path)
    } catch {
      return add(
        check, "\(path) cannot be made (\(error.reason))", advice: "choose another folder with --recordings",
        status: .cannotCreate)
    }
    guard access(path, W_OK | X_OK) == 0 else {
      return add(
        check, "\(path) cannot be written to", advice: "change its permissions, or choose another with --recordings",
        status: .cannotCreate)
    }
    let exposed = Archive(root: path).cycles().map { "\(path)/cycle-\($0)" }.filter { mode($0) & 0o077 != 0 }
    if exposed.isEmpty {
      add(check, "\(path); meetings in it can be read by you alone")
    } else {
      add(
        check, "others on this computer can look into \(exposed.joined(separator: ", "))",
        advice: "chmod -R go= \(exposed.joined(separator: " "))", status: .data)
    }
  }

  private func mode(_ path: String) -> mode_t {
    var info = stat()
    return stat(path, &info) == 0 ? info.st_mode : 0
  }

  private mutating func checkSpace(_ path: String) {
    guard let free = PrivateFiles.freeBytes(path) else { return }
    let hours = Double(DiskUse.minutes(in: free)) / 60
    let words = hours < 1 ? "less than an hour" : "about \(hours < 100 ? "\(Int(hours))" : "a hundred or more") hours"
    add(
      "disk", "room for \(words) of recording", advice: hours < 2 ? "free some space before you meet" : nil,
      status: hours < 2 ? .inputOutput : .done)
  }

  private mutating func checkOpenMeetings(_ archive: Archive) {
    let open = archive.meetings().filter { id in
      guard let contents = try? JournalContents.read(archive.journalPath(id)) else { return true }
      return !contents.damagedLines.isEmpty || MeetingState(events: contents.events)?.hasEnded != true
    }
    guard !open.isEmpty else { return add("meetings", "all are closed and whole") }
    add(
      "meetings", "open or damaged: \(open.map(\.description).joined(separator: ", "))",
      advice: "coachtalk recover closes what a crash left open; what can be read is kept", status: .data)
  }

  /// What is past the date agreed, and what was to be forgotten.
  private mutating func checkKept(_ archive: Archive, _ library: Library) {
    if !archive.setAside().isEmpty {
      add(
        "forgotten", "something that was to be forgotten is not deleted yet", advice: "coachtalk recover finishes that",
        status: .data)
    }
    let due = Retention.due(archive, library, today: Day(Date()))
    guard !due.isEmpty else { return }
    add(
      "kept", "past the date you agreed: the sound of \(due.map { "\($0.meeting)" }.joined(separator: ", "))",
      advice: due.map { "coachtalk forget \($0.meeting) --sound" }.joined(separator: "; "))
  }

  /// What the newest recording that was long enough says of its clock.
  private mutating func checkClock(_ archive: Archive) {
    let readings = archive.meetings().compactMap { try? JournalContents.read(archive.journalPath($0)) }
      .compactMap { contents in contents.events.last { if case .clock = $0.kind { true } else { false } } }
    guard case .clock(let drift, let error)? = readings.max(by: { $0.at < $1.at })?.kind else { return }
    clock = (drift, error)
    let milliseconds = (error * 10_000).rounded() / 10
    guard error < 0.02 else {
      return add(
        "clock", "in the last recording, a tag's place in the sound was known only to \(milliseconds) ms",
        advice: "close other programs while you record, or try another microphone")
    }
    add("clock", "in the last recording, a tag's place in the sound was known to \(milliseconds) ms")
  }

  private mutating func checkPrompts(_ path: String?, _ library: Library) {
    let name = path ?? "the built-in prompts"
    guard let first = library.problems.first else {
      let read = path.map { "\(Library.sources($0).read) files read, " } ?? ""
      return add("prompts", "\(name): \(read)\(library.scripts.count) meetings, \(library.challenges.count) challenges")
    }
    add(
      "prompts", "\(name): \(library.problems.count) to put right, the first at \(first)",
      advice: "coachtalk prompts check lists them all", status: .data)
  }

  private mutating func checkMicrophone(_ device: String) {
    let check = "microphone"
    guard device != "none" else { return add(check, "switched off with --device none; meetings work without sound") }
    let others = devices.map(\.name).filter { $0 != device }
    let choose =
      others.isEmpty
      ? "plug a microphone in; meetings work without one, too" : "try another: --device \(others.first ?? "")"
    let source: any AudioSource
    do throws(AudioFailure) {
      source = try Microphone.open(device)
    } catch {
      return add(check, "'\(device)' cannot be opened (\(error.reason))", advice: choose, status: .unavailable)
    }
    let format = "\(source.format.sampleRate / 1000) kHz, \(source.format.channels == 1 ? "mono" : "stereo")"
    let verdict = SoundCheck.listen(to: source, for: .seconds(2))
    switch verdict {
    case .good(let level), .quiet(let level), .silent(let level), .hum(let level), .digitalSilence(let level),
      .clipping(let level):
      self.level = level
    case .noSound: break
    }
    switch verdict {
    case .good: add(check, "'\(device)' hears you well (\(format))")
    case .quiet:
      add(
        check, "'\(device)' hears you faintly (\(format))",
        advice: "move it closer, or turn it up in the sound settings")
    case .silent:
      add(
        check, "'\(device)' opens (\(format)), and hears a quiet room",
        advice: "talk while coachtalk doctor runs; if nothing changes, \(choose)")
    case .hum:
      add(
        check, "'\(device)' opens (\(format)), and hears a hum and nobody speaking",
        advice: "check its plug, and move it away from chargers and power cables")
    case .digitalSilence:
      add(
        check, "'\(device)' gives no sound at all: it is muted, or no microphone", advice: "unmute it, or \(choose)",
        status: .unavailable)
    case .clipping: add(check, "'\(device)' is too loud and distorts", advice: "move it away, or turn it down")
    case .noSound(let failure):
      add(
        check, "'\(device)' opens but sends nothing\(failure.map { " (\($0.reason))" } ?? "")", advice: choose,
        status: .unavailable)
    }
  }

  var status: ExitStatus {
    findings.first { !$0.ok }.flatMap { ExitStatus(rawValue: $0.status) } ?? .done
  }

  var text: String {
    var lines = findings.map { finding in
      "\(finding.ok ? "ok " : "!! ") \(finding.check.padded(11)) \(finding.found)"
        + (finding.advice.map { "\n    \("".padded(11)) → \($0)" } ?? "")
    }
    lines.append(devices.isEmpty ? "No sound device that records was found." : "Devices that record (--device NAME):")
    lines += devices.map { "    \($0.name.padded(24)) \($0.description)" }
    lines.append(
      status == .done
        ? "A meeting can be recorded here."
        : "Put the lines marked !! right first; meetings without sound work in any case.")
    return lines.joined(separator: "\n")
  }

  var json: String {
    encoded(
      Report(
        ok: status == .done, findings: findings,
        devices: devices.map { ["name": $0.name, "description": $0.description] },
        peak: level.flatMap { $0.peak.isFinite ? $0.peak : nil }, rms: level.flatMap { $0.rms.isFinite ? $0.rms : nil },
        clock: clock.map { ["drift_ppm": $0.drift, "error_ms": $0.error * 1000] })
    )
  }
}

/// One turn of talk as somebody tagged it. Only the speaker is certain to be there: people tag what they have time for.
public struct Turn: Decodable, Equatable, Sendable {
  public var by: Speaker
  /// What the turn does; several are allowed.
  public var functions: [InteractionFunction]
  /// The turn starts a new element of the conversation (initiation).
  public var new: Bool
  /// The turn builds on the partner's (co-construction).
  public var co: Bool
  public var subject: String?
  public var stimulus: Stimulus?
  public var scale: Scale?
  public var time: TimeFrame?
  public var tone: Tone?
  public var note: String?

  public init(
    by: Speaker, functions: [InteractionFunction] = [], new: Bool = false, co: Bool = false, subject: String? = nil,
    stimulus: Stimulus? = nil, scale: Scale? = nil, time: TimeFrame? = nil, tone: Tone? = nil, note: String? = nil
  ) {
    self.by = by
    self.functions = functions
    self.new = new
    self.co = co
    self.subject = subject
    self.stimulus = stimulus
    self.scale = scale
    self.time = time
    self.tone = tone
    self.note = note
  }

  private enum CodingKeys: CodingKey { case by, functions, new, co, subject, stimulus, scale, time, tone, note }

  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    by = try c.decode(Speaker.self, forKey: .by)
    functions = try c.decodeIfPresent([InteractionFunction].self, forKey: .functions) ?? []
    new = try c.decodeIfPresent(Bool.self, forKey: .new) ?? false
    co = try c.decodeIfPresent(Bool.self, forKey: .co) ?? false
    subject = try c.decodeIfPresent(String.self, forKey: .subject)
    stimulus = try c.decodeIfPresent(Stimulus.self, forKey: .stimulus)
    scale = try c.decodeIfPresent(Scale.self, forKey: .scale)
    time = try c.decodeIfPresent(TimeFrame.self, forKey: .time)
    tone = try c.decodeIfPresent(Tone.self, forKey: .tone)
    note = try c.decodeIfPresent(String.self, forKey: .note)
  }

  func encode(to c: inout EventLine) {
    c.encode(by, forKey: CodingKeys.by)
    if !functions.isEmpty { c.encode(functions, forKey: CodingKeys.functions) }
    if new { c.encode(true, forKey: CodingKeys.new) }
    if co { c.encode(true, forKey: CodingKeys.co) }
    c.encodeIfPresent(subject, forKey: CodingKeys.subject)
    c.encodeIfPresent(stimulus, forKey: CodingKeys.stimulus)
    c.encodeIfPresent(scale, forKey: CodingKeys.scale)
    c.encodeIfPresent(time, forKey: CodingKeys.time)
    c.encodeIfPresent(tone, forKey: CodingKeys.tone)
    c.encodeIfPresent(note, forKey: CodingKeys.note)
  }
}

extension Reflection {
  public var markdown: String { "" }
  public var html: String { "" }
  public var isRecorded: Bool { if case .recorded = audio { true } else { false } }
}

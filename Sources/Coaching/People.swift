/// A part somebody plays in a coaching cycle. Guide §1.3 and §7.5 (A2, F6).
public enum Role: String, Codable, CaseIterable, Sendable {
  case coach
  /// The coached teacher, who owns the focus and the recording.
  case coachee
  /// The third person of a triad, approved by both, who gives feedback.
  case observer
}

/// Who spoke a turn: one person, or both as one (a turn finished by the other).
public enum Speaker: String, Codable, CaseIterable, Sendable {
  case coach, coachee, observer, both
}

/// The people of a cycle, by the names they want to be called.
public struct People: Equatable, Sendable {
  public var coach: String
  public var coachee: String
  public var observer: String?
  /// Who takes part in a coaching review, which has neither coach nor coachee. Guide §3 (B1–B7).
  public var group: [String] = []

  public init(coach: String, coachee: String, observer: String? = nil) {
    self.coach = coach
    self.coachee = coachee
    self.observer = observer
  }

  /// The people of a coaching review.
  public init(group: [String]) {
    self.init(coach: "", coachee: "")
    self.group = group
  }

  public var isGroup: Bool { !group.isEmpty }

  /// The roles that are filled, coach first.
  public var roles: [Role] { isGroup ? [] : observer == nil ? [.coach, .coachee] : Role.allCases }

  /// The name of the person in `role`; `nil` when nobody fills it.
  public func name(_ role: Role) -> String? {
    switch role {
    case .coach: coach
    case .coachee: coachee
    case .observer: observer
    }
  }

  /// A name for whoever spoke, ready to be shown.
  public func name(_ speaker: Speaker) -> String {
    switch speaker {
    case .coach: coach
    case .coachee: coachee
    case .observer: observer ?? "the observer"
    case .both: "\(coach) and \(coachee)"
    }
  }

  /// The roles somebody may mean by `text`: a role's word, a whole name, or the beginning of one. Case is ignored.
  public func roles(matching text: String) -> [Role] {
    let wanted = text.lowercased()
    if wanted.isEmpty { return [] }
    if let role = roles.first(where: { $0.rawValue == wanted }) { return [role] }
    let whole = roles.filter { name($0)?.lowercased() == wanted }
    return whole.isEmpty ? roles.filter { name($0)?.lowercased().hasPrefix(wanted) ?? false } : whole
  }

  /// The names joined as in a sentence: "Anna and Ben", "Anna, Ben and Cleo".
  public var sentence: String { (isGroup ? group : roles.compactMap(name)).inSentence }
}

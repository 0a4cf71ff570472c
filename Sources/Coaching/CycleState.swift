/// A coaching cycle as its events add up to.
public struct CycleState: Equatable, Sendable {
  public private(set) var people: People
  public private(set) var focus: String?
  public private(set) var theme: String?
  /// Who has said whether the meetings may be recorded. Guide §5.1, §9.5 (D1, H5).
  public private(set) var consents: [Role: Bool] = [:]

  /// `nil` when the events do not begin a cycle.
  public init?(events: [Event]) {
    guard case .cycle(let people, let focus, let theme) = events.first?.kind else { return nil }
    self.people = people
    self.focus = focus
    self.theme = theme
    for event in events { apply(event) }
  }

  public mutating func apply(_ event: Event) {
    switch event.kind {
    case .cycle(let people, let focus, let theme): (self.people, self.focus, self.theme) = (people, focus, theme)
    case .consent(let role, let given): consents[role] = given
    default: break
    }
  }

  /// Only everybody's yes allows sound to be recorded.
  public var mayRecord: Bool { people.roles.allSatisfy { consents[$0] == true } }

  /// The roles that have not said yes, or have taken it back.
  public var withoutConsent: [Role] { people.roles.filter { consents[$0] != true } }
}

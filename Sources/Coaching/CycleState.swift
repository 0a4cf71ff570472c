/// A coaching cycle as its events add up to.
public struct CycleState: Equatable, Sendable {
  public private(set) var people: People
  public private(set) var focus: String?
  public private(set) var theme: String?
  /// The answers of the agreement, by the keys of its questions. Guide §4.2, §9.4 (C1, C6–C8).
  public private(set) var agreed: [String: Answer] = [:]
  /// What the pair added to its theme's guide, in order. Guide §6 (E3).
  public private(set) var themeEntries: [ThemeEntry] = []
  /// Who has said whether the meetings may be recorded. Guide §5.1, §9.5 (D1, H5).
  public private(set) var consents: [Role: Bool] = [:]

  /// The number of the last event that is in here.
  private var lastNumber = 0

  /// What a pair agreed on: what was picked, or their own words.
  public struct Answer: Equatable, Sendable {
    public var choices: [String]
    public var text: String?
  }

  public struct ThemeEntry: Equatable, Sendable {
    /// The event's number, by which it is taken back.
    public var number: Int
    /// The cycle's theme when it was added.
    public var theme: String?
    public var collection: String
    public var text: String
  }

  /// `nil` when the events do not begin a cycle.
  public init?(events: [Event]) {
    guard case .cycle(let people, let focus, let theme) = events.first?.kind else { return nil }
    self.people = people
    self.focus = focus
    self.theme = theme
    for event in events { apply(event) }
  }

  /// Applies those of the journal's events that came after the last one that is known.
  public mutating func catchUp(with events: [Event]) {
    for event in events where event.number > lastNumber { apply(event) }
  }

  public mutating func apply(_ event: Event) {
    lastNumber = max(lastNumber, event.number)
    switch event.kind {
    case .cycle(let people, let focus, let theme): (self.people, self.focus, self.theme) = (people, focus, theme)
    case .consent(let role, let given): consents[role] = given
    case .agreed("focus", _, let text): focus = text
    case .agreed("theme", let choices, let text): theme = choices.first ?? text
    case .agreed(let key, let choices, let text): agreed[key] = Answer(choices: choices, text: text)
    case .themeEntry(let collection, let text):
      themeEntries.append(ThemeEntry(number: event.number, theme: theme, collection: collection, text: text))
    case .undone(let number): themeEntries.removeAll { $0.number == number }
    default: break
    }
  }

  /// Only everybody's yes allows sound to be recorded.
  public var mayRecord: Bool { !people.isGroup && people.roles.allSatisfy { consents[$0] == true } }

  /// The roles that have not said yes, or have taken it back.
  public var withoutConsent: [Role] { people.roles.filter { consents[$0] != true } }
}

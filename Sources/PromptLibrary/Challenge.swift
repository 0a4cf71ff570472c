/// A suggestion for next time, picked when `condition` is found in a meeting's tags.
public struct Challenge: Equatable, Sendable {
  public enum Audience: String, CaseIterable, Sendable { case coach, coachee, both }

  public var id: String
  public var title: String
  /// The name of a condition that the analysis computes.
  public var condition: String
  public var audience: Audience
  public var level: Int
  public var guide: [String]
  public var reason: String
  public var attempt: String
  /// Something that could be said next time.
  public var sentence: String
}

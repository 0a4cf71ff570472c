/// Plain words for figures of agreement.
public enum AgreementWords {
  /// What a kappa or an alpha says; `nil` is one that is undefined.
  ///
  /// The borders are those of Landis and Koch, "The measurement of observer agreement for categorical data", Biometrics 33
  /// (1977), who called their own choice arbitrary, but that a little below 0 is still about chance; the words are ours, and
  /// end in talk rather than in a mark.
  public static func reading(_ figure: Double?) -> String {
    guard let figure, figure.isFinite else {
      return "cannot be worked out: nothing to compare, or only one value was ever given"
    }
    return switch figure {
    case ..<(-0.2): "agree less often than chance would: perhaps one word means two things"
    case ...0.2: "agree about as often as chance"
    case ...0.4: "better than chance, with much to talk about"
    case ...0.6: "agree more often than not, beyond chance: the rest is worth going through together"
    case ...0.8: "see mostly the same; a few places to talk about"
    default: "see nearly the same"
    }
  }

  /// What to keep in mind beside any such words.
  public static let bands = """
    Where one of these words ends and the next begins is a habit, not a law; Landis and Koch (1977) is the usual \
    reference. With few turns, or when nearly all carry the same value, the figure can be low though people agree: look at \
    how many turns were compared, at how often you said the same, and above all at the turns where you did not.
    """

  /// Why moments are matched, and kappa over time units is left to what lasts.
  public static let singleEvents = """
    Something that happens at one time, such as a critical moment, is matched with the other's within a few seconds. Kappa \
    by units of time is not the measure for it: two people who mark the same moment a second apart fall into different \
    units and count as two disagreements, while all the time in which nobody marks anything counts as agreement. For \
    instance, of three moments that two people had marked up to 1.3 seconds apart all three match, while kappa by seconds \
    is below 0.
    """
}

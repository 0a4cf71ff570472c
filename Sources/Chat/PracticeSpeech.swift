import Coaching
import PromptLibrary

/// What the practice says.
extension Speech {
  static let noSample =
    "The made-up talk to practise on is not there; install coachtalk with make install, or start it with make run."

  static func practiceBegins(_ people: People) -> String {
    """
    Two minutes of practice with a made-up talk between \(people.coach), who coaches, and \(people.coachee), who has \
    taught. You read it, and hear it if your sound is on. Nothing is recorded, and nothing is kept. Enter alone goes on to \
    the next step; /quit ends the practice.
    """
  }

  static func heard(_ name: String, _ words: String) -> String { "\(name): “\(words)”" }

  /// What is to be done; `key` names the keys where single keys tag.
  static func step(_ step: PracticeDesk.Step, _ people: People, key: ((KeyMeaning) -> String)?) -> String {
    switch step {
    case .turn:
      """
      \(people.coach) begins to speak. A tag says who is speaking, and what they are doing. Type /c for the coach, and press \
      Enter.
      """
    case .answer:
      """
      That is a tag: its time is when you began to type, so there is no hurry. Now \(people.coachee) explains something. \
      Type /t explanation for the teacher; the beginning of the word is enough.
      """
    case .key: "One key is quicker, and you can keep your eyes on each other. Press Tab."
    case .codes:
      if let key {
        """
        The rows below show the keys. \(people.coach) judges how it went, and asks again. Press \
        \(key(.speaker(.coach))) for \(people.coach), then \(key(.function(.evaluation))) for an evaluation, then \
        \(key(.function(.question))) for a question.
        """
      } else {
        """
        \(people.coach) judges how it went, and asks again: two things at once, with a comma. Type \
        /c evaluation,question
        """
      }
    case .undo:
      if let key {
        "A wrong key does no harm. Press \(key(.undo)), and the last one is taken back."
      } else {
        "A wrong word does no harm. Type /undo, and what was set down last is taken back."
      }
    case .leave: "Escape, or Tab again, goes back to typing. Press it."
    case .note: "Any words without a slash are a note. Type one or two, and press Enter."
    case .offRecord:
      "Something is not for the record? Type /pause: from then on neither sound nor words are kept. Try it."
    case .onRecord: "Type /resume to go back on the record."
    case .prompt: "A meeting has questions to talk about, one after the other. Type /next for the next one."
    case .end: "That is all it takes. /end closes the meeting, and makes its reflection."
    }
  }

  static let stepLeftOut = "Skipped."
  static let practising = "You are practising. /quit ends that, and then you can begin your own."
  static let stillPractising = "The same again ends the practice; Enter goes on to the next step."
  static let practiceWaits = "Only press Enter: that throws the practice away, and you are back in your own chat."
  static let practiceDone =
    """
    In a meeting of your own, each of you is asked first whether it may be recorded, REC stands where you type while it is, \
    and /end asks a few closing questions. Look at this reflection in a browser if you like; Enter throws the practice away.
    """
  static let practiceOver = "The practice is over, and nothing of it was kept."
}

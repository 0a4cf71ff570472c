/// The REPL's commands, in the order `/help` lists them.
enum Command: String, CaseIterable {
  case new, consent, begin
  case next, back, skip, goto, prompts, why
  case c, t, o, b, moment, stimulus, feedback, action, undo, redo
  case pause, resume, status, level
  case end, quit, wait, help

  /// Whether it changes nothing.
  var onlyTells: Bool { [.help, .why, .status, .level, .prompts].contains(self) }

  /// How it is typed.
  var usage: String {
    switch self {
    case .new: "/new coach=NAME coachee=NAME [observer=NAME] [focus=TEXT]"
    case .consent: "/consent NAME yes|no"
    case .begin: "/begin pre|post [cycle=NUMBER]"
    case .next: "/next"
    case .back: "/back"
    case .skip: "/skip"
    case .goto: "/goto NUMBER"
    case .prompts: "/prompts"
    case .why: "/why"
    case .c: "/c [FUNCTION,…] [new] [co] [subject= stimulus= scale= time= tone=] [: NOTE]"
    case .t: "/t …"
    case .o: "/o …"
    case .b: "/b …"
    case .moment: "/moment [TEXT]"
    case .stimulus: "/stimulus KIND [TEXT] [FROM-TO]"
    case .feedback: "/feedback TEXT"
    case .action: "/action TEXT"
    case .undo: "/undo"
    case .redo: "/redo"
    case .pause: "/pause"
    case .resume: "/resume"
    case .status: "/status"
    case .level: "/level"
    case .end: "/end"
    case .quit: "/quit"
    case .wait: "/wait SECONDS"
    case .help: "/help [COMMAND or WORD]"
    }
  }

  /// One line on what it is for.
  var summary: String {
    switch self {
    case .new: "begin a coaching cycle"
    case .consent: "say whether your meetings may be recorded; you can change your mind at any time"
    case .begin: "begin a meeting: sound check, recording, first prompt"
    case .next: "the next prompt"
    case .back: "the prompt before"
    case .skip: "leave this prompt out"
    case .goto: "go to a prompt by its number"
    case .prompts: "list the prompts of this meeting"
    case .why: "what this prompt is for, and what to listen for"
    case .c: "the coach begins a turn"
    case .t: "the coached teacher begins a turn"
    case .o: "the observer begins a turn"
    case .b: "both, as one"
    case .moment: "a critical moment"
    case .stimulus: "evidence you are looking at: \(StimulusWords.list)"
    case .feedback: "the observer's feedback, with its time"
    case .action: "something to try next"
    case .undo: "take back what was set down last"
    case .redo: "put it back"
    case .pause: "off the record: nothing of it is kept"
    case .resume: "on the record again"
    case .status: "time, sound, and what has come up so far"
    case .level: "how loud the recording is"
    case .end: "close the meeting and get your private reflection"
    case .quit: "leave; a running meeting is closed first"
    case .wait: "let the conversation run (for scripts)"
    case .help: "this list, or more about one command"
    }
  }

  /// More, for `/help COMMAND`.
  var details: String? {
    switch self {
    case .c, .t, .o, .b:
      """
      Type the letter of whoever starts to speak (c coach, t coached teacher, o observer, b both), and what the turn does: \
      /c question, or the beginning of the word: /c q. Several: /t expl,just. Add "new" when the turn opens a new topic, \
      "co" when it builds on the partner's words, and what you like of scale=, time=, tone=, stimulus=, subject=. A note \
      goes after a colon: /c challenge scale=moment : the silence after the second question. \
      The tag's time is when you began to type. /help function, /help scale and so on explain the words.
      """
    case .stimulus:
      "For example: /stimulus video \"the second group\" 12:40-13:10, or /stimulus pupil-work two exit tickets."
    case .pause:
      "From here on no sound, note or tag is kept, until /resume. It cannot be brought back afterwards."
    case .consent:
      """
      Everybody present has to say yes before any sound is recorded. The meeting works without. A no in a meeting stops \
      the recording there and offers to delete it.
      """
    case .wait: "Only useful in a script that is fed to the program: /wait 5 lets five seconds pass."
    case .begin: "pre is the meeting before the lesson, post the one after it. cycle= picks an earlier pair's cycle."
    default: nil
    }
  }

  /// Its one match for a whole name or the beginning of one.
  static func named(_ text: String) throws(Complaint) -> Command {
    let names = allCases.map(\.rawValue)
    let found = matches(text, names)
    if found.count == 1, let command = Command(rawValue: found[0]) { return command }
    if found.isEmpty { throw Complaint(.data, Speech.unknownCommand(text, names: names)) }
    throw Complaint(.data, Speech.ambiguous("/" + text, found.map { "/" + $0 }))
  }
}

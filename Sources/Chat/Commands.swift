/// The REPL's commands, in the order `/help` lists them.
enum Command: String, CaseIterable {
  case practise, new, consent, agree, begin
  case next, back, skip, goto, prompts, why
  case c, t, o, b, live, moment, stimulus, play, evidence, feedback, action, undo, redo, amend, mark
  case theme, guide
  case pause, resume, status, level, nudges
  case end, quit, wait, help

  /// Those of somebody who observes a meeting from another window.
  static let ofObservers: [Command] = [
    .c, .t, .o, .b, .live, .moment, .feedback, .undo, .redo, .amend, .guide, .status, .quit, .wait, .help,
  ]

  /// Of those on a laptop of their own: that laptop may record, too.
  static let ofObserversAway = ofObservers + [.mark, .pause, .resume, .level]

  /// Whether it begins or ends something, so that a question that is open falls away.
  var takesOver: Bool { [.new, .consent, .begin, .end, .quit].contains(self) }

  /// Whether it makes sense only while a meeting runs, or only while none does.
  private func fits(inMeeting: Bool) -> Bool {
    switch self {
    case .practise, .new, .agree, .begin: !inMeeting
    case .consent, .theme, .guide, .nudges, .quit, .wait, .help: true
    default: inMeeting
    }
  }

  /// How it is typed.
  var usage: String {
    switch self {
    case .practise: "/practise"
    case .new: "/new coach=NAME coachee=NAME [observer=NAME] [focus=TEXT] [theme=NAME]"
    case .consent: "/consent NAME yes|no"
    case .agree: "/agree [schedule=TEXT evidence=… confidentiality=… performance=… keep=… and others]"
    case .begin: "/begin pre|lesson|post|review [minutes=40] [cycle=NUMBER] [with=NAMES]"
    case .next: "/next"
    case .back: "/back"
    case .skip: "/skip"
    case .goto: "/goto NUMBER"
    case .prompts: "/prompts [all]"
    case .why: "/why"
    case .c: "/c [FUNCTION,…] [new] [co] [subject= stimulus= scale= time= tone=] [: NOTE]"
    case .t: "/t …"
    case .o: "/o …"
    case .b: "/b …"
    case .live: "/live [LAYOUT]"
    case .moment: "/moment [TEXT]"
    case .stimulus: "/stimulus KIND [TEXT] [FROM-TO]"
    case .play: "/play [SOUND or MEETING] [FROM-TO] or /play stop"
    case .evidence: "/evidence KIND [TIME or FROM-TO] TEXT"
    case .theme: "/theme [NAME] or /theme principle|misconception|strategy|barrier|resource TEXT or /theme undo"
    case .guide: "/guide [WORDS]"
    case .feedback: "/feedback TEXT"
    case .action: "/action TEXT"
    case .mark: "/mark"
    case .undo: "/undo"
    case .redo: "/redo"
    case .amend: "/amend [TIME] [c|t|o|b] [FUNCTION,…] [-WORD] [new] [co] [scale= time= tone= …] [: NOTE]"
    case .pause: "/pause"
    case .resume: "/resume"
    case .status: "/status"
    case .level: "/level"
    case .nudges: "/nudges [on|off]"
    case .end: "/end"
    case .quit: "/quit"
    case .wait: "/wait SECONDS"
    case .help: "/help [COMMAND or WORD]"
    }
  }

  /// One line on what it is for.
  var summary: String {
    switch self {
    case .practise: "two minutes with a made-up talk, to try everything; nothing is kept"
    case .new: "begin a coaching cycle"
    case .consent: "say whether your meetings may be recorded; you can change your mind at any time"
    case .agree: "settle dates, evidence, what stays private; it becomes your contract"
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
    case .live: "one key tags, so that you can keep your eyes on each other; also Tab on an empty line"
    case .moment: "a critical moment"
    case .stimulus: "evidence you are looking at: \(StimulusWords.list)"
    case .play: "hear a stretch of the lesson or an earlier meeting again, each time from another side"
    case .evidence: "in the lesson: something noticed, with its time"
    case .theme: "your theme's guide: read it, choose it, add to it"
    case .guide: "look something up: a word, a topic, a theme"
    case .feedback: "the observer's feedback, with its time"
    case .action: "something to try next"
    case .mark: "a clap that an observer on another laptop marks, too; at the beginning and at the end"
    case .undo: "take back what was set down last"
    case .redo: "put it back"
    case .amend: "correct a turn: the last one, or the one at a time"
    case .pause: "off the record: nothing of it is kept"
    case .resume: "on the record again"
    case .status: "time, sound, and what has come up so far"
    case .level: "how loud the recording is"
    case .nudges: "a quiet word now and then, or none"
    case .end: "close the meeting and get your private reflection"
    case .quit: "leave; what you began here is closed first"
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
    case .live:
      """
      A speaker's key begins a turn at that moment; every other key adds to it: what the turn does, a new topic, its scale. \
      The same speaker's key again begins no new turn, and a key that is set already changes nothing. The keys stand along \
      the bottom until you know them; ? shows them all. Enter writes a note on the turn, / a command; undo takes back key \
      by key. /live left and /live right are for one hand. The keys are in Prompts/keys.md, for you to change.
      """
    case .amend:
      """
      /amend challenge new changes the turn tagged last, /amend 3:12 challenge the last one begun by then, /amend t makes it \
      the teacher's. Functions take the place of those there were; new, co, scale= and the others are set; a note after a \
      colon takes the place of the old one. -question or -new takes one away, scale= with nothing behind it, too. Without \
      codes it shows the turn. The turn keeps its time, and /undo brings back what it was.
      """
    case .stimulus:
      "For example: /stimulus video \"the second group\" 12:40-13:10, or /stimulus pupil-work two exit tickets."
    case .play:
      """
      For example: /play lesson.mp3 12:40-13:10, or /play 1-pre 3:00-3:40. /play alone plays it once more and asks you to \
      listen from another side; /play 13:00-13:20 takes another stretch. Enter stops it. Each time is noted as evidence \
      you looked at.
      """
    case .pause:
      """
      From here on no sound, note or tag is kept, until /resume. It cannot be brought back afterwards. What was said \
      before anybody thought of it can be taken out when the meeting is closed: coachtalk redact 1-post 12:40-13:10, \
      with the meeting's name and the times.
      """
    case .consent:
      """
      Everybody present has to say yes before any sound is recorded. The meeting works without. A no in a meeting stops \
      the recording there and offers to delete it.
      """
    case .mark:
      """
      For an observer who tags on another laptop: clap once so that both hear it, and each types /mark at that moment. Do it \
      at the beginning and at the end; coachtalk merge finds the other laptop's clock by it.
      """
    case .wait: "Only useful in a script that is fed to the program: /wait 5 lets five seconds pass."
    case .begin:
      """
      pre is the meeting before the lesson, lesson the lesson and its evidence, post the meeting after it. review is a \
      school's review of its coaching, by a group: with="Dana, Eve". minutes= is how long you have. cycle= picks an earlier pair's cycle.
      """
    case .agree:
      """
      Asks one question after another; Enter leaves one open. Once all are answered it shows them. To change one: \
      /agree keep. In one line: /agree keep=term schedule="Tuesday 3 pm, room 12". The contract is written anew each time.
      """
    case .evidence:
      """
      For example: /evidence notes 12:40 the back table waits, or /evidence video 12:40-13:10 two pupils explain. Kinds: \
      \(StimulusWords.list). The time is that of the lesson or of its film; without one, it is now. /evidence alone lists them.
      """
    case .theme:
      """
      /theme shows your theme's guide, /theme group-work chooses one, and /theme strategy TEXT adds to it. What you add is \
      yours: it stands in theme.md in your cycle's folder, and nowhere else.
      """
    case .guide:
      "For example: /guide scale, /guide dissonance, /guide group-work, /guide wait time. /guide alone lists the topics."
    case .prompts:
      "A tick is one you have had, a dash one you left out. /prompts all brings back those that you no longer need."
    default: nil
    }
  }

  /// Its one match for a whole name or the beginning of one. Where several match, those count that make sense now.
  static func named(_ text: String, of commands: [Command] = allCases, inMeeting: Bool) throws(Complaint) -> Command {
    // "/m" has always been the critical moment; a mark is made twice in a meeting, if at all.
    let found = matches(text, commands.map(\.rawValue)).compactMap(Command.init)
      .filter { $0 != .mark || text.count > 1 }
    let fitting = found.count > 1 ? found.filter { $0.fits(inMeeting: inMeeting) } : found
    if fitting.count == 1 { return fitting[0] }
    if found.isEmpty { throw Complaint(.data, Speech.unknownCommand(text, names: commands.map(\.rawValue))) }
    throw Complaint(
      .data, Speech.ambiguous("/" + text, (fitting.isEmpty ? found : fitting).map { "/" + $0.rawValue }))
  }
}

import AudioCapture
import Coaching
import Reports
import SessionJournal
import TalkAnalysis

/// Everything the program says by itself. What a participant typed is never repeated in an error. Prompts, explanations and suggestions are not here: they are data in `Prompts/`.
enum Speech {
  // MARK: - Greeting

  static let welcome =
    "Welcome to coachtalk. It keeps you company through a coaching cycle, and keeps what you say private."
  static func moreProblems(_ count: Int) -> String { "and \(count) more: coachtalk prompts check" }
  static let firstStep = """
    To begin, type /new and press Enter. /practise shows you how in two minutes, with a made-up talk. /help lists \
    everything; /quit leaves.
    """
  /// Names and no more: whoever opens the laptop sees it.
  static func welcomeBack(_ cycle: Int, _ state: CycleState) -> String {
    "Welcome back, \(state.people.sentence). This is cycle \(cycle)."
  }
  static func welcomeBackToReview(_ people: People) -> String {
    "Welcome back, \(people.sentence). /begin review takes your coaching review up again; /new begins a coaching cycle."
  }
  static let goodbye = "Goodbye."
  static let suspended = "Type fg and press Enter to come back."
  static let suspendedMeeting =
    "Your meeting goes on, and a recording that runs goes on too. Type fg and press Enter to come back."
  static let cutOffByItself = "coachtalk was cut off. Start it again, and it tells you what is safe."
  static func nextStep(_ state: CycleState, stages: Set<Stage>, hasActions: Bool) -> String {
    if state.people.isGroup { return "/begin review takes it up again when you meet next." }
    if let role = state.people.roles.first(where: { state.consents[$0] == nil }), let name = state.people.name(role) {
      let command = "/consent \(name.contains(" ") ? role.rawValue : name) yes (or no)"
      return stages.isEmpty
        ? "Before you meet, \(name): may it be recorded? Please type \(command)."
        : "\(name) has not said yet whether your meetings may be recorded: \(command)."
    }
    let agree =
      state.agreed.isEmpty ? "/agree settles dates and what stays private (ten minutes, once). " : ""
    if stages.contains(.post) {
      return agree
        + "/new begins your next round\(hasActions ? ", with what you want to try" : ""). /begin post, pre or lesson adds to this one."
    }
    if stages.contains(.lesson) { return "\(agree)After the lesson, when you sit together: /begin post." }
    return agree
      + (stages.contains(.pre)
        ? "For the lesson: /begin lesson, to note what you notice. When you talk about it: /begin post."
        : "When you sit together: /begin pre before the lesson, or /begin post after it.")
  }

  // MARK: - A cycle

  static let askCoach = "Who is coaching? (a first name will do)"
  static let askCoachee = "Whose teaching is it about?"
  static func observerCame(_ name: String) -> String {
    "\(name) observes from another window now, and sees the time and the prompt, not what you note."
  }
  static func observerLeft(_ name: String) -> String {
    "\(name)'s window is closed. What was set down there is kept."
  }
  static let askObserver = "Is somebody observing your talk? Their name, or just Enter for nobody."
  static let askFocus = "What would you like to look at in this cycle? One line, or just Enter to leave it open."
  static func cycleBegun(_ number: Int, _ people: People, isAgain: Bool) -> String {
    "\(isAgain ? "Here you are again" : "Good to meet you"), \(people.sentence). This is coaching cycle \(number)."
      + (people.observer.map { " \($0) is here to observe the talk, and only with your agreement." } ?? "")
  }
  static func askConsent(_ name: String, _ people: People) -> String {
    "\(name), may your meetings be recorded? The recording is for \([people.coach, people.coachee].inSentence), and stays on this computer, in your account. (yes or no)"
  }
  static func consent(_ name: String, given: Bool) -> String {
    given
      ? "Thank you, \(name). You can take it back at any time: /consent \(name) no."
      : "That's fine, \(name): no sound will be recorded. Your meetings work just as well without."
  }
  static let recordsNextTime =
    "Everyone has said yes: recording starts with your next meeting, not in the middle of this one."
  static func earlierSound(_ paths: [String]) -> String {
    "What was recorded before is still there. Delete it if it should go: " + paths.joined(separator: ", ")
  }
  static func again(_ people: People) -> String {
    "Is it \(people.coach) coaching \(people.coachee) again"
      + (people.observer.map { ", with \($0) observing" } ?? "") + "? (yes, swap, or no)"
  }
  static func askSamePair(_ people: People, _ cycle: Int) -> String {
    "Are you the \(people.coach) and \(people.coachee) of cycle \(cycle)? (yes or no)"
  }
  static let addInitial =
    "Then please add an initial to a name, so that the two pairs are told apart: /new begins again. Nothing was kept."
  static let againChoice = "Please answer yes, swap (the other one coaches), or no (other people)."
  static func askNextFocus(_ focus: String?, actions: [String]) -> String {
    let before = [
      focus.map { "Last time you looked at “\($0)”." },
      actions.isEmpty ? nil : "You wanted to try " + actions.map { "“\($0)”" }.inSentence + ".",
    ].compactMap(\.self)
    return
      (before + [
        focus == nil
          ? "What would you like to look at this time? One line, or just Enter to leave it open."
          : "What would you like to look at this time? Enter keeps it as it was, or type something narrower or new."
      ]).joined(separator: " ")
  }
  static let agreementHolds =
    "What you agreed last time still holds, apart from dates and what is new; /agree asks for that later."
  static let askGroup = "Who is taking part in the review? First names, with commas between them."
  static let everyoneAgrees = "Everyone has said yes, so your meetings will be recorded."
  static let consentChoice = "Please answer yes or no."
  static func unknownPerson(_ people: People) -> String {
    "Nobody here goes by that name; the people of this cycle are \(people.sentence)."
  }
  static let ambiguousPerson =
    "More than one person goes by that name; say coach, coachee or observer instead."
  static let noCycle = "There is no coaching cycle yet. Type /new to begin one."
  static let notInReview = "That is a pair's; a review has no recording, no agreement and no theme of its own."
  static let reviewCycle = "That cycle is a review's and has no other meeting; /begin review begins a new one."
  static let noSuchCycle = "There is no cycle of that number; coachtalk list shows those there are."
  static let finishMeetingFirst = "A meeting is running. Close it with /end first."
  static func needed(_ what: String, _ command: Command) -> String {
    "/\(command.rawValue) needs \(what): \(command.usage)"
  }
  static let badName =
    "That name has characters in it that cannot be shown, or is longer than 60 letters. Please type it again."
  static let sameName = "Two people have the same name; add an initial so that they can be told apart."

  // MARK: - A meeting

  static func noSuchMeeting(_ id: String) -> String {
    "There is no meeting \(id); coachtalk list shows those there are."
  }
  static let noHelp = "There is no help on that word; /help lists the commands."
  static let noMeeting = "No meeting is running. /begin pre, lesson or post starts one."
  static let noScript = "There are no prompts for that; use /begin pre, lesson, post or review."
  static func noSound(_ state: CycleState) -> String {
    let silent = state.withoutConsent.filter { state.consents[$0] == nil }
    let refused = state.withoutConsent.filter { state.consents[$0] == false }
    let names = { (roles: [Role]) in roles.compactMap(state.people.name).inSentence }
    let reasons = [
      refused.isEmpty ? nil : "\(names(refused)) said no",
      silent.isEmpty ? nil : "\(names(silent)) \(silent.count > 1 ? "have" : "has") not said yes yet",
    ].compactMap(\.self)
    let missing = silent.compactMap(state.people.name).map { "/consent \($0) yes" }.inSentence
    return "No sound is recorded: \(reasons.inSentence). Notes and tags work as usual."
      + (silent.isEmpty ? "" : " If they do: \(missing); the next meeting is then recorded.")
  }
  static let audioSwitchedOff =
    "No sound is recorded: the program was started without a microphone. Notes and tags work as usual."
  static func recording(_ device: String) -> String {
    "Recording from \(microphone(device)). /pause takes you off the record."
  }
  static func meetingBegun(_ id: MeetingID, _ people: People) -> String {
    "Your \(id.stage.title) has begun, \(people.sentence). It is called \(id)."
  }
  static func howTo(_ stage: Stage, hasObserver: Bool) -> String {
    switch stage {
    case .pre, .post:
      "Type /c when the coach begins a turn\(hasObserver ? "," : " and") /t for the teacher\(hasObserver ? " and /o for the observer" : ""), with what it does: /c question. Anything without a slash is a note. /next goes on."
    case .lesson:
      "Anything without a slash is a note. /next goes on; /end closes, and your evidence waits for you afterwards."
    case .review:
      "Anything without a slash is a note; keep single pairs and names out of it. /action sets down a next step. /next goes on, /goto 8 jumps; /end closes with a summary, and the rest can wait for another day."
    }
  }
  static func fewerPrompts(_ count: Int) -> String {
    count == 1
      ? "One prompt that you no longer need is left out; /prompts all brings it back."
      : "\(count) prompts that you no longer need are left out; /prompts all brings them back."
  }
  static func youSetOut(_ actions: [String]) -> String {
    "In this cycle you wanted to try " + actions.map { "“\($0)”" }.inSentence + "."
  }
  static func evidenceWaits(_ count: Int) -> String {
    count == 1
      ? "One thing was noted in the lesson: /stimulus shows it, /stimulus 1 puts it on the table."
      : "\(count) things were noted in the lesson: /stimulus lists them, /stimulus 1 puts the first on the table."
  }
  static func youNoted(_ notes: [String]) -> String {
    "Earlier you noted: " + notes.map { "“\($0)”" }.joined(separator: "; ")
  }
  static func youAgreed(_ words: String) -> String { "You agreed: \(words)" }
  static func yourFocus(_ focus: String) -> String { "Your focus: “\(focus)”" }
  static func howToChoose(_ isMany: Bool) -> String {
    isMany
      ? "Type the numbers that fit, with commas, or your own words. /next goes on."
      : "Type the number that fits best, or your own words. /next goes on."
  }
  static func chosen(_ t: Double, _ texts: [String]) -> String {
    "\(Timecode.text(t)) " + texts.joined(separator: "; ")
  }
  static func prompt(_ number: Int, of count: Int, title: String) -> String { "\(number) of \(count). \(title)" }
  static func closingPrompt(_ number: Int, of count: Int, title: String) -> String {
    "Before you close, \(number) of \(count). \(title)"
  }
  static let lastPrompt = "That was the last prompt. Stay with it as long as you like; /end closes the meeting."
  static let firstPrompt = "This is the first prompt."
  static let noSuchPrompt = "There is no prompt with that number; /prompts lists them."
  static let closingHow = "Type an answer and press Enter, or just Enter to pass. /end closes at once."
  static let noWhy = "The prompt file gives no reason for this one."
  static let whyNothing = "There is no prompt on screen now."

  static func closed(_ reflection: Reflection) -> String {
    let count = { (n: Int, one: String, many: String) in "\(n == 0 ? "no" : "\(n)") \(n == 1 ? one : many)" }
    let actions = count(reflection.actions.count, "next step", "next steps")
    let what =
      switch reflection.meeting.stage {
      case .pre, .post:
        "\(Timecode.words(reflection.duration)), \(count(reflection.measures.turns.count, "tagged turn", "tagged turns")), \(actions)"
          + (reflection.isRecorded ? ", and the recording" : "")
      case .lesson: count(reflection.observations.count, "piece of evidence", "pieces of evidence")
      case .review: "\(count(reflection.passages.count, "question", "questions")) answered, \(actions)"
      }
    return "\(reflection.meeting) is closed: \(what)."
  }
  static func reflectionAt(_ path: String, _ stage: Stage) -> String {
    switch stage {
    case .pre, .post: "Your private reflection: \(path)"
    case .lesson: "What was noticed: \(path)"
    case .review: "Your summary: \(path)"
    }
  }
  static let reviewGoesOn = "/begin review takes it up again when you meet next."
  static let thanks = "Thank you. /quit leaves."
  static func meantCommand(_ command: Command) -> String {
    "If you meant the command, it begins with a slash: /\(command.rawValue). /undo takes the note back."
  }
  static func forNextTime(_ titles: [String]) -> String { "For next time: " + titles.joined(separator: "; ") + "." }
  static func readIt(_ id: MeetingID, _ program: String) -> String {
    "Open it in a browser, or read it here with: \(program) show \(id)"
  }

  static let askStage = "Which is it: pre (before the lesson), lesson, or post (after it)?"
  static func listenFor(_ text: String) -> String { "Listen for: \(text)" }
  static func further(_ text: String) -> String { "To take it further: \(text)" }
  /// Levels rise by one at a time, whatever somebody said.
  static func aim(_ aim: Int, _ reached: History.Reached?) -> String {
    guard let reached else {
      return "This is how a new pair is asked; it aims at level \(aim) of 4 (/guide level-\(aim))."
    }
    let why = reached.isTheirWord ? "what you said of your last talk" : "what was tagged of your last talk"
    return "Aimed at level \(aim) of 4, one step on from \(why). /guide level-\(aim) tells what that is."
  }
  static func source(_ topics: String) -> String { "From the guide: \(topics)." }

  // MARK: - The agreement, themes and the guide

  static let answerFirst = "One thing at a time: please answer this first."
  static let changeLater = "To change an answer, name it when you are through: /agree evidence."
  static let noAgreement = "There are no questions for an agreement; coachtalk prompts check tells what is wrong."
  static let howToAgree = "Type a number or your own words; Enter leaves one open. /why tells what it is for."
  static let notAgreed = "Not agreed yet."
  static func agreed(_ words: String) -> String { "Noted: \(words)" }
  static func stillToDo(_ items: [String]) -> String { "Still to do: \(items.joined(separator: "; "))." }
  static func noSuchChoice(_ count: Int, isMany: Bool) -> String {
    isMany
      ? "The numbers go from 1 to \(count), with commas between them; or use your own words."
      : "Please pick one number from 1 to \(count), or use your own words."
  }
  static func askTakeUpReview(_ people: People) -> String {
    "Shall we take up the review of \(people.sentence) where it stopped? (yes, or no for a new one)"
  }
  static func contractAt(_ path: String) -> String { "Your contract: \(path)" }
  static func agreement(_ lines: [String]) -> String {
    (["You have agreed on:"] + lines + ["To change one, name it: /agree keep."]).joined(separator: "\n")
  }
  static func unknownTheme(_ text: String, _ names: [String]) -> String {
    "There is no theme of that name"
      + text.nearest(in: names).map { "; did you mean \($0)?" }.orElse("; there are \(names.joined(separator: ", ")).")
  }
  static func chooseTheme(_ names: [String]) -> String {
    "You have no theme yet. Choose one: /theme NAME, with \(names.joined(separator: ", "))."
  }
  static func themeChosen(_ title: String) -> String {
    "Your theme is \(title.lowercased()): your next meetings have some questions of its own. /theme shows its guide."
  }
  static func unknownCollection(_ text: String, _ names: [String]) -> String {
    "/theme adds to one of \(names.joined(separator: ", "))"
      + text.nearest(in: names).map { "; did you mean \($0)?" }.orElse(".")
  }
  static func themeEntryAdded(_ title: String, _ people: People, _ path: String) -> String {
    "Added to your guide to \(title.lowercased()), for \(people.sentence): \(path)"
  }
  static let themeEntryUndone = "Taken back: what you added to your theme last."
  static func yours(_ entry: String) -> String { "\(entry) (yours)" }
  static let themesHeading = "Themes for a cycle"
  static let howToLookUp = "Look one up by its short name, by a part of the guide such as C7, or by any words."
  static let more = "more: Enter (or just go on typing)"
  static let foundSeveral = "Several fit; look one up by its short name:"
  static let nothingFound = "Nothing was found for that; coachtalk guide, or /guide, lists the topics."

  // MARK: - Tags

  static func noteWithoutMeeting(isBegun: Bool) -> String {
    isBegun
      ? "A note belongs to a meeting, and none is running. /begin pre, lesson or post starts one; /help lists the commands."
      : "There is no meeting to note that in yet. Type /new to begin; /help lists the commands."
  }
  static func askText(_ command: Command) -> String {
    command == .action ? "What would you like to try?" : "What would you like to say?"
  }

  static func turn(_ t: Double, _ name: String, _ what: String) -> String {
    "\(Timecode.text(t)) \(name)\(what.isEmpty ? "" : ": \(what)")"
  }
  static func note(_ t: Double) -> String { "\(Timecode.text(t)) noted" }
  static func moment(_ t: Double) -> String { "\(Timecode.text(t)) a critical moment. Stay with it." }
  static func stimulus(_ t: Double, _ what: String) -> String { "\(Timecode.text(t)) on the table: \(what)" }
  static func evidence(_ number: Int, _ what: String) -> String { "Evidence \(number): \(what)" }
  static func unknownEvidence(_ text: String, names: [String]) -> String {
    "That kind of evidence is not known"
      + text.nearest(in: names).map { "; did you mean \($0)?" }.orElse("; there are \(names.joined(separator: ", "))")
  }
  static let noEvidence = "Nothing is noted yet. For example: /evidence notes 12:40 the back table waits"
  static let evidenceElsewhere =
    "/evidence belongs to the lesson (/begin lesson). In a meeting, /stimulus says what you are looking at."
  static func noSuchEvidence(_ count: Int) -> String {
    count == 0
      ? "Nothing was noted in the lesson." : "There is no such number; /stimulus lists the \(count) that were noted."
  }
  static func noTurns(_ stage: Stage) -> String {
    stage == .lesson
      ? "That belongs to your talk before and after the lesson. Here, /evidence sets down what you notice."
      : "A review has no turns to tag; type notes, and /action for next steps."
  }
  static func feedback(_ t: Double, _ name: String) -> String { "\(Timecode.text(t)) feedback from \(name)" }
  static func action(_ t: Double, _ text: String) -> String { "\(Timecode.text(t)) to try next: \(text)" }
  static func undone(_ t: Double, _ what: String) -> String {
    "Taken back: \(what) at \(Timecode.text(t)). /redo puts it back."
  }
  static func redone(_ t: Double, _ what: String) -> String { "Put back: \(what) at \(Timecode.text(t))." }
  static let nothingToUndo = "There is nothing to take back."
  static let nothingToRedo = "There is nothing to put back."
  static let noObserver = "There is no observer in this cycle. /new observer=NAME names one."
  static let badRange = "A time is written 12:40, and a stretch of time 12:40-13:10."
  static let backwards = "That stretch of time ends before it begins; the earlier time comes first, as in 12:40-13:10."

  // MARK: - Sound

  private static func microphone(_ device: String) -> String {
    device == "default" ? "your microphone" : "the microphone '\(device)'"
  }
  static let soundCheck = "Sound check: please talk for a moment, all of you, as you will in the meeting…"
  static func soundCheck(_ verdict: SoundCheckVerdict, device: String) -> String {
    switch verdict {
    case .good: "I can hear you well."
    case .quiet: "I can hear you, but only faintly. Move the microphone closer, or turn it up in the sound settings."
    case .silent:
      "I hear next to nothing from \(microphone(device)). Is it on, and the right one? Move it closer and talk."
    case .hum:
      "I hear a hum from \(microphone(device)) and no voices. Check its plug, move it away from chargers and power cables, and closer to you."
    case .digitalSilence:
      "There is no sound at all from \(microphone(device)): it is muted, or the wrong one. Unmute it, or start again with another: --device NAME (coachtalk doctor lists them)."
    case .clipping:
      "It is too loud and distorts. Move the microphone away a little, or turn it down in the sound settings."
    case .noSound:
      "Nothing arrives from \(microphone(device)). Plug it in again, or start again with another: --device NAME (coachtalk doctor lists them)."
    }
  }
  static let soundCheckChoice =
    "Press Enter to check again, or type go to record all the same, or none to meet without sound."
  static let soundCheckGoesOn = "Recording starts all the same; /level tells how it is."
  static func microphoneFailed(_ device: String, _ reason: String) -> String {
    "The microphone '\(device)' cannot be opened (\(reason)); the meeting goes on without sound. coachtalk doctor lists what there is."
  }
  static func fileFailed(_ reason: String) -> String {
    "The recording cannot be written (\(reason)); the meeting goes on without sound, and tags are kept."
  }
  static func recordingFailed(full: Bool, _ t: Double) -> String {
    full
      ? "The disk is full: recording stopped at \(Timecode.text(t)). What was recorded is safe, and tags are still kept. Free some space soon."
      : "The recording could not be written any further and stopped at \(Timecode.text(t)). What was recorded is safe, and tags are still kept."
  }
  static func silent(_ silence: RecorderNotice.Silence) -> String {
    switch silence {
    case .digital: "No sound at all is arriving: the microphone seems to be muted or unplugged. Please check it now."
    case .room:
      "I have heard no voice for a while. If you are talking, check that the microphone is on and near you."
    case .hum:
      "I hear a hum and no voices. Check the microphone's plug, and move it away from chargers and power cables."
    }
  }
  static func diskFills(_ minutes: Int) -> String {
    let room =
      switch minutes {
      case ..<1: "less than a minute"
      case 1: "about a minute"
      default: "about \(minutes) minutes"
      }
    return "The disk has room for \(room) of recording. Please free some space; your tags are kept in any case."
  }
  static func slept(_ seconds: Double) -> String {
    "The computer was asleep for \(Timecode.words(seconds)): nothing of that was recorded. Recording goes on now."
  }
  static func lost(_ t: Double) -> String {
    "The microphone went away at \(Timecode.text(t)). Plug it in again and recording goes on by itself; tags are kept meanwhile."
  }
  static func back(_ gap: Double) -> String {
    "The microphone is back and recording goes on. \(Timecode.words(gap)) of sound are missing."
  }
  static func partLost(_ name: String, _ t: Double) -> String {
    "The microphone '\(name)' went away at \(Timecode.text(t)); the other one records on. Plug it in again and it joins in by itself."
  }
  static func partBack(_ name: String) -> String { "The microphone '\(name)' is back; both are recorded again." }
  static func gap(_ t: Double) -> String {
    "A little sound was lost at \(Timecode.text(t)); silence of the same length stands in its place."
  }
  static let paused = "Off the record. Nothing is kept until you type /resume."
  static let offRecord = "You are off the record, so that was not kept. /resume first."
  static let resumed = "On the record again."
  static let alreadyPaused = "You are off the record already; /resume ends it."
  static let notPaused = "You are on the record."
  static func level(_ level: Level) -> String {
    let clipped = level.clipped > 0 ? " It was too loud at times." : ""
    if level.isDigitalSilence { return "The microphone gives no sound at all." }
    if level.peak < Level.nearSilence { return "Very quiet: hardly more than the room." }
    if level.isHum { return "A hum, and no voices." }
    if level.rms < Level.healthySpeech { return "Rather quiet at the moment.\(clipped)" }
    return "Good and clear.\(clipped)"
  }
  static let soundCheckAnswers = "Please press Enter, or type go or none."
  static func nudge(_ sentence: String) -> String { "· \(sentence)" }
  static func nudges(_ isOn: Bool) -> String {
    isOn
      ? "A quiet word may come now and then; /nudges off stops that."
      : "No more quiet words; /nudges on brings them back."
  }
  static func timeLeft(_ minutes: Int) -> String {
    minutes > 0 ? " \(minutes) minute\(minutes == 1 ? "" : "s") left." : " Your time is up."
  }
  static let badMinutes = "minutes= is a whole number, such as 40."
  static let stillPaused = "You are still off the record; /resume records again."
  static let microphoneAway = "The microphone is away: nothing is recorded until it is back."
  static func recordingNow(_ device: String, _ level: String) -> String {
    "Recording from \(microphone(device)). \(level)"
  }
  static func status(_ id: MeetingID, t: Double, state: MeetingState, sound: String) -> String {
    let count = { (n: Int, one: String) in "\(n) \(one)\(n == 1 ? "" : "s")" }
    let entries = state.entries
    let moments = entries.filter { if case .moment = $0.kind { true } else { false } }.count
    let actions = entries.filter { if case .action = $0.kind { true } else { false } }.count
    return """
      \(id), \(Timecode.text(t)). \(sound)
      So far: \(count(state.turns.count, "tagged turn")), \(count(moments, "critical moment")), \(count(actions, "action")).
      """
  }
  static func status(_ id: MeetingID, t: Double, entries: Int) -> String {
    "\(id), \(Timecode.text(t)). \(entries) \(entries == 1 ? "thing" : "things") set down."
  }
  static func place(_ number: Int?, of count: Int) -> String { number.map { " Prompt \($0) of \(count)." } ?? "" }
  static func notYet(_ names: [String]) -> String { "Not come up yet: \(names.joined(separator: ", "))." }
  static let noRecording = "No sound is being recorded."
  static func consentWithdrawn(_ name: String, seconds: Double) -> String {
    "\(name) has said no: recording has stopped. \(Timecode.words(seconds).capitalizedFirst) had been recorded."
  }
  static let askDelete = "Shall I delete what was recorded of this meeting, for good? (yes or no)"
  static let howToDelete = "To delete what was recorded: /consent NAME no delete=yes"
  static let deleted = "Deleted. Nothing of this meeting's sound is left."
  static let keptSound = "Kept. /consent NAME no offers it again while this meeting runs."

  // MARK: - After a crash

  static func foundOpen(_ id: MeetingID, _ state: MeetingState, sound: Double?) -> String {
    let kept = state.entries.count
    return
      "\(id) was cut off at \(Timecode.text(max(state.lastTime, sound ?? 0))). Safe: \(kept) tag\(kept == 1 ? "" : "s") and note\(kept == 1 ? "" : "s")"
      + (sound.map { ", and \(Timecode.words($0)) of sound." } ?? ".")
  }
  static let askCarryOn = "Carry on with it now? (yes carries on, no closes it)"
  static func recovered(_ id: MeetingID) -> String { "I have closed \(id)." }
  static func carriedOn(_ id: MeetingID, _ t: Double) -> String { "Carrying on with \(id) at \(Timecode.text(t))." }
  static func audioNotMended(_ file: String) -> String {
    "The sound in \(file) could not be read and was left as it is; the tags are all there."
  }
  static func alreadyOpen(_ id: MeetingID) -> String { "\(id) is running in another window; it was left alone." }
  static func nobodyElseTagged(_ id: MeetingID) -> String {
    "Nobody else has tagged \(id): there is no observer's journal in its folder. Name one: coachtalk agree \(id) FILE"
  }
  static let nothingOpen = "Nothing was left open."
  static func damaged(_ path: String, lines: [Int], kept: Int) -> String {
    let which = lines.count == 1 ? "line \(lines[0]) is" : "lines \(lines.map(String.init).joined(separator: ", ")) are"
    return "\(path): \(which) damaged and passed over; the other \(kept) are kept."
  }
  static func newerVersion(_ path: String) -> String { "\(path): a newer coachtalk wrote this; please use that one." }
  static func leftOut(_ remark: String) -> String { "Left out: \(remark)" }
  static func notAJournal(_ path: String) -> String { "\(path): this is not a coachtalk journal; nothing was changed." }

  // MARK: - Taking out and forgetting

  private static func span(_ stretch: Redaction) -> String {
    "\(Timecode.text(stretch.from)) to \(Timecode.text(stretch.to))"
  }
  static func badStretch(_ id: MeetingID) -> String {
    "The stretch is two times, the earlier first: coachtalk redact \(id) 12:40-13:10"
  }
  static func beyondEnd(_ id: MeetingID, _ end: Double) -> String {
    "\(id) ends at \(Timecode.text(end)); nothing was changed."
  }
  static func neverClosed(_ id: MeetingID) -> String { "\(id) was never closed: coachtalk recover first." }
  static func openElsewhere(_ name: String) -> String {
    "\(name) is open in another window; close it there first. Nothing was changed."
  }
  static func leadsElsewhere(_ path: String) -> String {
    "\(path) is a link to another place, where nothing is changed or deleted. Put what it leads to in its place first."
  }
  static func unknownSound(_ path: String) -> String {
    "\(path): the journal does not say when this was recorded, so no stretch of it can be found. Nothing was changed."
  }
  static func notSilenced(_ path: String, _ id: MeetingID, _ failure: AudioFailure) -> String {
    switch failure.kind {
    case .notAudio:
      "\(path) cannot be read as sound, so nothing was taken out of \(id). coachtalk forget \(id) --sound deletes it all."
    case .diskFull:
      "There is no room to write \(path) anew, so nothing was taken out of \(id). Free some space and do it again."
    default: "\(path) could not be written anew (\(failure.reason)), so nothing was taken out of \(id)."
    }
  }
  static func notTakenOut(_ failure: FileFailure) -> String {
    "\(failure.path): \(failure.reason). Not everything is taken out yet; free some space or check the folder, and do it again."
  }
  static func notWrittenAgain(_ id: MeetingID) -> String {
    "The reflection of \(id) could not be written again: coachtalk reflect \(id)"
  }
  static func askRedact(_ id: MeetingID, _ stretch: Redaction, hasSound: Bool) -> String {
    "This takes \(span(stretch)) out of \(id) for good: \(hasSound ? "the sound of that stretch, and " : "")the words that were typed in it. Tags stay, without their words. Shall I? (yes or no)"
  }
  static func takenOut(_ id: MeetingID, _ stretch: Redaction, others: Int) -> String {
    "Taken out of \(id): \(span(stretch))."
      + (others == 0
        ? ""
        : " \(files(others)) in its folder \(others == 1 ? "is not coachtalk's and was left as it is" : "are not coachtalk's and were left as they are").")
  }
  private static func files(_ count: Int) -> String { count == 1 ? "One other file" : "\(count) other files" }
  private static func span(_ days: [Day]) -> String {
    guard let first = days.first, let last = days.last else { return "" }
    return first == last ? " of \(first)" : " of \(first) to \(last)"
  }
  static func askForget(_ id: MeetingID, day: Day?, hasSound: Bool, others: Int) -> String {
    "This deletes \(id) for good: your \(id.stage.title)\(span([day].compactMap(\.self))), \(hasSound ? "with its sound, " : "")what you set down in it, and what was written from it."
      + others.otherFiles + " Copies elsewhere stay. Shall I? (yes or no)"
  }
  static func askForget(
    cycle: Int, _ people: People?, meetings: Int, days: [Day], sounds: Int, others: Int
  ) -> String {
    "This deletes cycle \(cycle)\(people.map { " (\($0.sentence))" } ?? "") for good: what was agreed, and \(meetings == 0 ? "no meeting" : meetings == 1 ? "one meeting" : "\(meetings) meetings")\(span(days)), \(sounds == 0 ? "without sound" : sounds == meetings ? "with sound" : "\(sounds) with sound")."
      + others.otherFiles + " Copies elsewhere stay. Shall I? (yes or no)"
  }
  static func askForgetSound(_ meetings: [MeetingID], days: [Day]) -> String {
    "This deletes the sound of \(meetings.map(\.description).inSentence)\(span(days)) for good. What you set down and the reflection stay; copies elsewhere, too. Shall I? (yes or no)"
  }
  static func forgotten(_ name: String) -> String { "Deleted: \(name). Nothing of it is left here." }
  static func soundForgotten(_ name: String) -> String { "Deleted: the sound of \(name)." }
  static func noSoundLeft(_ name: String) -> String { "\(name) has no sound." }
  static func notForgotten(_ failure: FileFailure) -> String {
    "\(failure.path): \(failure.reason). Not everything is deleted yet; coachtalk recover goes on with it."
  }
  static let forgettingFinished = "I have finished deleting what was to be forgotten."
  static func askDue(_ due: [Retention.Due]) -> String {
    let names = due.map { "\($0.meeting) (\($0.day))" }.inSentence
    return
      "The time you agreed for keeping \(due.count == 1 ? "this recording" : "these recordings") is over: \(names). Shall I delete the sound for good? What you set down and the reflection stay. (yes or later)"
  }
  static func dueLater(_ due: [Retention.Due]) -> String {
    "Kept for now. To delete it at any time: coachtalk forget \(due[0].meeting) --sound"
  }
  static let dueChoice = "Please answer yes, or later."

  // MARK: - An observer from another laptop

  static func marked(_ t: Double, _ count: Int) -> String {
    "\(Timecode.text(t)) marked" + (count == 1 ? "; do the same once more at the end." : ".")
  }
  static func nothingThere(_ path: String) -> String {
    "\(path): there is no such file or folder; nothing was changed."
  }
  static func notAnAwayFile(_ path: String) -> String {
    "\(path): this is not what an observer on another laptop writes; nothing was changed."
  }
  static func noOneFile(_ folder: String, _ count: Int) -> String {
    "\(folder): there \(count == 0 ? "is no observer's file" : "are \(count) observers' files") in this folder; name the one that is meant."
  }
  static func anotherObserver(_ path: String, _ agreed: String) -> String {
    "\(path) is not \(agreed)'s, the one observer you agreed to; nothing was changed."
  }
  static func alreadyMerged(_ path: String, _ known: String) -> String {
    "\(path) was brought in before: \(known). Nothing was changed."
  }
  static func marksAndSoundDiffer(_ path: String) -> String {
    "\(path): the marks and the sound do not agree on its clock, so I cannot tell when these tags were made; nothing was changed."
  }
  static func cannotAlign(_ path: String, marks: Int, of ours: Int, hasSounds: Bool) -> String {
    let sound =
      hasSounds ? "the same talk is not clearly in both recordings" : "there are no two recordings to compare"
    let marked =
      min(marks, ours) < 2
      ? "fewer than two moments were marked on both sides (\(ours) here, \(marks) there)"
      : "the marks do not fit together in one way (\(ours) here, \(marks) there)"
    return "\(path): I cannot tell its clock: \(sound), and \(marked). Nothing was changed."
  }
  static func nothingToMerge(_ path: String, _ id: MeetingID) -> String {
    "\(path): nothing in it was tagged while \(id) was on the record; nothing was changed."
  }
  static func findings(
    _ name: String, _ id: MeetingID, _ alignment: ClockAlignment, _ moved: MovedTags, error: Double
  ) -> String {
    let count = { (n: Int, one: String, many: String) in "\(n == 0 ? "no" : "\(n)") \(n == 1 ? one : many)" }
    let off = abs(alignment.offset)
    let amount = off < 60 ? "\(tenths(off)) seconds" : "\(Timecode.text(off.rounded())) (minutes:seconds)"
    let offset =
      off < 0.05
      ? "began together with the meeting"
      : "began \(amount) \(alignment.offset > 0 ? "after" : "before") the meeting"
    let hour = abs(alignment.drift) * 1e-6 * 3600
    let drift =
      !alignment.knowsDrift
      ? "how it drifts cannot be told from moments so close together"
      : hour < 0.005
        ? "it keeps the same time"
        : "it \(alignment.drift > 0 ? "loses" : "gains") \(hundredths(hour)) seconds an hour"
    let basis =
      alignment.basis == .sound
      ? count(alignment.count, "place", "places") + " heard in both recordings"
      : count(alignment.count, "moment", "moments") + " marked on both sides"
    let rejected =
      alignment.rejected == 0
      ? ""
      : "; \(count(alignment.rejected, "other does", "others do")) not fit and \(alignment.rejected == 1 ? "was" : "were") passed over"
    var left: [String] = []
    if moved.outside > 0 { left.append("\(moved.outside) before or after it") }
    if moved.offRecord > 0 {
      left.append("\(moved.offRecord) while you were off the record, or where something was taken out")
    }
    return
      "\(name)'s clock \(offset); \(drift). That rests on \(basis)\(rejected). A tag may be off by \(tenths(max(0.1, error))) seconds. "
      + "Into \(id) fall \(count(moved.turns, "turn", "turns")), \(count(moved.feedbacks, "piece", "pieces")) of feedback and \(count(moved.others, "other tag", "other tags"))."
      + (left.isEmpty ? "" : " Left out: \(left.inSentence).")
  }
  static let askMerge = "Shall I bring that in? (yes or no)"
  private static func tenths(_ value: Double) -> String {
    let n = Int((min(value, 1e6) * 10).rounded(.up))
    return "\(n / 10).\(n % 10)"
  }
  private static func hundredths(_ value: Double) -> String {
    let n = Int((min(value, 1e6) * 100).rounded())
    return "\(n / 100).\(n % 100 < 10 ? "0" : "")\(n % 100)"
  }
  static func merged(_ name: String, _ id: MeetingID, _ path: String) -> String {
    "\(name)'s tags are in \(id) now: \(path). The reflection is written again."
  }
  static func askDeleteCopy(_ name: String, _ path: String) -> String {
    "\(name)'s own copy is no longer needed, and an observer keeps nothing unless you agree. Shall I delete \(path), and the sound beside it, for good? (yes or no)"
  }
  static func deleteCopyLater(_ name: String, _ path: String) -> String {
    "\(name)'s own copy may be deleted now, here and on the other laptop: \(path)"
  }
  static let copyDeleted = "Deleted. Please delete it on the other laptop, too."

  // MARK: - Giving a stretch to others

  static func badExcerpt(_ id: MeetingID) -> String {
    "The stretch is two times, the earlier first: coachtalk excerpt \(id) 12:40-13:10"
  }
  static let noTalk = "Only of a talk can a stretch be given to others: a pre- or post-lesson meeting."
  static func alreadyThere(_ path: String) -> String {
    "\(path) is there already and was left as it is; name another folder with --output."
  }
  static let nobodyOfThatName =
    "--yes-of is the whole name of somebody in the meeting, as coachtalk list has it; nothing was written."
  static func askExcerpt(
    _ name: String, _ id: MeetingID, _ stretch: Redaction, hasSound: Bool, withWords: Bool,
    anonymous: Bool
  ) -> String {
    let given = [
      hasSound ? "your voices" : nil, "what was tagged there", withWords ? "what was typed there, your notes too" : nil,
    ]
    return
      "\(name), may \(span(stretch)) of \(id) be given to others: \(given.compactMap(\.self).inSentence)\(anonymous ? ", with your names replaced\(hasSound ? " (but not where they are spoken)" : "")" : "")? (yes or no)"
  }
  static func yesNeeded(_ names: [String]) -> String {
    "\(names.inSentence) \(names.count == 1 ? "has" : "have") not said yes to this: --yes-of NAME, once for each, when they have. Nothing was written."
  }
  static func excerptWritten(
    _ id: MeetingID, _ stretch: Redaction, _ path: String, hasSound: Bool, withWords: Bool, anonymous: Bool
  ) -> String {
    let check =
      [
        withWords ? "read what was typed" : nil, anonymous && hasSound ? "listen whether a name is spoken" : nil,
      ].compactMap(\.self)
    return "\(span(stretch)) of \(id), and nothing else of it, is in \(path)."
      + (hasSound ? "" : " There is no sound of it.")
      + (check.isEmpty
        ? "" : " Before you hand it on, \(check.inSentence): other people's names are left as they were.")
      + " It is written down in \(id) that you agreed."
  }
  static func excerptFailed(_ reason: String) -> String {
    "The excerpt could not be written (\(reason)); nothing of it is left."
  }

  // MARK: - Being wrong

  static let stillRunning =
    "Your meeting is running. /end closes it; the same key once more closes it without the last questions."
  static let openQuote = "A quotation mark is opened and not closed; nothing was changed."
  static func unknownCommand(_ text: String, names: [String]) -> String {
    "There is no such command"
      + text.nearest(in: names).map { "; did you mean /\($0)?" }.orElse("; /help lists them.")
  }
  static func unknownKey(_ key: String, keys: [String]) -> String {
    "That is not something that can be set here"
      + key.nearest(in: keys).map { "; did you mean \($0)=?" }
      .orElse("; there are \(keys.map { $0 + "=" }.joined(separator: " "))")
  }
  static func unknownValue(_ text: String, of dimension: String, names: [String]) -> String {
    "That \(dimension) is not known"
      + text.nearest(in: names).map { "; did you mean \($0)?" }
      .orElse("; there are \(names.joined(separator: ", "))")
  }
  static let unknownTone = "The tone is one of \(Tone.allCases.map(\.rawValue).joined(separator: " "))"
  static func ambiguous(_ text: String, _ names: [String]) -> String {
    "\(text) could be \(names.dropLast().joined(separator: ", ")) or \(names.last ?? ""); type one more letter."
  }
  static func number(_ command: Command) -> String { "/\(command.rawValue) needs a number: \(command.usage)" }
  static func notSaved(_ failure: FileFailure) -> String {
    failure.isDiskFull
      ? "That could not be saved: the disk is full. Free some space and type it again; everything before is safe."
      : failure.isBusy
        ? "That could not be saved: another coachtalk window is using it. Close that one and type it again."
        : "That could not be saved (\(failure.path): \(failure.reason)). Everything before is safe; type it again."
  }

  // MARK: - Observing from another window

  static let nothingRuns =
    "No meeting is running. The pair begins one in its own window with /begin; then this one finds it by itself."
  static func notRunning(_ id: MeetingID) -> String {
    "\(id) is not running, so there is nothing to observe. coachtalk list shows the meetings there are."
  }
  static func noObserverAgreed(_ id: MeetingID) -> String {
    "The pair of \(id) has named no observer. They do it when they begin a cycle: /new observer=NAME, then each /consent."
  }
  static func notTheObserver(_ id: MeetingID) -> String {
    "That is not whom the pair of \(id) named as its observer; only one they name may observe: /new observer=NAME."
  }
  static func notAllAgreed(_ id: MeetingID) -> String {
    "Not everybody in \(id) has agreed yet, the observer included. In the pair's window: /consent NAME yes, for each."
  }
  static func noClock(_ id: MeetingID) -> String {
    "\(id) does not say what time it is. If it began just now, try again in a moment."
  }
  static func alreadyObserved(_ id: MeetingID) -> String {
    "\(id) is being observed in another window already; go on there, or close it first."
  }
  static func observing(_ id: MeetingID, _ name: String, _ people: People, t: Double) -> String {
    "You are observing \(id), \(name): \([people.coach, people.coachee].inSentence), \(Timecode.text(t)) into their talk."
  }
  static func standing(_ state: MeetingState) -> String {
    if state.isPaused { return "They are off the record: until they go on, nothing is kept, here neither." }
    return state.isRecording ? "They are being recorded." : "No sound is being recorded."
  }
  static func observedBefore(_ count: Int) -> String {
    "Welcome back. \(count == 1 ? "The one thing" : "All \(count) things") you set down before \(count == 1 ? "is" : "are") kept."
  }
  static func howToObserve(_ stage: Stage) -> String {
    (stage.isTalkAboutALesson ? "/c question, /t explanation and so on tag who speaks and what it does. " : "")
      + "/feedback TEXT is for the pair, who get it with its time. Anything without a slash is a note of yours: it is kept in your file, and not in their reflection. /help shows the rest."
  }
  static let yourTheme = "your theme"
  static func promptNow(_ question: String) -> String { "On their screen: \(question)" }
  static func observerStatus(_ id: MeetingID, t: Double, _ state: MeetingState, mine: Int) -> String {
    "\(id), \(Timecode.text(t)), with \(state.people.sentence). \(standing(state)) You have set down \(mine == 1 ? "1 thing" : "\(mine) things")."
  }
  static func forThePair(_ command: Command) -> String {
    "/\(command.rawValue) is for the pair, in their window. /help lists what you can do."
  }
  static let pairOffRecord = "The pair is off the record, so that was not kept. You will be told when they go on."
  static func takenBackOffRecord(_ count: Int) -> String {
    "The pair was off the record by then: \(count == 1 ? "one thing" : "\(count) things") you set down \(count == 1 ? "is" : "are") gone."
  }
  static func observedEnded(_ id: MeetingID, _ t: Double) -> String {
    "The pair has ended \(id), at \(Timecode.text(t)). Thank you for being there."
  }
  static func observedStopped(_ id: MeetingID) -> String {
    "\(id) is not running any more, though nobody has ended it. What you set down is kept; when they carry on, observe again."
  }
  static let observedRefused =
    "Somebody has taken back their yes, so observing ends here. What you set down stays with the pair, who can delete it."
  static let observedOver = "The meeting is over for you, so that was not kept."
  static func comeBack(_ id: MeetingID, _ program: String) -> String {
    "What you set down is kept. To go on: \(program) observe \(id)"
  }
  static let broughtIn = "Your feedback is in the pair's reflection now."
  static func notBroughtIn(_ id: MeetingID, _ program: String) -> String {
    "The pair's reflection was in use and could not be written again; \(program) reflect \(id) brings in what you set down."
  }
  static let observerKeepsNothing =
    "What you set down is the pair's now. You keep no copy unless they agree."
  static func observerFile(_ path: String) -> String {
    "It is in the pair's folder, and nowhere else: \(path)"
  }

  static func fileProblem(_ failure: FileFailure) -> String {
    "\(failure.path): \(failure.reason)\(failure.isDiskFull ? "; free some space" : "; check the folder, or choose another with --recordings")"
  }
}

/// The kinds of stimulus as they are typed.
enum StimulusWords {
  static let list = Stimulus.allCases.map(\.rawValue).joined(separator: ", ")
}

extension Optional {
  fileprivate func orElse(_ other: @autoclosure () -> Wrapped) -> Wrapped { self ?? other() }
}

extension Int {
  fileprivate var otherFiles: String {
    self == 0
      ? ""
      : self == 1
        ? " One other file in its folder goes, too." : " \(self) other files in its folder go, too."
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

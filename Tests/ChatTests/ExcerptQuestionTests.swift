import Coaching
import SessionJournal
import Testing

@testable import Chat

/// What everybody is asked before a stretch is given to others.
@Suite struct ExcerptQuestionTests {
  @Test(arguments: [false, true]) func `the question says whether what was typed goes along`(withWords: Bool) throws {
    let room = Room()
    room.meet()
    room.type("/c question", "a private thought", "/end")
    room.facilitator.close(.closed, at: room.now)
    let excerpting = try Excerpting(
      MeetingID("1-post")!, "0:00-0:02", to: room.folder + "/excerpt", isAnonymous: false, withWords: withWords,
      ReflectionWriter(
        archive: room.facilitator.archive, library: room.facilitator.library, studio: room.facilitator.studio))
    let question = excerpting.question("Anna")
    #expect(question.contains("what was tagged there"))
    #expect(question.contains("what was typed there, your notes too") == withWords)
  }
}

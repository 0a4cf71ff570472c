import Coaching
import PromptLibrary
import Testing

@testable import Chat

/// The guide in the pair's hands: everything in it can be reached from the chat.
@Suite struct GuideTests {
  @Test func `a word that is not found is a wrong line of a script`() {
    let room = Room(isInteractive: false)
    room.type("/guide zzzzqq")
    #expect(room.heard() == Speech.nothingFound && room.facilitator.status == .data)
  }

  private func said(_ query: String) -> String {
    let room = Room()
    room.type("/guide " + query)
    return room.heard()
  }

  @Test(arguments: ["belongs", "happened"]) func `no name is cut in two`(query: String) {
    let heard = said(query)
    #expect(heard.contains("…") && !heard.contains("{"), "\(heard)")
  }

  @Test(arguments: GuideElement.all) func `every element of the guide can be looked up`(element: String) {
    let room = Room()
    room.type("/guide " + element)
    #expect(room.facilitator.status == .done)
    #expect(!room.heard().isEmpty)
  }

  @Test func `every prompt is put in some meeting of some pair`() {
    let room = Room(isInteractive: false)
    let library = room.facilitator.library
    var put: Set<String> = []
    func meet(_ stages: String...) {
      for stage in stages {
        room.type("/begin \(stage)", "/prompts all")
        if let plan = room.facilitator.meeting?.plan { put.formUnion((plan.prompts + plan.closing).map(\.id)) }
        room.type(stage == "lesson" ? "/evidence notes nobody starts" : "/action count to seven", "/end")
      }
    }
    room.type("/new coach=Anna coachee=Ben observer=Cleo")
    meet("lesson", "post", "pre")
    for theme in library.themes {
      room.type("/theme \(theme.id)")
      meet("pre", "lesson", "post")
    }
    room.type("/agree focus=questions evidence=video techniques=1,2,3,4,5,6,7,8")
    meet("pre", "lesson", "post")
    room.type("/new coach=Anna coachee=Ben")
    meet("pre", "review with=\"Dana, Eve\"")
    // The agreement asks by itself, and is not a meeting.
    let asked = Set(library.agreement?.prompts.map(\.id) ?? [])
    #expect(Set(library.prompts.map(\.id)).subtracting(put).subtracting(asked) == [])
    #expect(room.facilitator.status == .done)
  }

  @Test func `a topic is found by its name, the beginning of it, or words in it`() {
    #expect(said("scale").hasPrefix("\nScale\n"))
    #expect(said("MENTORING").contains("Coaching and mentoring"))
    #expect(said("metacog").contains("Thinking about your thinking"))
    #expect(said("cosy chat").contains("Quality, and the cosy chat"))
    #expect(said("staff room").contains("confidentiality"))
    #expect(said("").contains("Themes for a cycle"))
    #expect(said("xyzzy").contains("Nothing was found"))
    #expect(said("coaching-cycle").contains("performance-management"))
    #expect(said("challenge").contains("From the guide: "))
  }

  @Test func `it can be read in a meeting, and nothing of the meeting changes`() {
    let room = Room()
    room.meet()
    let count = room.journal.count
    room.type("/guide dissonance", "/guide xyzzy")
    #expect(room.heard().contains("stops adding up"))
    #expect(room.journal.count == count)
  }

  @Test func `names in a prompt are filled in where it is read outside a meeting`() {
    #expect(!said("post-opening").contains("{"))
    #expect(said("post-opening").contains("the teacher"))
  }
}

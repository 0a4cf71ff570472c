import Foundation
import Testing

@testable import Terminal

@Suite struct MailboxTests {
  @Test func `messages come out in the order they went in`() {
    let mailbox = Mailbox<Int>()
    for number in 0..<5 { mailbox.post(number) }
    #expect(mailbox.next() == 0)
    mailbox.post(5)
    #expect((1...5).map { _ in mailbox.next() } == [1, 2, 3, 4, 5])
  }

  @Test func `past the deadline only what is already there is delivered`() {
    let mailbox = Mailbox<Int>()
    #expect(mailbox.next(until: .now) == nil)
    mailbox.post(1)
    #expect(mailbox.next(until: .now - .seconds(5)) == 1)
    #expect(mailbox.next(until: .now + .milliseconds(1)) == nil)
  }

  @Test func `no message from several threads is lost, and each thread's keep their order`() {
    let mailbox = Mailbox<(thread: Int, number: Int)>()
    for thread in 0..<4 {
      Thread { for number in 0..<1000 { mailbox.post((thread, number)) } }.start()
    }
    var counts = [0, 0, 0, 0]
    for _ in 0..<4000 {
      guard let message = mailbox.next() else { break }
      #expect(message.number == counts[message.thread])
      counts[message.thread] += 1
    }
    #expect(counts == [1000, 1000, 1000, 1000])
    #expect(mailbox.next(until: .now) == nil)
  }
}

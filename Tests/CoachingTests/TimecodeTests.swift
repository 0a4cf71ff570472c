import Coaching
import Testing

@Suite struct TimecodeTests {
  @Test(arguments: [
    (0, "0:00"), (9.99, "0:09"), (75.6, "1:15"), (599, "9:59"), (3599.9999, "59:59"), (3600, "1:00:00"),
    (3723, "1:02:03"), (360_000, "100:00:00"), (-0.5, "0:00"), (-1e9, "0:00"),
  ])
  func `a time is shown as a clock shows it`(seconds: Double, text: String) {
    #expect(Timecode.text(seconds) == text)
  }

  @Test(arguments: [
    ("12:40", 760), ("760", 760), ("0", 0), ("0.25", 0.25), ("1:02:03.5", 3723.5), ("90:00", 5400), ("1:5", 65),
    ("00:00:07", 7), ("9999:59:59.5", 35_999_999.5), ("35999999", 35_999_999),
  ])
  func `a time is read as people write it`(text: String, seconds: Double) {
    #expect(Timecode.seconds(text) == seconds)
  }

  @Test(arguments: [
    "", " ", ":", "1:", ":1", "1::2", "1:60", "1:60:00", "1:2:3:4", "-1", "+1", "1:-5", "1:+5", "1,5", "1.2.3", ".5",
    ".",
    "1.5:00", "nan", "inf", "1e3", "1:1e1", "0x10", "1:0x10", "٣", "1:٣", "½", "12 ", " 12", "1_0", "10000:00:00",
    "36000000",
    "1e300", "99999999999999999999", "99999999999999999999:00", "five",
  ])
  func `what is not a time is not taken for one`(text: String) {
    #expect(Timecode.seconds(text) == nil)
  }

  @Test func `every second of ten hours is read back as it was shown`() {
    for second in 0..<36_000 where Timecode.seconds(Timecode.text(Double(second))) != Double(second) {
      Issue.record("\(second)")
    }
    #expect(Timecode.text(35_999) == "9:59:59")
  }

  @Test(arguments: [
    (0, "0 seconds"), (0.6, "1 second"), (40.4, "40 seconds"), (59.4, "59 seconds"), (59.6, "1 minute"),
    (60, "1 minute"), (89, "1 minute"), (240, "4 minutes"), (3569, "59 minutes"), (3571, "1 hour"), (3600, "1 hour"),
    (3900, "1 hour 5 minutes"), (7260, "2 hours 1 minute"), (-3, "0 seconds"),
  ])
  func `a length is said in words`(seconds: Double, words: String) {
    #expect(Timecode.words(seconds) == words)
  }

  @Test(arguments: [1e19, 1e300, .greatestFiniteMagnitude, .infinity, -.infinity, .nan, .signalingNaN])
  func `a time from a damaged journal stops nothing`(seconds: Double) {
    let sane = ["0:00", "10000:00:00"]
    #expect(sane.contains(Timecode.text(seconds)))
    #expect(["0 seconds", "10000 hours"].contains(Timecode.words(seconds)))
  }
}

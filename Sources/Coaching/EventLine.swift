/// A line of a journal that is being written: one flat JSON object, its keys in the order of the alphabet.
///
/// `JSONEncoder` would write the same, and takes 0.15 ms for it while people talk and nothing of it is in the processor's
/// caches: a third of what the disk takes, and it is the last thing between a tag and the disk.
struct EventLine {
  private var fields: [(key: String, value: [UInt8])] = []

  /// The object as it stands in the file, without the end of the line.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    for field in fields.sorted(by: { $0.key < $1.key }) {
      bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
      bytes += Self.quoted(field.key)
      bytes.append(UInt8(ascii: ":"))
      bytes += field.value
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  mutating func encode(_ value: Int, forKey key: some CodingKey) { add(Array(String(value).utf8), key) }
  mutating func encode(_ value: Bool, forKey key: some CodingKey) { add(Array((value ? "true" : "false").utf8), key) }

  mutating func encode(_ value: Double, forKey key: some CodingKey) {
    precondition(value.isFinite, "JSON has no such number")
    let text = value.description
    add(Array((text.hasSuffix(".0") ? text.dropLast(2) : text[...]).utf8), key)
  }

  mutating func encode(_ value: String, forKey key: some CodingKey) { add(Self.quoted(value), key) }

  mutating func encode(_ values: [String], forKey key: some CodingKey) {
    add([UInt8(ascii: "[")] + values.map(Self.quoted).joined(separator: ",".utf8) + [UInt8(ascii: "]")], key)
  }

  mutating func encode(_ value: some RawRepresentable<String>, forKey key: some CodingKey) {
    encode(value.rawValue, forKey: key)
  }

  mutating func encode(_ values: [some RawRepresentable<String>], forKey key: some CodingKey) {
    encode(values.map(\.rawValue), forKey: key)
  }

  mutating func encodeIfPresent(_ value: Int?, forKey key: some CodingKey) {
    if let value { encode(value, forKey: key) }
  }

  mutating func encodeIfPresent(_ value: Double?, forKey key: some CodingKey) {
    if let value { encode(value, forKey: key) }
  }

  mutating func encodeIfPresent(_ value: String?, forKey key: some CodingKey) {
    if let value { encode(value, forKey: key) }
  }

  mutating func encodeIfPresent(_ value: (some RawRepresentable<String>)?, forKey key: some CodingKey) {
    if let value { encode(value, forKey: key) }
  }

  private mutating func add(_ value: [UInt8], _ key: some CodingKey) { fields.append((key.stringValue, value)) }

  /// As RFC 8259 has it: quotation marks, backslashes and control characters are escaped, everything else is itself.
  private static func quoted(_ text: String) -> [UInt8] {
    var bytes = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x08: bytes += Array("\\b".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x0C: bytes += Array("\\f".utf8)
      case 0x0D: bytes += Array("\\r".utf8)
      case ..<0x20: bytes += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    return bytes
  }
}

internal import Glibc

/// How alike a short stretch and every stretch of the same length of a long one are: Pearson's correlation at each place.
struct Correlation {
  private let long: [Double]
  private let transform: Fourier
  /// The long one's spectrum.
  private let spectrum: (re: [Double], im: [Double])
  private let sums: [Double]
  private let squares: [Double]

  init(_ long: [Double]) {
    self.long = long
    transform = Fourier(atLeast: max(2, long.count))
    var (re, im) = (long + [Double](repeating: 0, count: transform.count - long.count), [Double]())
    im = [Double](repeating: 0, count: transform.count)
    transform.forward(&re, &im)
    spectrum = (re, im)
    (sums, squares) = (Self.running(long) { $0 }, Self.running(long) { $0 * $0 })
  }

  private static func running(_ values: [Double], _ map: (Double) -> Double) -> [Double] {
    var sums = [0.0]
    sums.reserveCapacity(values.count + 1)
    for value in values { sums.append(sums[sums.count - 1] + map(value)) }
    return sums
  }

  /// The correlation with `short` at every place of the long one where it fits in whole.
  func everywhere(_ short: ArraySlice<Double>) -> [Double] {
    guard short.count <= long.count, short.count > 1 else { return [] }
    let (centred, size) = Self.centred(short)
    var re = centred + [Double](repeating: 0, count: transform.count - centred.count)
    var im = [Double](repeating: 0, count: transform.count)
    transform.forward(&re, &im)
    for index in re.indices {
      let (a, b) = (re[index], -im[index])
      (re[index], im[index]) = (
        a * spectrum.re[index] - b * spectrum.im[index], a * spectrum.im[index] + b * spectrum.re[index]
      )
    }
    transform.inverse(&re, &im)
    return (0...long.count - short.count).map { quotient(re[$0], size, at: $0, short.count) }
  }

  /// The correlation with `short` at some places only.
  func at(_ places: Range<Int>, _ short: ArraySlice<Double>) -> [Double] {
    let (centred, size) = Self.centred(short)
    return long.withUnsafeBufferPointer { long in
      centred.withUnsafeBufferPointer { centred in
        places.map { place in
          var sum = 0.0
          var index = 0
          while index < centred.count {
            sum += centred[index] * long[place + index]
            index += 1
          }
          return quotient(sum, size, at: place, centred.count)
        }
      }
    }
  }

  private func quotient(_ product: Double, _ size: Double, at place: Int, _ count: Int) -> Double {
    let sum = sums[place + count] - sums[place]
    let spread = max(0, squares[place + count] - squares[place] - sum * sum / Double(count)).squareRoot()
    // Where one of them hardly moves at all there is nothing to compare.
    guard size > 0, spread > 0.5 * Double(count).squareRoot() else { return 0 }
    return product / (size * spread)
  }

  private static func centred(_ short: ArraySlice<Double>) -> ([Double], size: Double) {
    let mean = short.reduce(0, +) / Double(short.count)
    let centred = short.map { $0 - mean }
    return (centred, centred.reduce(0) { $0 + $1 * $1 }.squareRoot())
  }
}

/// The discrete Fourier transform of a power of two of values (Cooley and Tukey).
private struct Fourier {
  let count: Int
  private let cosines: [Double]
  private let sines: [Double]

  init(atLeast least: Int) {
    var count = 2
    while count < least { count *= 2 }
    self.count = count
    let angles = (0..<count / 2).map { 2 * Double.pi * Double($0) / Double(count) }
    (cosines, sines) = (angles.map { cos($0) }, angles.map { -sin($0) })
  }

  func forward(_ re: inout [Double], _ im: inout [Double]) {
    re.withUnsafeMutableBufferPointer { re in
      im.withUnsafeMutableBufferPointer { im in
        cosines.withUnsafeBufferPointer { c in sines.withUnsafeBufferPointer { s in run(re, im, c, s) } }
      }
    }
  }

  func inverse(_ re: inout [Double], _ im: inout [Double]) {
    forward(&im, &re)
    for index in re.indices {
      re[index] /= Double(count)
      im[index] /= Double(count)
    }
  }

  private func run(
    _ re: UnsafeMutableBufferPointer<Double>, _ im: UnsafeMutableBufferPointer<Double>,
    _ c: UnsafeBufferPointer<Double>, _ s: UnsafeBufferPointer<Double>
  ) {
    var reversed = 0
    for index in 1..<count {
      var bit = count >> 1
      while reversed & bit != 0 {
        reversed ^= bit
        bit >>= 1
      }
      reversed |= bit
      if index < reversed {
        re.swapAt(index, reversed)
        im.swapAt(index, reversed)
      }
    }
    var half = 1
    while half < count {
      let step = count / (2 * half)
      var start = 0
      while start < count {
        var (k, angle) = (start, 0)
        while k < start + half {
          let (x, y) = (re[k + half], im[k + half])
          let (u, v) = (x * c[angle] - y * s[angle], x * s[angle] + y * c[angle])
          re[k + half] = re[k] - u
          im[k + half] = im[k] - v
          re[k] += u
          im[k] += v
          k += 1
          angle += step
        }
        start += 2 * half
      }
      half *= 2
    }
  }
}

@preconcurrency import Glibc

/// A colour of the screen, each part from 0 to 1.
struct PictureColour: Equatable {
  let red: Double
  let green: Double
  let blue: Double

  static let white = PictureColour(0xFFFFFF)
  static let black = PictureColour(0x000000)

  init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// - Parameter code: as in `0xRRGGBB`.
  init(_ code: Int) {
    red = Double(code >> 16 & 0xFF) / 255
    green = Double(code >> 8 & 0xFF) / 255
    blue = Double(code & 0xFF) / 255
  }

  /// `#rrggbb`.
  var text: String {
    [red, green, blue].reduce("#") { text, part in
      let code = Int((part * 255).rounded())
      return text + (code < 16 ? "0" : "") + String(code, radix: 16)
    }
  }

  /// Black or white, whichever stands out more as text on this colour.
  var textColour: PictureColour {
    contrast(to: .white) > contrast(to: .black) ? .white : .black
  }

  /// How well text of one colour is read on the other, from 1 to 21: the contrast ratio of WCAG 2.2. From 4.5 on it is
  /// counted as readable.
  func contrast(to other: PictureColour) -> Double {
    let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)
  }

  /// The relative luminance of WCAG 2.2, from 0 for black to 1 for white.
  var luminance: Double {
    func linear(_ part: Double) -> Double {
      part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
}

/// Colours from little, which is pale, to much, which is dark.
///
/// The lightness alone tells which of two is more, so it can be read without seeing hues, and in print.
struct PictureGradient {
  private let stops: [PictureColour]

  static let order = PictureGradient([0xFBF7C8, 0x96D3B2, 0x4394B6, 0x2C458D, 0x1C1A4A])
  static let time = PictureGradient([0xFFF4DB, 0xFCC873, 0xEC803F, 0xB03840, 0x571A4E])
  static let memory = PictureGradient([0xF4F0FB, 0xCCBBE6, 0x9D80C9, 0x6B47A1, 0x33155C])

  private init(_ codes: [Int]) {
    stops = codes.map { PictureColour($0) }
  }

  /// - Parameter place: from 0 to 1.
  func colour(at place: Double) -> PictureColour {
    let place = min(max(place, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    let (low, high, part) = (stops[index], stops[index + 1], place - Double(index))
    return PictureColour(
      red: low.red + (high.red - low.red) * part, green: low.green + (high.green - low.green) * part,
      blue: low.blue + (high.blue - low.blue) * part)
  }
}

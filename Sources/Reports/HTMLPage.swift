import Coaching

extension Reflection {
  /// The reflection as one page of HTML that asks for nothing but the recording beside it. It is well-formed XML, is
  /// complete without its script, and shows what people typed as literal text.
  public var html: String {
    let page = self.page
    let head = tag(
      "head", [:],
      tag("meta", ["charset": "utf-8"]),
      tag("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
      tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      tag("meta", ["name": "color-scheme", "content": "light dark"]),
      tag("meta", ["name": "robots", "content": "noindex"]),
      tag("meta", ["name": "referrer", "content": "no-referrer"]),
      tag("title", [:], .text("\(page.title), \(people.sentence)")),
      tag("style", [:], .verbatim(stylesheet)))
    let body = tag(
      "body", [:],
      tag("a", ["class": "skip", "href": "#main"], .text("Skip to the reflection")),
      header(page), contents(page),
      tag("main", ["id": "main", "tabindex": "-1"], page.sections.map(section)),
      player,
      tag("script", [:], .verbatim(playerScript)))
    return "<!DOCTYPE html>\n" + tag("html", ["lang": "en-GB"], head, body).source
  }

  /// Nothing is loaded but the recording; only this page's own script runs.
  static let policy = [
    "default-src 'none'", "style-src 'unsafe-inline'", "script-src '\(playerScriptHash)'", "media-src 'self' file:",
    "base-uri 'none'", "form-action 'none'",
  ].joined(separator: "; ")

  private func header(_ page: Page) -> Markup {
    tag(
      "header", [:],
      tag("p", ["class": "privacy"], .text(page.privacy)),
      tag("h1", [:], .text(page.title)),
      tag(
        "dl", ["class": "facts"],
        page.facts.map { fact in
          tag("div", [:], tag("dt", [:], .text(fact.name)), tag("dd", ["dir": "auto"], .text(fact.value)))
        }))
  }

  private func contents(_ page: Page) -> Markup {
    tag(
      "nav", ["aria-label": "On this page"],
      tag(
        "ul", [:],
        page.sections.map { tag("li", [:], tag("a", ["href": "#\($0.id)"], .text($0.title))) }))
  }

  private func section(_ section: Page.Section) -> Markup {
    tag(
      "section", ["id": section.id, "aria-labelledby": "\(section.id)-title"],
      [tag("h2", ["id": "\(section.id)-title"], .text(section.title))] + section.blocks.map(html))
  }

  private var player: Markup {
    guard case .recorded(let file, _) = audio else { return Markup.text("") }
    return tag(
      "aside", ["class": "player", "aria-label": "The recording"],
      tag(
        "audio", ["controls": "controls", "src": relativeURL(file), "preload": "none"],
        .text("This browser cannot play the recording.")),
      tag("p", [:], .text("Choose a time with ▸ to listen from just before it.")))
  }
}

/// The address of `file` beside the page; only a name is taken, whatever it says.
func relativeURL(_ file: String) -> String {
  let name = file.split(separator: "/").last ?? ""
  return "./"
    + name.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains(scalar))
      let hex = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(scalar) : "%" + (hex.count == 1 ? "0" : "") + hex
    }.joined()
}

/// Takes the player to the time that was chosen, two seconds early because people tag once they have heard a turn begin.
/// It has no `<` and no `&`, so that the page is well-formed XML.
let playerScript: StaticString = """
  (() => {
    const player = document.querySelector("audio");
    document.addEventListener("click", (event) => {
      const mark = event.target.closest("[data-t]");
      if (mark === null) return;
      if (mark.dataset.goto) location.hash = mark.dataset.goto;
      if (player === null) return;
      player.currentTime = Math.max(0, mark.dataset.t - 2);
      if (mark.classList.contains("listen")) {
        event.preventDefault();
        player.play().catch(() => {});
      }
    });
  })();
  """

/// The SHA-256 of ``playerScript``, as a content security policy names it.
let playerScriptHash = "sha256-d4JRf4Syh16edzBXRMteeOtAdy0M8aqzXAsVeo1UD6Q="

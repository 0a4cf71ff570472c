import Coaching
import PromptLibrary

/// The prompts of one meeting: those of its script that make sense now, some of the pair's theme and techniques among
/// them, and fewer as the pair needs them less. Guide §8 (G7).
struct Plan {
  /// Most prompts of theme and techniques in one meeting; the theme's others come in the next ones.
  private static let mostAdded = 2

  private(set) var prompts: [Prompt] = []
  private(set) var closing: [Prompt] = []
  /// Prompts that this pair has outgrown.
  private(set) var fadedCount = 0
  /// The level that each prompt's wording aims at: one above where the pair has been.
  let aim: Int
  let history: History

  /// Without prompts: those on the screen are in another window.
  init() { (aim, history) = (1, History()) }

  /// For a meeting of `cycle`. With `everything`, what the pair has outgrown is there, too.
  init(_ stage: Stage, cycle: CycleState, history: History, library: Library, everything: Bool = false) {
    self.history = history
    aim = min(4, (history.reached?.level ?? 1) + 1)
    let holds = history.circumstances(cycle)
    var all = library.script(stage)?.prompts ?? []
    let chosen = cycle.agreed["techniques"]?.choices ?? []
    var techniques = library.techniques.filter { chosen.contains($0.id) }
    switch stage {
    case .lesson: techniques = techniques.filter { !$0.whileWatching.isEmpty }.map(\.asTask)
    case .post: break
    case .pre, .review: techniques = []
    }
    all.insert(techniques)
    if let theme = cycle.theme.flatMap({ library.theme($0) }) {
      let fitting = theme.prompts.filter { $0.stage == stage && holds.isSuperset(of: $0.when) }
      // What the pair has not had yet; when it has had everything, all over again.
      let unseen = fitting.filter { !history.shown.contains($0.id) }
      let most = everything ? fitting.count : max(1, Self.mostAdded - techniques.count)
      all.insert((unseen.isEmpty || everything ? fitting : unseen).prefix(most).map { $0.speaking(of: theme) })
    }
    let fitting = all.filter { holds.isSuperset(of: $0.when) }
    let needed = fitting.filter { everything || !$0.isFaded(for: history.reached) }
    fadedCount = fitting.count - needed.count
    prompts = needed.filter { !$0.isClosing }
    closing = needed.filter(\.isClosing)
  }
}

extension [Prompt] {
  /// Puts each of `more` behind the prompt it follows, or before the closing ones.
  fileprivate mutating func insert(_ more: some Collection<Prompt>) {
    for prompt in more.reversed() {
      var prompt = prompt
      let followed = prompt.after.flatMap { after in firstIndex { $0.id == after } }
      let index = followed.map { $0 + 1 } ?? firstIndex(where: \.isClosing) ?? endIndex
      if index > 0 { prompt.heading = self[index - 1].heading }
      insert(prompt, at: index)
    }
  }
}

extension Prompt {
  func isFaded(for reached: History.Reached?) -> Bool {
    if let fades, let reached { reached.level >= fades } else { false }
  }

  /// `{theme}` is the theme's title.
  fileprivate func speaking(of theme: Theme) -> Prompt {
    let fill = { (text: String) in text.replacing("{theme}", with: theme.title.lowercased()) }
    var prompt = self
    prompt.question = fill(question)
    prompt.wording = wording.mapValues(fill)
    prompt.why = fill(why)
    prompt.further = further.mapValues(fill)
    return prompt
  }
}

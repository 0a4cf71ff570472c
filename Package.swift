// swift-tools-version: 6.2
import PackageDescription

// The rooms and the arrows between them are explained in ARCHITECTURE.md. A target may import only what it names
// here: `make test` builds with --explicit-target-dependency-import-check error.

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: settings)
}

let package = Package(
  name: "coachtalk",
  products: [.executable(name: "coachtalk", targets: ["coachtalk"])],
  targets: [
    .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
    .systemLibrary(name: "CProcess"),
    .systemLibrary(name: "CSndFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),

    room("Coaching"),
    .target(name: "CBuiltInPrompts"),
    room("PromptLibrary", ["Coaching", "CBuiltInPrompts"]),
    room("SessionJournal", ["Coaching"], exclude: ["FORMAT.md"]),
    room("TalkAnalysis", ["Coaching"], exclude: ["ANALYSIS.md"]),
    room("Reports", ["Coaching", "TalkAnalysis", "PromptLibrary"]),

    room("AudioCapture"),
    room("AudioPlayback", ["AudioCapture"]),
    room("ALSACapture", ["AudioCapture", "AudioPlayback", "CALSA"]),
    room("SoundFiles", ["AudioCapture", "AudioPlayback", "CSndFile"]),

    room("Terminal", ["CProcess"]),
    room(
      "Chat",
      [
        "Coaching", "PromptLibrary", "SessionJournal", "TalkAnalysis", "Reports", "AudioCapture", "AudioPlayback",
        "Terminal",
      ]),
    .executableTarget(
      name: "coachtalk",
      dependencies: [
        "Coaching", "PromptLibrary", "SessionJournal", "TalkAnalysis", "Reports", "AudioCapture",
        "AudioPlayback", "ALSACapture", "SoundFiles", "Terminal", "Chat",
      ],
      swiftSettings: settings),

    .target(
      name: "TestSupport", dependencies: ["AudioCapture"], path: "Tests/TestSupport", exclude: ["SoundCard"],
      swiftSettings: settings),
    tests("Coaching"),
    tests("SessionJournal", ["Coaching"]),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Coaching", "TalkAnalysis", "PromptLibrary"],
      swiftSettings: settings),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: settings),
    tests("PromptLibrary", ["Coaching", "TalkAnalysis"]),
    tests("TalkAnalysis", ["Coaching"], exclude: ["Fixtures"]),
    .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
    tests("AudioCapture", ["CAllocationCount"]),
    tests("AudioPlayback", ["AudioCapture"]),
    tests("ALSACapture", ["AudioCapture", "AudioPlayback"]),
    tests("SoundFiles", ["AudioCapture", "AudioPlayback"]),
    tests(
      "Chat",
      [
        "AudioCapture", "AudioPlayback", "Coaching", "PromptLibrary", "SessionJournal", "TalkAnalysis", "Terminal",
      ]),
    .testTarget(
      name: "FuzzingTests",
      dependencies: [
        "AudioCapture", "Chat", "Coaching", "PromptLibrary", "Reports", "SessionJournal", "TalkAnalysis", "Terminal",
      ],
      path: "Tests/Fuzzing", exclude: ["Corpus", "Dictionaries", "EntryPoint.swift"], swiftSettings: settings),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["coachtalk", "TestSupport", "AudioCapture", "AudioPlayback", "ALSACapture"],
      exclude: ["Shims"], swiftSettings: settings),
  ]
)

// swift-tools-version:6.1
import PackageDescription

// Who may import whom is drawn in docs/concepts.md and enforced by `make check`.
let package = Package(
    name: "starling",
    products: [
        .executable(name: "starling", targets: ["starling"]),
        .executable(name: "engine", targets: ["EngineWasm"]),
        .executable(name: "training", targets: ["TrainingWasm"]),
        .executable(name: "document", targets: ["DocumentWasm"]),
        .executable(name: "learning-bench", targets: ["LearningBench"]),
        .executable(name: "osc", targets: ["OSCWasm"]),
        .library(name: "StarlingEngine", targets: ["StarlingEngine"]),
        .library(name: "StarlingOSC", targets: ["StarlingOSC"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    ],
    targets: [
        // Square roots and rounding of the standard library; in WebAssembly they are instructions.
        .target(name: "StarlingMath", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
        .target(name: "StarlingDSP", dependencies: ["StarlingMath"]),
        .target(name: "StarlingFeatures", dependencies: ["StarlingDSP"]),
        .target(name: "StarlingLearning", dependencies: ["StarlingMath"]),
        .target(name: "StarlingSynthesis", dependencies: ["StarlingDSP"]),
        .target(name: "StarlingProject", dependencies: ["StarlingMath"]),
        .target(name: "StarlingOSC", dependencies: ["StarlingMath"]),
        .target(
            name: "StarlingEngine",
            dependencies: [
                "StarlingDSP", "StarlingFeatures", "StarlingLearning", "StarlingSynthesis", "StarlingProject",
            ]),
        .target(name: "StarlingWekinator", dependencies: ["StarlingOSC", "StarlingLearning", "StarlingProject"]),
        .target(name: "StarlingFormats", dependencies: ["StarlingWekinator"]),
        .target(name: "CWasmMemory"),
        .target(name: "StarlingWasm", dependencies: ["StarlingMath", "CWasmMemory"]),
        .executableTarget(name: "EngineWasm", dependencies: ["StarlingEngine", "StarlingWasm"]),
        .executableTarget(name: "TrainingWasm", dependencies: ["StarlingEngine", "StarlingWasm"]),
        .executableTarget(name: "DocumentWasm", dependencies: ["StarlingEngine", "StarlingWasm"]),
        // What `make bench` asks of the models; it is not shipped.
        .executableTarget(name: "LearningBench", dependencies: ["StarlingLearning"], path: "Benchmarks/LearningBench"),
        .executableTarget(name: "OSCWasm", dependencies: ["StarlingWekinator", "StarlingWasm"]),
        .systemLibrary(name: "CDeflate", providers: [.apt(["libdeflate-dev"])]),
        .target(
            name: "StarlingServer",
            dependencies: [
                "StarlingProject", "StarlingOSC", "CDeflate",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "starling",
            dependencies: [
                "StarlingEngine", "StarlingServer", "StarlingWekinator", "StarlingFormats",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(name: "StarlingMathTests", dependencies: ["StarlingMath"]),
        .testTarget(name: "StarlingDSPTests", dependencies: ["StarlingDSP"]),
        .testTarget(name: "StarlingFeaturesTests", dependencies: ["StarlingFeatures"]),
        .testTarget(name: "StarlingLearningTests", dependencies: ["StarlingLearning"]),
        .testTarget(name: "StarlingSynthesisTests", dependencies: ["StarlingSynthesis"]),
        .testTarget(name: "StarlingProjectTests", dependencies: ["StarlingProject"]),
        .testTarget(name: "StarlingOSCTests", dependencies: ["StarlingOSC"]),
        .testTarget(name: "StarlingWekinatorTests", dependencies: ["StarlingWekinator", "StarlingEngine"]),
        .testTarget(name: "StarlingFormatsTests", dependencies: ["StarlingFormats"]),
        .testTarget(name: "StarlingEngineTests", dependencies: ["StarlingEngine"]),
        .testTarget(name: "StarlingServerTests", dependencies: ["StarlingServer"]),
    ]
)

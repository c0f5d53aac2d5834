// swift-tools-version:6.1
import PackageDescription

// How fast OSC is read and written natively: `swift run -c release` here.
let package = Package(
    name: "osc-speed",
    dependencies: [.package(name: "starling", path: "../..")],
    targets: [
        .executableTarget(name: "osc-speed", dependencies: [.product(name: "StarlingOSC", package: "starling")])
    ]
)

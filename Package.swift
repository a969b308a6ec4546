// swift-tools-version: 6.1

import PackageDescription

// No package dependencies, on purpose: other people's work comes in as system C libraries.
let package = Package(
  name: "LazyFrame",
  products: [
    .library(name: "LazyFrame", targets: ["LazyFrame"]),
    .library(name: "CSV", targets: ["CSV"]),
    .library(name: "Columnar", targets: ["Columnar"]),
    .library(name: "Scheduler", targets: ["Scheduler"]),
    .library(name: "TaskGraph", targets: ["TaskGraph"]),
    .executable(name: "lazyframe", targets: ["CommandLineTool"]),
  ],
  targets: [
    .systemLibrary(name: "LinuxMemory"),
    .target(name: "Columnar", dependencies: ["LinuxMemory"]),
    .target(name: "CSVSIMD"),
    .target(name: "CSV", dependencies: ["Columnar", "CSVSIMD"]),
    .target(name: "TaskGraph"),
    .target(name: "Scheduler", dependencies: ["TaskGraph"]),
    .target(name: "LazyFrame", dependencies: ["Columnar", "CSV", "TaskGraph", "Scheduler"]),
    .systemLibrary(name: "GetoptLong"),
    .executableTarget(name: "CommandLineTool", dependencies: ["GetoptLong", "LazyFrame", "Scheduler", "TaskGraph"]),
    .executableTarget(
      name: "GraphBenchmark", dependencies: ["Scheduler", "TaskGraph"], path: "Benchmarks/GraphBenchmark"),
    .executableTarget(
      name: "FrameBenchmark", dependencies: ["LazyFrame", "Scheduler"], path: "Benchmarks/FrameBenchmark"),
    .executableTarget(name: "DelayedGraph", dependencies: ["Scheduler", "TaskGraph"], path: "Examples/DelayedGraph"),
    .executableTarget(name: "DelayedFrame", dependencies: ["LazyFrame"], path: "Examples/DelayedFrame"),
    .executableTarget(name: "MainJobGraph", dependencies: ["LazyFrame"], path: "Examples/MainJobGraph"),
    .executableTarget(
      name: "MorningTasks", dependencies: ["LazyFrame"], path: "Examples/MorningTasks", exclude: ["Output"]),
    .executableTarget(name: "RunReport", dependencies: ["LazyFrame"], path: "Examples/RunReport"),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "ColumnarTests", dependencies: ["Columnar", "TestSupport"]),
    .testTarget(name: "CSVTests", dependencies: ["CSV", "TestSupport"]),
    .testTarget(name: "TaskGraphTests", dependencies: ["TaskGraph", "TestSupport"]),
    .testTarget(name: "SchedulerTests", dependencies: ["Scheduler", "TestSupport"]),
    .testTarget(name: "LazyFrameTests", dependencies: ["LazyFrame", "TestSupport"]),
    .testTarget(name: "CommandLineToolTests", dependencies: ["CommandLineTool", "TestSupport"]),
    .testTarget(name: "DocumentationTests", dependencies: ["LazyFrame", "MorningTasks", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

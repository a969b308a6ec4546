import Testing

@testable import CommandLineTool

@Suite("Sizes")
struct ByteSizeTests {
  @Test(
    "are read in decimal and binary units",
    arguments: [
      ("0", 0), ("17", 17), ("17B", 17), ("64KB", 64_000), ("64kb", 64_000), ("64K", 65_536), ("64KiB", 65_536),
      ("16MB", 16_000_000), ("16MiB", 16 << 20), ("16m", 16 << 20), ("1GB", 1_000_000_000), ("1G", 1 << 30),
      ("1.5 GiB", 3 << 29), ("2TB", 2_000_000_000_000),
    ])
  func reading(text: String, bytes: Int) {
    #expect(ByteSize(text)?.bytes == bytes)
  }

  @Test("are refused when they are none", arguments: ["", "KB", "-1", "1XB", "1KBs", "1e3", "9999999999T", "0x10"])
  func refusals(text: String) {
    #expect(ByteSize(text) == nil)
  }

  @Test(
    "are printed for people",
    arguments: [
      (0, "0 bytes"), (999, "999 bytes"), (1000, "1 kB"), (1024, "1 KiB"), (1_585_465, "1.6 MB"), (16 << 20, "16 MiB"),
      (1_046_515_407, "1 GB"), (3 << 29, "1536 MiB"), (1_549_999, "1.5 MB"),
    ])
  func printing(bytes: Int, text: String) {
    #expect(ByteSize(bytes).description == text)
  }
}

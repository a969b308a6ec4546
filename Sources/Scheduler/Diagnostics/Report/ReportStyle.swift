/// The colours of layers in a report.
enum ReportPalette {
  /// How many layers have a colour of their own; the rest share grey.
  static let count = 8

  /// The number of the colour of a layer, by its place among the layers in the order of their time.
  static func color(ofLayer place: Int) -> Int { min(place, count) }

  /// Told apart without red or green too; the last is that of all other layers.
  fileprivate static let light = [
    "#0068b5", "#d95f02", "#0a9a78", "#8e2f8b", "#d9a404", "#4aa8ec", "#5a2d0c", "#ef83ae", "#b9bec6",
  ]
  fileprivate static let dark = [
    "#3b92e0", "#f28c38", "#14c79a", "#dd94f5", "#f0d04a", "#a6dcff", "#b0622c", "#ff9fc0", "#646c77",
  ]

  fileprivate static func variables(_ colors: [String]) -> String {
    colors.enumerated().map { "--layer-\($0): \($1);" }.joined(separator: " ")
  }
}

/// What a report looks like: its style sheet.
let reportStyle = """
  :root {
    color-scheme: light;
    --page: #f6f7f9; --panel: #ffffff; --text: #1b2230; --faint: #5c6675; --line: #dde1e7; --track: #eceff3;
    --accent: #0068b5; --memory: #8e2f8b; --failed: #c4122f;
    \(ReportPalette.variables(ReportPalette.light))
  }
  @media screen and (prefers-color-scheme: dark) {
    :root {
      color-scheme: dark;
      --page: #0f1318; --panel: #171c23; --text: #e4e8ee; --faint: #97a1af; --line: #2b323c; --track: #232a33;
      --accent: #5aaef5; --memory: #dd94f5; --failed: #ff6b7d;
      \(ReportPalette.variables(ReportPalette.dark))
    }
  }
  * { box-sizing: border-box; }
  body {
    margin: 0; padding: 2rem 1.25rem 3rem; background: var(--page); color: var(--text);
    font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
    font-variant-numeric: tabular-nums;
  }
  main { max-width: 76rem; margin: 0 auto; }
  h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; letter-spacing: -.01em; }
  h2 { font-size: 1.05rem; margin: 0; }
  p { margin: 0; }
  .faint { color: var(--faint); }
  header { margin-bottom: 1.25rem; }
  section {
    background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.15rem 1.15rem;
    margin-top: 1rem;
  }
  section > h2 { margin-bottom: .6rem; }
  .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .75rem; margin: 0; }
  .figures > div { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: .7rem .9rem; }
  .figures dt { color: var(--faint); font-size: .82rem; }
  .figures dd { margin: 0; font-size: 1.45rem; font-weight: 600; line-height: 1.3; letter-spacing: -.01em; }
  .figures dd small { display: block; font-size: .8rem; font-weight: 400; color: var(--faint); letter-spacing: 0; }
  .failed { color: var(--failed); }
  .columns { display: grid; align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 1rem; }
  .columns > * { min-width: 0; }
  .bar-line { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .9rem; margin-bottom: .6rem; }
  .hint { font-size: .82rem; }
  .bar-line h2 { margin-right: auto; }
  .buttons { display: flex; gap: .3rem; }
  button {
    font: inherit; font-size: .85rem; color: inherit; background: none; border: 1px solid var(--line); border-radius: 6px;
    padding: .1rem .55rem; cursor: pointer;
  }
  button:hover { background: var(--track); }
  button:focus-visible, canvas:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  .legend { display: flex; flex-wrap: wrap; gap: .3rem; margin-bottom: .5rem; }
  .legend button[aria-pressed="true"] { background: var(--track); border-color: var(--faint); }
  .swatch {
    display: inline-block; width: .75em; height: .75em; border-radius: 3px; margin-right: .45em; flex: none;
    box-shadow: inset 0 0 0 1px rgb(127 127 127 / .35);
  }
  .name { overflow-wrap: anywhere; }
  canvas { display: block; width: 100%; border-radius: 4px; }
  #stream { cursor: grab; touch-action: pan-y; }
  #stream.held { cursor: grabbing; }
  #stream-box { max-height: 36rem; overflow-y: auto; }
  #memory { margin-top: .6rem; }
  .note { color: var(--faint); font-size: .85rem; margin-top: .6rem; }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; font-size: .9rem; }
  th {
    text-align: right; font-weight: 500; color: var(--faint); font-size: .82rem; white-space: nowrap;
    padding: .2rem .6rem .35rem;
  }
  td { text-align: right; padding: .32rem .6rem; border-top: 1px solid var(--line); white-space: nowrap; }
  th:first-child, td:first-child { text-align: left; padding-left: 0; }
  td:first-child { white-space: normal; min-width: 8rem; }
  th:last-child, td:last-child { padding-right: 0; }
  .share { display: flex; align-items: center; gap: .6rem; justify-content: flex-end; }
  .track {
    display: block; flex: 1 1 5rem; min-width: 4rem; max-width: 16rem; height: .6rem; background: var(--track);
    border-radius: 4px; overflow: hidden;
  }
  .track > span { display: block; height: 100%; border-radius: 4px; }
  .share > b { font-weight: 400; min-width: 2.9rem; }
  .wide { width: 34%; }
  .picture { background: #ffffff; color: #1b2230; border-radius: 6px; padding: .75rem; overflow-x: auto; text-align: center; }
  .picture svg { max-width: 100%; height: auto; }
  pre {
    margin: 0; padding: .75rem; background: var(--track); border-radius: 6px; overflow-x: auto;
    font: .82rem/1.45 ui-monospace, "SF Mono", "DejaVu Sans Mono", "Liberation Mono", monospace;
  }
  #tip {
    position: fixed; z-index: 2; left: 0; top: 0; max-width: min(26rem, 92vw); pointer-events: none; visibility: hidden;
    background: var(--panel); border: 1px solid var(--faint); border-radius: 6px; padding: .4rem .6rem; font-size: .82rem;
    line-height: 1.45; box-shadow: 0 4px 14px rgb(0 0 0 / .22); overflow-wrap: anywhere;
  }
  #tip b { display: block; }
  footer { margin-top: 1.25rem; font-size: .82rem; color: var(--faint); }
  @media print {
    body { background: none; padding: 0; font-size: 12px; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    .figures { grid-template-columns: repeat(5, 1fr); }
    section, .figures > div { break-inside: avoid; border-color: #c9ced6; }
    #stream-box { max-height: none; overflow: visible; }
    .buttons, .legend button { border: 0; padding-left: 0; }
    .buttons, .hint, #tip { display: none; }
  }
  """

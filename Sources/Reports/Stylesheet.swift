/// The look of the page: system fonts, and a palette (Okabe and Ito's) that people with any colour vision can tell apart;
/// no colour stands without a word, a place or a shape. It has no `<` and no `&`, so that the page is well-formed XML.
let stylesheet: StaticString = """
  :root {
    color-scheme: light dark;
    --paper: #fbfaf6; --card: #ffffff; --ink: #22262b; --quiet: #5b626b; --line: #dedbd2; --link: #0b5c8f;
    --shade: #e9e6dd; --wash: #fff4d6;
    --coach: #0072b2; --coachee: #d55e00; --observer: #00805e; --both: #9c4a7c;
    --prose: 66ch;
    --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", Georgia, serif;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --paper: #17191c; --card: #1f2226; --ink: #e9e6e0; --quiet: #a6acb4; --line: #383c42; --link: #83c5ee;
      --shade: #2a2d32; --wash: #40391f;
      --coach: #56b4e9; --coachee: #f0883a; --observer: #2fc294; --both: #d892b8;
    }
  }
  * { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
  @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
  body {
    margin: 0 auto; padding: clamp(1.25rem, 4vw, 3.5rem) clamp(1rem, 4vw, 3rem) 3rem; max-width: 66rem;
    background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
    font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  }
  h1, h2, h3 { font-family: var(--serif); line-height: 1.2; text-wrap: balance; font-weight: 600; }
  h1 { font-size: clamp(2rem, 6vw, 3rem); margin: 0 0 1.5rem; letter-spacing: -0.01em; }
  h2 { font-size: 1.625rem; margin: 0 0 1.25rem; }
  h3 { font-size: 1.1875rem; margin: 2rem 0 0.5rem; }
  p { margin: 0 0 0.75rem; max-width: var(--prose); text-wrap: pretty; }
  a { color: var(--link); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
  a:focus-visible, summary:focus-visible { outline: 3px solid var(--coach); outline-offset: 2px; border-radius: 3px; }
  main:focus { outline: none; }
  .skip { position: absolute; left: -100vw; }
  .skip:focus { left: 1rem; top: 1rem; padding: 0.5rem 1rem; background: var(--card); z-index: 2; }
  .privacy { color: var(--quiet); font-size: 0.9375rem; margin-bottom: 1.5rem; }
  .aside { color: var(--quiet); font-size: 0.9375rem; }
  .facts { margin: 0; padding: 1rem 0; border-block: 1px solid var(--line); }
  .facts div { display: grid; grid-template-columns: 6rem 1fr; padding: 0.2rem 0; align-items: baseline; }
  .facts dt { color: var(--quiet); font-size: 0.9375rem; }
  .facts dd { margin: 0; max-width: var(--prose); }
  nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; list-style: none; margin: 1rem 0 0; padding: 0;
    font-size: 0.9375rem; }
  nav a { display: inline-block; padding: 0.25rem 0; }
  section { margin-top: clamp(3rem, 8vw, 4.5rem); scroll-margin-top: 1rem; }
  .question { color: var(--quiet); font: italic 1.0625rem/1.5 var(--serif); margin-bottom: 0.75rem; }
  .entries { list-style: none; margin: 0 0 1rem; padding: 0; }
  .entries li { display: grid; grid-template-columns: 4.75rem 1fr; align-items: baseline; padding: 0.5rem 0; }
  .entries p { margin: 0; }
  .said { font-family: var(--serif); font-size: 1.125rem; white-space: pre-line; }
  .time { font-variant-numeric: tabular-nums; white-space: nowrap; color: var(--quiet); font-size: 0.9375rem; }
  a.time { color: var(--link); }
  .listen { text-decoration: none; }
  .listen::before { content: "\\25B8\\00A0"; }
  .listen:hover { text-decoration: underline; }
  :target { background: var(--wash); box-shadow: 0 0 0 0.375rem var(--wash); border-radius: 2px; }
  section:target { background: none; box-shadow: none; }
  li, tr { scroll-margin: 6rem; }

  figure { margin: 0 0 2rem; }
  .timeline { display: block; width: 100%; height: auto; overflow: visible; }
  .wide { display: none; }
  .timeline.narrow { max-width: 34rem; }
  @media (min-width: 56rem) { .wide { display: block; } .timeline.narrow { display: none; } }
  .timeline text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
    fill: var(--ink); }
  .timeline .figure { fill: var(--quiet); font-size: 12px; font-variant-numeric: tabular-nums; }
  .timeline .shade-name { fill: var(--quiet); font-size: 12px; text-anchor: middle; paint-order: stroke;
    stroke: var(--shade); stroke-width: 5px; }
  .lane { fill: var(--card); stroke: var(--line); }
  .tick { stroke: var(--line); }
  .leader { stroke: var(--ink); fill: none; stroke-width: 1; }
  .shade { fill: var(--shade); }
  .hatch { stroke: var(--quiet); stroke-width: 1.4; opacity: 0.45; }
  .tail { opacity: 0.32; }
  .timeline [data-goto] { cursor: pointer; }
  .timeline [data-goto]:hover .tail { opacity: 0.6; }
  .coach rect, .bar.coach { fill: var(--coach); background: var(--coach); }
  .coachee rect, .bar.coachee { fill: var(--coachee); background: var(--coachee); }
  .observer rect, .bar.observer { fill: var(--observer); background: var(--observer); }
  .both rect, .bar.both { fill: var(--both); background: var(--both); }
  .mark .solid { fill: var(--ink); }
  .mark .open { fill: var(--paper); stroke: var(--ink); stroke-width: 1.8; }
  figcaption { margin-top: 0.75rem; color: var(--quiet); font-size: 0.9375rem; }
  .key { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; list-style: none; margin: 0; padding: 0; }
  .key svg { width: 1rem; height: 1rem; margin-right: 0.5rem; vertical-align: -0.125rem; }

  table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: 0.75rem 0; }
  caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  th, td { text-align: start; vertical-align: baseline; padding: 0.4rem 1rem 0.4rem 0; border-bottom: 1px solid var(--line);
    font-weight: normal; }
  thead th { color: var(--quiet); font-size: 0.875rem; vertical-align: bottom; }
  .counts th:first-child, .counts td:first-child { width: 19%; }
  .counts th:last-child { width: 30%; }
  .counts td.count { white-space: nowrap; }
  .counts thead tr:has(th:nth-child(3):last-child) th:nth-child(2) { width: 22%; }
  .turns th:nth-child(1) { width: 5.75rem; }
  .turns th:nth-child(2) { width: 15%; }
  .turns th:nth-child(3) { width: 19%; }
  .number { display: inline-block; min-width: 1.75rem; padding-inline-end: 0.375rem; font-variant-numeric: tabular-nums; }
  .track { display: inline-block; width: 4.25rem; max-width: calc(100% - 2.25rem);
    height: 0.75rem; }
  .bar { display: block; height: 100%; min-width: 3px; border-radius: 2px; }
  .zero { color: var(--quiet); }
  .times { line-height: 1.9; }
  .times .time, .behind .time { margin-right: 0.5rem; }
  .absent { color: var(--quiet); }
  details { max-width: var(--prose); }
  summary { cursor: pointer; color: var(--link); font-size: 0.9375rem; padding: 0.25rem 0; }
  .more { display: inline-block; vertical-align: top; }
  .more[open] { display: block; }
  .meanings dl { margin: 0.5rem 0; }
  .meanings dt { font-weight: 600; }
  .meanings dd { margin: 0 0 0.75rem; color: var(--quiet); }
  .profile { margin-bottom: 2.75rem; }
  .turns .who span { display: block; width: fit-content; border-inline-start: 0.3125rem solid; padding-inline-start: 0.5rem; border-color: var(--quiet); }
  .turns .coach span { border-color: var(--coach); }
  .turns .coachee span { border-color: var(--coachee); }
  .turns .observer span { border-color: var(--observer); }
  .turns .both span { border-color: var(--both); border-inline-start-style: double; }
  .turns .others { color: var(--quiet); font-size: 0.9375rem; }
  .turns .said { font-size: 1rem; }

  .challenge { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 1.25rem;
    padding: clamp(1rem, 3vw, 1.75rem); }
  .challenge h3 { margin: 0; font-size: 1.3125rem; }
  .audience { color: var(--quiet); font-size: 0.9375rem; }
  blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line);
    font: italic 1.125rem/1.5 var(--serif); }
  .behind { font-size: 0.9375rem; color: var(--quiet); }
  .source { margin: 0.5rem 0 0; color: var(--quiet); font-size: 0.8125rem; }

  .pattern { margin-bottom: 1.75rem; }
  .pattern h3 { margin-top: 1.5rem; }
  .signs { list-style: none; margin: 0 0 1.5rem; padding: 0; }
  @media (min-width: 56rem) { .signs { columns: 2; column-gap: 3rem; } }
  .signs li { break-inside: avoid; padding: 0.125rem 0; }
  .signs summary { color: var(--ink); font-size: 1.0625rem; list-style: none; display: grid;
    grid-template-columns: 1.75rem auto 1fr; align-items: baseline; }
  .signs summary::-webkit-details-marker { display: none; }
  .signs strong { font-weight: 500; }
  .signs summary:hover strong { text-decoration: underline; }
  .signs details p { margin: 0.25rem 0 0.5rem 1.75rem; }
  .signs .seen .verdict, .signs .partly .verdict { color: var(--coach); }
  .signs .not-seen summary, .signs .cannot-tell summary { color: var(--quiet); }
  .signs small { color: var(--quiet); margin-inline-start: 0.5rem; white-space: nowrap; }
  .scroll { overflow-x: auto; max-width: 100%; }
  .matrix { display: block; }
  .sideways { display: none; }
  .matrix text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
    fill: var(--ink); }
  .dot { opacity: 0.85; }
  .dot.coach { fill: var(--coach); } .dot.coachee { fill: var(--coachee); } .dot.both { fill: var(--both); }
  .side-by-side th:first-child, .side-by-side td:first-child { width: 34%; }
  .side-by-side td { font-variant-numeric: tabular-nums; }

  .player { position: sticky; bottom: 0; margin-top: 3rem; padding: 0.75rem 0; background: var(--paper);
    border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1.25rem; }
  .player audio { width: 100%; max-width: 30rem; height: 2.75rem; }
  .player p { margin: 0; font-size: 0.875rem; color: var(--quiet); }

  @media screen and (max-width: 50rem) {
    .entries li { grid-template-columns: 4.25rem 1fr; }
    table, tbody, tr, th, td { display: block; }
    thead { display: none; }
    tr { padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
    tbody th, tbody td, .counts th:first-child, .turns th:nth-child(1) { width: auto; padding: 0.125rem 0; border: 0; }
    .counts tbody th { font-weight: 600; }
    .counts td { display: grid; grid-template-columns: 38% 2rem 1fr; align-items: baseline; }
    .counts td.times { display: block; }
    .counts td.count { white-space: normal; }
    .player p { display: none; }
    .counts td.count::before { content: attr(data-label); color: var(--quiet); font-size: 0.9375rem; }
    .track { width: 100%; max-width: 12rem; }
    .turns tr { display: grid; grid-template-columns: 4.75rem 1fr; column-gap: 0; }
    .turns td { grid-column: 2; }
    .turns th { grid-row: 1; }
    .turns .empty, .counts .zero { display: none; }
    .sideways { display: block; }
    .side-by-side td { display: grid; grid-template-columns: 38% 1fr; }
    .side-by-side td::before { content: attr(data-label); color: var(--quiet); font-size: 0.9375rem; }
    .side-by-side tbody th:first-child { width: auto; font-weight: 600; }
  }
  @media print {
    :root {
      color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #bbb; --link: #000;
      --shade: #e8e8e8; --coach: #0072b2; --coachee: #d55e00; --observer: #00805e; --both: #9c4a7c;
    }
    @page { margin: 18mm 16mm; }
    html { font-size: 10pt; }
    body { max-width: none; padding: 0; }
    h1 { font-size: 24pt; } h2 { font-size: 15pt; } h3 { font-size: 12pt; }
    h1, h2, h3, .question { break-after: avoid; }
    tr, .entries li, .challenge, figure { break-inside: avoid; }
    nav, .player, .skip, .meanings { display: none; }
    a { text-decoration: none; }
    .listen::before { content: none; }
    .wide { display: block; }
    .timeline.narrow { display: none; }
    .track { width: 3rem; }
    :target { background: none; box-shadow: none; }
    section { margin-top: 2rem; }
    .bar, .timeline * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    .scroll { overflow: visible; }
    .matrix { max-width: 100%; height: auto; break-inside: avoid; }
    .signs { columns: 2; }
    .signs details::details-content, figure details::details-content { content-visibility: visible; height: auto; }
    .signs details .aside, .signs .not-seen p, .signs .cannot-tell p { display: none; }
    .dot { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    .more::details-content { content-visibility: visible; height: auto; }
  }
  """

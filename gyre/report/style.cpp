#include "gyre/report/parts.hpp"

namespace gyre::report {

std::string_view style_sheet() {
  return R"css(
:root {
  color-scheme: light dark;
  --ground: #ffffff; --ink: #23262b; --soft: #5d646e; --line: #e2e5ea; --panel: #f6f7f9;
  --link: #0062a3; --in: #00734f; --round: #0062a3; --out: #b04a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #16181c; --ink: #e4e6ea; --soft: #a0a7b2; --line: #31363e; --panel: #1f2228;
    --link: #6db5ee; --in: #45c79b; --round: #6db5ee; --out: #f0944d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0 auto; padding: 3rem 1.25rem 4rem; max-width: 62.5rem;
  background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.65 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans",
    "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC",
    "WenQuanYi Micro Hei", sans-serif;
}
html:lang(zh) body { line-height: 1.8; }
header, nav, h2, h3, p, section > ul, dl, main math[display="block"], footer {
  max-width: 46rem; margin-left: auto; margin-right: auto;
}
h1, h2, h3, h4 { line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
html:lang(zh) :is(h1, h2, h3, h4) { letter-spacing: 0.01em; }
h1 { font-size: clamp(2rem, 6vw, 3.1rem); margin: 0 0 1.25rem; font-weight: 750; }
h2 { font-size: 1.7rem; margin-top: 0; margin-bottom: 1rem; }
h3 { font-size: 1.2rem; margin-top: 2.5rem; margin-bottom: 0.6rem; }
h4 { font-size: 1rem; margin: 0; }
p { margin-top: 0; margin-bottom: 1.1rem; }
a { color: var(--link); text-underline-offset: 0.18em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 3px; }
code {
  font: 0.88em/1.4 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono",
    monospace;
  background: var(--panel); border-radius: 0.3em; padding: 0.12em 0.35em; overflow-wrap: anywhere;
}
math { font-size: 1.08em; }
math[display="block"] { margin: 1.4rem auto; overflow-x: auto; padding: 0.2rem 0; }
.update mtd { padding: 0.25em 0.35em; }
.update mtd.l { text-align: left; }
html:lang(zh) em { font-style: normal; font-weight: 650; }
.kicker {
  color: var(--soft); font-size: 0.85rem; font-weight: 600; letter-spacing: 0.08em;
  text-transform: uppercase; margin-bottom: 0.8rem;
}
.lead { font-size: 1.25rem; line-height: 1.6; }
html:lang(zh) .lead { font-size: 1.18rem; line-height: 1.8; }
.tiles {
  list-style: none; margin: 2rem 0 0; padding: 0; display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
}
.tiles li { background: var(--panel); border-radius: 0.8rem; padding: 1.1rem 1.2rem; }
.tiles b {
  display: block; font-size: 1.55rem; line-height: 1.3; font-variant-numeric: tabular-nums;
  letter-spacing: -0.01em; margin-bottom: 0.3rem;
}
.tiles span { color: var(--soft); font-size: 0.9rem; line-height: 1.5; display: block; }
nav {
  margin-top: 2.5rem; padding: 1.1rem 1.4rem; border: 1px solid var(--line); border-radius: 0.8rem;
}
nav h2 { font-size: 0.95rem; margin-bottom: 0.5rem; color: var(--soft); }
nav ol { margin: 0; padding-left: 1.4rem; columns: 2 16rem; column-gap: 2rem; }
nav li { break-inside: avoid; padding: 0.12rem 0; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
main { counter-reset: section; }
section { margin-top: 4.5rem; scroll-margin-top: 1rem; }
section > h2 { counter-increment: section; }
section > h2::before {
  content: counter(section) "  "; color: var(--soft); font-weight: 400; white-space: pre;
}
section > ul { padding-left: 1.3rem; }
section > ul > li { margin-bottom: 0.6rem; }
figure { margin: 2.2rem 0 2.4rem; }
.canvas {
  background: #ffffff; border: 1px solid var(--line); border-radius: 0.8rem; padding: 0.9rem;
  overflow-x: auto;
}
.canvas svg { display: block; margin: 0 auto; }
figcaption {
  max-width: 46rem; margin: 0.8rem auto 0; color: var(--soft); font-size: 0.93rem; line-height: 1.6;
}
figcaption strong, caption strong { color: var(--ink); }
small { font-size: 0.86em; color: var(--soft); }
.table { max-width: 60rem; margin: 2rem auto; overflow-x: auto; }
table { border-collapse: collapse; margin: 0 auto; font-size: 0.92rem; line-height: 1.45; }
caption { caption-side: top; text-align: left; color: var(--soft); padding-bottom: 0.7rem; }
th { text-align: left; font-weight: 600; color: var(--soft); vertical-align: bottom; }
th, td { padding: 0.42rem 0.7rem; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--line); }
th.n, td.n { text-align: right; }
td:first-child:not(.n) { min-width: 11.5rem; }
td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
.verdict { font-weight: 600; white-space: nowrap; }
.verdict::before { margin-right: 0.4em; font-weight: 700; }
.settled { color: var(--in); } .settled::before { content: "✓"; }
.nearing { color: var(--in); } .nearing::before { content: "→"; }
.cycling { color: var(--round); } .cycling::before { content: "↻"; }
.diverged, .not-finite, .drifting { color: var(--out); }
.diverged::before, .not-finite::before, .drifting::before { content: "↗"; }
.spent { color: var(--soft); } .spent::before { content: "·"; }
.cards {
  list-style: none; padding: 0 !important; max-width: none !important; margin: 1.2rem 0 0;
  display: grid;
  gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18.5rem), 1fr));
}
.cards li {
  background: var(--panel); border-radius: 0.8rem; padding: 1rem 1.15rem; margin: 0 !important;
}
.cards p { margin: 0.45rem 0 0; font-size: 0.92rem; line-height: 1.55; }
.cards code { background: var(--ground); }
.cards math[display="block"] { margin: 0.7rem 0 0; text-align: left; font-size: 1em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.5rem 1.2rem; }
dd { margin: 0; }
.commands dd, footer dt { color: var(--soft); }
footer {
  margin-top: 5rem; padding-top: 2rem; border-top: 1px solid var(--line); font-size: 0.92rem;
}
footer h2 { font-size: 1.1rem; }
@media (max-width: 40rem) {
  body { padding: 1.75rem 1rem 3rem; font-size: 1rem; }
  .lead { font-size: 1.1rem; }
  section { margin-top: 3.2rem; }
  .canvas { padding: 0.5rem; }
  .canvas svg { min-width: 33rem; }
  th, td { padding: 0.4rem 0.55rem; }
  dl { grid-template-columns: 1fr; gap: 0.1rem; }
  dd { margin-bottom: 0.7rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  figure, .table, .cards li, .tiles li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .canvas, .table { overflow: visible; }
}
)css";
}

}  // namespace gyre::report

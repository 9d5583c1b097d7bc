#include "gyre/report/atlas_parts.hpp"

namespace gyre::report {

/// What the atlas adds to the tour's style. Colours go with marks, so that no cell depends on its
/// colour alone; which of a cell's five classes counts is decided by the chosen view.
std::string_view atlas_style() {
  return R"css(
:root {
  --m0: #00805a; --m1: #b0679a; --m2: #3f8fcb; --m3: #d9772b; --m4: #b9c0ca;
  --on: #ffffff; --dark: #23262b; --faint: #eef0f3;
  --s0: #12436d; --s1: #1f6fa8; --s2: #5aa0cf; --s3: #a3cbe6; --s4: #dcebf5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --m0: #2bab80; --m1: #c98ab5; --m2: #5aa9e0; --m3: #e58a43; --m4: #565d68;
    --on: #10141a; --dark: #e4e6ea; --faint: #1d2025;
    --s0: #d8ecfa; --s1: #93c6ea; --s2: #4f93c4; --s3: #2d628c; --s4: #1d3d57;
  }
}
.tiles { grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); }
.plain > section > h2::before { content: none; }
.plain > section > h2 { margin-bottom: 0.8rem; }
.wide { margin-left: calc(50% - min(50vw - 1.25rem, 60rem)); width: min(100vw - 2.5rem, 120rem); }
.views { border: 0; padding: 0; margin: 1.6rem auto 1rem; max-width: 62rem; display: flex;
  flex-wrap: wrap; gap: 0.45rem; justify-content: center; }
.views legend { float: left; padding: 0.4rem 0.6rem 0.4rem 0; color: var(--soft);
  font-size: 0.92rem; }
.views input { position: absolute; opacity: 0; }
.views span { display: block; padding: 0.35rem 0.95rem; border: 1px solid var(--line);
  border-radius: 2rem; cursor: pointer; font-size: 0.95rem; }
.views input:checked + span { background: var(--ink); border-color: var(--ink);
  color: var(--ground); }
.views input:focus-visible + span { outline: 2px solid var(--link); outline-offset: 2px; }
.legend { display: none; max-width: 62rem; margin: 0 auto 1.1rem; }
.legend ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap;
  gap: 0.4rem 1.3rem; justify-content: center; font-size: 0.92rem; }
.legend li { display: flex; align-items: center; gap: 0.5rem; }
.legend p { text-align: center; color: var(--soft); font-size: 0.88rem; margin: 0.7rem auto 0;
  max-width: 46rem; line-height: 1.5; }
.tools { display: flex; flex-wrap: wrap; gap: 0.5rem 0.7rem; align-items: center;
  justify-content: center; font-size: 0.9rem; color: var(--soft); margin-bottom: 0.9rem; }
.tools[hidden] { display: none; }
.tools button, .tools input { font: inherit; color: var(--ink); background: var(--ground);
  border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.25rem 0.7rem; }
.tools button { cursor: pointer; }
.tools label { margin-left: 0.8rem; }
.tools input { width: 11rem; }
.frame { overflow: auto; max-height: min(88vh, 70rem); border: 1px solid var(--line);
  border-radius: 0.8rem; width: fit-content; max-width: 100%; margin: 0 auto;
  padding: 0 0.5rem 0.5rem 0; }
#grid { border-collapse: separate; border-spacing: 0; font-size: 0.8rem; line-height: 1;
  margin: 0; }
#grid th { background: var(--ground); color: var(--ink); font-weight: 500; padding: 0;
  border: 0; white-space: nowrap; position: sticky; z-index: 1; }
#grid thead th { top: 0; height: 9.2rem; vertical-align: bottom;
  border-bottom: 1px solid var(--line);
  min-width: 1.5rem; }
#grid thead span { display: block; writing-mode: vertical-rl; transform: rotate(180deg);
  padding: 0.3rem 0; margin: 0 auto; width: 1.5rem; line-height: 1.5rem; max-height: 9rem;
  overflow: hidden; text-overflow: ellipsis; }
#grid thead a { color: inherit; text-decoration: none; display: block; }
#grid thead a:hover { text-decoration: underline; }
#grid tbody th { left: 0; text-align: left; vertical-align: middle; padding: 0 0.6rem;
  max-width: 12rem; overflow: hidden;
  text-overflow: ellipsis; border-right: 1px solid var(--line); }
#grid thead th.corner { left: 0; z-index: 2; padding: 0 0.6rem 0.5rem; color: var(--soft);
  text-align: left; border-right: 1px solid var(--line); }
#grid th.on, #grid th.on a { color: var(--link); font-weight: 700; }
#grid td { padding: 0; border: 0; width: 1.5rem; min-width: 1.5rem; height: 1.5rem; }
#grid td:first-child:not(.n) { min-width: 1.5rem; }
#grid td a, .k i { display: flex; align-items: center; justify-content: center; width: 1.4rem;
  height: 1.4rem; margin: 0.05rem; border-radius: 0.22rem; text-decoration: none; font-weight: 700;
  font-size: 0.82rem; font-style: normal; line-height: 1; color: var(--on); }
#grid td a { cursor: pointer; }
#grid td.on a { outline: 2px solid var(--ink); outline-offset: 0; position: relative; }
#grid td.u a, .k.u i { background: none; border: 1px dotted #8888887a; }
)css"
         R"css(
body:has(#v-m:checked) .l-m, body:has(#v-t:checked) .l-t, body:has(#v-c:checked) .l-c,
body:has(#v-s:checked) .l-s, body:has(#v-y:checked) .l-y { display: block; }
body:has(#v-m:checked) td.m0 a, .l-m .m0 i { background: var(--m0); }
body:has(#v-m:checked) td.m1 a, .l-m .m1 i { background: var(--m1); }
body:has(#v-m:checked) td.m2 a, .l-m .m2 i { background: var(--m2); }
body:has(#v-m:checked) td.m3 a, .l-m .m3 i { background: var(--m3); }
body:has(#v-m:checked) td.m4 a, .l-m .m4 i { background: var(--m4); color: var(--dark); }
body:has(#v-m:checked) td.p a {
  background: linear-gradient(to top, var(--m0) var(--p), var(--r) var(--p)); }
body:has(#v-m:checked) td.m0 a::before, .l-m .m0 i::before { content: "✓"; }
body:has(#v-m:checked) td.m1 a::before, .l-m .m1 i::before { content: "◆"; }
body:has(#v-m:checked) td.m2 a::before, .l-m .m2 i::before { content: "↻"; }
body:has(#v-m:checked) td.m3 a::before, .l-m .m3 i::before { content: "↗"; }
body:has(#v-m:checked) td.m4 a::before, .l-m .m4 i::before { content: "·"; }
body:has(#v-t:checked) td.t1 a, .l-t .t1 i { background: var(--m0); }
body:has(#v-t:checked) td.t2 a, .l-t .t2 i { background: var(--m2); }
body:has(#v-t:checked) td.t3 a, .l-t .t3 i { background: var(--m3); }
body:has(#v-t:checked) td.t0 a, .l-t .t0 i { background: var(--faint); color: var(--soft); }
body:has(#v-t:checked) td.t1 a::before, .l-t .t1 i::before { content: "\3C"; }
body:has(#v-t:checked) td.t2 a::before, .l-t .t2 i::before { content: "="; }
body:has(#v-t:checked) td.t3 a::before, .l-t .t3 i::before { content: "\3E"; }
body:has(#v-t:checked) td.t0 a::before, .l-t .t0 i::before { content: "?"; }
body:has(#v-c:checked) td.c4 a, .l-c .c4 i { background: #00805a33; color: var(--in); }
body:has(#v-c:checked) td.c3 a, .l-c .c3 i { background: var(--m2); }
body:has(#v-c:checked) td.c1 a, .l-c .c1 i { background: #e0a526; color: #23262b; }
body:has(#v-c:checked) td.c2 a, .l-c .c2 i { background: var(--m1); }
body:has(#v-c:checked) td.c0 a, .l-c .c0 i { background: #c22d1c; color: #ffffff; }
body:has(#v-c:checked) td.c5 a, .l-c .c5 i { background: var(--faint); color: var(--soft); }
body:has(#v-c:checked) td.c4 a::before, .l-c .c4 i::before { content: "✓"; }
body:has(#v-c:checked) td.c3 a::before, .l-c .c3 i::before { content: "≈"; }
body:has(#v-c:checked) td.c1 a::before, .l-c .c1 i::before { content: "○"; }
body:has(#v-c:checked) td.c2 a::before, .l-c .c2 i::before { content: "+"; }
body:has(#v-c:checked) td.c0 a::before, .l-c .c0 i::before { content: "!"; }
body:has(#v-c:checked) td.c5 a::before, .l-c .c5 i::before { content: "·"; }
body:has(#v-s:checked) td.s0 a, .l-s .s0 i { background: var(--s0); }
body:has(#v-s:checked) td.s1 a, .l-s .s1 i { background: var(--s1); }
body:has(#v-s:checked) td.s2 a, .l-s .s2 i { background: var(--s2); }
body:has(#v-s:checked) td.s3 a, .l-s .s3 i { background: var(--s3); color: var(--dark); }
body:has(#v-s:checked) td.s4 a, .l-s .s4 i { background: var(--s4); color: var(--dark); }
body:has(#v-s:checked) td.s9 a, .l-s .s9 i { background: var(--faint); color: var(--soft); }
body:has(#v-s:checked) td.s0 a::before, .l-s .s0 i::before { content: "1"; }
body:has(#v-s:checked) td.s1 a::before, .l-s .s1 i::before { content: "2"; }
body:has(#v-s:checked) td.s2 a::before, .l-s .s2 i::before { content: "3"; }
body:has(#v-s:checked) td.s3 a::before, .l-s .s3 i::before { content: "4"; }
body:has(#v-s:checked) td.s4 a::before, .l-s .s4 i::before { content: "5"; }
body:has(#v-s:checked) td.s9 a::before, .l-s .s9 i::before { content: "–"; }
body:has(#v-y:checked) td.yc a, .l-y .yc i { background: var(--m2); }
body:has(#v-y:checked) td.ys a, .l-y .ys i { background: #e0a526; color: #23262b; }
body:has(#v-y:checked) td.yf a, .l-y .yf i { background: var(--m0); }
body:has(#v-y:checked) td.ya a, .l-y .ya i { background: var(--m3); }
body:has(#v-y:checked) td.yn a, .l-y .yn i { background: var(--faint); }
body:has(#v-y:checked) td.yc a::before, .l-y .yc i::before { content: "↻"; }
body:has(#v-y:checked) td.ys a::before, .l-y .ys i::before { content: "◐"; }
body:has(#v-y:checked) td.yf a::before, .l-y .yf i::before { content: "✓"; }
body:has(#v-y:checked) td.ya a::before, .l-y .ya i::before { content: "↗"; }
)css"
         R"css(
#told { position: fixed; left: 50%; bottom: 0.8rem; transform: translateX(-50%); z-index: 3;
  width: min(62rem, 100vw - 1.6rem); background: var(--ground); color: var(--ink);
  border: 1px solid var(--line); border-radius: 0.8rem; padding: 0.7rem 1.1rem;
  box-shadow: 0 0.4rem 1.6rem #00000030; font-size: 0.88rem; line-height: 1.45; }
#told[hidden] { display: none; }
#told > a { margin-left: 1rem; white-space: nowrap; }
#told dl { max-width: none; margin: 0.3rem 0 0; display: flex; flex-wrap: wrap;
  gap: 0.15rem 1.4rem; }
#told dl > div { display: flex; gap: 0.45rem; }
#told dt { color: var(--soft); white-space: nowrap; }
#told dt:empty { display: none; }
#told dd { margin: 0; }
.tall { max-height: 34rem; overflow: auto; margin: 1.4rem auto; border: 1px solid var(--line);
  border-radius: 0.8rem; }
.tall .table { margin: 0 auto; overflow: visible; max-width: none; }
.tall table { margin: 0; width: 100%; border-collapse: separate; border-spacing: 0; }
.tall caption { padding: 0.9rem 0.8rem; }
.tall thead th { position: sticky; top: 0; background: var(--ground); z-index: 1; }
.tall small { overflow-wrap: anywhere; }
.tall td { vertical-align: top; }
.tall td > code { display: inline-block; min-width: 14rem; }
.tall td:has(> code) + td { min-width: 8.5rem; }
.bar { display: block; min-width: 5.5rem; padding: 0 0.4rem; border-radius: 0.25rem;
  background: linear-gradient(to right, #00805a40 var(--w), var(--panel) var(--w)); }
.held { color: var(--round); }
details { max-width: 46rem; margin: 0 auto 1.6rem; }
summary { cursor: pointer; color: var(--link); }
details dl { font-size: 0.9rem; line-height: 1.6; margin: 0.8rem 0; }
details dd a { margin-right: 0.5rem; white-space: nowrap; }
section > h3::first-letter { text-transform: uppercase; }
.formula code { display: block; max-height: 9rem; overflow: auto; font-size: 1rem;
  padding: 0.5em 0.8em; }
.sheet { display: grid; gap: 1.2rem; margin-top: 1.6rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 38rem), 1fr)); }
.cell { border: 1px solid var(--line); border-radius: 0.8rem; padding: 1rem 1.1rem;
  scroll-margin-top: 1rem; min-width: 0; }
.cell:target { border-color: var(--link); box-shadow: 0 0 0 2px var(--link); }
.cell h3 { margin: 0; display: inline; }
.cell p { max-width: none; margin: 0; }
.ending { float: right; font-weight: 600; font-size: 0.92rem; }
.e-solved { color: var(--in); } .e-solved::before { content: "✓ "; }
.e-other { color: var(--m1); } .e-other::before { content: "◆ "; }
.e-cycling { color: var(--round); } .e-cycling::before { content: "↻ "; }
.e-diverged { color: var(--out); } .e-diverged::before { content: "↗ "; }
.e-spent { color: var(--soft); } .e-spent::before { content: "· "; }
.pipe { font-size: 0.85rem; padding-top: 0.3rem; clear: none; }
.pair { display: grid; gap: 0.4rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr));
  background: #ffffff; border-radius: 0.5rem; padding: 0.4rem; margin: 0.7rem 0; }
.pair svg { width: 100%; }
.cell dl { max-width: none; margin: 0; font-size: 0.88rem; line-height: 1.45; gap: 0.15rem 0.9rem; }
.cell dt { color: var(--soft); }
@media (max-width: 40rem) {
  .wide { margin-left: -0.5rem; width: calc(100% + 1rem); }
  .wide > h2, .wide > p { margin-left: 0.5rem; margin-right: 0.5rem; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .tiles li { padding: 0.8rem 0.9rem; }
  .views { justify-content: flex-start; margin-left: 0.5rem; margin-right: 0.5rem; }
  .views legend { float: none; flex-basis: 100%; padding: 0; }
  .legend { margin-left: 0.5rem; margin-right: 0.5rem; }
  .legend ul { justify-content: flex-start; flex-direction: column; }
  .legend p { text-align: left; }
  .tools { justify-content: flex-start; margin-left: 0.5rem; }
  .tools label { margin-left: 0; }
  .frame { max-height: 75vh; }
  #grid tbody th, #grid thead th.corner { max-width: 7.2rem; padding-left: 0.4rem;
    padding-right: 0.3rem; font-size: 0.74rem; }
  .tall { max-height: 26rem; }
  .tall caption { position: sticky; left: 0; max-width: calc(100vw - 2.6rem); }
  .cell { padding: 0.8rem 0.75rem; }
  .ending { float: none; }
  details dl { grid-template-columns: 1fr; }
}
@media print { #told, .tools { display: none; } .frame, .tall { max-height: none; } }
)css";
}

}  // namespace gyre::report

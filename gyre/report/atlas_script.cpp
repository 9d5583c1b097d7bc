#include "gyre/report/atlas_parts.hpp"

namespace gyre::report {

/// Shows a cell's numbers, sorts and searches. Without it the grid has its colours, views and links
/// all the same.
std::string_view atlas_script() {
  return R"js(
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const say = facts.words, grid = document.getElementById("grid");
  const told = document.getElementById("told"), body = grid.tBodies[0];
  const rows = [...body.rows], heads = [...grid.tHead.rows[0].cells].slice(1);
  const cells = rows.map((row) => [...row.cells].slice(1));
  rows.forEach((row, r) => { row.dataset.r = r; });
  cells.forEach((row) => row.forEach((cell, g) => { cell.dataset.g = g; }));

  const span = (name, text) => {
    const e = document.createElement(name);
    e.textContent = text;
    return e;
  };
  const fill = (words, values) => words.replace(/\[(\w+)\]/g, (all, key) => values[key] ?? "–");
  const endings = ["m.solved", "m.other", "m.cycling", "m.diverged", "m.spent"];
  const theories = ["t.silent", "t.attracts", "t.neutral", "t.repels"];
  const accords = ["c.beside", "c.missed", "c.unforetold", "c.rate", "c.agree", "c.open"];

  function lines(f) {
    if (typeof f === "number") return [["", facts.reasons[f]]];
    const [, , , , , theory, radius, rate, steps, calls, from, limit, best, factor, kept, ring,
      accord] = f;
    const all = f.slice(0, 5).reduce((a, b) => a + b, 0);
    const list = [["", endings.map((key, i) => f[i] ? `${f[i]}/${all} ${say[key]}` : "")
      .filter((text) => text).join(" · ")]];
    list.push([say["cell.foretold"], radius === null ? say[theories[theory]]
      : fill(say["js.radius"], {theory: say[theories[theory]], radius})]);
    if (rate !== null) list.push([say["cell.rate"], fill(say["js.rates"], {rate, radius})]);
    if (steps !== null) list.push([say["cell.until"], fill(say["js.steps"], {steps, calls})]);
    if (from !== null) list.push([say["cell.sizes"], limit === 0 ? say["cell.nosize"]
      : fill(say[limit === null ? "js.all" : "js.attracts"], {from, limit, best, factor})]);
    if (ring) list.push([say["cell.cycle"], fill(say["js.kept"], {kept, ring})]);
    list.push(["", say[accords[accord]]]);
    return list;
  }

  let marked = null;
  function show(cell) {
    if (!cell || cell.dataset.g === undefined) return;
    const r = cell.parentNode.dataset.r, g = cell.dataset.g, link = cell.firstChild;
    const title = span("strong", `${facts.rules[r][0]} × ${facts.games[g][0]}`);
    const parts = [title];
    if (link.href) {
      const more = span("a", `${say.see} →`);
      more.href = link.href;
      parts.push(more);
    }
    const list = document.createElement("dl");
    for (const [key, text] of lines(facts.cells[r][g])) {
      const pair = document.createElement("div");
      pair.append(span("dt", key), span("dd", text));
      list.append(pair);
    }
    told.replaceChildren(...parts, list);
    told.hidden = false;
    for (const e of document.querySelectorAll(".on")) e.classList.remove("on");
    cell.classList.add("on");
    rows[r].cells[0].classList.add("on");
    heads[g].classList.add("on");
  }
  grid.addEventListener("pointerover", (e) => {
    if (e.pointerType === "mouse") show(e.target.closest("td"));
  });
  grid.addEventListener("focusin", (e) => show(e.target.closest("td")));
  let touch = false;
  grid.addEventListener("pointerdown", (e) => { touch = e.pointerType !== "mouse"; });
  grid.addEventListener("click", (e) => {
    const cell = e.target.closest("td");
    if (!cell) return;
    if (touch && marked !== cell) e.preventDefault();  // a first touch shows, a second one follows
    marked = cell;
    show(cell);
  });

  const solvedBy = rows.map((row, r) => cells[r].reduce((sum, c, g) =>
    sum + (typeof facts.cells[r][g] === "number" ? 0 : facts.cells[r][g][0]), 0));
  const solves = heads.map((head, g) => cells.reduce((sum, row, r) =>
    sum + (typeof facts.cells[r][g] === "number" ? 0 : facts.cells[r][g][0]), 0));
  const places = (count, by) => [...Array(count).keys()].sort((a, b) => by ? by[b] - by[a] || a - b
    : a - b);
  function order(solved) {
    const across = places(heads.length, solved && solves);
    grid.tHead.rows[0].append(...across.map((g) => heads[g]));
    for (const r of places(rows.length, solved && solvedBy)) {
      rows[r].append(...across.map((g) => cells[r][g]));
      body.append(rows[r]);
    }
  }
  for (const button of document.querySelectorAll("[data-order]"))
    button.addEventListener("click", () => order(button.dataset.order === "solved"));
  document.getElementById("find").addEventListener("input", (e) => {
    const text = e.target.value.trim().toLowerCase();
    const has = (words) => words.some((w) => w.toLowerCase().includes(text));
    const rule = facts.rules.map(has), game = facts.games.map(has);
    const byRule = rule.some((x) => x), byGame = game.some((x) => x) && !(text && byRule);
    rows.forEach((row, r) => { row.hidden = text && byRule ? !rule[r] : false; });
    heads.forEach((head, g) => { head.hidden = text && byGame ? !game[g] : false; });
    cells.forEach((row) => row.forEach((cell, g) => { cell.hidden = heads[g].hidden; }));
  });
  document.querySelector(".tools").hidden = false;
})();
)js";
}

}  // namespace gyre::report

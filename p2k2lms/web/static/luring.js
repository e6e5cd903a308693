/* The page without signal: it finds the view that fits the address, and fills the frame with what the phone holds.

   A plugin's script says `view(pattern, draw)`; draw(match) fills the frame with show() and returns true, or returns
   false for what is not on this phone. `offers(list)` adds rows to "Bisa dibuka sekarang": list() returns
   [{title, meta, href, state, number, sign}], a row without href being one that still needs signal. `beside(pattern, make)`
   puts what make(match) returns, now or later, beneath the view that somebody else drew; null puts nothing. */

const here = document.querySelector("script[data-words]").dataset, body = document.body;
const frame = JSON.parse(localStorage.getItem("p2k2-frame") || "null");
const views = [], lists = [], below = [];
export const person = frame ? Number(frame.person) : 0;
export const view = (pattern, draw) => views.push([pattern, draw]);
export const beside = (pattern, make) => below.push([pattern, make]);
export const offers = (list) => lists.push(list);

const $ = (name) => document.querySelector(`[data-${name}]`);
export const piece = (name) => document.querySelector(`template[data-piece="${name}"]`).content.firstElementChild.cloneNode(true);

// A piece with its texts and addresses; an element whose text is null goes.
export function fill(name, texts, href) {
  const made = piece(name);
  const all = (mark) => [...(made.matches(mark) ? [made] : []), ...made.querySelectorAll(mark)];
  for (const place of all("[data-t]")) {
    const text = texts[place.dataset.t];
    if (text === null || text === undefined) place.remove(); else place.textContent = text;
  }
  for (const link of all("[data-href]")) if (href) link.href = href;
  return made;
}

export function mark(place, state, number, label) {
  place.className = "mk " + (state === "open" ? "" : state);
  place.replaceChildren(state === "done" ? piece("tick") : state === "lock" ? piece("lock") : String(number || ""));
  if (label) { const spoken = document.createElement("span"); spoken.className = "vh"; spoken.textContent = label + ": "; place.prepend(spoken); }
}

// One row of a list; without a number its mark shows the sign that the row names, a piece.
export function rowFor(row) {
  const made = fill(row.href ? "row" : "shut", row, row.href), place = made.querySelector(".mk");
  if (row.href) mark(place, row.state, row.number);
  if (row.href && row.sign && !row.number) place.append(piece(row.sign));
  return made;
}

// The frame around a view: where one is, the way back, and the foot with the action.
export function show({ title, bar = title, sub, back, foot, shape }, ...parts) {
  document.title = title + " - " + document.title.split(" - ").pop();
  $("title").textContent = bar;
  $("sub").textContent = sub || ""; $("sub").hidden = !sub;
  $("back").hidden = !back; if (back) $("back").href = back;
  $("here").replaceChildren(...parts); $("here").hidden = false; $("nothing").hidden = true;
  for (const old of document.querySelectorAll("body > .foot")) old.remove();
  $("tabs").hidden = Boolean(foot) || !$("tabs").children.length;
  if (shape) body.classList.add(shape);
  if (foot) document.querySelector("main").after(foot);
  return true;
}

async function nothing() {
  $("here").hidden = true; $("nothing").hidden = false;
  $("again").href = location.href;
  if (!frame) return;
  const rows = (await Promise.all(lists.map((list) => list().catch(() => [])))).flat();
  $("open").hidden = !rows.length;
  $("rows").replaceChildren(...rows.map(rowFor));
}

view(/^\/kiriman$/, () => show({ title: here.sent, back: "/" }, piece("sent")));

async function boot() {
  if (frame && frame.theme) document.documentElement.dataset.theme = frame.theme;
  if (frame && frame.tabs) { $("tabs").innerHTML = frame.tabs; $("tabs").hidden = false; body.classList.add("app"); }
  const first = "/" + location.pathname.split("/")[1];
  for (const tab of $("tabs").querySelectorAll("a")) if (tab.getAttribute("href") === first) tab.setAttribute("aria-current", "page");
  body.dataset.words = here.words;
  if (frame) body.dataset.person = frame.person;
  let drawn = false;
  for (const [pattern, draw] of frame ? views : []) {
    const match = pattern.exec(location.pathname);
    if (match) drawn = await Promise.resolve(draw(match)).catch(() => false);
    if (drawn) break;
  }
  if (!drawn) await nothing();
  for (const [pattern, make] of drawn ? below : []) {
    const match = pattern.exec(location.pathname);
    const made = match && await Promise.resolve(make(match)).catch(() => null);
    if (made) $("here").append(made);
  }
  if (!frame) return;
  await import("./outbox.js");
  document.dispatchEvent(new Event("outbox"));
  await (await import("./packs.js")).storage();
  body.dataset.luring = "ready";
}
addEventListener("DOMContentLoaded", boot);

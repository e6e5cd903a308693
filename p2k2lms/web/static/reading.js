/* Learning where there is no signal: the outline and the cards, drawn from the files that were downloaded.

   What is locked follows from the plan's own data: a sesi opens when the required cards of those it comes after
   are read. A finished card goes into the outbox; the phone counts it as read at once, and goes on. */

import { view, offers, show, piece, fill, mark } from "./luring.js";
import { course as record, courses, cards, mark as markRead, sesi as allSesi, size } from "./packs.js";

const words = JSON.parse(document.querySelector("script[data-reading]").dataset.reading);
const say = (key, ...values) => values.reduce((text, value) => text.replace("%s", value), words[key]);
const required = (sesi) => sesi.steps.filter((s) => s.required);

// One course with what has been read: every sesi with its state, as the server would show it.
function known(kept) {
  const read = new Set(kept.read), all = allSesi(kept.plan), by = Object.fromEntries(all.map((s) => [s.id, s]));
  const unread = (sesi) => required(sesi).filter((s) => !read.has(s.id));
  const states = {};
  for (const sesi of all) {
    const own = sesi.steps.filter((s) => read.has(s.id)).length, first = sesi.after.map((id) => by[id]).find((s) => unread(s).length);
    const lock = first && !own ? first : null, left = unread(sesi).length;
    const full = !left && (required(sesi).length || own === sesi.steps.length);
    states[sesi.id] = { lock, own, state: !sesi.steps.length ? "later" : lock ? "lock" : full ? "done" : own ? "half" : "open" };
  }
  const url = (sesi, step) => `/belajar/${kept.course}/${sesi.id}/${step.id}`;
  const next = all.filter((s) => ["open", "half"].includes(states[s.id].state)).map((s) => [s, s.steps.find((one) => !read.has(one.id))]).find(([s, step]) => step && kept.have[s.id]);
  return { read, all, states, unread, url, next, contents: "/belajar/" + kept.course, has: (sesi) => Boolean(kept.have[sesi.id]) };
}
const firstOf = (it, sesi) => it.url(sesi, sesi.steps.find((s) => !it.read.has(s.id)) || sesi.steps[0]);
const waits = (it, sesi) => { const lock = it.states[sesi.id].lock; return say("waits", lock.short, it.unread(lock).length); };

function rung(it, sesi) {
  const { state } = it.states[sesi.id], now = it.next && it.next[0] === sesi ? "now" : state, open = it.has(sesi) && state !== "lock" && state !== "later";
  const meta = state === "later" ? words.later : state === "lock" ? waits(it, sesi) : it.has(sesi) ? say("here", sesi.steps.length) : say("away", size(sesi.file.bytes));
  const row = fill(open ? "sesi" : "sesi-shut", { title: sesi.name, meta }, open ? firstOf(it, sesi) : "");
  row.id = sesi.id;
  row.classList.toggle("past", it.states[sesi.id].own > 0);
  mark(row.querySelector(".mk"), now === "later" ? "open" : now, sesi.number || it.all.indexOf(sesi) + 1, words[now]);
  return row;
}

view(/^\/belajar\/([^/]+)$/, async ([, id]) => {
  const kept = await record(id);
  if (!kept) return false;
  const it = known(kept), steps = it.all.flatMap(required), read = steps.filter((s) => it.read.has(s.id)).length;
  const [sesi, step] = it.next || [], top = fill("outline", { share: say("share", read, steps.length), all: step || read < steps.length ? null : words.all, go: step ? say("go", sesi.short, sesi.steps.indexOf(step) + 1) : null }, step && it.url(sesi, step));
  top.querySelector("progress").max = steps.length || 1; top.querySelector("progress").value = read;
  if (!step) top.querySelector("a").remove();
  const parts = kept.plan.modul.map((modul) => {
    const own = modul.sesi.flatMap(required), got = own.filter((s) => it.read.has(s.id)).length;
    const made = fill("modul", { title: modul.title, meta: (own.length ? say("count", got, own.length) : words.later) + " · " + modul.jp + " JP" });
    const state = !own.length ? "later" : got === own.length ? "done" : got ? "half" : "open";
    mark(made.querySelector(".mk"), state === "later" ? "open" : state, "", words[state]);
    made.querySelector("details").open = modul.sesi.some((s) => sesi ? s === sesi : kept.have[s.id]);
    made.querySelector("ol").append(...modul.sesi.map((s) => rung(it, s)));
    return made;
  });
  return show({ title: kept.plan.title, sub: kept.plan.subtitle, back: "/belajar" }, top, ...parts);
});

const LIFE = { "": "learn", "/ajar": "teach", "/bukti": "prove" };
view(/^\/belajar\/([^/]+)\/([^/]+)\/([^/]+?)(\/ajar|\/bukti)?$/, async ([, id, , stepId, side = ""]) => {
  const kept = await record(id);
  if (!kept) return false;
  const it = known(kept), sesi = it.all.find((s) => s.steps.some((one) => one.id === stepId));
  if (!sesi) return false;
  const at = sesi.steps.findIndex((s) => s.id === stepId), step = sesi.steps[at], back = it.contents + "#" + sesi.id, bar = sesi.short;
  if (it.states[sesi.id].lock) return shut(it, sesi, step, back);
  const here = it.url(sesi, step), card = ((await cards(kept, sesi.id)) || {})[step.id];
  const sub = say("step", at + 1, sesi.steps.length), foot = fill("foot", {}, back);
  if (!card) return show({ title: step.title, bar, sub, back, foot }, piece("absent"));
  const said = document.createElement("div"), lives = piece("lives");
  said.className = "stack"; said.innerHTML = card[LIFE[side]];
  for (const link of lives.children) { const path = Object.keys(LIFE).find((one) => LIFE[one] === link.dataset.life); link.href = here + path; if (path === side) link.setAttribute("aria-current", "page"); }
  foot.append(side ? fill("back-to-card", {}, here) : action(kept, it, sesi, step));
  return show({ title: step.title, bar, sub, back, foot, shape: "read-page" }, ladder(it, sesi, at, sub), ...over(it, sesi, side || at || it.read.has(step.id)), fill("head", { title: step.title }), said, ...scenes(it, sesi, at, side), lives);
});

// Above the first card of a sesi, while it is unread: that the sesi before it is finished.
function over(it, sesi, late) {
  const before = it.all.slice(0, it.all.indexOf(sesi)).filter((s) => s.steps.length).pop();
  return !late && before && it.states[before.id].state === "done" ? [fill("over", { text: say("over", before.name) })] : [];
}

// After the last card of a sesi stand its role-play scenes.
function scenes(it, sesi, at, side) {
  if (side || at + 1 < sesi.steps.length || !(sesi.scenes || []).length) return [];
  const made = piece("scenes");
  made.querySelector("div").append(...sesi.scenes.map((one) => fill("scene-row", { title: one.title, meta: it.read.has(one.id) ? words.played : say("scene", one.minutes) }, `${it.contents}/${sesi.id}/adegan/${one.id}`)));
  return [made];
}

function shut(it, sesi, step, back) {
  const lock = it.states[sesi.id].lock, first = it.unread(lock)[0], said = piece("locked"), text = document.createElement("p");
  text.textContent = waits(it, sesi);
  said.append(text, fill("go", { text: say("unlock", lock.short, lock.steps.indexOf(first) + 1) }, it.url(lock, first)));
  return show({ title: step.title, sub: sesi.name, back }, said);
}

function ladder(it, sesi, at, label) {
  const made = piece("ladder");
  made.setAttribute("aria-label", label);
  if (sesi.steps.length <= 16) made.append(...sesi.steps.map((s, n) => { const rung = document.createElement("i"); rung.className = n === at ? "n" : it.read.has(s.id) ? "d" : ""; return rung; }));
  return made;
}

// The button of a card: what is unread is sent, and the phone goes on as soon as it is kept or received.
function action(kept, it, sesi, step) {
  const steps = it.all.flatMap((s) => s.steps.map((one) => [s, one])), [onSesi, on] = steps[steps.findIndex(([, one]) => one === step) + 1] || [];
  const after = () => { it.read.add(step.id); const later = known({ ...kept, read: [...it.read] }); return on && !later.states[onSesi.id].lock && it.has(onSesi) ? it.url(onSesi, on) : it.contents + "#" + sesi.id; };
  if (kept.plan.preview || it.read.has(step.id)) return fill("go", { text: kept.plan.preview ? words.on : words.again }, after());
  const form = piece("finish"), slot = kept.course + "/" + step.id;
  form.dataset.slot = slot;
  for (const [name, value] of [["course", kept.course], ["version_id", kept.plan.version], ["step", step.id]]) form.elements[name].value = value;
  document.addEventListener("kiriman", async ({ detail }) => {
    if (detail.slot !== slot || !["kept", "accepted"].includes(detail.state)) return;
    await markRead(kept.course, step.id);
    if (detail.state === "accepted" || !navigator.onLine) return location.assign(after());
    setTimeout(() => location.assign(after()), 4000);
  });
  return form;
}

offers(async () => (await courses()).filter((kept) => kept.plan.kind !== "field").flatMap((kept) => {
  const it = known(kept), open = it.all.filter((s) => it.has(s) && !it.states[s.id].lock), away = it.all.filter((s) => s.file && !it.has(s) && !it.states[s.id].lock);
  const rows = open.map((s) => ({ title: s.name, meta: say("here", s.steps.length), href: firstOf(it, s), number: s.number || it.all.indexOf(s) + 1, state: it.next && it.next[0] === s ? "now" : it.states[s.id].state }));
  const more = away.slice(0, 2).map((s) => ({ title: s.name, meta: say("away", size(s.file.bytes)) }));
  return [{ title: kept.plan.title, meta: "", href: it.contents, state: "open", sign: "sign-book" }, ...rows, ...more];
}));

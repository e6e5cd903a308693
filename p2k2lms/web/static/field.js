/* The field where there is no signal: groups, the Buku Langkah, reports and their mending, from the plan that was
   taken along ("lapangan" among the downloads) and from what was told on this phone since. */

import { view, offers, show, fill, mark, person } from "./luring.js";
import { courses, course, sheet as sheetOf, tell } from "./packs.js";
import { piece, fit, kept, keep, openBook, stateOf, minutesOf, today, store } from "./book.js";
import { dress } from "./report.js";
import { names } from "./names.js";

const words = JSON.parse(document.querySelector("script[data-field]").dataset.field);
const HOME = "/lapangan", LISTS = ["groups", "women", "men", "children", "homework"], TICKS = "numbers";
const say = (key, ...values) => fit(words[key], ...values);
const nameOf = (sesi) => sesi.number ? say("sesi", sesi.number) : sesi.title;
const dayOf = (text) => { const [y, m, d] = text.split("-"); return new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long" }).format(new Date(y, m - 1, d)); };

// What is known here: the plan of the server, and over it what this phone has told since.
async function known() {
  const record = await course("lapangan");
  if (!record || record.plan.person !== person) return null;
  const { plan } = record, sent = record.sent || [], outbox = await store(), out = outbox ? await outbox.all() : [];
  const state = (id) => (out.find((entry) => entry.id === id) || { state: "" }).state;
  const told = new Map(plan.told.map((one) => [one.id, one])), without = new Set();
  for (const { id, kind, payload } of sent) {
    if (state(id) === "rejected") continue;
    if (kind === "fieldwork.cancel") told.delete(payload.meeting);
    if (kind === "fieldwork.correction") told.delete(payload.corrects);
    if (payload.groups) told.set(id, { id, payload: plain(payload), state: state(id), mine: true });
    if (kind === "fieldwork.no_meeting") without.add(payload.group + "/" + payload.month);
  }
  const sesi = new Map(plan.modul.flatMap((modul) => modul.sesi).map((one) => [one.id, one]));
  const order = [...sesi.values()].sort((a, b) => a.number - b.number), month = today().slice(0, 7);
  const groups = plan.groups.map((group) => {
    const own = [...told.values()].filter(({ payload }) => payload.groups.includes(group.id)), cells = { ...group.cells };
    for (const { payload, mine } of own) if (mine && /^$|[yp]/.test(payload.steps)) cells[payload.sesi] = /^y*$/.test(payload.steps) ? "d" : "h";
    const met = own.find(({ payload }) => payload.on_day.startsWith(month));
    const early = plan.today.startsWith(month) ? group.report : "belum";
    const report = met ? "sudah" : without.has(group.id + "/" + month) ? "tidak" : early;
    const next = group.next && cells[group.next] !== "d" ? sesi.get(group.next) : order.find((one) => !["d", "h"].includes(cells[one.id]));
    return { ...group, cells, report, next, own, waits: own.some((one) => one.state === "wait") };
  });
  return { record, plan, groups, order, sesi, told, group: (id) => groups.find((one) => one.id === Number(id)) };
}

// A payload as a form sent it, with numbers for numbers.
function plain(payload) {
  const rows = payload.groups.map((group, i) => i).filter((i) => Number(payload.groups[i]));
  const columns = Object.fromEntries(LISTS.map((list) => [list, rows.map((i) => Number(payload[list][i]) || 0)]));
  return { ...payload, ...columns, [TICKS]: rows.map((i) => (payload[TICKS] || [])[i] || ""), steps: [].concat(payload.steps).join("") };
}

const aboutReport = (group) => group.waits ? words.waits : { sudah: words.met, tidak: words.not, belum: words.silent, bebas: words.free }[group.report];

view(/^\/lapangan$/, async () => {
  const it = await known();
  if (!it || !it.groups.length) return false;
  const owing = it.groups.filter((one) => one.report !== "bebas"), reported = owing.filter((one) => one.report !== "belum").length;
  const turn = it.groups.filter((one) => one.report === "belum" && one.next).sort((a, b) => (b.silent ?? 1e4) - (a.silent ?? 1e4))[0];
  const made = fill("field", { share: owing.length ? say("share", reported, owing.length) : words.nothing, turn: turn ? say("turn", turn.name, turn.next.number) : null, "turn-title": turn ? turn.next.title : null }, turn && `${HOME}/${turn.id}/ajar/${turn.next.id}`);
  if (!turn) made.querySelector("[data-turn]").remove();
  made.querySelector("[data-groups]").append(...it.groups.map((group) => {
    const row = fill("row", { title: group.name, meta: [group.place, say("families", group.members), aboutReport(group)].filter(Boolean).join(" · ") }, `${HOME}/${group.id}`);
    mark(row.querySelector(".mk"), group.report === "sudah" ? "done" : group.report === "tidak" ? "half" : "open", "", "");
    return row;
  }));
  return show({ title: words.field }, made);
});

view(/^\/lapangan\/(\d+)$/, async ([, id]) => {
  const it = await known(), group = it && it.group(id);
  if (!group) return false;
  const base = `${HOME}/${id}`, { next } = group;
  const made = fill("field-group", { name: say("group", group.name), about: [say("families", group.members), group.place].filter(Boolean).join(" · "), turn: next ? `${nameOf(next)} · ${next.title}` : null }, next && `${base}/ajar/${next.id}`);
  if (!next) { made.querySelector("[data-turn]").remove(); made.querySelector("[data-report]").remove(); } else made.querySelector("[data-report]").href = `${base}/lapor/${next.id}`;
  const not = made.querySelector("[data-not]");
  if (group.report === "belum") not.href = base + "/tidak-bertemu"; else not.remove();
  made.querySelector("[data-called]").href = base + "/nama";
  const own = [...group.own].sort((a, b) => a.payload.on_day < b.payload.on_day ? 1 : -1);
  made.querySelector("[data-told]").append(...own.map((one) => {
    const sesi = it.sesi.get(one.payload.sesi), row = fill("row", { title: sesi ? `${nameOf(sesi)} · ${sesi.title}` : one.payload.sesi, meta: [dayOf(one.payload.on_day), came(one.payload, group.id), one.state === "wait" ? words.waits : ""].filter(Boolean).join(" · ") }, `${HOME}/pertemuan/${one.id}`);
    mark(row.querySelector(".mk"), "done", "", "");
    return row;
  }));
  if (!own.length) made.querySelector("[data-told]").closest("section").remove();
  made.querySelector("[data-sesi]").append(...it.order.map((sesi) => {
    const here = it.record.have[sesi.id], state = group.cells[sesi.id] || "";
    const row = fill("row", { title: `${sesi.number}. ${sesi.title}`, meta: words[state || "none"] + " · " + (here ? words.here : words.away) }, `${base}/ajar/${sesi.id}`);
    mark(row.querySelector(".mk"), { d: "done", h: "half", o: "bad", n: "now" }[state] || "open", state === "o" ? "!" : sesi.number, "");
    return row;
  }));
  return show({ title: group.name, back: HOME }, made);
});
const came = (payload, group) => { const i = payload.groups.indexOf(group); return say("came", payload.women[i] + payload.men[i]); };

view(/^\/lapangan\/(\d+)\/ajar\/([^/]+)$/, async ([, id, sesiId]) => {
  const it = await known(), group = it && it.group(id), sesi = it && it.sesi.get(sesiId);
  if (!group || !sesi) return false;
  const report = `${HOME}/${id}/lapor/${sesiId}`, back = `${HOME}/${id}`, about = { title: say("group", group.name), sub: `${nameOf(sesi)} · ${sesi.title}`, back };
  const sheet = await sheetOf(it.record, sesiId);
  if (!sheet) return show(about, fill("field-absent", {}, report));
  const place = document.createElement("div"), key = `${id}/${sesiId}`, total = sheet.cards.length;
  show({ ...about, foot: piece("book-foot") }, place);
  const last = location.search || (await kept(key).catch(() => ""));
  openBook(place, { key, page: location.pathname, report, total, planned: sesi.minutes, sheet, said: words }, stateOf(last, total));
  return true;
});

view(/^\/lapangan\/(\d+)\/lapor\/([^/]+)$/, async ([, id, sesiId]) => {
  const it = await known(), group = it && it.group(id), sesi = it && it.sesi.get(sesiId);
  if (!group || !sesi) return false;
  const total = sesi.steps.length, taught = location.search || (await kept(`${id}/${sesiId}`).catch(() => "")), state = stateOf(taught, total);
  const hands = Object.fromEntries(state.hands), questions = Math.max(0, ...Object.keys(hands).map((name) => Number(name[1])));
  const payload = {
    version_id: it.plan.version, sesi: sesiId, on_day: state.h, place: group.place, note: "", obstacle: "",
    start: taught ? state.m.slice(0, 2) + ":" + state.m.slice(2) : "",
    minutes: taught ? minutesOf(state.m) || "" : sesi.minutes || "",
    steps: taught ? state.k.replace(/-/g, "n") : "y".repeat(total),
    handraise: Array.from({ length: questions }, (_, n) => hands["t" + (n + 1)] || "-").join(""),
  };
  return reportView(it, group, sesi, "meeting", payload, { back: HOME, draft: `${id}/${sesiId}`, key: `${id}/${sesiId}` });
});

view(/^\/lapangan\/(\d+)\/nama$/, async ([, id]) => {
  const it = await known(), group = it && it.group(id);
  if (!group) return false;
  const made = piece("field-names"), sheet = made.querySelector("[data-names]");
  Object.assign(sheet.dataset, { group: id, members: group.members });
  show({ title: group.name, back: `${HOME}/${id}` }, made);
  names(sheet);
  return true;
});

view(/^\/lapangan\/pertemuan\/([0-9a-f-]{36})\/perbaiki$/, async ([, id]) => {
  const it = await known(), told = it && it.told.get(id), sesi = told && it.sesi.get(told.payload.sesi), group = told && it.group(told.payload.groups[0]);
  if (!sesi || !group) return false;
  return reportView(it, group, sesi, "correction", told.payload, { back: HOME, draft: id, corrects: id });
});

function reportView(it, group, sesi, kind, payload, { back, draft, corrects, key = "" }) {
  const made = piece("field-report"), form = made.querySelector("form"), field = form.elements, set = (name, value) => { field.namedItem(name).value = value ?? ""; };
  Object.assign(form.dataset, { kirim: "fieldwork." + kind, slot: `lapor/${group.id}/${sesi.id}/${corrects || payload.on_day}`, next: back, draft, book: key });
  for (const name of ["version_id", "sesi", "handraise", "on_day", "start", "minutes", "place", "note", "corrects"]) if (field[name]) set(name, payload[name]);
  if (corrects) set("corrects", corrects); else field.corrects.remove();
  for (const radio of form.querySelectorAll("[name=obstacle]")) radio.checked = radio.value === (payload.obstacle || "tidak_ada");
  form.querySelector("input[name=groups]").value = group.id;
  Object.assign(form.querySelector("[data-ticks]").dataset, { group: group.id, members: group.members });
  steps(form, sesi, payload.steps);
  const first = (payload.groups || []).indexOf(group.id);
  if (first >= 0) counts(form, "", payload, first);
  const members = () => say("of", group.members) + (group.last ? " " + say("last", group.last) : "");
  form.querySelector("[data-of]").textContent = members();
  form.querySelector("[data-summary]").textContent = say("summary", dayOf(payload.on_day), [...payload.steps].filter((sign) => sign === "y").length, payload.steps.length);
  joint(form, it, group, payload);
  const foot = fill("field-report-foot", { send: words[kind === "correction" ? "mend" : "send"] }), about = form.dataset.about = say("group", group.name) + " · " + nameOf(sesi);
  show({ title: words[kind === "correction" ? "mending" : "report"], sub: about, back: corrects ? `${HOME}/pertemuan/${corrects}` : `${HOME}/${group.id}`, foot }, made);
  dress(made);
  return true;
}
const counts = (form, end, payload, row) => { for (const name of [...LISTS.slice(1), TICKS]) form.querySelector(`#${name}${end}`).value = (payload[name] || [])[row] ?? ""; };

function steps(form, sesi, signs) {
  const list = form.querySelector("[data-steps]"), sample = list.querySelector(".field");
  if (!sesi.steps.length) { const none = form.querySelector("input[name=handraise]").cloneNode(); Object.assign(none, { name: "steps", value: "" }); none.dataset.as = "list"; return list.replaceWith(none); }
  sample.replaceWith(...sesi.steps.map((title, n) => {
    const row = sample.cloneNode(true), label = row.querySelector("label"), select = row.querySelector("select");
    label.textContent = `${n + 1}. ${title}`; label.htmlFor = select.id = "langkah-" + (n + 1);
    select.value = signs[n] || "n";
    return row;
  }));
}

function joint(form, it, group, payload) {
  const place = form.querySelector("[data-joint]"), others = it.groups.filter((one) => one !== group);
  if (!others.length) return place.remove();
  const select = place.querySelector("select"), second = (payload.groups || []).findIndex((id) => id !== group.id);
  select.append(...others.map((one) => {
    const option = new Option(`${one.name}, ${say("families", one.members)}`, one.id);
    Object.assign(option.dataset, { group: one.id, members: one.members });
    return option;
  }));
  if (second < 0) return;
  place.open = true; select.value = payload.groups[second];
  counts(form, "-2", payload, second);
}

view(/^\/lapangan\/(\d+)\/tidak-bertemu$/, async ([, id]) => {
  const it = await known(), group = it && it.group(id);
  if (!group) return false;
  const made = piece("field-not"), form = made.querySelector("form");
  Object.assign(form.dataset, { slot: "tidak/" + id, next: HOME, about: say("group", group.name) });
  form.elements.group.value = id; form.elements.month.value = today().slice(0, 7);
  show({ title: words.notmet, sub: say("group", group.name), back: `${HOME}/${id}`, foot: piece("field-not-foot") }, made);
  dress(made);
  return true;
});

view(/^\/lapangan\/pertemuan\/([0-9a-f-]{36})$/, async ([, id]) => {
  const it = await known(), told = it && it.told.get(id);
  if (!told) return false;
  const { payload, state } = told, sesi = it.sesi.get(payload.sesi);
  const made = fill("field-told", { title: sesi ? sesi.title : payload.sesi, day: dayOf(payload.on_day), state: state === "wait" ? words.kept : words.arrived, note: payload.note || null }, `${HOME}/pertemuan/${id}/perbaiki`);
  made.querySelector("[data-groups]").append(...payload.groups.map((group) => { const one = it.group(group), row = fill("shut", { title: one ? one.name : "", meta: came(payload, group) }); row.querySelector(".mk").remove(); return row; }));
  const form = made.querySelector("form");
  form.elements.meeting.value = id; Object.assign(form.dataset, { slot: "batal/" + id, next: HOME });
  return show({ title: words.report, back: `${HOME}/${payload.groups[0]}` }, made);
});

// What is kept is told here too, at once; then one goes on, with or without a receipt.
document.addEventListener("kiriman", async ({ detail }) => {
  if (detail.state !== "kept" || !detail.kind.startsWith("fieldwork.")) return;
  const entry = (await self.outbox.all()).find((one) => one.id === detail.id);
  if (entry) await tell(entry).catch(() => {});
  setTimeout(() => location.assign(HOME), navigator.onLine ? 4000 : 0);
});

offers(async () => {
  const it = await known();
  return it && it.groups.length ? [{ title: words.field, meta: say("groups", it.groups.length), href: HOME, state: "open", sign: "sign-people" }] : [];
});

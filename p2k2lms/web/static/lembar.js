/* Observing where there is no signal: whose sheets one may fill, and the sheets of their next sesi, from the plan
   "bimbingan" that bekal.js took along. */

import { view, offers, show, fill, rowFor, person } from "./luring.js";
import { course, sheet as fileOf } from "./packs.js";
import { store, today, fit } from "./book.js";
import { sheet } from "./amatan.js";

const FIRST = "/bimbingan", NEW = FIRST + "/amatan/baru/";
const words = JSON.parse(document.querySelector("script[data-lembar]").dataset.lembar), say = (key, ...values) => fit(words[key], ...values);

async function known() {
  const record = await course("bimbingan");
  if (!record || record.plan.person !== person) return null;
  const outbox = await store(), out = outbox ? await outbox.all() : [];
  const about = new Map(record.plan.modul.flatMap((modul) => modul.sesi).map((one) => [one.id, one]));
  const waits = (who, sesi) => out.some(({ envelope: { kind, payload } }) => kind === "coaching.observation" && payload.person === who && payload.sesi === sesi);
  return { record, people: record.plan.people, about, waits };
}
const rowsOf = (it, one) => one.sheets.map((id) => it.about.get(id)).filter(Boolean).map((sesi) => ({
  title: one.own ? say("own") : say("watch", one.name),
  meta: [sesi.name, it.waits(one.id, sesi.sesi) ? words.waits : it.record.have[sesi.id] ? words.here : words.away].join(" · "),
  href: it.record.have[sesi.id] ? NEW + [one.id, sesi.version, sesi.sesi].join("/") : "",
  state: it.waits(one.id, sesi.sesi) ? "half" : "open", number: sesi.number, sign: "sign-eye",
}));
const listed = (title, rows, people, back) => {
  const made = fill("lembar-list", { title }), next = rows.find((row) => row.href && row.state === "open");
  if (next) next.state = "now";
  made.querySelector("[data-rows]").append(...rows.map(rowFor));
  if (!rows.length) made.querySelector("[data-rows]").remove();
  made.querySelector("[data-people]").append(...people.map((one) => rowFor({ title: one.name, meta: words.visit, href: `${FIRST}/orang/${one.id}/amatan`, state: "open", sign: "sign-eye" })));
  if (!people.length) made.querySelector("[data-visits]").remove();
  return show({ title, back }, made);
};

view(/^\/bimbingan$/, async () => {
  const it = await known();
  return it && it.people.length ? listed(words.title, it.people.flatMap((one) => one.path ? rowsOf(it, one) : []), it.people.filter((one) => !one.own && !one.path), "/") : false;
});
view(/^\/bimbingan\/jalur\/(\d+)(\/\d+)?$/, async ([, id]) => {
  const it = await known(), one = it && it.people.find((some) => some.path === Number(id));
  return one ? listed(one.own ? words.title : one.name, rowsOf(it, one), [], FIRST) : false;
});
view(/^\/bimbingan\/orang\/(\d+)\/amatan$/, async ([, id]) => {
  const it = await known(), one = it && it.people.find((some) => some.id === Number(id));
  return one ? listed(one.own ? words.title : one.name, rowsOf(it, one), [], FIRST) : false;
});
view(/^\/bimbingan\/amatan\/baru\/(\d+)\/(\d+)\/([^/]+)$/, async ([, who, version, name]) => {
  const it = await known(), one = it && it.people.find((some) => some.id === Number(who)), sesi = it && it.about.get(`${version}.${name}`);
  const file = one && sesi && await fileOf(it.record, sesi.id);
  if (!file) return false;
  const made = fill("lembar", { title: one.own ? words.own : one.name }), form = made.querySelector("form"), set = (field, value) => { form.elements[field].value = value; };
  Object.assign(form.dataset, { slot: `amatan/${who}/${name}`, draft: `amatan/${who}/${name}`, next: FIRST });
  set("person", who); set("version_id", version); set("sesi", name); set("on_day", today()); set("context", one.path || one.own ? "latihan" : "acak");
  form.querySelector("[data-fields]").innerHTML = file.fields;
  if (one.own) form.querySelector("[data-coach]").remove();
  show({ title: one.own ? words.own : one.name, sub: sesi.name, back: one.path ? `${FIRST}/jalur/${one.path}` : `${FIRST}/orang/${who}/amatan`, foot: fill("lembar-foot", { send: one.own ? words["send-own"] : words.send }) }, made);
  await sheet(form);
  return true;
});
offers(async () => { const it = await known(); return it ? it.people.filter((one) => one.path).flatMap((one) => rowsOf(it, one)).slice(0, 6) : []; });

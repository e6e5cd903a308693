/* The pages of the field with signal: the same comfort as without. Where the sesi lies on the phone, or can be
   fetched, a tick draws the next card at once and asks no server. Everything works without this script. */

import { kept, keep, openBook, stateOf, stayOn, flip, minutesOf } from "./book.js";
import { dress } from "./report.js";
import { names, beside } from "./names.js";

dress(document);
for (const sheet of document.querySelectorAll("[data-names]")) names(sheet).catch(() => {});
beside(document).catch(() => {});
for (const picture of document.querySelectorAll("[data-flip]")) flip(picture);
const here = document.querySelector("[data-teach]");
if (here) begin(here.dataset).catch(() => {});

async function begin({ teach, total, planned, report, said, own }) {
  const last = await kept(teach);
  if (!location.search && last) return location.replace(location.pathname + last);
  await keep(teach, location.search || "?n=1");
  const minutes = here.querySelector("[data-minutes]"), state = stateOf(location.search, Number(total));
  if (minutes) setInterval(() => { minutes.textContent = minutesOf(state.m); }, 20000);
  stayOn();
  const sheet = own && await sheetOf(teach.split("/")[1]).catch(() => null);
  if (!sheet || sheet.cards.length !== state.k.length) return;
  const about = { key: teach, page: location.pathname, report, total: state.k.length, planned, sheet, said: JSON.parse(said) };
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("body > .foot") || event.target.method !== "get") return;
    event.preventDefault();
    const asked = new URLSearchParams(new FormData(event.target));
    if (event.submitter && event.submitter.name) asked.set(event.submitter.name, event.submitter.value);
    openBook(here, about, stateOf("?" + asked, state.k.length));
  }, { once: true });
}

// The cards of one sesi: from the phone, else fetched and kept for the next time.
async function sheetOf(id) {
  const packs = await import("./packs.js");
  const record = (await packs.course("lapangan")) || await packs.plan("lapangan", true);
  const known = await packs.sheet(record, id);
  if (known) return known;
  const sesi = packs.sesi(record.plan).find((one) => one.id === id);
  if (!sesi || !sesi.file) return null;
  await packs.download(record, { sesi: [sesi] }, () => {});
  return packs.sheet(record, id);
}

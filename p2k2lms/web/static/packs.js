/* What was downloaded: the open part of courses, one file for each sesi, in IndexedDB "p2k2-packs".

   "courses" holds {course, plan, have: {sesi: sha}, read: [step]}; "files" holds {sha, text}; "papers" holds the
   questions of a running test, with the answers given on this phone. A file is named by
   the hash of its bytes: it counts only when they have that hash, when it comes and again when it is opened. So a
   download that was cut goes on where it stopped, an update fetches only what differs, and a changed byte is
   found. Nothing here is work: what is unsent lies in the outbox, which no removal touches.

   Photos of cards are kept in the cache "p2k2-photos", from which the worker answers; what no file shows goes.

   A page shows a button for each [data-paket] (a modul of the course that the script tag names), and what is kept
   in [data-storage]. */

const done = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
const PHOTOS = "p2k2-photos";
const STORES = { courses: "course", files: "sha", papers: "attempt" };
let opened = null;
const open = () => opened ||= new Promise((yes, no) => {
  const request = indexedDB.open("p2k2-packs", 1);
  request.onupgradeneeded = () => { for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath }); };
  request.onsuccess = () => { request.result.onversionchange = () => { request.result.close(); opened = null; }; yes(request.result); };
  request.onerror = () => { opened = null; no(request.error); };
});
async function within(work, mode = "readwrite") {
  const tx = (await open()).transaction(Object.keys(STORES), mode);
  const end = new Promise((yes, no) => { tx.oncomplete = yes; tx.onabort = tx.onerror = () => no(tx.error); });
  const result = await work(...Object.keys(STORES).map((name) => tx.objectStore(name)));
  await end;
  return result;
}
const sha = async (bytes) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((n) => n.toString(16).padStart(2, "0")).join("");
const change = (course, work) => within(async (courses, files) => {
  const record = await done(courses.get(course));
  if (record) { await work(record, files, courses); }
});

export const courses = () => within((all) => done(all.getAll()), "readonly");
export const course = (id) => within((all) => done(all.get(id)), "readonly");
export const sesi = (plan) => plan.modul.flatMap((modul) => modul.sesi);

// The cards of a sesi that is on this phone; null when it is not, or when its bytes are not what they were.
export const cards = async (record, id) => ((await sheet(record, id)) || { cards: null }).cards;
export async function sheet(record, id) {
  const name = record.have[id], kept = name && await within((_, files) => done(files.get(name)), "readonly");
  if (!kept) return null;
  if (await sha(new TextEncoder().encode(kept.text)) === name) return JSON.parse(kept.text);
  await change(record.course, (now, files, all) => { delete now.have[id]; files.delete(name); all.put(now); });
  return null;
}

export const mark = (id, step) => change(id, (record, _, all) => { if (!record.read.includes(step)) { record.read.push(step); all.put(record); } });

// The paper of a test that was begun with signal; a test that is over leaves nothing here.
export const paper = (attempt) => within((_, __, papers) => done(papers.get(attempt)), "readonly");
export const keepPaper = (told) => within((_, __, papers) => { papers.clear(); papers.put(told); });
export const keepAnswer = (attempt, item, payload) => within(async (_, __, papers) => { const kept = await done(papers.get(attempt)); if (kept) { kept.answers[item] = payload; papers.put(kept); } });

// What was told from the field on this phone since its plan came: shown as told, until a fresh plan knows it.
export const tell = ({ id, envelope: { kind, payload } }) => change("lapangan", (record, _, all) => { (record.sent ||= []).push({ id, kind, payload }); all.put(record); });
const unsent = async () => { await import("./outbox.js"); return self.outbox ? self.outbox.all() : []; };

// The plan of a course as the server has it now; cards that were read here and are on their way stay read.
export async function plan(id, keep) {
  const before = await unsent(), answer = await fetch("/api/v1/paket/" + id, { cache: "no-store" });
  if (!answer.ok) throw new Error(answer.status === 401 ? "signin" : "signal");
  const fresh = await answer.json();
  const sent = before.filter((e) => e.envelope.kind === "delivery.step" && e.envelope.payload.course === id && e.person === fresh.person);
  return within(async (all) => {
    const record = (await done(all.get(id))) || { course: id, have: {} };
    record.plan = fresh;
    record.read = [...new Set([...fresh.read, ...sent.map((e) => e.envelope.payload.step)])];
    if (record.sent) record.sent = record.sent.filter((one) => before.some((entry) => entry.id === one.id));
    if (keep || Object.keys(record.have).length) all.put(record);
    return record;
  });
}

const wanted = (record, modul) => modul.sesi.filter((s) => s.file && record.have[s.id] !== s.file.sha);

export async function download(record, modul, told) {
  const all = modul.sesi.filter((s) => s.file), total = all.reduce((sum, s) => sum + s.file.bytes, 0);
  let got = total - wanted(record, modul).reduce((sum, s) => sum + s.file.bytes, 0);
  for (const { id, file } of wanted(record, modul)) {
    told(got, total);
    const text = new TextDecoder().decode(await fetched(file));
    for (const url of file.photos || []) await keepPhoto(url);
    await within(async (store, files) => {
      const now = (await done(store.get(record.course))) || record, old = now.have[id];
      now.have[id] = record.have[id] = file.sha;
      files.put({ sha: file.sha, text });
      if (old && old !== file.sha) files.delete(old);
      store.put(now);
    });
    told(got += file.bytes, total);
  }
  await tidy();
}

// A photo has the hash of its bytes in its address.
async function keepPhoto(url) {
  const album = await caches.open(PHOTOS);
  if (await album.match(url)) return;
  const bytes = await fetched({ url, sha: url.split("/").pop().split(".")[0] });
  await album.put(url, new Response(bytes, { headers: { "Content-Type": "image/" + url.split(".").pop().replace("jpg", "jpeg") } }));
}

async function tidy() {
  if (!(await caches.has(PHOTOS))) return;
  const album = await caches.open(PHOTOS), here = (record) => sesi(record.plan).filter((s) => s.file && record.have[s.id]);
  const shown = new Set((await courses()).flatMap((record) => here(record).flatMap((s) => s.file.photos || [])));
  for (const { url } of await album.keys()) if (!shown.has(new URL(url).pathname)) await album.delete(url);
}

// One file, whole and unchanged; what came wrong out of a cache on the way is asked for once more.
async function fetched(file) {
  for (const cache of ["default", "reload"]) {
    const answer = await fetch(file.url, { cache }).catch(() => null);
    if (answer && answer.status === 401) throw new Error("signin");
    const bytes = answer && answer.ok ? await answer.arrayBuffer().catch(() => null) : null;
    if (!bytes) throw new Error("signal");
    if (await sha(bytes) === file.sha) return bytes;
  }
  throw new Error("changed");
}

const remove = (id, gone) => change(id, (record, files, all) => {
  for (const one of gone(record)) { files.delete(record.have[one]); delete record.have[one]; }
  if (Object.keys(record.have).length || record.plan.kind === "field") all.put(record); else all.delete(id);
}).then(tidy);

// Asked for once: the phone's promise not to clear what the platform keeps.
const stays = async () => {
  if (!navigator.storage || !navigator.storage.persist) return false;
  if (await navigator.storage.persisted()) return true;
  if (localStorage.getItem("p2k2-asked")) return false;
  localStorage.setItem("p2k2-asked", "1");
  return navigator.storage.persist();
};

export const size = (bytes) => bytes < 1e5 ? Math.max(1, Math.round(bytes / 1000)) + " kB" : (bytes / 1e6).toFixed(1).replace(".", ",") + " MB";

// The buttons of an outline.
const script = document.querySelector("script[data-paket-course]");
const say = (key, ...values) => values.reduce((text, value) => text.replace("%s", value), JSON.parse(script.dataset.words)[key]);
const button = (text, kind, press) => { const made = document.createElement("button"); made.type = "button"; made.className = "btn " + kind; made.textContent = text; made.onclick = press; return made; };
const line = (text, role) => { const made = document.createElement("p"); made.className = "meta"; if (role) made.setAttribute("role", role); made.textContent = text; return made; };

async function draw(place, record, fault) {
  const id = place.dataset.paket, modul = record && record.plan.modul.find((m) => m.id === id);
  const missing = modul ? wanted(record, modul) : [], here = modul ? modul.sesi.filter((s) => record.have[s.id]).length : 0;
  const bytes = modul ? missing.reduce((sum, s) => sum + s.file.bytes, 0) : Number(place.dataset.bytes);
  if (!modul && !place.dataset.bytes) return;
  const parts = fault ? [line(fault, "alert")] : [];
  if (here && !missing.length) parts.push(line(say("here")));
  else {
    const old = modul && missing.some((s) => record.have[s.id]);
    parts.push(button(here ? say(old ? "update" : "resume", size(bytes)) : say("get", modul ? modul.title : place.dataset.title, size(bytes)), "wide", () => fetchAll(place)));
  }
  if (here) parts.push(button(say("remove"), "quiet small", async () => { await remove(script.dataset.paketCourse, (now) => modul.sesi.map((s) => s.id).filter((one) => now.have[one])); redraw(); }));
  place.replaceChildren(...parts);
  place.hidden = false;
}

async function fetchAll(place) {
  const bar = document.createElement("progress"), text = line("", "status");
  bar.className = "prog"; bar.setAttribute("aria-label", say("busy"));
  place.replaceChildren(bar, text);
  stays().catch(() => {});
  let fault = "";
  try {
    const record = await plan(script.dataset.paketCourse, true);
    await download(record, record.plan.modul.find((m) => m.id === place.dataset.paket), (got, total) => { bar.max = total; bar.value = got; text.textContent = say("of", size(got), size(total)); });
  } catch (problem) {
    fault = say(problem.name === "QuotaExceededError" ? "full" : ["signin", "changed"].includes(problem.message) ? problem.message : "cut");
  }
  await draw(place, await course(script.dataset.paketCourse), fault);
  if (!fault) document.dispatchEvent(new Event("paket"));
  storage();
}

async function redraw() {
  const record = await course(script.dataset.paketCourse);
  for (const place of document.querySelectorAll("[data-paket]")) draw(place, record);
}

// What is kept on this phone.
export async function storage() {
  const page = document.querySelector("[data-storage]");
  if (!page || !navigator.storage) return;
  const words = JSON.parse(page.dataset.storage), used = (await navigator.storage.estimate()).usage || 0;
  page.querySelector("[data-used]").textContent = words.used.replace("%s", size(used)) + " " + (await stays() ? words.safe : words.unsafe);
  const kept = (await courses()).filter((record) => Object.keys(record.have).length);
  page.querySelector("[data-kept]").hidden = !kept.length;
  page.querySelector("[data-kept]").replaceChildren(...kept.map((record) => {
    const row = document.createElement("div"), text = document.createElement("span"), name = document.createElement("b");
    text.className = "grow"; name.textContent = record.plan.title;
    text.append(name, line(words.course.replace("%s", Object.keys(record.have).length)));
    row.append(text, button(words.remove, "quiet small", async () => { await remove(record.course, (now) => Object.keys(now.have)); storage(); }));
    return row;
  }));
  page.hidden = false;
}

if (script && self.indexedDB && self.crypto && crypto.subtle) {
  redraw().catch(() => {});
  const keep = "keep" in script.dataset;
  course(script.dataset.paketCourse).then((record) => (record || keep) && navigator.onLine && plan(script.dataset.paketCourse, keep).then(redraw)).catch(() => {});
}
storage().catch(() => {});

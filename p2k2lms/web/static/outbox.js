/* The outbox: what a person sends is kept on the phone until the server has given a receipt for it.

   A page needs no script of its own. It writes an ordinary form that also works without script:

     <form method="post" action="..." data-kirim="assessment.answer" data-v="1" data-on="change" data-slot="7/q-12">
       <input type="hidden" name="attempt" value="7" data-as="int">
       <input type="radio" name="answer" value="b">  ...  <p class="saved" data-saved></p>
     </form>

   data-kirim  the submission kind; data-v its version (1).
   data-on     "submit" (default) or "change": send at each change of a field as well as at submit.
   data-slot   names what is sent, so that the page shows its state again when it is reopened, and so that of
               several unsent changes of one thing the newest is what people see.
   data-about  which thing it is about, for its row on /kiriman; stays on this phone.
   data-next   where to go once the server has given the receipt; without signal the page stays and says so.
   data-as     on a field: "int", "number", "bool" (checkbox), "list" (always a list, also of one or none), "json",
               or "skip". Without it: text; a name that occurs twice becomes a list. `csrf_token`, empty names and
               names beginning with "sent_" never go into the payload. The pressed button's name and value do.
   [data-saved]   inside the form, else the first after it: shows "Tersimpan di HP", then "Terkirim 10.42".
   [data-sync]    the chip in the bar. [data-unsent]: shown only while something waits; its [data-n] is the number.

   The payload is what the kind's model takes. Each change fires "kiriman" on document, with
   detail {id, kind, slot, state: "kept" | "accepted" | "rejected" | "held", receipt, faults}.
   For scripts: outbox.put(kind, payload, {v, slot, about, form, file, also}), outbox.send(), outbox.all(), outbox.draft(key[, value]);
   ready as soon as <body data-store="ready">.

   Promises: nothing leaves the phone's store without a receipt (or the person's own wish, for what was rejected);
   a time-out is never shown as sent; order by `seq` is kept; what another person left on this phone is kept and
   not sent; what is held is asked for again on each new page; what the server leaves unanswered stops nothing but what
   speaks of it, and is sent again later; where nobody is signed in, whose account was closed may still leave what lies
   here; two tabs take turns, and if they cannot, the server counts each id once. Without IndexedDB the forms stay
   ordinary forms. */

const body = document.body, words = JSON.parse(body.dataset.words || "{}"), me = Number(body.dataset.person);
const MOST = 50, PATIENCE = 30000, LONGEST = 300000, LEAVE_AFTER = 4000;
const ICON = {
  sent: "M1.5 13l4.5 4.5L14.5 8M11.5 16l1.5 1.5L22 8",
  phone: "M7 3h10v18H7zM11 18h2",
  off: "M4 4l16 16M8.5 16a5 5 0 0 1 5-1.3M5 12.5a10 10 0 0 1 4-2.3M2 9a15 15 0 0 1 4-2.6M14.5 10.3a10 10 0 0 1 4.5 2.2M11 5.1A15 15 0 0 1 22 9M12 20h.01",
  alert: "M12 3.5 21.5 20h-19zM12 10v4.5M12 17.2h.01",
  clock: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l3.5 2.5",
};
const say = (key, value) => (words[key] || key).replace("%s", value);
const time = (at) => { const t = new Date(at), two = (n) => String(n).padStart(2, "0"); return two(t.getHours()) + "." + two(t.getMinutes()); };
const uuid = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

// The store: "out" holds entries by id, "meta" holds the device, its counter and the last receipt of each person.
const done = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
const opened = new Promise((yes, no) => {
  const request = indexedDB.open("p2k2-outbox", 1);
  request.onupgradeneeded = () => { request.result.createObjectStore("out", { keyPath: "id" }); request.result.createObjectStore("meta"); };
  request.onsuccess = () => { request.result.onversionchange = () => request.result.close(); yes(request.result); };
  request.onerror = () => no(request.error);
});
async function within(work, mode = "readwrite") {
  const tx = (await opened).transaction(["out", "meta"], mode);
  const end = new Promise((yes, no) => { tx.oncomplete = yes; tx.onabort = tx.onerror = () => no(tx.error); });
  const result = await work(tx.objectStore("out"), tx.objectStore("meta"));
  await end;
  return result;
}
const all = () => within((out) => done(out.getAll()), "readonly").then((rows) => rows.sort((a, b) => a.seq - b.seq));
const waiting = (rows) => rows.filter((e) => e.person === me && e.state === "wait");

// What is not finished yet, of who is signed in: draft(key) reads, draft(key, value) keeps, draft(key, null) lets go.
const draft = (key, value) => within((_, meta) => {
  const name = `draft/${me}/${key}`;
  if (value === undefined) return done(meta.get(name));
  return done(value === null || value === "" ? meta.delete(name) : meta.put(value, name));
}, value === undefined ? "readonly" : "readwrite");

/* `file`: bytes that go first, named in the payload by their hash. `also(id)`: what belongs to this and is kept in the
   same breath, as {kind, payload, file}: a photo never waits without its report. `instead`: the refused one that this mends. */
async function put(kind, payload, { v = 1, slot = "", about = "", form = null, file = null, also = null, instead = "" } = {}) {
  const entry = await within(async (out, meta) => {
    let device = await done(meta.get("device")), seq = (await done(meta.get("seq"))) || 0;
    if (!device) meta.put(device = "hp-" + uuid(), "device");
    const keep = (what, slot) => {
      const made = { id: uuid(), person: me, seq: ++seq, state: "wait", slot, about, page: location.pathname + location.search, faults: [] };
      made.envelope = { id: made.id, kind: what.kind, v: what.v || 1, person: me, device, seq, occurred_at: new Date().toISOString(), payload: what.payload };
      if (what.file) made.file = what.file;
      out.put(made);
      return made;
    };
    const made = keep({ kind, payload, v, file }, slot);
    for (const one of also ? also(made.id) : []) keep(one, slot + "/" + one.kind);
    meta.put(seq, "seq");
    if (instead) out.delete(instead);
    return made;
  });
  if (form) forms.set(entry.id, form);
  tell(entry, "kept");
  return entry;
}

// What is on its way just now, here or from another tab, and what came through since this page was opened.
let flying = new Set();
const came = new Map();
function fly(entries) {
  flying = new Set(entries.map((entry) => entry.id));
  if (channel) channel.postMessage({ flying: [...flying] });
  draw();
}

// Sending: in order, one tab at a time, again and again until there is a receipt.
let who = me, token = "", tries = 0, timer = 0, signedOut = false, foreign = false, size = MOST;
let running = null, wanted = false;
function send() {
  wanted = true;
  return running ||= (async () => {
    try { while (wanted) { wanted = false; await turn(); } } finally { running = null; }
  })();
}
const turn = () => navigator.locks ? navigator.locks.request("p2k2-outbox", rounds) : rounds();
async function rounds() {
  clearTimeout(timer); left.clear();
  try { while (await round()); if (left.size) throw left; tries = 0; } catch (problem) { again(problem.after); } finally { if (flying.size) fly([]); }
  await draw();
}
function again(after) {
  const wait = Math.min(LONGEST, 1000 * 2 ** Math.min(++tries, 9)) * (0.5 + Math.random() / 2);
  if (!signedOut && !foreign) timer = setTimeout(send, Math.max(wait, (after || 0) * 1000));
}
async function call(path, options = {}, patience = PATIENCE) {
  const stop = new AbortController(), alarm = setTimeout(() => stop.abort(), patience);
  try { return await fetch(path, { credentials: "same-origin", cache: "no-store", signal: stop.signal, ...options }).then(async (r) => ({ status: r.status, after: Number(r.headers.get("Retry-After")), said: await r.json().catch(() => null) })); } finally { clearTimeout(alarm); }
}
// What speaks of something that was left unanswered waits with it, its photo too.
const asked = new Set(), left = new Set(), behind = (e) => { const said = left.size ? JSON.stringify(e.envelope.payload) : ""; return [...left].some((id) => id === e.id || said.includes(id)) && left.add(e.id); };
const due = (rows) => rows.filter((e) => !behind(e) && (!who || e.person === who) && (e.state === "wait" || (e.state === "held" && !asked.has(e.id))));
// Photos go last and alone: a slow link is never held up by one.
async function round() {
  const rows = due(await all()), batch = rows.filter((e) => !e.file).slice(0, size), photo = rows.find((e) => e.file);
  if (!batch.length && !photo) return false;
  if (!token) {
    const got = await call("/api/v1/token");
    signedOut = got.status === 401;
    if (signedOut) return false;
    if (got.status !== 200 || !got.said) throw got;
    foreign = Boolean(me) && got.said.person !== me;
    if (foreign) return false;
    who = got.said.person; token = got.said.token;
    return true;
  }
  fly(batch.length ? batch : [photo]);
  if (!batch.length) return upload(photo);
  const got = await call("/api/v1/kiriman", { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify({ kiriman: batch.map((e) => e.envelope) }) });
  if (got.status === 401 || got.status === 400) { token = ""; signedOut = got.status === 401; if (signedOut) return false; throw got; }
  if (got.status === 413 || got.status === 422) return refused(batch, got);
  if (got.status !== 200 || !got.said || !got.said.jawaban) throw got;
  signedOut = false; size = MOST;
  for (const entry of batch) {
    const answer = got.said.jawaban.find((a) => a.id === entry.id);
    if (answer && await settle(entry, answer)) tries = 0; else { left.add(entry.id); left.after = got.after; }
  }
  return true;
}
async function upload(entry) {
  const got = await call("/api/v1/foto/" + entry.envelope.payload.photo, { method: "PUT", headers: { "X-CSRFToken": token }, body: entry.file }, 4 * PATIENCE);
  if (got.status === 401 || got.status === 400) { token = ""; signedOut = got.status === 401; if (signedOut) return false; throw got; }
  if (got.status === 413 || got.status === 422) return refused([entry], got);
  if (got.status !== 200) throw got;
  delete entry.file;
  await within((out) => out.put(entry));
  return true;
}
async function refused(batch, got) {
  if (batch.length > 1) { size = Math.max(1, batch.length >> 1); return true; }
  size = MOST;
  return settle(batch[0], { status: "rejected", faults: [{ field: "", message: (got.said && got.said.message) || "" }] });
}
async function settle(entry, answer) {
  const ok = answer.status === "accepted" || answer.status === "duplicate";
  if (!ok && answer.status !== "rejected" && answer.status !== "held") return 0;
  if (answer.status === "held") asked.add(entry.id);
  Object.assign(entry, { state: ok ? "accepted" : answer.status, receipt: answer.receipt, at: answer.received_at, faults: (answer.faults || []).map((f) => ({ ...f, message: words[f.message] || f.message })) });
  await within((out, meta) => {
    if (ok) { out.delete(entry.id); meta.put({ at: entry.at, receipt: entry.receipt }, "last-" + entry.person); } else out.put(entry);
  });
  tell(entry, entry.state);
  return 1;
}

// Showing.
const forms = new Map(), channel = self.BroadcastChannel ? new BroadcastChannel("p2k2-outbox") : null;
const icon = (name) => { const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path"); svg.setAttribute("class", "i i-s"); svg.setAttribute("viewBox", "0 0 24 24"); svg.setAttribute("aria-hidden", "true"); path.setAttribute("d", ICON[name]); svg.append(path); return svg; };
const piece = (name, text, todo) => { const span = document.createElement("span"); if (todo) span.className = "todo"; span.append(icon(name), text); return span; };
function tell(entry, state) {
  const form = formOf(entry);
  if (form) show(form, entry, state);
  if (channel) channel.postMessage({ entry: { ...entry, file: null }, state });
  announce(entry, state);
}
// What was kept here may be sent by another tab: the line that shows it goes on with it, all else stays as it is.
function hear(entry, state) {
  const form = entry.person === me && formOf(entry), line = form && lineOf(form);
  if (!line || Number(line.dataset.seq) !== entry.seq) return listed(entry, state);
  show(form, entry, state);
  announce(entry, state);
}
const formOf = (entry) => forms.get(entry.id) || (entry.slot && document.querySelector(`form[data-slot="${CSS.escape(entry.slot)}"]`));
function listed(entry, state) {
  flying.delete(entry.id);
  if (state === "accepted" && entry.person === me) came.set(entry.id, entry);
  return draw();
}
function announce(entry, state) {
  const form = state === "rejected" && formOf(entry);
  if (form) import("./mend.js").then(({ mend }) => mend(form, entry, false));
  document.dispatchEvent(new CustomEvent("kiriman", { detail: { id: entry.id, kind: entry.envelope.kind, slot: entry.slot, state, receipt: entry.receipt, faults: entry.faults } }));
  listed(entry, state);
}
const drop = (entry) => within((out) => out.delete(entry.id)).then(draw);
const lineOf = (form) => form.querySelector("[data-saved]") || [...document.querySelectorAll("[data-saved]")].find((e) => form.compareDocumentPosition(e) & 4);
function show(form, entry, state) {
  const line = lineOf(form);
  if (!line || Number(line.dataset.seq || 0) > entry.seq) return;
  line.dataset.seq = entry.seq;
  const arrow = document.createElement("i"); arrow.className = "to";
  const bad = state === "rejected" || state === "held";
  const end = state === "kept" ? piece("clock", signedOut ? say("signin") : say("signal"), true) : bad ? piece("alert", [say(state === "held" ? "held" : "mend"), ...entry.faults.map((f) => f.message)].join(". ")) : piece("sent", say("sent", time(entry.at)));
  line.replaceChildren(piece("phone", say("kept")), arrow, end);
}
async function draw() {
  const rows = await all(), mine = rows.filter((e) => e.person === me), n = waiting(rows).length, bad = mine.length - n;
  const last = await within((out, meta) => done(meta.get("last-" + me)), "readonly");
  for (const chip of document.querySelectorAll("[data-sync]")) {
    const [name, text] = (signedOut || foreign) && n ? ["alert", say("signin")] : bad ? ["alert", say("mend")] : n ? ["phone", say("waiting", n)] : !navigator.onLine ? ["off", say("offline")] : last ? ["sent", say("sent", time(last.at))] : [];
    if (!name) continue;
    chip.classList.toggle("wait", Boolean(n || bad));
    chip.querySelector("path").setAttribute("d", ICON[name]);
    chip.querySelector("span").textContent = text;
  }
  for (const e of document.querySelectorAll("[data-unsent]")) { e.hidden = !n; const number = e.querySelector("[data-n]"); if (number) number.textContent = n; }
  const page = document.querySelector("[data-outbox]");
  if (page) (await import("./sent.js")).draw(page, { rows: [...mine, ...came.values()].sort((a, b) => a.seq - b.seq), flying, others: rows.length - mine.length, time, icon, drop });
}
// Forms.
const AS = { int: (v) => parseInt(v, 10), number: Number, json: JSON.parse, list: String, bool: Boolean };
function read(form, submitter) {
  const payload = {}, data = new FormData(form), kinds = {};
  for (const field of form.elements) {
    if (!field.name || field.name === "csrf_token" || field.name.startsWith("sent_") || field.dataset.as === "skip") continue;
    kinds[field.name] = field.dataset.as || kinds[field.name] || "";
  }
  if (submitter && submitter.name) data.set(submitter.name, submitter.value);
  for (const [name, as] of Object.entries(kinds)) {
    const values = data.getAll(name).map((value) => (AS[as] || String)(value));
    if (as === "list") payload[name] = values;
    else if (as === "bool") payload[name] = values.length > 0;
    else if (values.length) payload[name] = values.length > 1 ? values : values[0];
  }
  return payload;
}
async function keep(form, submitter) {
  const entry = await put(form.dataset.kirim, read(form, submitter), { v: Number(form.dataset.v || 1), slot: form.dataset.slot || "", about: form.dataset.about, form, file: form.file, also: form.also, instead: form.dataset.mends });
  delete form.dataset.mends;
  const sending = send();
  if (submitter === undefined || !form.dataset.next) return;
  await Promise.race([sending, new Promise((yes) => setTimeout(yes, LEAVE_AFTER))]);
  if (entry.state === "accepted" || !(await all()).some((e) => e.id === entry.id)) location.assign(form.dataset.next);
}
function attach() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.kirim || form.dataset.plain) return;
    event.preventDefault();
    keep(form, event.submitter || null).catch(() => {
      const line = lineOf(form);
      if (!navigator.onLine && line) return line.replaceChildren(piece("alert", say("full"), true));
      form.dataset.plain = 1; form.requestSubmit(event.submitter);
    });
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.dataset.kirim && form.dataset.on === "change") keep(form).catch(() => {});
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-send]")) { tries = 0; token = ""; send(); } });
  addEventListener("online", () => { tries = 0; send(); });
  addEventListener("offline", draw);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { tries = 0; send(); } });
  if (channel) channel.onmessage = ({ data }) => data.flying ? (flying = new Set(data.flying), draw()) : hear(data.entry, data.state);
}

try {
  await opened;
  attach();
  for (const entry of await all()) if (entry.person === me && entry.slot) { const form = document.querySelector(`form[data-slot="${CSS.escape(entry.slot)}"]`); if (form) show(form, entry, entry.state === "wait" ? "kept" : entry.state); }
  const [, asked] = /^#perbaiki=([\w-]{36})$/.exec(location.hash) || [], refused = asked && (await all()).find((e) => e.id === asked && e.person === me), at = refused && (formOf(refused) || document.querySelector(`form[data-kirim="${refused.envelope.kind}"]`));
  if (at) (await import("./mend.js")).mend(at, refused, true);
  self.outbox = { put, send, all, draft };
  body.dataset.store = "ready";
  draw();
  send();
} catch { /* no store on this phone: the forms stay ordinary forms */ }

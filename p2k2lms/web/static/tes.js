/* The comfort of a test: the time that is left, moving on without saving twice, and what is still on the phone.
   Everything works without it. The time comes from the server and runs on the phone's steady clock, never on its
   calendar; answers are stored by outbox.js alone. */

const chip = document.querySelector("[data-seconds]");
if (chip) {
  const words = JSON.parse(chip.dataset.words), end = performance.now() + 1000 * Number(chip.dataset.seconds);
  const button = document.createElement("button"), spoken = document.createElement("p");
  button.type = "button"; button.className = chip.className; button.append(...chip.childNodes);
  spoken.className = "vh"; spoken.setAttribute("role", "status");
  chip.replaceWith(button); button.after(spoken);
  let hidden = sessionStorage.getItem("tes-waktu") === "0", said = "";
  const text = (left) => left <= 0 ? words.over : left <= 60 ? words.last.replace("%s", left) : words.left.replace("%s", Math.ceil(left / 60));
  const show = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000)), now = text(left);
    button.lastElementChild.textContent = hidden && left > 60 ? words.hidden : now;
    const mark = left <= 0 ? "0" : left <= 60 ? "1" : left <= 300 ? "5" : "";
    if (mark !== said) { said = mark; spoken.textContent = mark ? now : ""; }
    if (left) setTimeout(show, left <= 61 ? 1000 : 5000);
  };
  button.onclick = () => { hidden = !hidden; sessionStorage.setItem("tes-waktu", hidden ? "0" : "1"); show(); };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) show(); });
  show();
}

/* An answer says how long after the beginning it was given, by the steady clock: a calendar may be wrong or set. */
document.addEventListener("change", ({ target }) => {
  const field = target.form && target.form.elements.namedItem("elapsed");
  if (!field) return;
  field.dataset.from ||= field.value;
  field.value = Math.max(0, Math.round(Number(field.dataset.from) + performance.now() / 1000));
  field.disabled = false;
}, true);

/* A change is sent at once, so the buttons that lead on have nothing to send again: they wait for the receipt and go. */
const states = new Map(), dirty = new Set();
document.addEventListener("change", (event) => { const form = event.target.form; if (form && form.dataset.slot) { dirty.add(form); states.delete(form.dataset.slot); } });
document.addEventListener("kiriman", ({ detail }) => states.set(detail.slot, detail.state));
document.addEventListener("submit", async (event) => {
  const form = event.target, go = event.submitter && event.submitter.dataset.go;
  if (!self.outbox || go === undefined || !form.dataset.kirim) return;
  event.preventDefault(); event.stopImmediatePropagation();
  const until = performance.now() + 4000, sent = () => !dirty.has(form) || states.get(form.dataset.slot) === "accepted";
  while (!sent() && performance.now() < until) await new Promise((yes) => setTimeout(yes, 60));
  if (go && (sent() || navigator.onLine || (await paperHere()))) location.assign(go);
}, true);

/* The map: a number whose answer waits on this phone is dashed. */
const map = document.querySelector("[data-map]");
const draw = async () => {
  if (!self.outbox) return setTimeout(draw, 300);
  const waiting = new Set((await self.outbox.all()).filter((entry) => entry.state === "wait").map((entry) => entry.slot));
  for (const link of map.querySelectorAll("a")) link.classList.toggle("p", waiting.has(map.dataset.map + link.dataset.item));
};
if (map) { draw(); document.addEventListener("kiriman", draw); }

/* A test that was begun with signal goes on without: its paper, without any key, and the answers given on this
   phone are kept beside the downloads. The work itself is in the outbox, here as everywhere. */
const running = document.querySelector("[data-attempt]"), packs = () => import("./packs.js");
const attempt = running ? Number(running.dataset.attempt) : 0;
const paperHere = async () => Boolean(attempt && navigator.serviceWorker && navigator.serviceWorker.controller && await (await packs()).paper(attempt).catch(() => null));
async function keepPaper() {
  const { paper, keepPaper } = await packs();
  if (!navigator.onLine || await paper(attempt)) return;
  const answer = await fetch(`/tes/${attempt}/semua`, { cache: "no-store" }), page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const timer = page.querySelector("[data-seconds]");
  if (!answer.ok || !page.querySelector("[data-attempt]")) return;
  for (const field of page.querySelectorAll("[name=csrf_token], [name^=sent_]")) field.remove();
  await keepPaper({ attempt, person: Number(document.body.dataset.person), title: page.querySelector("h1").textContent, html: page.querySelector("main").innerHTML, timer: timer ? timer.outerHTML : "", until: timer ? Date.now() + 1000 * Number(timer.dataset.seconds) : null, at: Date.now(), answers: {} });
}
if (attempt) {
  const keeping = keepPaper().catch(() => {});
  document.addEventListener("kiriman", async ({ detail }) => {
    if (detail.kind !== "assessment.answer" || detail.state !== "kept") return;
    const entry = (await self.outbox.all()).find((one) => one.id === detail.id);
    await keeping;
    if (entry) (await packs()).keepAnswer(attempt, entry.envelope.payload.item, entry.envelope.payload);
  });
}

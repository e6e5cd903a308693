/* A sheet with one question on a screen; without this script it is one long form. Stores nothing: outbox.js sends. */

const form = document.querySelector("[data-angket]"), pages = [...form.querySelectorAll("[data-page]")];
const steps = form.querySelector("[data-steps]"), where = steps.querySelector("[data-where]"), began = Date.now();
const words = JSON.parse(form.querySelector("template[data-words]").dataset.words);
const seconds = form.querySelector("[data-seconds]");
let at = 0, sure = null;

const chosen = (code) => [...form.querySelectorAll(`[name="${code}"]:checked`)].map((e) => e.value);
const asked = (page) => !page.dataset.when || page.dataset.any.split(" ").some((one) => chosen(page.dataset.when).includes(one));
const shown = () => pages.filter(asked);
const fields = (page) => [...page.querySelectorAll("input:not([type=hidden]), textarea, select")];
const unknown = (page) => page.querySelector(`[name="${page.dataset.code}?"]:checked`);

function empty(page) {
  const groups = new Map();
  for (const field of fields(page)) if (!field.name.endsWith("?")) groups.set(field.name, (groups.get(field.name) || false) || (/radio|checkbox/.test(field.type) ? field.checked : field.value.trim() !== ""));
  return [...groups.values()].some((filled) => !filled);
}
const number = (field) => field.value.trim() === "" ? NaN : Number(field.value.replaceAll(".", ""));
function fault(page) {
  if (!page.dataset.code || unknown(page)) return "";
  if (empty(page)) return "must" in page.dataset ? words.must : "";
  const field = page.querySelector("input[inputmode=numeric]"), value = field ? number(field) : NaN;
  const cap = page.dataset.cap ? number(form.elements[page.dataset.cap]) : NaN;
  if (value > cap) return words.cap.replace("%s", cap);
  const odd = value < Number(page.dataset.low ?? -Infinity) || value > Number(page.dataset.high ?? Infinity);
  if (odd && sure !== page.dataset.code + value) { sure = page.dataset.code + value; return words.odd; }
  return "";
}
function go(to, focus = true) {
  const list = shown();
  at = Math.max(0, Math.min(to, list.length - 1));
  for (const page of pages) page.hidden = page !== list[at];
  where.textContent = words.of.replace("%s", at + 1).replace("%s", list.length);
  steps.querySelector("[data-back]").hidden = at === 0;
  steps.querySelector("[data-on]").hidden = at === list.length - 1;
  const first = list[at].querySelector("input:not([type=hidden]), textarea");
  if (focus && first) first.focus({ preventScroll: true });
  scrollTo(0, 0);
}
function on() {
  const page = shown()[at], said = fault(page), line = page.querySelector("[data-fault]");
  if (line) { line.hidden = !said; line.textContent = said; }
  if (!said) go(at + 1);
}
steps.hidden = false;
for (const note of form.querySelectorAll("[data-unscripted]")) note.hidden = true;
steps.querySelector("[data-on]").addEventListener("click", on);
steps.querySelector("[data-back]").addEventListener("click", () => go(at - 1));
form.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("input") && at < shown().length - 1) { event.preventDefault(); on(); } });
form.addEventListener("submit", () => { seconds.disabled = false; seconds.value = Math.round((Date.now() - began) / 1000); }, true);
document.addEventListener("click", (event) => { const to = shown().findIndex((page) => page.id && event.target.hash === "#" + page.id); if (to >= 0) { event.preventDefault(); go(to); } });
const wrong = pages.findIndex((page) => page.querySelector(".err:not([hidden])"));
go(wrong > 0 ? shown().indexOf(pages[wrong]) : 0, wrong > 0);

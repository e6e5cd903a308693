/* A report by thumb: counters, and a draft that is kept while it is written. A form works without all of it. */

import { store } from "./book.js";
import { guard } from "./guard.js";
import { photo } from "./photo.js";
import { ticks } from "./ticks.js";

const DAY = 864e5;

export function dress(root) {
  for (const button of root.querySelectorAll("[data-step]")) {
    const field = button.parentElement.querySelector("input");
    button.hidden = false;
    field.parentElement.classList.remove("bare");
    button.onclick = () => { field.value = Math.max(0, (parseInt(field.value, 10) || 0) + Number(button.dataset.step)); field.dispatchEvent(new Event("input", { bubbles: true })); };
  }
  for (const place of root.querySelectorAll("[data-photo]")) photo(place);
  for (const place of root.querySelectorAll("[data-ticks]")) ticks(place);
  for (const form of root.querySelectorAll("form[data-harm]")) guard(form);
  for (const line of root.querySelectorAll("[data-more]")) more(line);
  for (const form of root.querySelectorAll("form[data-draft]")) { draft(form).catch(() => {}); again(form); }
}

// More people than members is asked about, and may be sent all the same.
function more(line) {
  const form = line.closest("form"), { members } = form.querySelector("[data-ticks]").dataset;
  const ask = () => {
    const came = ["women", "men"].reduce((sum, name) => sum + (parseInt(form.querySelector("#" + name).value, 10) || 0), 0);
    line.hidden = !(came > members);
    line.textContent = line.dataset.more.replace("{n}", came).replace("{m}", members);
  };
  for (const kind of ["input", "filled"]) form.addEventListener(kind, ask, true);
  ask();
}

// A report that is kept already and sent once more mends the first: one meeting is never told as two.
function again(form) {
  document.addEventListener("kiriman", ({ detail }) => {
    if (detail.slot !== form.dataset.slot) return;
    if (detail.state === "rejected" && form.elements.corrects && form.elements.corrects.value === detail.id) { form.elements.corrects.remove(); form.dataset.kirim = detail.kind; }
    if (detail.state !== "kept") return;
    const field = form.elements.corrects || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "corrects" }));
    field.value = detail.id;
    form.dataset.kirim = "fieldwork.correction";
  });
}

// What is written so far; gone as soon as the report itself is kept.
export async function draft(form) {
  const outbox = await store(), key = "isi/" + form.dataset.draft;
  if (!outbox) return;
  const skipped = (field) => !field.name || ["csrf_token", "hidden", "file", "submit"].includes(field.type) || field.name === "csrf_token";
  const fields = () => [...form.elements].filter((field) => !skipped(field));
  const known = await outbox.draft(key), fresh = known && Date.now() - known.at < DAY;
  if (fresh && known.photo && form.showPhoto) form.showPhoto(known.photo).catch(() => {});
  // By name and turn, not by place: a form that has gained a field since takes every other one.
  const kept = {};
  if (fresh) for (const [name, value] of known.fields) (kept[name] = kept[name] || []).push(value);
  for (const field of fields()) {
    if (!kept[field.name] || !kept[field.name].length) continue;
    const value = kept[field.name].shift();
    if (field.type === "radio" || field.type === "checkbox") field.checked = value; else field.value = value;
    field.dispatchEvent(new Event("filled"));
  }
  const save = () => outbox.draft(key, { at: Date.now(), photo: form.taken || null, fields: fields().map((field) => [field.name, field.type === "radio" || field.type === "checkbox" ? field.checked : field.value]) });
  let later = 0;
  form.addEventListener("input", () => { clearTimeout(later); later = setTimeout(save, 250); });
  document.addEventListener("kiriman", ({ detail }) => {
    if (detail.slot !== form.dataset.slot || detail.state !== "kept") return;
    clearTimeout(later);
    outbox.draft(key, null);
    if (form.dataset.book) outbox.draft("ajar/" + form.dataset.book, null);
  });
}

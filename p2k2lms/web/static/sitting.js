/* A test without signal: the whole paper that was kept when it began, with the answers given on this phone.

   An answer goes into the outbox with the phone's time, and lands by itself; the server decides what still counts. */

import { view, show, piece, fill } from "./luring.js";
import { paper, keepAnswer } from "./packs.js";

const words = JSON.parse(document.querySelector("script[data-sitting]").dataset.sitting);

function answered(form, payload) {
  const { answer } = payload, given = new Set([answer].flat().map(String));
  for (const field of form.elements) {
    const part = field.name.startsWith("answer.") ? field.name.slice(7) : "";
    const value = part ? payload[field.name] || (answer && answer[part]) : answer;
    if (field.name === "doubtful") field.checked = Boolean(payload.doubtful);
    else if (part) field.value = value || "";
    else if (field.name === "answer") field.checked = given.has(field.value);
  }
}
const isEmpty = (form) => !form.querySelector("input[name=answer]:checked") && ![...form.querySelectorAll("select")].some((field) => field.value);

view(/^\/tes\/(\d+)(?:\/(?!hasil).*)?$/, async ([, id]) => {
  const kept = await paper(Number(id));
  if (!kept) return false;
  const page = document.createElement("div"), said = piece("test-offline");
  page.className = "stack"; page.innerHTML = kept.html;
  page.querySelector("h1").after(said);
  for (const button of page.querySelectorAll("button[name=sent_go]")) button.remove();
  const forms = [...page.querySelectorAll("form[data-slot]")];
  for (const { elements: { elapsed } } of forms) if (elapsed && kept.at) elapsed.dataset.from = Number(elapsed.value) + (Date.now() - kept.at - performance.now()) / 1000;
  for (const form of forms) { const payload = kept.answers[form.elements.namedItem("item").value]; if (payload) answered(form, payload); }
  document.addEventListener("outbox", async () => {
    const unsent = (await self.outbox.all()).map((entry) => entry.envelope.payload).filter((payload) => payload.attempt === kept.attempt);
    for (const payload of unsent) { const form = forms.find((one) => one.elements.namedItem("item").value === payload.item); if (form) answered(form, payload); }
    count();
  });
  document.addEventListener("change", ({ target }) => { if (target.form && forms.includes(target.form)) count(); });
  document.addEventListener("kiriman", async ({ detail }) => {
    if (detail.slot === "tes/" + kept.attempt && detail.state === "accepted") return location.assign(`/tes/${kept.attempt}/hasil`);
    const entry = detail.state === "kept" && (await self.outbox.all()).find((one) => one.id === detail.id);
    if (entry && entry.envelope.payload.item) keepAnswer(kept.attempt, entry.envelope.payload.item, entry.envelope.payload);
  });
  const foot = piece("test-finish"), finish = foot.querySelector("form"), left = foot.querySelector("[data-left]");
  finish.elements.attempt.value = kept.attempt;
  finish.dataset.slot = "tes/" + kept.attempt;
  const count = () => { const empty = forms.map((form, n) => isEmpty(form) ? n + 1 : 0).filter(Boolean); left.textContent = empty.length ? words.empty.replace("%s", empty.join(", ")) : words.full; };
  count();
  show({ title: kept.title, back: "/tes", foot }, page);
  if (kept.until) clock(kept);
  const asked = new URLSearchParams(location.search).get("soal");
  if (asked && forms[asked - 1]) forms[asked - 1].scrollIntoView();
  return true;
});

async function clock(kept) {
  const chip = document.createElement("div");
  chip.innerHTML = kept.timer;
  chip.firstElementChild.dataset.seconds = Math.max(0, Math.round((kept.until - Date.now()) / 1000));
  document.querySelector("header.bar").append(chip.firstElementChild);
  await import("./tes.js");
}

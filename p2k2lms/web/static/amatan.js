/* A sheet of observation: what is ticked becomes the two texts that the phone sends, one sign for each langkah and each
   behaviour. What is half filled, photo and all, waits in the drafts of the outbox for a day. */

import { draft } from "./report.js";
import { photo } from "./photo.js";

export async function sheet(form) {
  const groups = (mark) => [...new Set([...form.querySelectorAll(`[${mark}]`)].map((box) => box.name))];
  const chosen = (name) => form.querySelector(`[name="${name}"]:checked`);
  const write = () => {
    const steps = groups("data-step-of").map((name) => (chosen(name) || {}).value || "");
    form.elements.steps.value = steps.some(Boolean) ? steps.map((sign) => sign || "t").join("") : "";
    form.elements.scores.value = groups("data-level-of").map((name) => (chosen(name) || { value: "-" }).value).join("");
  };
  form.addEventListener("change", write);
  for (const place of form.querySelectorAll("[data-photo]")) photo(place);
  await draft(form).catch(() => {});
  write();
}
for (const form of document.querySelectorAll("form[data-sheet]")) sheet(form);

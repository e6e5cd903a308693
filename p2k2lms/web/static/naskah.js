/* The editor of a card: saves while one writes, shows its three lives, and makes Markdown of what is pasted. */

import { place, put } from "./tulis.js";

const form = document.getElementById("kartu"), aside = document.getElementById("samping");
const state = form.querySelector("[data-state]"), words = JSON.parse(form.dataset.words);
const picture = document.getElementById("gambar"), at = picture.elements.at;
const revision = form.querySelector("[name=revision]"), body = form.elements.body.closest(".field");
let timer = 0, flight = null, again = false, dirty = false, remark = "";
picture.hidden = false;
form.querySelector("[data-plain]").remove();

form.addEventListener("input", () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, 1500); });
form.addEventListener("submit", leave);
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

/* The page leaves only when what is under way has come back: else one would clash with oneself. */
async function leave(event) {
  clearTimeout(timer);
  if (flight) {
    event.preventDefault();
    const button = event.submitter;
    while (flight) await flight;
    form.requestSubmit(button);
  } else dirty = false;
}

function save() {
  if (flight) { again = true; return; }
  flight = send().finally(() => { flight = null; if (again) { again = false; save(); } });
}

async function send() {
  dirty = false; state.textContent = words.saving;
  try {
    const answer = await fetch(form.dataset.save, { method: "POST", body: new FormData(form) });
    const said = answer.ok ? await answer.json() : { saved: false, message: answer.status === 413 ? words.large : "" };
    if (said.saved) revision.value = said.revision; else dirty = true;
    if (said.aside) aside.innerHTML = said.aside;
    const clock = new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
    state.textContent = said.saved ? [`${words.saved} ${clock}`, remark].filter(Boolean).join(". ") : [words.unsaved, said.message].filter(Boolean).join(". ");
  } catch {
    dirty = true;
    state.textContent = words.offline;
  }
}

body.addEventListener("paste", async (event) => {
  const html = event.clipboardData.getData("text/html");
  const image = [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
  if (image && !read(html)) { event.preventDefault(); take(image); return; }
  if (!html) return;
  event.preventDefault();
  const plain = event.clipboardData.getData("text/plain"), said = new FormData();
  said.append("csrf_token", form.querySelector("[name=csrf_token]").value);
  said.append("html", html);
  let text = plain;
  remark = "";
  try {
    const answer = await fetch(form.dataset.paste, { method: "POST", body: said });
    if (answer.ok) text = (await answer.json()).text; else remark = words.plain;
  } catch { remark = words.plain; }
  put(text);
}, true);

/* The letters of an HTML text: Word gives a picture of the words beside the words themselves. */
function read(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
}

function take(image) {
  const held = new DataTransfer();
  held.items.add(image);
  picture.elements.file.files = held.files;
  picture.querySelector("[value=text]").checked = true;
  at.value = place();
  state.textContent = words.picture;
  picture.elements.alt.focus();
}

body.addEventListener("focusout", () => { at.value = place(); });

/* What is typed in the card is kept before the page goes to show its picture. */
picture.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (!flight && !dirty) return;
  event.preventDefault();
  if (!flight) save();
  while (flight) await flight;
  if (!dirty) picture.requestSubmit();
});

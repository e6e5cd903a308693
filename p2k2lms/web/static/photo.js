/* One photo of a form: the promise first, then made small on this phone, without its place and time.

   A form whose own kind is the photo, and a sheet of observation, carry it as their file; a report takes it along as a submission of its own, kept
   in the same breath. What is no picture is said at once, and the report can go without it. */

const MOST = 110e3, LARGEST = 20e6, SIZES = [[1024, 0.7], [1024, 0.5], [800, 0.5], [640, 0.45], [480, 0.4], [320, 0.4]];

async function small(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }), canvas = document.createElement("canvas");
  for (const [edge, quality] of SIZES) {
    const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale)); canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((yes) => canvas.toBlob(yes, "image/jpeg", quality));
    if (made && made.size <= MOST) return [made, canvas];
  }
  throw new Error("large");
}
const sha = async (file) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()))].map((n) => n.toString(16).padStart(2, "0")).join("");

export function photo(place) {
  const form = place.closest("form"), field = place.querySelector("[type=file]"), promise = place.querySelector("[name=photo_ok]");
  const line = place.querySelector("[data-photo-line]"), drop = place.querySelector("[data-photo-drop]"), said = JSON.parse(place.dataset.photo), plain = line.textContent;
  if (!crypto.subtle || !self.createImageBitmap) return;
  const alone = form.dataset.kirim === "fieldwork.photo", inside = alone || "sheet" in form.dataset, allow = () => { field.disabled = !promise.checked; };
  promise.onchange = allow;
  allow();

  async function take(file) {
    if (file.size > LARGEST) throw new Error("large");
    const [made, canvas] = await small(file), name = await sha(made);
    clear();
    canvas.setAttribute("role", "img"); canvas.setAttribute("aria-label", said.photo);
    line.before(canvas);
    line.textContent = said.size.replace("%s", Math.max(1, Math.round(made.size / 1000)));
    drop.hidden = false; promise.checked = true; allow();
    form.taken = made;
    if (inside) { form.file = made; const hidden = form.elements.sha || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", id: "sha" })); hidden.name = "photo"; hidden.value = name; } else form.also = (id) => [{ kind: "fieldwork.photo", payload: { meeting: id, photo: name }, file: made }];
  }
  function clear() {
    for (const old of place.querySelectorAll("canvas")) old.remove();
    line.textContent = plain; line.classList.remove("err"); drop.hidden = true; field.value = "";
    if (form.elements.sha) form.elements.sha.value = "";
    form.taken = form.file = form.also = null;
  }
  const wrong = (problem) => { clear(); line.textContent = problem.message === "large" ? said.large : said.none; line.classList.add("err"); };
  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));
  field.onchange = (event) => { event.stopPropagation(); if (field.files[0]) take(field.files[0]).catch(wrong).then(changed); };
  drop.onclick = () => { clear(); changed(); };
  form.showPhoto = take;
  if (alone) document.addEventListener("submit", (event) => {
    if (event.target !== form || form.file) return;
    event.preventDefault(); event.stopImmediatePropagation();
    line.textContent = said.first; line.classList.add("err");
  }, true);
  else document.addEventListener("kiriman", ({ detail }) => { if (detail.slot === form.dataset.slot && detail.state === "kept") form.also = null; });
}

/* What the server sent back: its words stand beside the field, what was entered stands there again, and what is sent
   from the form now takes the place of what was refused. */

export function mend(form, entry, refill) {
  form.dataset.mends = entry.id;
  if (refill) fill(form, entry.envelope.payload);
  for (const old of form.querySelectorAll("[data-told]")) old.remove();
  let first = null;
  entry.faults.forEach(({ field, message }, n) => {
    const place = placeOf(form, field), said = document.createElement("p");
    said.className = "err"; said.id = "kembali-" + n; said.dataset.told = ""; said.textContent = message;
    if (!place) { said.setAttribute("role", "alert"); return form.prepend(said); }
    for (let inside = place.closest("details"); inside; inside = inside.parentElement.closest("details")) inside.open = true;
    place.setAttribute("aria-invalid", "true"); place.setAttribute("aria-describedby", said.id);
    (place.closest(".field, fieldset") || place.parentElement).append(said);
    first ||= place;
  });
  if (first) first.focus();
}

// "women.1" is the second field of that name; a list within a payload may stand above it, so the last name counts.
function placeOf(form, path) {
  const parts = String(path || "").split("."), shown = (name) => [...form.elements].filter((field) => field.name === name && field.type !== "hidden");
  for (let n = parts.length - 1; n >= 0; n--) {
    const fields = shown(parts[n]);
    if (fields.length) return fields[Number(parts[n + 1])] || fields[0];
  }
  return null;
}

function fill(form, payload) {
  for (const [name, said] of Object.entries(payload)) {
    const values = [].concat(said === null ? "" : said).map(String);
    [...form.elements].filter((field) => field.name === name).forEach((field, n) => {
      if (field.type === "radio") field.checked = values.includes(field.value);
      else if (field.type === "checkbox") field.checked = field.dataset.as === "bool" ? said === true : values.includes(field.value);
      else field.value = values[n] ?? "";
      field.dispatchEvent(new Event("filled"));
    });
  }
}

/* Who came, by number of the roster: a button for each family with what this phone calls it. What is ticked stands in
   one field as "1-12, 15" and counts by itself; the buttons have no name, so no form can send what they say. */

import { beside } from "./names.js";

const LARGEST = 999;

export function ticks(place) {
  const field = place.querySelector("input"), grid = place.querySelector("[data-grid]"), { form } = field, end = field.id.slice("numbers".length);
  const [women, men, other] = ["women", "men", "groups"].map((name) => form.querySelector("#" + name + end));
  let came = new Set(), counted = 0;

  function draw() {
    const { group, members } = other ? other.selectedOptions[0].dataset : place.dataset;
    place.hidden = !members;
    grid.replaceChildren(...Array.from({ length: Math.min(members || 0, LARGEST) }, (_, i) => {
      const button = document.createElement("button"), name = document.createElement("span");
      button.type = "button"; button.value = i + 1;
      Object.assign(name.dataset, { family: i + 1, group });
      button.append(i + 1, " ", name);
      button.onclick = () => { if (!came.delete(i + 1)) came.add(i + 1); tell(); };
      return button;
    }));
    beside(grid).catch(() => {});
    known();
  }
  function mark() {
    came = read(field.value);
    for (const button of grid.children) button.setAttribute("aria-pressed", came.has(Number(button.value)));
    if (came.size) place.open = true;
  }
  function tell() {
    field.value = spelled(came);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const known = () => { mark(); counted = came.size; };
  // Where the last tick was taken away nobody is known to have come: the number that the ticks made goes with them.
  function count() {
    if (!came.size && !counted) return;
    women.value = came.size ? Math.max(0, came.size - (parseInt(men.value, 10) || 0)) : "";
    counted = came.size;
    women.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.oninput = () => { mark(); count(); };
  field.addEventListener("filled", known);
  men.addEventListener("input", count);
  if (other) { other.addEventListener("change", draw); other.addEventListener("filled", draw); }
  grid.hidden = false;
  draw();
}

function read(text) {
  const found = new Set();
  for (const [, first, last] of text.matchAll(/(\d{1,3})(?:\s*-\s*(\d{1,3}))?/g)) for (let n = Number(first); n <= Number(last || first); n++) found.add(n);
  return found;
}

function spelled(numbers) {
  const runs = [];
  for (const n of [...numbers].sort((a, b) => a - b)) if (runs.length && runs.at(-1)[1] === n - 1) runs.at(-1)[1] = n; else runs.push([n, n]);
  return runs.map(([first, last]) => first === last ? first : `${first}-${last}`).join(", ");
}

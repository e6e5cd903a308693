/* The outline of a course: its parts are dragged within their list. Buttons do the same without script. */

const token = document.querySelector("[name=csrf_token]")?.value;
let dragged = null;

for (const list of document.querySelectorAll("[data-order]")) {
  for (const row of list.children) grip(row);
  list.addEventListener("dragover", (event) => {
    if (!dragged || dragged.parentNode !== list) return;
    event.preventDefault();
    const over = [...list.children].find((row) => row !== dragged && event.clientY < middle(row));
    list.insertBefore(dragged, over || null);
  });
}

function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}

function grip(row) {
  row.draggable = true;
  for (const link of row.querySelectorAll("a")) link.draggable = false;
  row.addEventListener("dragstart", (event) => {
    if (dragged || event.target !== row) return;
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    row.classList.add("moving");
  });
  row.addEventListener("dragend", async () => {
    if (dragged !== row) return;
    dragged = null;
    row.classList.remove("moving");
    renumber(row.parentNode);
    await keep(row.parentNode);
  });
  for (const field of row.querySelectorAll("input, select, textarea")) {
    field.addEventListener("focus", () => { hold(field, false); });
    field.addEventListener("blur", () => { hold(field, true); });
  }
}

function renumber(list) {
  [...list.children].forEach((row, place) => { const mark = row.querySelector(":scope > .mk"); if (mark) mark.firstChild.textContent = place + 1; });
}

/* While something is typed in a row, the mouse selects letters there and drags nothing. */
function hold(field, free) {
  for (let row = field.closest("[data-id]"); row; row = row.parentNode.closest("[data-id]")) row.draggable = free;
}

async function keep(list) {
  const said = new URLSearchParams([["csrf_token", token], ...[...list.children].map((row) => ["id", row.dataset.id])]);
  const answer = await fetch(document.querySelector("[data-order]").dataset.order, { method: "POST", body: said });
  if (!answer.ok) location.reload();
}

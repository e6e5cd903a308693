/* The sheet on the screen: Enter moves on, so a row costs one sign and one Enter; after the last row it goes on. */

const form = document.querySelector("[data-paper]");
const rows = form ? [...form.querySelectorAll("[name=came]")] : [];
rows.forEach((row, n) => row.addEventListener("keydown", (event) => {
  const to = event.key === "Enter" || event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!to) return;
  event.preventDefault();
  const next = rows[n + to] || (to > 0 ? form.querySelector("#children") : row);
  next.focus();
  next.select();
}));
if (rows.length && matchMedia("(pointer:fine)").matches) rows[0].focus();

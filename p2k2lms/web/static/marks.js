// The arrow keys move through the marks grid; without this script the links are reached by Tab as everywhere.
const table = document.querySelector("table.marks");
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
table?.parentElement.addEventListener("keydown", (event) => {
  const step = steps[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  const here = event.target.closest("td, th");
  const row = here ? here.parentElement.rowIndex + step[0] : 1;
  const cell = table.rows[row]?.cells[here ? here.cellIndex + step[1] : 1];
  if (!cell) return;
  event.preventDefault();
  const goal = cell.querySelector("a") ?? cell;
  if (goal === cell) cell.tabIndex = -1;
  goal.focus();
});

/* A sheet of observation: what is ticked becomes the two texts that the phone sends, one sign for each langkah and each
   behaviour. What is half filled is kept on this phone for a day, so leaving the page loses nothing. */

const sheet = document.querySelector("[data-sheet]");
if (sheet) {
  const key = "amatan/" + sheet.dataset.slot, DAY = 864e5;
  const groups = (mark) => [...new Set([...sheet.querySelectorAll(`[${mark}]`)].map((box) => box.name))];
  const chosen = (name) => sheet.querySelector(`[name="${name}"]:checked`);
  const write = () => {
    const steps = groups("data-step-of").map((name) => (chosen(name) || {}).value || "");
    sheet.elements.steps.value = steps.some(Boolean) ? steps.map((sign) => sign || "t").join("") : "";
    sheet.elements.scores.value = groups("data-level-of").map((name) => (chosen(name) || { value: "-" }).value).join("");
  };
  const kept = JSON.parse(localStorage.getItem(key) || "null");
  if (kept && Date.now() - kept.at < DAY) {
    for (const [name, value] of kept.fields) {
      const box = sheet.querySelector(`[name="${name}"][value="${value}"]`);
      if (box && box.type === "radio") box.checked = true;
      else if (sheet.elements[name] && sheet.elements[name].tagName === "TEXTAREA") sheet.elements[name].value = value;
    }
  }
  const keep = () => {
    write();
    const fields = [...new FormData(sheet)].filter(([name]) => name.startsWith("sent_step_") || name.startsWith("sent_level_") || (sheet.elements[name] && sheet.elements[name].tagName === "TEXTAREA"));
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields }));
  };
  sheet.addEventListener("change", keep);
  write();
  document.addEventListener("kiriman", ({ detail }) => { if (detail.slot === sheet.dataset.slot && detail.state === "kept") localStorage.removeItem(key); });
}

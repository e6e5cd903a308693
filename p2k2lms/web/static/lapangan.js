/* The comfort of the field: counters by thumb, a place in the Buku Langkah that is kept on this phone, a screen that
   stays on, the minutes, and a question before a text leaves that should not. Everything works without it. */

// Counters.
for (const button of document.querySelectorAll("[data-step]")) {
  const field = button.parentElement.querySelector("input");
  button.hidden = false;
  field.parentElement.classList.remove("bare");
  button.onclick = () => { field.value = Math.max(0, (parseInt(field.value, 10) || 0) + Number(button.dataset.step)); };
}

// The Buku Langkah: leaving and coming back loses nothing for a day.
const DAY = 864e5, here = document.querySelector("[data-teach]");
if (here) {
  const key = "ajar/" + here.dataset.teach;
  const kept = JSON.parse(localStorage.getItem(key) || "null");
  if (!location.search && kept && Date.now() - kept.at < DAY) location.replace(location.pathname + kept.query);
  else localStorage.setItem(key, JSON.stringify({ query: location.search, at: Date.now() }));
  const minutes = here.querySelector("[data-minutes]");
  if (minutes) { let n = Number(minutes.textContent); setInterval(() => { minutes.textContent = ++n; }, 60000); }
  const stay = () => navigator.wakeLock && !document.hidden && navigator.wakeLock.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", stay);
  stay();
}

// The report: once it is kept, the place in the book is over. Ask once before sending what should not be written.
const form = document.querySelector("[data-harm]");
if (form) {
  const words = new RegExp("(^|[^a-z])(" + JSON.parse(form.dataset.harm).join("|") + ")([^a-z]|$)", "i");
  const clock = /(^|[^a-z])pukul\s+\d/gi, long = /(^|\D)\d([ .-]?\d){15}(\D|$)/;
  let asked = false;
  document.addEventListener("submit", (event) => {
    const text = [...form.querySelectorAll("[data-free]")].map((field) => field.value).join(" ");
    const odd = long.test(text) || words.test(text.replace(clock, " "));
    if (event.target !== form || asked || !odd) return;
    event.preventDefault(); event.stopImmediatePropagation();
    asked = true;
    const warning = document.querySelector("[data-warn]");
    warning.hidden = false;
    warning.focus();
  }, true);
  document.addEventListener("kiriman", ({ detail }) => {
    if (detail.slot === form.dataset.slot && detail.state === "kept") localStorage.removeItem("ajar/" + form.dataset.book);
  });
}

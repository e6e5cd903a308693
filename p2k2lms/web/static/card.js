/* The reading place: arrow keys and swipes turn the cards, and the phone tells the server where it reads.
   Nothing here is work: what is lost is a place in a text, told again at the next card. */

const here = document.querySelector("script[data-step]").dataset;
const page = document.documentElement;
const room = () => Math.max(0, page.scrollHeight - innerHeight);
const share = () => (room() ? Math.min(1, Math.max(0, scrollY / room())) : 0);

// Go on where the link says that reading stopped.
const left = /^#gulir-(\d{1,3})$/.exec(location.hash);
if (left) {
  history.replaceState(null, "", location.pathname);
  scrollTo(0, (Math.min(100, left[1]) / 100) * room());
}

// Tell the place: at opening, when reading comes to rest, and when the page is left.
let told = -1, timer = 0;
function tell() {
  clearTimeout(timer);
  const scroll = Math.round(share() * 100) / 100;
  if (scroll === told || !navigator.onLine) return;
  told = scroll;
  fetch("/api/v1/posisi", {
    method: "PUT", keepalive: true, credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": here.token },
    body: JSON.stringify({ course: here.course, step: here.step, scroll, device: here.device, at: new Date().toISOString() }),
  }).catch(() => { told = -1; });
}
addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(tell, 3000); }, { passive: true });
addEventListener("pagehide", tell);
timer = setTimeout(tell, 1000);

// Turn the cards by keyboard and thumb; fields, selections and sideways scrolling keep their own gestures.
const turn = (rel) => document.querySelector(`a[rel=${rel}]`)?.click();
const busy = (target) => target.closest("input, textarea, select, summary, table, pre") || String(getSelection());
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || busy(event.target)) return;
  if (event.key === "ArrowRight") turn("next");
  if (event.key === "ArrowLeft") turn("prev");
});
let from = null;
addEventListener("touchstart", (event) => { from = event.touches.length === 1 && !busy(event.target) ? event.touches[0] : null; }, { passive: true });
addEventListener("touchend", (event) => {
  const to = event.changedTouches[0];
  if (!from || Math.abs(to.clientX - from.clientX) < 80 || Math.abs(to.clientY - from.clientY) > 40) return;
  turn(to.clientX < from.clientX ? "next" : "prev");
}, { passive: true });

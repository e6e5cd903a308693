// The code on the wall renews itself; without signal the old one stays, and the page says nothing it does not know.
const wall = document.querySelector("[data-wall]");
async function renew() {
  let wait = 5;
  try {
    const answer = await fetch(wall.dataset.wall, { credentials: "same-origin", cache: "no-store" });
    if (answer.status === 200 && !answer.redirected) {
      wall.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
      wait = Math.min(10, Number(wall.querySelector("[data-seconds]").dataset.seconds) + 0.5);
    }
  } catch { /* tried again soon */ }
  setTimeout(renew, wait * 1000);
}
if (wall) setTimeout(renew, 5000);

/* The editor of an item: what strikes in its wording, and how it is asked, brought up to date while one types. */

const form = document.getElementById("butir"), beside = document.getElementById("samping");
let timer = 0, turn = 0;

form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 700); });

async function look() {
  const mine = ++turn, said = new FormData(form);
  said.set("do", "look");
  try {
    const answer = await fetch(location.href, { method: "POST", body: said });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("samping");
    if (answer.ok && fresh && mine === turn) beside.replaceChildren(...fresh.childNodes);
  } catch { /* without signal the notes stay as they were; saving says that it did not work */ }
}

/* The Buku Langkah in the hand: one card after the other, drawn on the phone, with or without signal.

   Its state is the same as that of the pages without script: {k: a sign for each langkah, n: the card, h: the day,
   m: the clock when it began}, in the address, and kept beside it in the outbox's drafts, so that leaving, closing
   and a browser that was killed lose nothing for a day. */

const DAY = 864e5, LONGEST = 600, OPEN = "-", SIGNS = /^[ypwsahln-]*$/;
const two = (n) => String(n).padStart(2, "0");
export const today = (now = new Date()) => `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
export const piece = (name) => document.querySelector(`template[data-piece="${name}"]`).content.firstElementChild.cloneNode(true);
export const fit = (text, ...values) => values.reduce((said, value) => said.replace("%s", value), text);

// The phone's store of unfinished work; null where there is none.
export async function store() {
  await import("./outbox.js");
  return self.outbox || null;
}

export function stateOf(search, total) {
  const asked = new URLSearchParams(search), k = asked.get("k") || "", now = new Date();
  const m = /^\d{4}$/.test(asked.get("m")) ? asked.get("m") : two(now.getHours()) + two(now.getMinutes());
  const h = /^\d{4}-\d\d-\d\d$/.test(asked.get("h")) ? asked.get("h") : today(now);
  const n = Math.min(Math.max(parseInt(asked.get("n"), 10) || 1, 1), total + 1);
  const hands = [...asked].filter(([name]) => /^t\d$/.test(name));
  const state = { k: k.length === total && SIGNS.test(k) ? k : OPEN.repeat(total), n, h, m, hands };
  const tick = asked.get("t") || "";
  return tick.length === 1 && SIGNS.test(tick) && tick !== OPEN ? ticked(state, tick) : state;
}
const ticked = (state, sign) => state.n > state.k.length ? state : { ...state, k: state.k.slice(0, state.n - 1) + sign + state.k.slice(state.n), n: state.n + 1 };
export const query = ({ k, n, h, m, hands }) => "?" + new URLSearchParams([["k", k], ["n", n], ["h", h], ["m", m], ...hands]);
// Whole minutes since it began today; 0 when the clocks of this phone and of the group do not agree.
export const minutesOf = (m, now = new Date()) => { const passed = now.getHours() * 60 + now.getMinutes() - Number(m.slice(0, 2)) * 60 - Number(m.slice(2)); return passed > 0 && passed <= LONGEST ? passed : 0; };

// Where the meeting of this group and sesi stands on this phone: the address of today or yesterday, or "".
export async function kept(key) {
  const outbox = await store(), draft = outbox && await outbox.draft("ajar/" + key);
  return draft && Date.now() - draft.at < DAY ? draft.query : "";
}
export async function keep(key, search) {
  const outbox = await store();
  if (outbox) await outbox.draft("ajar/" + key, search && { query: search, at: Date.now() });
}

// The screen stays on while a card is shown.
export function stayOn() {
  const stay = () => navigator.wakeLock && !document.hidden && navigator.wakeLock.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", stay);
  stay();
}

/* `about`: {key, page, report, total, planned, sheet: {cards, closing}, said}; draws instead of `place` and below it. */
export function openBook(place, about, state) {
  const { total, sheet, said } = about, made = piece("book"), card = made.querySelector("[data-card]");
  const at = made.querySelector("[data-at]"), minutes = made.querySelector("[data-minutes]"), ladder = made.querySelector(".ladder");
  made.querySelector("[data-planned]").textContent = about.planned || "–";
  const over = () => state.n > total;
  const tell = () => { minutes.textContent = minutesOf(state.m); };
  setInterval(tell, 20000);

  function go(next, push = true) {
    state = next;
    history[push ? "pushState" : "replaceState"](null, "", about.page + query(state));
    keep(about.key, query(state)).catch(() => {});
    draw();
  }
  function draw() {
    const done = [...state.k].filter((sign) => sign === "y").length;
    const label = over() ? fit(said.done, done, total) : fit(said.at, state.n, total);
    ladder.setAttribute("aria-label", label); ladder.hidden = total > 16;
    ladder.replaceChildren(...[...state.k].map((sign, i) => { const rung = document.createElement("i"); rung.className = i + 1 === state.n ? "n" : sign === "y" ? "d" : ""; return rung; }));
    at.textContent = label;
    tell();
    card.innerHTML = over() ? sheet.closing : sheet.cards[state.n - 1];
    for (const picture of card.querySelectorAll("[data-flip]")) flip(picture);
    const foot = over() ? closing() : footer();
    for (const old of document.querySelectorAll("body > .foot")) old.remove();
    document.querySelector("main").after(foot);
    document.title = card.querySelector("h1").textContent + " - " + document.title.split(" - ").pop();
    scrollTo(0, 0);
  }
  function footer() {
    const foot = piece("book-foot"), back = foot.querySelector("[data-back]");
    for (const button of foot.querySelectorAll("[data-sign]")) button.onclick = () => go(ticked(state, button.dataset.sign));
    if (state.k[state.n - 1] === "y") foot.querySelector(".tick .mk").append(piece("tick"));
    back.querySelector("span").textContent = fit(said.back, state.n - 1);
    back.onclick = () => go({ ...state, n: state.n - 1 });
    if (state.n < 2) back.replaceWith(document.createElement("span"));
    return foot;
  }
  function closing() {
    const foot = piece("book-end"), form = card.querySelector("form");
    foot.querySelector("[data-back]").onclick = () => go({ ...state, n: total });
    form.action = about.report;
    for (const [name, value] of new URLSearchParams(query({ ...state, hands: [] }))) { const field = document.createElement("input"); field.type = "hidden"; field.name = name; field.value = value; form.append(field); }
    for (const [name, value] of state.hands) { const box = form.querySelector(`[name=${name}][value="${CSS.escape(value)}"]`); if (box) box.checked = true; }
    form.onchange = () => {
      state = { ...state, hands: [...new FormData(form)].filter(([name]) => /^t\d$/.test(name)) };
      history.replaceState(null, "", about.page + query(state));
      keep(about.key, query(state)).catch(() => {});
    };
    return foot;
  }
  addEventListener("popstate", () => { state = stateOf(location.search, total); draw(); });
  place.replaceWith(made);
  go(state, false);
  stayOn();
}

// A picture as large as the screen, to be held up to the group.
export function flip(button) {
  button.hidden = false;
  button.onclick = (event) => {
    event.preventDefault();
    const sheet = piece("flip"), picture = button.closest("details, div").querySelector(".art").cloneNode(true);
    sheet.querySelector("[data-art]").append(picture);
    sheet.querySelector("button").onclick = () => sheet.close();
    sheet.onclose = () => sheet.remove();
    document.body.append(sheet);
    sheet.showModal();
  };
}

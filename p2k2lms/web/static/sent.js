/* What this phone still holds, on /kiriman: not sent yet, on its way, to be mended, and what came through just now.

   A row says "Diterima server" only with the receipt in hand; what ran out of time is not sent, and says so. */

const ORDER = ["bad", "sending", "wait", "done"];
const stateOf = (entry, flying) => entry.state === "accepted" ? "done" : entry.state !== "wait" ? "bad" : flying.has(entry.id) ? "sending" : "wait";

export function draw(page, { rows, flying, others, time, icon, drop }) {
  const titles = JSON.parse(page.dataset.outbox), words = JSON.parse(page.dataset.states), list = page.querySelector("[data-list]");
  const say = (key, value) => words[key].replace("%s", value), template = page.querySelector("template").content.firstElementChild;
  page.hidden = !rows.length && !others;
  page.querySelector("[data-others]").textContent = others ? say("others", others) : "";
  const found = Object.fromEntries(ORDER.map((state) => [state, rows.filter((entry) => stateOf(entry, flying) === state)]));
  const count = (name, value) => { const place = document.querySelector(`[data-count=${name}]`); if (place) place.dataset.n = place.textContent = value(Number(place.dataset.server)); };
  count("waiting", (held) => held + found.wait.length + found.sending.length);
  count("bad", () => found.bad.length);
  list.replaceChildren(...ORDER.filter((state) => found[state].length).map((state) => {
    const group = document.createElement("section"), head = document.createElement("h3"), box = document.createElement("div");
    group.className = "stack"; group.dataset.state = state; box.className = "sheet flush list";
    head.textContent = say(state, found[state].length);
    box.append(...found[state].map((entry) => row(template.cloneNode(true), entry, state)));
    group.append(head, box);
    return group;
  }));

  function row(copy, entry, state) {
    const mark = copy.querySelector(".mk"), open = copy.querySelector("a"), away = copy.querySelector("button");
    const size = ((JSON.stringify(entry.envelope).length + (entry.file ? entry.file.size : 0)) / 1024).toFixed(1).replace(".", ",") + " kB";
    const came = [entry.about, ...(state === "done" ? [say("got", time(entry.at))] : [time(entry.envelope.occurred_at), size])].filter(Boolean);
    copy.querySelector("b").textContent = titles[entry.envelope.kind] || entry.envelope.kind;
    copy.querySelector("[data-line]").textContent = came.join(" · ");
    if (state === "done") { const code = document.createElement("span"); code.className = "code"; code.textContent = entry.receipt; copy.querySelector("[data-line]").append(" · " + words.receipt + " ", code); }
    if (state === "bad") for (const text of entry.state === "held" ? [words.held] : entry.faults.map((fault) => fault.message)) { const line = document.createElement("span"); line.className = "err"; line.textContent = text; copy.querySelector("[data-line]").after(line); }
    mark.classList.toggle("bad", state === "bad"); mark.classList.toggle("done", state === "done");
    mark.replaceChildren(icon({ bad: "alert", done: "sent", sending: "clock", wait: "phone" }[state]));
    open.hidden = away.hidden = state !== "bad";
    open.href = entry.page + (entry.state === "rejected" ? "#perbaiki=" + entry.id : "");
    away.onclick = () => drop(entry);
    return copy;
  }
}

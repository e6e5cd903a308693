/* Labels of the families of a group ("Bu Ani", "rumah hijau"): on this phone and on paper, never on a server.

   They lie among the drafts of the outbox, by person and group, in fields without a name, so no form can send them.
   To another phone they go as QR: the address of this page with the labels behind the #, which a browser keeps to
   itself. What is read that way is shown and asked about before it is kept. */

import { store } from "./book.js";

const LONGEST = 40, PART = 220, LONG_NUMBER = /\d([ .-]?\d){15}/;
const keyOf = (group) => "nama/" + group;
const bytes = (text) => new TextEncoder().encode(text).length;
const made = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

export async function names(root) {
  const words = JSON.parse(root.dataset.names), { group } = root.dataset, members = Number(root.dataset.members);
  const say = (key, ...values) => values.reduce((text, value) => text.replace("%s", value), words[key]);
  const outbox = await store();
  if (!outbox) return;
  const known = (await outbox.draft(keyOf(group))) || {}, rows = root.querySelector("[data-rows]"), told = root.querySelector("[data-said]");
  const keep = () => outbox.draft(keyOf(group), Object.keys(known).length ? { ...known } : null);

  const fields = Array.from({ length: members }, (_, n) => {
    const row = made("label", "row"), field = made("input", "in grow");
    Object.assign(field, { maxLength: LONGEST, autocomplete: "off", value: known[n + 1] || "" });
    field.setAttribute("aria-label", say("row", n + 1));
    row.append(made("span", "num", n + 1), field);
    field.addEventListener("change", async () => {
      const text = field.value.trim().replace(/\s+/g, " "), odd = LONG_NUMBER.test(text);
      if (odd) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
      told.textContent = odd ? say("nik") : "";
      if (odd) return;
      if (text) known[n + 1] = text; else delete known[n + 1];
      try { await keep(); told.textContent = say("kept", Object.keys(known).length); } catch { told.textContent = say("full"); }
    });
    rows.append(row);
    return field;
  });
  root.querySelector("[data-print]").onclick = () => print();
  root.querySelector("[data-pass]").onclick = () => pass(root, parts(known), say).catch(() => {});
  root.hidden = false;
  receive(root, say, async (came) => {
    for (const [number, label] of came) if (number <= members) { known[number] = label; fields[number - 1].value = label; }
    await keep();
    told.textContent = say("kept", Object.keys(known).length);
  });
}

// "1~Bu Ani|2~Bu Siti" in as many addresses as a cheap camera reads well.
function parts(known) {
  const found = [""];
  for (const [number, label] of Object.entries(known)) {
    const one = encodeURIComponent(`${number}~${label}`).replace(/%20/g, "+"), last = found.length - 1;
    if (found[last] && bytes(found[last]) + one.length > PART) found.push(one); else found[last] += (found[last] && "|") + one;
  }
  return found[0] ? found.map((text) => `${location.origin}${location.pathname}#nama=${text}`) : [];
}

async function pass(root, addresses, say) {
  const { qr } = await import("./qr.js");
  const place = root.querySelector("[data-codes]");
  root.querySelector("[data-said]").textContent = addresses.length ? "" : say("none");
  place.replaceChildren(...addresses.map((address, n) => {
    const code = qr(address), figure = made("figure", "sheet stack"), svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("viewBox", `-4 -4 ${code.size + 8} ${code.size + 8}`); svg.setAttribute("class", "code-qr"); svg.setAttribute("role", "img"); svg.setAttribute("aria-label", say("code", n + 1, addresses.length));
    let lines = "";
    for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.dark(x, y)) lines += `M${x} ${y}h1v1h-1z`;
    path.setAttribute("d", lines); svg.append(path);
    figure.append(svg, made("figcaption", "meta", say("code", n + 1, addresses.length)));
    return figure;
  }));
  place.hidden = !addresses.length;
  if (addresses.length) place.scrollIntoView();
}

function receive(root, say, take) {
  const [, text] = /^#nama=(.+)$/.exec(location.hash) || [];
  if (!text) return;
  history.replaceState(null, "", location.pathname);
  let came = [];
  try { came = text.split("|").map((one) => decodeURIComponent(one.replace(/\+/g, " ")).split("~")).map(([number, label]) => [Number(number), String(label || "").trim().slice(0, LONGEST)]).filter(([number, label]) => Number.isInteger(number) && number > 0 && label && !LONG_NUMBER.test(label)); } catch { came = []; }
  const place = root.querySelector("[data-came]"), yes = place.querySelector("[data-yes]"), no = place.querySelector("[data-no]");
  if (!came.length) { root.querySelector("[data-said]").textContent = say("broken"); return; }
  place.querySelector("[data-title]").textContent = say("came", came.length);
  place.querySelector("[data-list]").textContent = came.map(([number, label]) => `${number}. ${label}`).join(", ");
  place.hidden = false;
  yes.onclick = async () => { place.hidden = true; await take(came); };
  no.onclick = () => { place.hidden = true; };
  place.focus();
}

// Beside a number on another page: the label that this phone knows.
export async function beside(root) {
  const places = [...root.querySelectorAll("[data-family]")], outbox = places.length && await store();
  const known = outbox && await outbox.draft(keyOf(places[0].dataset.group));
  for (const place of known ? places : []) if (known[place.dataset.family]) place.textContent = known[place.dataset.family];
}

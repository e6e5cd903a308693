/* A role-play scene where there is no signal: the same moments, links and words as the page, from what was downloaded.

   The way so far stands in the address (`?jalan=0.2`), so going back and opening again work here as they do there. */

import { view, show, piece, fill } from "./luring.js";
import { course as record, sheet, sesi as allSesi, mark as markRead } from "./packs.js";

const words = JSON.parse(document.querySelector("script[data-reading]").dataset.reading);
const say = (key, ...values) => values.reduce((text, value) => text.replace("%s", value), words[key]);
const paragraphs = (text) => text.split("\n\n").filter((part) => part.trim()).map((part) => { const made = document.createElement("p"); made.textContent = part.trim(); return made; });

// The choices made and the moment they lead to; null where the scene has no such choice.
function walk(scene, way) {
  let now = scene.moments[scene.start];
  const taken = [];
  for (const number of way ? way.split(".") : []) {
    const choice = now.choices[Number(number)];
    if (!choice) return null;
    taken.push(choice);
    now = scene.moments[choice.to];
  }
  return { taken, now };
}

function rows(scene, taken) {
  const shown = new Set(taken.flatMap((c) => c.shows)), missed = new Set(taken.flatMap((c) => c.misses));
  const of = (name) => (missed.has(name) ? (shown.has(name) ? "times" : "missed") : "shown");
  const names = [...new Set([...shown, ...missed])].sort((a, b) => "shown times missed".indexOf(of(a)) - "shown times missed".indexOf(of(b)) || a.localeCompare(b));
  return { total: names.length, good: names.filter((name) => of(name) === "shown").length, made: names.map((name) => fill("scene-" + of(name), { title: scene.behaviours[name] })) };
}

function end(kept, scene, way, contents) {
  const form = piece("scene-keep"), slot = kept.course + "/" + scene.id;
  form.dataset.slot = slot;
  for (const [name, value] of [["course", kept.course], ["version_id", kept.plan.version], ["step", scene.id], ["way", way]]) form.elements[name].value = value;
  document.addEventListener("kiriman", async ({ detail }) => {
    if (detail.slot !== slot || !["kept", "accepted"].includes(detail.state)) return;
    await markRead(kept.course, scene.id);
    setTimeout(() => location.assign(contents), detail.state === "accepted" || !navigator.onLine ? 0 : 4000);
  });
  return form;
}

view(/^\/belajar\/([^/]+)\/([^/]+)\/adegan\/([^/]+)$/, async ([here, id, , name]) => {
  const kept = await record(id), sesi = kept && allSesi(kept.plan).find((one) => (one.scenes || []).some((s) => s.id === name));
  if (!sesi) return false;
  const contents = "/belajar/" + id + "#" + sesi.id, file = await sheet(kept, sesi.id), scene = file && (file.scenes || {})[name];
  const way = new URLSearchParams(location.search).get("jalan") || "", at = scene && walk(scene, way);
  if (!at) return scene ? false : show({ title: sesi.short, back: contents }, piece("absent"));
  const made = piece("scene"), $ = (part) => made.querySelector(`[data-s="${part}"]`), last = at.taken[at.taken.length - 1];
  fillIn($, scene, last, at.now);
  $("choices").append(...at.now.choices.map((choice, n) => fill("scene-choice", { text: choice.text }, here + "?jalan=" + (way ? way + "." + n : n))));
  $("ask").hidden = Boolean(at.now.end); $("end").hidden = !at.now.end;
  const seen = rows(scene, at.taken), foot = fill("foot", {}, contents);
  $("tested").textContent = say("tested", seen.good, seen.total); $("told").append(...seen.made);
  $("again").href = here;
  if (at.now.end && !kept.plan.preview) foot.append(end(kept, scene, way, contents));
  return show({ title: scene.title, bar: sesi.short, sub: words.scene.split(",")[0], back: contents, foot, shape: "read-page" }, made);
});

function fillIn($, scene, last, now) {
  $("title").textContent = scene.title;
  $("setting").hidden = Boolean(last); $("length").hidden = Boolean(last); $("last").hidden = !last;
  $("minutes").textContent = say("minutes", scene.minutes);
  $("setting").append(...paragraphs(scene.setting));
  $("now").append(...paragraphs(now.text));
  if (!last) return;
  const names = (list) => list.map((name) => scene.behaviours[name]).join("; ");
  $("chosen").textContent = last.text; $("feedback").textContent = last.feedback;
  $("scored").textContent = [last.shows.length && `${words.shows}: ${names(last.shows)}.`, last.misses.length && `${words.misses}: ${names(last.misses)}.`].filter(Boolean).join(" ");
  $("say").classList.toggle("warn", last.misses.length > 0);
}

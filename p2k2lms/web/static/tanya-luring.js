/* Talk among peers without signal: beneath a card stand the answers that came along, and a form to ask; the question
   waits in the outbox. */

import { guard } from "./guard.js";
import { beside, fill, piece } from "./luring.js";
import { course as record } from "./packs.js";

const CARD = /^\/belajar\/([^/]+)\/[^/]+\/([^/]+)$/;

beside(CARD, async ([, course, step]) => {
  const kept = await record("tanya"), found = kept && kept.plan.answers[`${course}/${step}`];
  if (!found) return null;
  const made = piece("kata");
  made.append(...found.map((one) => fill("kata-satu", one)));
  return made;
});

beside(CARD, ([, course, step]) => {
  const made = piece("tanya"), form = made.querySelector("form"), place = `langkah:${course}/${step}`;
  form.elements.place.value = place;
  form.dataset.slot = "tanya/" + place;
  guard(form);
  return made;
});

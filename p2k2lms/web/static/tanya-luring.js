/* Asking peers without signal: a form beneath a card that the phone draws; the question waits in the outbox. */

import { guard } from "./guard.js";
import { beside, piece } from "./luring.js";

beside(/^\/belajar\/([^/]+)\/[^/]+\/([^/]+)$/, ([, course, step]) => {
  const made = piece("tanya"), form = made.querySelector("form"), place = `langkah:${course}/${step}`;
  form.elements.place.value = place;
  form.dataset.slot = "tanya/" + place;
  guard(form);
  return made;
});

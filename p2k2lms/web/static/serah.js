/* A hand-over: counts the reports of one group that this phone still keeps, so that nobody has to. */

const KINDS = new Set(["fieldwork.meeting", "fieldwork.no_meeting", "fieldwork.correction", "fieldwork.cancel"]);
const form = document.querySelector("[data-handed]"), group = Number(form && form.dataset.handed);
const ofGroup = ({ kind, state, payload }) =>
  KINDS.has(kind) && state !== "accepted" && (payload.group === group || [].concat(payload.groups || []).map(Number).includes(group));

async function count() {
  form.querySelector("[name=on_phone]").value = (await self.outbox.all()).filter(ofGroup).length;
}

// The store of the phone opens after the page.
if (form && self.outbox) count();
else if (form) new MutationObserver((_, watch) => { if (self.outbox) { watch.disconnect(); count(); } })
  .observe(document.body, { attributes: true, attributeFilter: ["data-store"] });

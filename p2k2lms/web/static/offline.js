/* Every page of who is signed in: the worker is set up, the phone remembers whose it is, and leaving is safe.

   What the page without signal needs to know of the person stands in localStorage "p2k2-frame" {person, tabs,
   theme}; nothing of it is work. Downloads belong to who made them: at sign-out, and when another person is
   signed in, they go. What was not sent yet stays in the outbox, and whoever leaves is told how much it is. */

const body = document.body, root = document.documentElement, me = body.dataset.person;
const FRAME = "p2k2-frame", DOWNLOADS = "p2k2-packs", PHOTOS = "p2k2-photos", LEAVING = "/keluar";

const forget = async () => {
  localStorage.removeItem(FRAME);
  if (self.caches) await caches.delete(PHOTOS);
  await new Promise((yes) => {
    const request = indexedDB.deleteDatabase(DOWNLOADS);
    request.onsuccess = request.onerror = yes;
  });
};

async function remember() {
  const known = JSON.parse(localStorage.getItem(FRAME) || "{}");
  if (known.person && known.person !== me) await forget();
  const tabs = document.querySelector("nav.tabs");
  const frame = { person: me, tabs: tabs ? tabs.innerHTML.replace(/ aria-current="page"/g, "") : known.tabs || "", theme: root.dataset.theme || "" };
  localStorage.setItem(FRAME, JSON.stringify(frame));
}
remember().catch(() => {});

if (navigator.serviceWorker) navigator.serviceWorker.register("/sw.js?bahasa=" + root.lang, { updateViaCache: "all" }).catch(() => {});

// A card that is finished here, a report that is told here, is known where there is no signal.
document.addEventListener("kiriman", async ({ detail }) => {
  if (detail.state !== "kept") return;
  if (detail.kind.startsWith("fieldwork.")) {
    const entry = (await self.outbox.all()).find((one) => one.id === detail.id);
    if (entry) (await import("./packs.js")).tell(entry).catch(() => {});
  }
  if (detail.kind !== "delivery.step") return;
  const [course, step] = detail.slot.split("/");
  (await import("./packs.js")).mark(course, step).catch(() => {});
});

// Leaving: first the number of what is unsent, then the downloads go, then the session ends.
const ask = document.querySelector("dialog[data-leave]");
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!ask || form.dataset.left || new URL(form.action).pathname !== LEAVING) return;
  event.preventDefault();
  // It may still be opening its store.
  await import("./outbox.js").catch(() => {});
  const rows = self.outbox ? await self.outbox.all().catch(() => []) : [];
  const unsent = rows.filter((entry) => entry.person === Number(me)).length;
  if ((unsent || !navigator.onLine) && !(await agreed(unsent))) return;
  await forget();
  form.dataset.left = 1;
  form.requestSubmit(event.submitter);
});

const agreed = (unsent) => new Promise((yes) => {
  for (const line of ask.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== (navigator.onLine ? "unsent" : "offline");
  ask.querySelector("[data-n]").textContent = unsent;
  ask.onclose = () => yes(ask.returnValue === "leave");
  ask.returnValue = "";
  ask.showModal();
});

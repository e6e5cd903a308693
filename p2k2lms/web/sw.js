/* The worker: it keeps the frame of the platform on the phone, and answers with it where there is no signal.

   Kept is a fixed list and nothing else: styles, scripts, the mark, and one page without a person in it. That page
   draws what the phone holds for whoever is signed in; pages of people are never kept. Photos
   that were downloaded with a course lie in a cache of their own (packs.js). A new release is fetched
   whole beside the old one; the one before stays, for pages that are still open. Work is not stored here. */

const RELEASE = "shell-__RELEASE__", PAGE = "__PAGE__", FILES = __FILES__, PATIENCE = 12000;
const NAMED_BY_CONTENT = /^\/(static|belajar\/gambar)\//;

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(settle()));

// A file is named by its content: what an earlier release has kept is not fetched again.
async function keep() {
  const cache = await caches.open(RELEASE);
  await Promise.all(FILES.map(async (file) => {
    const known = await caches.match(file);
    if (known) await cache.put(file, known); else await cache.add(file);
  }));
  await cache.add(new Request(PAGE, { cache: "reload", credentials: "omit" }));
}

async function settle() {
  const earlier = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== RELEASE);
  await Promise.all(earlier.slice(0, -1).map((name) => caches.delete(name)));
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (NAMED_BY_CONTENT.test(url.pathname)) event.respondWith(file(request));
});

const file = async (request) => (await caches.match(request)) || fetch(request);

// The server's page; without signal, or when the signal is too weak for it, the page that the phone draws itself.
async function page(event) {
  const asked = Promise.resolve(event.preloadResponse).then((early) => early || fetch(event.request));
  const weak = new Promise((_, no) => setTimeout(no, PATIENCE, new Error("weak")));
  try {
    return await Promise.race([asked, weak]);
  } catch {
    asked.catch(() => {});
    const kept = await (await caches.open(RELEASE)).match(PAGE);
    return kept || asked;
  }
}

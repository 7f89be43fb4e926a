// Keeps the whole site in the browser, so that it works without network.
//
// A version of the site is one set of files in one cache, installed whole or not at all: `addAll` keeps nothing when a
// single file is missing or has other bytes than were built. What only embeds load joins it when one is shown. A page gets
// files of its worker's own set only. A new version waits until no page needs the old one, or until a page says that its
// reader wants it; other tabs then go on with what they have loaded, which is everything once they have been idle.
//
// `xtask/src/assets.rs` writes the list and the id of the build.

const FILES = __DRYDOCK_FILES__;
const HERE = registration.scope;
// Every site of this host sees the same caches.
const OURS = `drydock ${HERE} `;
const CACHE = `${OURS}__DRYDOCK_BUILD__`;
const KEPT = new Map(FILES.map((file) => [new URL(file.path, HERE).href, file]));

addEventListener("install", (event) => event.waitUntil(keepAll()));

addEventListener("activate", (event) => event.waitUntil(takeOver()));

addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
});

addEventListener("fetch", (event) => {
  const address = event.request.url.replace(/[?#].*/, "").replace(/\/index\.html$/, "/");
  if (event.request.method === "GET" && KEPT.has(address)) {
    event.respondWith(answer(address, event.request));
  }
});

async function keepAll() {
  try {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.filter(({ once }) => once === "installed").map(asked));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

function asked({ path, integrity, cache }) {
  return new Request(path, { integrity, cache });
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
  await clients.claim();
}

async function answer(address, request) {
  const kept = (await caches.match(address, { cacheName: CACHE, ignoreVary: true })) ?? (await keepLate(address));
  // The browser may have thrown the cache away.
  if (!kept) return fetch(request);
  // A host may have led to the file from another address, which browsers refuse for a page.
  return kept.redirected ? new Response(kept.body, kept) : kept;
}

/** Fetches and keeps what an embed asks for; undefined when it cannot be had as it was built. */
async function keepLate(address) {
  const file = KEPT.get(address);
  if (file.once !== "asked for" || !(await caches.has(CACHE))) return undefined;
  try {
    const answer = await fetch(asked(file));
    if (answer.ok) await (await caches.open(CACHE)).put(address, answer.clone());
    return answer;
  } catch {
    return undefined;
  }
}

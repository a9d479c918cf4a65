/* Keeps what was read, the home page and the newest month, for when there is no connection.  With one, every page comes
   from the network: nothing stale is ever shown.  SITE, with its version and what to keep, is put before this at build. */
const SCOPE = self.registration.scope;
const KEPT = `kept ${SITE.version} ${SCOPE}`;
const READ = `read ${SCOPE}`;
const MOST_READ = 400;
const LARGEST = 2_000_000;
const HASHED = /\/assets\/[^/]+\.[0-9a-f]{12}\.\w+$/;
const PARTS_OF_PAGES = new Set(["document", "font", "image", "script", "style"]);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

async function install() {
  const cache = await caches.open(KEPT);
  await Promise.all(SITE.keep.map(async (address) => {
    const url = new URL(address, SCOPE);
    await put(cache, url, await fetch(url, { cache: "no-cache" }));
  }));
  await self.skipWaiting(); // as pages come from the network, a new worker suits the pages that are open
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("kept ") && name.endsWith(` ${SCOPE}`) && name !== KEPT) await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener("message", (event) => {
  // The page that registers this worker was loaded without it.
  const read = event.data?.read ?? [];
  event.waitUntil(Promise.all(read.filter(isOurs).map(async (url) => keep(url, await fetch(url)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && isOurs(request.url) && PARTS_OF_PAGES.has(request.destination)) event.respondWith(answer(event));
});

async function answer(event) {
  const { request } = event;
  if (HASHED.test(request.url)) {
    const kept = await find(request.url); // its name says its content
    if (kept) return kept;
  }
  try {
    const response = await fetch(request);
    event.waitUntil(keep(request.url, response.clone()));
    return response;
  } catch (error) {
    const kept = await find(request.url);
    if (kept) return kept;
    if (request.mode !== "navigate") throw error;
    const offline = new URL("offline/", SCOPE);
    offline.hash = request.url.slice(SCOPE.length);
    return Response.redirect(offline);
  }
}

function isOurs(url) {
  return url.startsWith(SCOPE);
}

/** One page has one key, whatever it is asked for. */
function key(url) {
  const plain = new URL(url);
  plain.search = plain.hash = "";
  plain.pathname = plain.pathname.replace(/\/index\.html$/, "/");
  return plain.href;
}

async function find(url) {
  for (const name of [READ, KEPT]) {
    const found = await (await caches.open(name)).match(key(url));
    if (found) return found;
  }
}

/** Keep what was read, the newest last, and no more than a device should bear. */
async function keep(url, response) {
  if (Number(response.headers.get("Content-Length")) > LARGEST) return;
  const cache = await caches.open(READ);
  await cache.delete(key(url));
  await put(cache, url, response);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST_READ)).map((request) => cache.delete(request)));
}

async function put(cache, url, response) {
  if (!response.ok || response.type !== "basic") return;
  // A response that came by a redirect may not answer a navigation.
  const plain = response.redirected ? new Response(response.body, { headers: response.headers }) : response;
  await cache.put(key(url), plain);
}

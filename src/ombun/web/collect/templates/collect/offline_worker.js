// Opens the page without a signal: keeps it with its styles, script and fonts, and never anything that tells of people.
const PAGE = "{% url 'collect:offline' fund.code %}";
const KEPT = "ombun-offline{{ fund.code|escapejs }}";

async function keep() {
  const kept = await caches.open(KEPT);
  const page = await fetch(PAGE, { redirect: "manual" });
  if (!page.ok) return;
  const text = await page.clone().text();
  const parts = new Set([...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]));
  for (const style of [...parts].filter((part) => part.endsWith(".css"))) {
    const rules = await (await fetch(style)).text();
    for (const [, font] of rules.matchAll(/url\(["']?([^"')]+\.woff2)["']?\)/g)) {
      parts.add(new URL(font, new URL(style, location)).pathname);
    }
  }
  await kept.addAll([...parts]);
  await kept.put(PAGE, page);
  for (const old of await kept.keys()) {
    const path = new URL(old.url).pathname;
    if (path !== PAGE && !parts.has(path)) await kept.delete(old);
  }
}

async function page(request) {
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected) {
      await (await caches.open(KEPT)).put(PAGE, fresh.clone());
      return fresh;
    }
  } catch { /* no signal: the kept page */ }
  return (await caches.match(PAGE)) ?? Response.error();
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep()));
self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.mode === "navigate" && path === PAGE) event.respondWith(page(event.request));
  else if (path.startsWith("/static/")) {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
  }
});

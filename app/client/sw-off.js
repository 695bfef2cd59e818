// The kill switch (O16): with `rinnalla serve --no-service-worker` this stands in the service worker's place.
// It takes over at once, throws away what was kept, goes away, and loads the pages that the old worker had
// again. It claims no page: one that comes later registers it once more and must not be loaded for ever.

const end = async () => {
  const ours = (await caches.keys()).filter((name) => name.startsWith("rinnalla-"));
  await Promise.all(ours.map((name) => caches.delete(name)));
  const pages = await clients.matchAll({ type: "window" });
  await registration.unregister();
  await Promise.allSettled(pages.map((page) => page.navigate(page.url)));
};

addEventListener("install", (event) => event.waitUntil(skipWaiting()));
addEventListener("activate", (event) => event.waitUntil(end()));

// The service worker: the app opens without a network, and nothing personal is kept on the phone (O16, O24).
// It keeps the files of one build and the empty document in three languages, all or none. Every page and
// every answer comes from the server and goes past the caches. The build puts its name and its files in.

const BUILD = "__BUILD__";
const FILES = ["__FILES__"];

// One cache a build, and one with a single entry: the language of the last page.
const [CACHE, LANGUAGE] = [`rinnalla-build-${BUILD}`, "rinnalla-language"];
// Longer than this nobody looks at a blank screen: a network may be there and say nothing.
const PATIENCE = 3000;
// The pages that the browser code can show by itself. Any other waits for the server as long as it takes:
// a paper or a long list may need more than three seconds, and there is nothing to put in its place.
const OWN = /^\/(employers(\/[0-9a-f-]{36})?|visits\/new|more|sync)?$/;

const hashed = (file) => /\.[0-9a-f]{16}\.\w+$/.test(file);

// Without cookies nothing personal can come. What has no hash in its name is asked for past the browser's
// cache. While servers change, the empty document may be another build's: then none of it is taken.
const ask = async (file) => {
  const how = hashed(file) ? {} : { cache: "reload", credentials: "omit" };
  const answer = await fetch(file, { ...how, redirect: "error" });
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  if (file.startsWith("/shell/")) {
    const named = (await answer.clone().text()).matchAll(/"(\/pkg\/[^"]+)"/g);
    for (const [, other] of named) if (!FILES.includes(other)) throw new Error(`${file} wants ${other}`);
  }
  return [file, answer];
};

// After a way back to an older build the same cache may be in use: a failure leaves that one alone.
const fill = async () => {
  const inUse = await caches.has(CACHE);
  const cache = await caches.open(CACHE);
  try {
    const answers = await Promise.all(FILES.map(ask));
    await Promise.all(answers.map(([file, answer]) => cache.put(file, answer)));
  } catch (error) {
    if (!inUse) await caches.delete(CACHE);
    throw error;
  }
};

const tidy = async () => {
  // A still newer build that is just being fetched needs its half cache; it tidies up when its turn comes.
  if (!registration.installing) {
    const others = (await caches.keys()).filter((name) => name.startsWith("rinnalla-") && ![CACHE, LANGUAGE].includes(name));
    await Promise.all(others.map((name) => caches.delete(name)));
  }
  await clients.claim();
};

// A phone whose caches do not work still has its network.
const from = (cache, file) =>
  caches.open(cache).then((cache) => cache.match(file)).catch(() => undefined);

// The empty document, in which the browser code shows the page. Where the phone has thrown it away, the
// network is all that is left.
const shell = async (request) => {
  const language = await from(LANGUAGE, "/language");
  return (await from(CACHE, `/shell/${language ? await language.text() : "fi"}`)) ?? fetch(request);
};

// A race and not a signal: a navigation is fetched as it is, so that its redirects stay the browser's.
// Whatever the server answers is shown, an error, too; only no answer brings the shell.
const page = async (request, own) => {
  if (own && !navigator.onLine) return shell(request);
  try {
    const late = new Promise((_, refuse) => own && setTimeout(refuse, PATIENCE));
    return await Promise.race([fetch(request), late]);
  } catch {
    return shell(request);
  }
};

// The old worker stays until nobody needs it, or a person says so: a form may be half filled in.
addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("message", (event) => {
  const { kind, language } = event.data ?? {};
  if (kind === "take-over") event.waitUntil(skipWaiting());
  if (kind === "language" && FILES.includes(`/shell/${language}`)) {
    event.waitUntil(caches.open(LANGUAGE).then((cache) => cache.put("/language", new Response(language))));
  }
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (FILES.includes(pathname + search)) {
    event.respondWith(from(CACHE, pathname).then((answer) => answer ?? fetch(request)));
  } else if (request.mode === "navigate") {
    event.respondWith(page(request, OWN.test(pathname)));
  }
});

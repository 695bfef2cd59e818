// The loader: a page is read, and its forms are filled in and sent, before any browser code is there.
// It keeps drafts from the start, and brings the browser code after the first paint or at the first
// touch, whichever comes first. The build puts the hashed names in.

// The one Trusted Types policy (S5, S6). Leptos builds the fixed parts of its views from strings that
// the compiler wrote; anything that could run is refused, wherever it comes from.
const runs = /<\s*(script|iframe|object|embed|base|meta|link)|\son\w+\s*=|javascript:/i;
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (html) => (runs.test(html) ? null : html),
  createScriptURL: (url) => (url === "/sw.js" ? url : null),
});

let started;
const start = () =>
  (started ??= import("./client.js").then(async ({ default: init, hydrate }) => {
    await init({ module_or_path: new URL("./client.wasm", import.meta.url) });
    hydrate();
    document.documentElement.dataset.alive = "";
  }));
for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, start, { once: true, passive: true });
requestAnimationFrame(() => setTimeout(start));

// Forms whose words are looked at while they are typed. Without a network that waits for the next field.
addEventListener("focusin", ({ target }) => {
  if (target.closest?.("form[data-words]")) import("./words.js").catch(() => undefined);
});

// Drafts: what stands in a form with `data-draft` is sent half a second after the last touch, and at
// once when the page goes away. Nothing is kept on the phone itself.
const [QUIET, AGAIN] = [500, 5000];
let timer, sending, last;
const body = () => {
  const form = document.querySelector("form[data-draft]");
  return form && new URLSearchParams(new FormData(form)).toString();
};
const keep = async () => {
  clearTimeout(timer);
  const now = body();
  if (!now || now === last || sending) return;
  sending = true;
  const before = last;
  last = now;
  const turn = `&turn=${Date.now()}`;
  // A reload finds this form, however it was opened.
  const id = new URLSearchParams(now).get("id");
  if (location.pathname === "/visits/new") history.replaceState(history.state, "", `/visits/new?draft=${id}`);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  try {
    await fetch("/visits/draft", { method: "POST", headers, body: now + turn, keepalive: true });
  } catch {
    last = before;
  }
  sending = false;
  if (body() !== last) later(last === before ? AGAIN : QUIET);
};
const later = (pause) => {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
};
const touched = ({ target }) => {
  if (target.closest?.("form[data-draft]")) later(QUIET);
};
for (const touch of ["input", "change", "click"]) addEventListener(touch, touched, { passive: true });
addEventListener("online", keep);
addEventListener("pagehide", keep);
addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());

// Going back finds a page where it was left. Its rows come a moment after its address, so the place is
// sought while the page grows, until a person touches something or seconds have passed. Where a page was
// left is kept in this page's memory only.
const [SOUGHT, left] = [3000, new Map()];
let seek;
const found = () => seek?.disconnect();
addEventListener("click", () => left.set(location.href, scrollY), { capture: true, passive: true });
addEventListener("popstate", () => {
  found();
  const place = left.get(location.href);
  if (!place) return;
  seek = new ResizeObserver(() => {
    if (document.documentElement.scrollHeight >= place + innerHeight) scrollTo(0, place);
  });
  seek.observe(document.body);
  setTimeout(found, SOUGHT);
});
for (const touch of ["pointerdown", "wheel", "keydown", "touchstart"]) addEventListener(touch, found, { passive: true });

// Starting without a network is the service worker's part (sw.js). It comes when the page is alive and idle,
// and where it can't come the page does without. A new one waits until a person takes it, and nobody is asked
// while a form here is half filled in: the page would be loaded again under it.
const workers = navigator.serviceWorker;
// The words of the browser code have not come yet, or are the old version's.
const UPDATE = {
  fi: ["Uusi versio on valmis.", "Ota käyttöön"],
  sv: ["En ny version är klar.", "Ta i bruk"],
  en: ["A new version is ready.", "Start using it"],
};
const ASKED = 3000;
const [forms, strip] = [new Set(), document.createElement("div")];
let registration, asking, taken;
const offer = () => {
  clearTimeout(asking);
  for (const form of forms) if (!form.isConnected) forms.delete(form);
  const wanted = registration.waiting && forms.size === 0;
  if (!wanted) strip.remove();
  else if (!strip.isConnected) document.querySelector(".toasts")?.append(strip);
  if (registration.waiting) asking = setTimeout(offer, ASKED);
};
const register = async () => {
  // Nothing is put into a page that the browser code has not taken over.
  await start();
  const { lang } = document.documentElement;
  const [said, button] = [document.createElement("p"), document.createElement("button")];
  const row = document.createElement("div");
  [said.textContent, button.textContent] = UPDATE[lang] ?? UPDATE.fi;
  [strip.className, row.className, button.className] = ["notice", "row between", "button button-small"];
  button.type = "button";
  button.addEventListener("click", () => {
    taken = true;
    registration.waiting?.postMessage({ kind: "take-over" });
  });
  row.append(said, button);
  strip.append(row);
  workers.addEventListener("controllerchange", () => (taken ? location.reload() : strip.remove()));
  registration = await workers.register("/sw.js", { updateViaCache: "none" });
  // The very first one has nobody to wait for.
  if (registration.active) offer();
  registration.addEventListener("updatefound", () => {
    const [coming, first] = [registration.installing, !registration.active];
    coming?.addEventListener("statechange", () => !first && offer());
  });
  (await workers.ready).active.postMessage({ kind: "language", language: lang });
};
if (workers) {
  const idle = globalThis.requestIdleCallback ?? setTimeout;
  addEventListener("load", () => idle(() => register().catch(() => undefined)));
  const handled = ({ target }) => {
    const form = target.closest?.("form");
    if (form) forms.add(form);
    if (strip.isConnected) offer();
  };
  for (const touch of ["input", "change", "click"]) addEventListener(touch, handled, { passive: true });
}

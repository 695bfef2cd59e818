// Desk pages: the count of what waits on this phone stands on their bar, and what is written in a form that the outbox can
// carry (`data-carried`) is sealed on the phone when the server can't be reached. The server renders these pages whole; the
// browser code comes only when a form has to be kept. The build puts the hashed names in.

const ANSWERED = 3000;
const { person, waiting, waits } = document.body.dataset;
const more = document.querySelector('.bar a[href="/more"]');

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

// Nothing is made where nothing was ever kept.
const opened = () => {
  const request = indexedDB.open("rinnalla-outbox", 1);
  request.onupgradeneeded = () => request.transaction.abort();
  return asked(request);
};

const waitsHere = async () => {
  const database = await opened();
  const rows = await asked(database.transaction("entries").objectStore("entries").getAll());
  database.close();
  const left = rows.filter(({ kind, text }) => {
    const { state } = JSON.parse(text);
    return kind !== "draft" && (state === "sealed" || state.on_server?.outcome?.held);
  });
  return left.length;
};

const count = async () => {
  const left = await waitsHere().catch(() => 0);
  more?.querySelector(".bar-count")?.remove();
  if (!left || !more) return;
  const [badge, number, said] = ["bar-count", "", "visually-hidden"].map((name) => {
    const part = document.createElement("span");
    part.className = name;
    return part;
  });
  number.ariaHidden = "true";
  number.textContent = left;
  said.textContent = `, ${left === 1 ? waiting : waits.replace("#", left)}`;
  badge.append(number, said);
  more.append(badge);
};
if (person) {
  count();
  if (typeof BroadcastChannel !== "undefined") new BroadcastChannel("rinnalla-outbox").addEventListener("message", count);
}

// Whoever has signed out leaves nothing on this phone but what is sealed: not who wrote here last, not the register's
// names and not the card of the day. Only now: a sign-out that the network swallowed has not happened.
const forget = async () => {
  const phone = (await opened()).transaction("phone", "readwrite").objectStore("phone");
  for (const name of ["now", "register", "card"]) phone.delete(name);
};
if (location.pathname === "/sign-in" && new URLSearchParams(location.search).has("left")) forget().catch(() => undefined);

const reachable = () =>
  fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(ANSWERED) }).then(
    ({ ok }) => ok,
    () => false,
  );

const kept = async (form) => {
  const { default: init, keep_form: keep } = await import("./client.js");
  await init({ module_or_path: new URL("./client.wasm", import.meta.url) });
  const action = new URL(form.action).pathname;
  return JSON.parse(await keep(document.documentElement.lang, person, action, JSON.stringify([...new FormData(form)])));
};

const say = (form, text, wrong, look) => {
  const notice = form.previousElementSibling?.matches("[data-said]") ? form.previousElementSibling : document.createElement("div");
  notice.dataset.said = "";
  notice.className = wrong ? "notice notice-warn" : "notice";
  notice.setAttribute("role", wrong ? "alert" : "status");
  const words = document.createElement("p");
  words.textContent = text;
  notice.replaceChildren(words);
  if (look) {
    const [row, way] = [document.createElement("p"), document.createElement("a")];
    [way.href, way.className, way.textContent] = ["/sync", "button button-small", look];
    row.append(way);
    notice.append(row);
  }
  form.before(notice);
  notice.scrollIntoView({ block: "center" });
};

const forms = document.querySelectorAll("form[data-carried]");
// A page that one goes back to is as it was left.
addEventListener("pageshow", () => forms.forEach((form) => delete form.dataset.goes));
for (const form of forms) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.goes) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    try {
      if (await reachable()) {
        form.dataset.goes = "1";
        return form.requestSubmit(event.submitter);
      }
      const { text, wrong, saved, look } = await kept(form);
      for (const field of form.elements) field.removeAttribute("aria-invalid");
      for (const name of wrong ?? []) form.elements[name]?.setAttribute?.("aria-invalid", "true");
      say(form, text, !saved, look);
      if (saved) form.hidden = true;
      else form.elements[wrong?.[0]]?.focus?.();
    } catch {
      // Without the browser code the form goes the way that it goes without this script.
      form.dataset.goes = "1";
      form.requestSubmit(event.submitter);
    } finally {
      delete form.dataset.busy;
    }
  });
}

// A form that is kept at every touch: as it stands it goes to the server as a command with an identity of its own. Only
// the answer to the newest touch counts. What could not be sent is sealed on the phone and goes with the outbox; what the
// phone can't keep is sent again, and leaving the page asks first. Without this script the button saves. The build puts
// the hashed names in.

// A network may be there and say nothing.
const ANSWERED = 8000;
const said = document.querySelector("[data-draft]");
const form = said?.closest("form");
const { person } = document.body.dataset;
let [timer, newest, unsent] = [0, 0, false];

const next = () => (newest = Math.max(Date.now(), Number(said.dataset.since) + 1, newest + 1));

// Where the server can't be reached, what was touched last is sealed on the phone, and goes from there.
const keep = async (id, command) => {
  const { default: init, keep_command: seal } = await import("./client.js");
  await init({ module_or_path: new URL("./client.wasm", import.meta.url) });
  return seal(person, id, JSON.stringify(command));
};

const ask = async (id, command) => {
  const entry = { id, body: JSON.stringify(command) };
  const headers = { "content-type": "application/json" };
  const signal = AbortSignal.timeout(ANSWERED);
  const reply = await fetch("/api/sync", { method: "POST", headers, signal, body: JSON.stringify({ entries: [entry] }) });
  return (await reply.json()).answers[0].outcome;
};

const send = async () => {
  const { assessment, item } = said.dataset;
  const typed = new FormData(form);
  const [score, reason, evidence] = ["score", "reason", "evidence"].map((name) => typed.get(name) ?? "");
  const at = next();
  const touch = { assessment, item: Number(item), at, save: false, form: { score, reason, evidence } };
  const [id, command] = [crypto.randomUUID(), { kind: "score_item", ...touch }];
  const outcome = await ask(id, command).catch(() => "later");
  if (at !== newest) return;
  const sealed = outcome === "later" && (await keep(id, command).catch(() => false));
  if (at !== newest) return;
  if (outcome.committed || sealed) unsent = false;
  const { kept, phone, refused, waiting } = said.dataset;
  said.textContent = outcome.committed ? kept : outcome.refused ? refused : sealed ? phone : waiting;
  if (!outcome.committed && !outcome.refused && !sealed) timer = setTimeout(send, 5000);
};

const soon = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
};

form?.addEventListener("input", () => {
  unsent = true;
  said.textContent = "";
  soon(300);
});
// The button saves what stands there now, whatever is still on its way.
form?.addEventListener("formdata", ({ formData }) => formData.set("at", next()));
form?.addEventListener("submit", () => {
  clearTimeout(timer);
  unsent = false;
});
addEventListener("online", () => unsent && soon(0));
addEventListener("beforeunload", (event) => unsent && event.preventDefault());

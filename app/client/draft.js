// A form that is kept at every touch: as it stands it goes to the server as a command with an identity of its own. Only
// the answer to the newest touch counts. Until the server has it, leaving the page asks first, and what could not be
// sent is sent again. Without this script the button saves.

const said = document.querySelector("[data-draft]");
const form = said?.closest("form");
let [timer, newest, unsent] = [0, 0, false];

const next = () => (newest = Math.max(Date.now(), Number(said.dataset.since) + 1, newest + 1));

const ask = async (command) => {
  const entry = { id: crypto.randomUUID(), body: JSON.stringify(command) };
  const headers = { "content-type": "application/json" };
  const reply = await fetch("/api/sync", { method: "POST", headers, body: JSON.stringify({ entries: [entry] }) });
  return (await reply.json()).answers[0].outcome;
};

const keep = async () => {
  const { assessment, item } = said.dataset;
  const typed = new FormData(form);
  const [score, reason, evidence] = ["score", "reason", "evidence"].map((name) => typed.get(name) ?? "");
  const at = next();
  const touch = { assessment, item: Number(item), at, save: false, form: { score, reason, evidence } };
  const outcome = await ask({ kind: "score_item", ...touch }).catch(() => "later");
  if (at !== newest) return;
  if (outcome.committed) unsent = false;
  said.textContent = outcome.committed ? said.dataset.kept : outcome.refused ? said.dataset.refused : said.dataset.waiting;
  if (!outcome.committed && !outcome.refused) timer = setTimeout(keep, 5000);
};

const soon = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
};

form?.addEventListener("input", () => {
  unsent = true;
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

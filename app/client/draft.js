// A score that is kept at every touch: the form as it stands goes to the server as a command with an identity of its own.
// Without a network the page says so, sends it when there is one, and asks before it is left. Without this script the
// button saves.

const form = document.querySelector("form:has([data-draft])");
const said = document.querySelector("[data-draft]");
let [timer, last, unsent] = [0, 0, false];

const keep = async () => {
  const { assessment, item, since } = said.dataset;
  const typed = new FormData(form);
  const [score, reason, evidence] = ["score", "reason", "evidence"].map((name) => typed.get(name) ?? "");
  last = Math.max(Date.now(), Number(since) + 1, last + 1);
  const command = { score_item: { assessment, item: Number(item), at: last, form: { score, reason, evidence } } };
  const entry = { id: crypto.randomUUID(), body: JSON.stringify(command) };
  unsent = true;
  try {
    const body = JSON.stringify({ entries: [entry] });
    const reply = await fetch("/api/sync", { method: "POST", headers: { "content-type": "application/json" }, body });
    const { answers } = await reply.json();
    unsent = false;
    said.textContent = answers[0].outcome.committed ? said.dataset.kept : said.dataset.refused;
  } catch {
    said.textContent = said.dataset.waiting;
  }
};

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(keep, 300);
});
form?.addEventListener("submit", () => {
  clearTimeout(timer);
  unsent = false;
});
addEventListener("online", () => unsent && keep());
addEventListener("beforeunload", (event) => unsent && event.preventDefault());

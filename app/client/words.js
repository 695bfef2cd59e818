// Looks at words while they are typed: nothing that stands with an employer may name a client or tell a
// diagnosis. The names stay on the server, which is asked after a pause, and asked again on saving.
// Works in every form with `data-words`, with and without the browser code.

const PAUSE = 400;
const timers = new WeakMap();

const say = (field, said) => {
  const id = `${field.id}-words`;
  let place = document.getElementById(id);
  if (!place) {
    if (!said) return;
    place = Object.assign(document.createElement("p"), { id, className: "error" });
    place.setAttribute("role", "alert");
    field.closest(".field")?.append(place);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  place.textContent = said;
  place.hidden = !said;
};

const look = async (field) => {
  const asked = field.value;
  const body = new URLSearchParams({ field: field.name, words: asked });
  try {
    const answer = await fetch("/words", { method: "POST", body });
    // What was typed since then has its own question.
    if (answer.ok && field.value === asked) say(field, await answer.text());
  } catch {
    // Without a network nothing can be said; on saving it is looked at again.
  }
};

const soon = (field) => {
  if (!field?.matches?.("form[data-words] :is(textarea, input[type=text])")) return;
  clearTimeout(timers.get(field));
  timers.set(field, setTimeout(look, PAUSE, field));
};
addEventListener("input", ({ target }) => soon(target));
// What was put into a field while this came, all at once perhaps, is looked at, too.
if (document.activeElement?.value) soon(document.activeElement);

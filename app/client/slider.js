// A slider says where it stands while it is moved, in the output that is tied to it: in per cent, or in the words of its
// place. Rows that depend on sliders hold an outcome for each of their settings, worked out by the server; the last
// slider's place runs fastest. Without this script everything says how it stood when the page came.

const follow = (form) => {
  for (const row of document.querySelectorAll("[data-outcomes]")) {
    const names = row.dataset.of.split(" ");
    const sizes = row.dataset.sizes.split(" ").map(Number);
    const at = names.reduce((sum, name, place) => sum * sizes[place] + Number(form.elements[name].value), 0);
    const [score, words] = row.dataset.outcomes.split("|")[at].split(";");
    row.querySelector("[data-score]").textContent = score;
    row.querySelector("[data-words]").textContent = words;
  }
};

addEventListener("input", ({ target }) => {
  if (target.type !== "range") return;
  const said = target.form?.querySelector(`output[for="${target.id}"]`);
  if (said) said.value = said.dataset.words?.split("|")[target.value] ?? `${target.value} %`;
  follow(target.form);
});

// A slider says where it stands while it is moved, in the output that is tied to it. Without this script the output
// says where it stood when the page came.

addEventListener("input", ({ target }) => {
  const said = target.type === "range" && target.form?.querySelector(`output[for="${target.id}"]`);
  if (said) said.value = `${target.value} %`;
});

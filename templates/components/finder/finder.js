// The key "/" goes to the search field, unless the visitor is writing somewhere.

export default function focusBySlash(form) {
  const field = form.elements.q;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

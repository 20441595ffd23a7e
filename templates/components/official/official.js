// What stands in the search field goes along to the official look-ups that take it in their address; for the others it is copied on the way.
// The fields that ask our own lists stand in the address of a list, which needs a script to answer: so they are shown here.

export default function prefill(root) {
  for (const form of root.querySelectorAll("form[hidden]")) form.hidden = false;
  const field = document.querySelector("input[name=q]");
  if (!field) return;
  const asked = () => field.value.trim().slice(0, 120);
  const links = [...root.querySelectorAll("[data-prefill]")].map((link) => [link, link.href]);
  const follow = () => {
    for (const [link, plain] of links) link.href = asked() ? link.dataset.prefill + encodeURIComponent(asked()) : plain;
  };
  field.addEventListener("input", follow);
  follow();

  const told = root.querySelector("[role=status]");
  for (const link of root.querySelectorAll("[data-copy]")) {
    link.addEventListener("click", async () => {
      if (!asked()) return;
      try {
        await navigator.clipboard.writeText(asked());
        told.textContent = root.dataset.copied.replace("%s", asked());
      } catch {
        // not allowed: the visitor types it there
      }
    });
  }
}

// What stands in the search field goes along to the official look-ups that take it.

export default function prefill(list) {
  const field = document.querySelector("input[name=q]");
  const links = [...list.querySelectorAll("[data-prefill]")].map((link) => [link, link.href]);
  const follow = () => {
    const asked = field.value.trim().slice(0, 120);
    for (const [link, plain] of links) link.href = asked ? link.dataset.prefill + encodeURIComponent(asked) : plain;
  };
  field?.addEventListener("input", follow);
  if (field) follow();
}

// What the page says to be coming may be over: ask the visitor's clock. Times in the page say their zone.

export default function sort(root) {
  const coming = root.querySelector("[data-coming]");
  const past = root.querySelector("[data-past]");
  const over = [...coming.children].filter((item) => new Date(item.dataset.ends) < new Date());
  for (const item of over) past.prepend(item);
  if (over.length) {
    root.querySelector("[data-none]").hidden = coming.children.length > 0;
    const count = root.querySelector(".agenda-count");
    const before = root.querySelector("[data-before]");
    if (before) before.hidden = false;
    if (count) count.textContent = past.children.length;
  }
  // days are those of Beijing, wherever the visitor is
  const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
  for (const month of root.querySelectorAll("[data-months] > [data-month]")) {
    if (month.dataset.month < today.slice(0, 7)) root.querySelector(".agenda-past .agenda-months").append(month);
  }
  for (const way of document.querySelectorAll("[data-open]")) way.hidden = way.dataset.open < today;
  for (const closed of document.querySelectorAll("[data-closed]")) closed.hidden = closed.dataset.closed >= today;
  root.querySelector(`[data-day="${today}"]`)?.setAttribute("aria-current", "date");

  // a day of a month leads into the fold of what is past
  const reveal = () => {
    const target = location.hash && root.querySelector(`#${CSS.escape(location.hash.slice(1))}`);
    const fold = target && target.closest("details");
    if (fold) {
      fold.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
}

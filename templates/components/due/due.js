// What runs out, on the visitor's clock: what is past goes to the past, what has come within the days is shown, counts follow.

import { day } from "../badge/badge.js";

export default function recompute(root) {
  const now = Date.now();
  const today = day(new Date(now));
  const last = day(new Date(now + Number(root.dataset.days) * 86400e3));
  const past = root.querySelector(".due-past .due-list");
  for (const item of [...root.querySelectorAll("[data-until]:not(.badge)")]) {
    const { until } = item.dataset;
    item.hidden = until > last;
    const badge = item.querySelector(".badge");
    if (until >= today && until <= last && badge?.dataset.state === "valid") {
      badge.dataset.state = "soon";
      badge.querySelector(".badge-word").textContent = root.dataset.soon;
    }
    if (past && until < today && item.parentElement !== past) past.prepend(item);
  }
  for (const part of root.querySelectorAll(".due-part")) {
    const count = part.querySelectorAll(".due-item:not([hidden])").length;
    part.querySelector(".top-count").textContent = part.dataset.count.replace("%s", count);
    part.querySelector(".due-empty").hidden = count > 0;
  }
  const empty = root.querySelector(":scope > .due-empty");
  if (empty) empty.hidden = Boolean(root.querySelector(".due-item:not([hidden])"));
}

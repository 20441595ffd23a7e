// Buttons that put a record on the shortlist, and the bar that leads to the comparison.

import { MOST, ids, keep, sound } from "./store.js";

export default function shortlist(bar) {
  const { root, libraries, count, short, shortAdded, add, added, named, full } = bar.dataset;
  const compared = new Set(libraries.split(" "));
  const start = new URL(root, location.href).pathname.replace(/index\.html$/, "");
  const status = bar.querySelector(".shortlist-count");
  const go = bar.querySelector(".shortlist-go");
  const comparison = go.getAttribute("href");

  const follow = (note = "") => {
    const list = ids(root);
    bar.hidden = !list.length || document.querySelector(".compare") !== null;
    status.textContent = note || count.replace("%s", list.length);
    go.href = `${comparison}#${list.join(",")}`;
    for (const button of document.querySelectorAll(".shortlist-toggle")) {
      const on = list.includes(button.dataset.record);
      const large = button.classList.contains("shortlist-toggle--large");
      button.textContent = on ? (large ? added : shortAdded) : large ? add : short;
      button.setAttribute("aria-pressed", on);
      button.setAttribute("aria-label", named.replace("%s", button.dataset.title));
      button.hidden = false;
    }
  };

  /** A button for each row or hit that names a record of a library. */
  const decorate = (place) => {
    for (const link of place.querySelectorAll("tbody th > .rows-title, .hit > .hit-title")) {
      const { pathname } = new URL(link.href);
      const [library, id] = pathname.slice(start.length).split("/");
      if (!pathname.startsWith(start) || !compared.has(library) || !sound([`${library}/${id}`]).length || link.parentElement.querySelector(".shortlist-toggle")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "shortlist-toggle screen-only";
      button.dataset.record = `${library}/${id}`;
      button.dataset.title = link.textContent;
      link.after(" ", button);
    }
    follow();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".shortlist-toggle");
    if (!button) return;
    const list = ids(root);
    const { record } = button.dataset;
    if (!list.includes(record) && list.length >= MOST) return follow(full);
    keep(root, list.includes(record) ? list.filter((id) => id !== record) : [...list, record]);
    follow();
  });
  bar.querySelector(".shortlist-clear").addEventListener("click", () => {
    keep(root, []);
    follow();
  });
  document.addEventListener("rows", (event) => decorate(event.detail));
  document.addEventListener("shortlist", () => follow());
  addEventListener("storage", () => follow());
  addEventListener("pageshow", () => follow());
  decorate(document);
}

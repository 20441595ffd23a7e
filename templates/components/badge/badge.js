// What the page says to be valid may have expired since it was made: ask the visitor's clock.
// The element carries the words: data-expired on the region that holds the badges.

export default function lower(region) {
  const today = day(new Date());
  for (const badge of region.querySelectorAll(".badge[data-until]")) {
    if (badge.dataset.state === "halted" || badge.dataset.until >= today) continue;
    badge.dataset.state = "expired";
    badge.querySelector(".badge-word").textContent = region.dataset.expired;
  }
  for (const value of region.querySelectorAll("[data-last]:not(.value-over)")) {
    if (value.dataset.last >= today) continue;
    value.classList.add("value-over");
    const said = `（${region.dataset.expired}）`;
    const mark = value.querySelector(":scope > .value-mark");
    if (mark) mark.before(said);
    else value.append(said);
  }
  for (const late of region.querySelectorAll("[data-expires]")) late.hidden = late.dataset.expires >= today;
}

/** 2026-11-22, by the visitor's clock, in Beijing: the days that the pages name are days there. */
export const day = (date) => new Date(date.getTime() + 8 * 3600e3).toISOString().slice(0, 10);

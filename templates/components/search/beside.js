// Other sites of this program under the same host, asked together with this one where they are ticked. One that fails is told and left out.

import { open } from "./index.js";

const WITH = "with"; // in the address, once for each that is ticked

export default function beside(root, changed) {
  const boxes = [...root.querySelectorAll("input[value]")];
  const told = root.querySelector("[data-unasked]");
  const opened = new Map(); // by the box: the promise of a site
  const silent = new Set(); // boxes whose site failed
  const ticked = () => boxes.filter((box) => box.checked);
  const labelOf = (box) => box.parentElement.textContent.trim();

  const openedOf = (box, own) => {
    const made = open(new URL(`${box.value}pagefind/`, own.root).href, own);
    return made.then((site) => Object.assign(site, { id: box.value, label: labelOf(box) })).catch((failure) => {
      console.error(failure);
      silent.add(box);
    });
  };

  root.addEventListener("change", ({ target }) => {
    if (silent.delete(target)) opened.delete(target); // to be ticked anew is to be tried anew
    changed();
  });
  root.hidden = false;

  return {
    /** Those that are ticked and answer; of the others it is told. */
    async sites(own) {
      const asked = ticked();
      for (const box of asked) if (!opened.has(box)) opened.set(box, openedOf(box, own));
      const sites = await Promise.all(asked.map((box) => opened.get(box)));
      const missing = asked.filter((box) => silent.has(box)).map(labelOf);
      told.textContent = missing.length ? told.dataset.unasked.replace("%s", missing.join("、")) : "";
      return sites.filter((site, place) => !silent.has(asked[place]));
    },
    /** From now on without a site that failed; false when it is none of these. */
    without(site) {
      const box = boxes.find(({ value }) => value === site?.id);
      if (box) silent.add(box);
      return Boolean(box);
    },
    /** Ticks those that an address names; whether that changes anything. */
    read(address) {
      const before = String(boxes.map((box) => box.checked));
      for (const box of boxes) box.checked = address.getAll(WITH).includes(box.value);
      return before !== String(boxes.map((box) => box.checked));
    },
    write(address) {
      address.delete(WITH);
      for (const box of ticked()) address.append(WITH, box.value);
    },
  };
}

// Dark, large type and high contrast, as the visitor chose them on this device. It runs before the first paint, so that nothing flickers from
// page to page, and is no module, so that it also works from the disk. Without it the boxes work by CSS alone, for the page at hand.
(() => {
  const root = document.documentElement;
  if (location.protocol !== "file:") {
    root.dataset.script = "on"; // styles keep the places of what modules will fill
    root.toggleAttribute("data-narrowed", location.search.length > 1); // a list that will answer the address
  }
  if (/[?&]q=./.test(location.search)) root.dataset.asked = "on";
  const modes = ["large", "contrast", "dark"];
  const night = matchMedia("(prefers-color-scheme: dark)");
  const stored = (mode, chosen) => {
    try {
      if (chosen) localStorage.setItem(`reading-${mode}`, chosen);
      return localStorage.getItem(`reading-${mode}`);
    } catch {
      return null; // storage is forbidden: the choice holds for this page
    }
  };
  const put = (mode, chosen) => {
    if (chosen === "on" || (chosen === "off" && mode === "dark")) root.dataset[mode] = chosen; // a light page may be a choice too
    else delete root.dataset[mode];
  };
  for (const mode of modes) put(mode, stored(mode));

  const boxes = () => document.querySelectorAll(".reading-box");
  const follow = () => {
    for (const box of boxes()) box.checked = (root.dataset[box.name] ?? (box.name === "dark" && night.matches ? "on" : "off")) === "on";
  };
  document.addEventListener("DOMContentLoaded", follow);
  addEventListener("pageshow", follow); // the browser puts the boxes back as they were when it goes back
  night.addEventListener("change", follow);
  document.addEventListener("change", ({ target: box }) => {
    if (!box.matches(".reading-box")) return;
    const chosen = box.checked ? "on" : "off";
    put(box.name, chosen);
    stored(box.name, chosen);
  });
})();

// Keeps the visitor's way of reading on this device; assets/reading.js applies it before the next page is painted.

export default function remember(choices) {
  const root = document.documentElement;
  for (const box of choices.querySelectorAll("input")) {
    box.checked = box.name in root.dataset;
    box.addEventListener("change", () => {
      if (box.checked) root.dataset[box.name] = "on";
      else delete root.dataset[box.name];
      try {
        localStorage.setItem(`reading-${box.name}`, box.checked ? "on" : "off");
      } catch { /* storage is forbidden: the choice holds for this page */ }
    });
  }
}

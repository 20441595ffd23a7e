// Runs before the first paint, so that large type and high contrast do not flicker from page to page.
// The only classic script: it must come before the body. Its partner is components/reading/reading.js.
try {
  for (const mode of ["large", "contrast"]) {
    if (localStorage.getItem(`reading-${mode}`) === "on") document.documentElement.dataset[mode] = "on";
  }
} catch { /* storage is forbidden: the page is shown as it comes */ }

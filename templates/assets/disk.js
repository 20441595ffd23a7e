// Opened from the disk, a folder is not its index.html: links that end in "/" get the file's name. A classic script, because
// browsers do not run modules from the disk.

if (location.protocol === "file:") {
  document.addEventListener("DOMContentLoaded", () => {
    for (const link of document.querySelectorAll("a[href]")) {
      const address = new URL(link.href);
      if (address.protocol === "file:" && address.pathname.endsWith("/")) {
        address.pathname += "index.html";
        link.href = address.href;
      }
    }
    for (const note of document.querySelectorAll("[data-disk]")) note.hidden = false;
    for (const form of document.querySelectorAll("form[role=search]")) form.action = new URL("index.html", form.action).href;
  });
}

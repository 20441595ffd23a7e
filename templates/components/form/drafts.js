// A draft on the device: only when the box is ticked, in this tab first, for seven days when that is asked for too. Answers that
// identify a person (phone, mail, anything that looks like an identity or a mobile number) are never kept.

const PREFIX = "draft:";
const DAYS = 7;
const PERSONAL = new Set(["phone", "email"]);
const NUMBERS = /(?<!\d)(?:1[3-9]\d{9}|[1-9]\d{16}[\dXx]|[1-9]\d{14}|\d{16,19})(?!\d)/;

const isPersonal = (text) => NUMBERS.test(text.normalize("NFKC").replace(/[\s-]/g, ""));

export function drafts(root, body, fields) {
  const box = root.querySelector("[data-draft]");
  const save = box.querySelector("[data-save]");
  const keep = box.querySelector("[data-keep]");
  const site = new URL(root.dataset.root, location.href).pathname;
  const key = `${PREFIX}${site}:${root.dataset.form}:${root.dataset.version}`;
  const stores = available();
  if (!stores) return { clear() {} };

  sweep(stores, site);
  box.hidden = false;
  const found = stores.map((store) => read(store, key)).find(Boolean);
  if (found) {
    restore(body, found.answers);
    save.checked = true;
    keep.checked = Boolean(read(stores[1], key));
    keep.parentElement.hidden = false;
  }

  const write = () => {
    for (const store of stores) store.removeItem(key);
    if (!save.checked) return;
    const store = keep.checked ? stores[1] : stores[0];
    try {
      store.setItem(key, JSON.stringify({ saved: Date.now(), answers: answersOf(fields) }));
    } catch {
      save.checked = false; // full or forbidden: say so by not being ticked
    }
  };
  let timer;
  body.addEventListener("input", (event) => {
    if (event.target === save || event.target === keep) return;
    clearTimeout(timer);
    timer = setTimeout(write, 400);
  });
  addEventListener("pagehide", write);
  for (const tick of [save, keep]) {
    tick.addEventListener("change", () => {
      keep.parentElement.hidden = !save.checked;
      if (!save.checked) keep.checked = false;
      write();
    });
  }
  return {
    clear() {
      clearTimeout(timer);
      save.checked = keep.checked = false;
      keep.parentElement.hidden = true;
      for (const store of stores) store.removeItem(key);
    },
  };
}

// The tab's store and the device's; none where the browser forbids them.
function available() {
  try {
    const stores = [sessionStorage, localStorage];
    for (const store of stores) store.getItem(PREFIX);
    return stores;
  } catch {
    return null;
  }
}

function read(store, key) {
  try {
    const kept = JSON.parse(store.getItem(key));
    return kept && isFresh(kept.saved) && typeof kept.answers === "object" ? kept : null;
  } catch {
    return null;
  }
}

const isFresh = (saved) => typeof saved === "number" && saved <= Date.now() + 60e3 && Date.now() - saved < DAYS * 86400e3;

// Drafts of this site that are too old are erased whichever form is opened.
function sweep(stores, site) {
  for (const store of stores) {
    for (const key of Object.keys(store)) {
      if (key.startsWith(PREFIX + site + ":") && !read(store, key)) store.removeItem(key);
    }
  }
}

function answersOf(fields) {
  const answers = {};
  for (const field of fields) {
    if (PERSONAL.has(field.dataset.type)) continue;
    for (const input of field.querySelectorAll("input, textarea")) {
      const isSaid = input.type === "radio" ? input.checked : input.value;
      if (isSaid && !isPersonal(input.value)) answers[input.name] = input.value;
    }
  }
  return answers;
}

function restore(body, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const input = Object.hasOwn(answers, name) ? body.elements.namedItem(name) : null;
    if (!input || typeof value !== "string" || input.value) continue;
    input.value = value; // a group of radios takes it too
  }
}

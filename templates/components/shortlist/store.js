// The shortlist on the device: ids of records and nothing else, at most 20, under a key that carries the site's path.

export const MOST = 20;
const ID = /^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/;

/** What of a list is an id at all, each once, not more than may be. Lists come from addresses too, so anything may stand in them. */
export const sound = (ids) => [...new Set(ids)].filter((id) => typeof id === "string" && id.length <= 140 && ID.test(id)).slice(0, MOST);

const key = (root) => `shortlist:${new URL(root, location.href).pathname}`;
const held = new Map(); // where nothing may be stored, the list lives as long as the page

export function ids(root) {
  try {
    return sound(JSON.parse(localStorage.getItem(key(root)) ?? "[]"));
  } catch {
    return held.get(root) ?? [];
  }
}

export function keep(root, list) {
  const kept = sound(list);
  held.set(root, kept);
  try {
    if (kept.length) localStorage.setItem(key(root), JSON.stringify(kept));
    else localStorage.removeItem(key(root));
  } catch {
    // a private window, or a full or forbidden store
  }
  return kept;
}

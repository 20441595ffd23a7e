// What a visitor has chosen, and the address that says it: ?area=140302&area=140303&sort=-due&page=2.
// A facet stands under its slug, once for each value; the other names are reserved.

const OWN = ["text", "sort", "covers", "u", "of"];

export function read(search) {
  const said = new URLSearchParams(search);
  const state = { chosen: new Map(), page: Math.max(1, Number.parseInt(said.get("page"), 10) || 1) };
  for (const name of OWN) state[name] = (said.get(name) ?? "").trim().slice(0, 100);
  for (const [slug, value] of said) {
    if (OWN.includes(slug) || slug === "page" || !value) continue;
    if (!state.chosen.has(slug)) state.chosen.set(slug, new Set());
    state.chosen.get(slug).add(value);
  }
  return state;
}

export function write(state) {
  const said = new URLSearchParams();
  for (const [slug, values] of state.chosen) for (const value of values) said.append(slug, value);
  for (const name of OWN) if (state[name]) said.set(name, state[name]);
  if (state.page > 1) said.set("page", state.page);
  return said.size || [...said].length ? `?${said}` : "";
}

/** The same state with one value taken or given back; a change of what is shown begins at the first page. */
export function toggled(state, slug, value) {
  const chosen = new Map([...state.chosen].map(([name, values]) => [name, new Set(values)]));
  const values = chosen.get(slug) ?? new Set();
  if (!values.delete(value)) values.add(value);
  if (values.size) chosen.set(slug, values);
  else chosen.delete(slug);
  return { ...state, chosen, page: 1 };
}

export function without(state, slug) {
  const chosen = new Map(state.chosen);
  chosen.delete(slug);
  return { ...state, chosen, page: 1 };
}

export const empty = () => read("");

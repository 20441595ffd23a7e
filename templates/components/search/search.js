// The search page: reads the address, asks the index as one types, shows the hits by library, keeps the address.

import { BY_TEXT, ask, named, open } from "./index.js";
import { element, marked, shownHit } from "./hit.js";
import { near } from "./near.js";

const SHOWN = 20;
const OVERVIEW = 4; // of each library, before more are asked for
const FEW = 3; // hits, none of them by name, beside which one is shown what else might be meant
const PAUSE = 120; // milliseconds after the last key

export default function search(root) {
  const said = root.dataset;
  const part = (name) => root.querySelector(`#search-${name}`);
  const [count, filters, list, more, nearly] = ["count", "filters", "results", "more", "near"].map(part);
  const field = document.querySelector('input[name="q"]');
  const folder = new URL(said.bundle, location.href).href;
  const site = new URL("../", folder);
  let index;
  let found = { hits: [], wanted: [], instead: [] };
  let chosen = { kind: "", area: "" };
  let order = [];
  let shown = 0;
  let latest = 0;
  let timer;

  const run = async (query) => {
    const turn = ++latest;
    list.setAttribute("aria-busy", "true");
    try {
      const answer = query.trim() ? await ask(await (index ??= open(folder)), query) : { hits: [], wanted: [], instead: [] };
      if (turn !== latest) return;
      found = answer;
      await present(turn, query.trim());
    } catch (failure) {
      if (turn !== latest) return;
      index = undefined;
      console.error(failure);
      count.textContent = said.failed;
    }
    if (turn === latest) list.setAttribute("aria-busy", "false");
  };

  /** Shows what was found under the chosen filters. */
  const present = async (turn, query) => {
    const hits = found.hits.filter(({ record }) => (!chosen.kind || record.library.id === chosen.kind) && (!chosen.area || record.areas.includes(chosen.area)));
    order = chosen.kind ? hits : byLibrary(hits);
    shown = 0;
    const items = await next();
    if (turn !== latest) return;
    list.replaceChildren();
    put(items);
    filters.replaceChildren(...(query ? filterRows(await index) : []));
    count.dataset.count = query ? hits.length : "";
    count.textContent = !query ? "" : (hits.length ? said.found.replace("%s", hits.length) : said.none.replace("%s", query)) + (found.instead.length ? said.also.replace("%s", found.instead.join("、")) : "");
    document.title = query ? `${query} - ${said.title}` : said.title;
    nearly.replaceChildren();
    for (const link of root.querySelectorAll("[data-prefill]")) link.href = link.dataset.prefill + encodeURIComponent(query);
    if (query && hits.length < FEW && !hits.some(({ rank }) => rank < BY_TEXT)) showNear(turn, query);
  };

  const next = async () => {
    const some = order.slice(shown, shown + SHOWN);
    await named(await index, some.map(({ record }) => record));
    return Promise.all(some.map((hit) => shownHit(hit, site, found.wanted).then((item) => ({ hit, item }))));
  };

  const put = (items) => {
    for (const { hit, item } of items) group(hit.record.library).append(item);
    shown += items.length;
    document.dispatchEvent(new CustomEvent("rows", { detail: list })); // the shortlist puts its buttons beside the names
    more.hidden = shown >= order.length;
  };

  const group = (library) => {
    const known = list.querySelector(`[data-library="${library.id}"] > ol`);
    if (known) return known;
    const section = element("section", "hit-group");
    section.dataset.library = library.id;
    const heading = element("h2");
    heading.textContent = `${library.label} ${found.hits.filter(({ record }) => record.library === library && (!chosen.area || record.areas.includes(chosen.area))).length}`;
    const hits = element("ol", "hits");
    section.append(heading, hits);
    list.append(section);
    return hits;
  };

  /** A first look into each library, the best first; then the rest of each. */
  const byLibrary = (hits) => {
    const libraries = new Map();
    for (const hit of hits) libraries.set(hit.record.library, [...(libraries.get(hit.record.library) ?? []), hit]);
    const all = [...libraries.values()];
    return all.length < 2 ? hits : [...all.flatMap((some) => some.slice(0, OVERVIEW)), ...all.flatMap((some) => some.slice(OVERVIEW))];
  };

  const filterRows = ({ libraries, areas }) => {
    const rows = [];
    for (const [name, values, has] of [
      ["kind", libraries, (record, value) => record.library === value],
      ["area", areas, (record, value) => record.areas.includes(value.id)],
    ]) {
      const others = found.hits.filter(({ record }) => (name === "kind" ? !chosen.area || record.areas.includes(chosen.area) : !chosen.kind || record.library.id === chosen.kind));
      const counted = values.map((value) => [value, others.filter(({ record }) => has(record, value)).length]).filter(([value, number]) => number || chosen[name] === value.id);
      if (counted.length < 2 && !chosen[name]) continue;
      const row = element("div", "search-filter");
      row.setAttribute("role", "group");
      row.setAttribute("aria-label", name === "kind" ? said.kinds : said.areas);
      row.append(button(name, "", said.all, others.length), ...counted.map(([value, number]) => button(name, value.id, value.label, number)));
      rows.push(row);
    }
    return rows;
  };

  const button = (name, value, label, number) => {
    const made = element("button", "search-choice");
    made.type = "button";
    made.setAttribute("aria-pressed", String(chosen[name] === value));
    made.append(`${label} `, Object.assign(element("span", "search-number"), { textContent: number }));
    made.addEventListener("click", async () => {
      chosen = { ...chosen, [name]: value };
      history.pushState(null, "", address(field.value));
      await present(++latest, field.value.trim());
      list.setAttribute("aria-busy", "false");
      filters.querySelector(`[aria-label="${made.parentElement?.getAttribute("aria-label") ?? ""}"] [aria-pressed="true"]`)?.focus();
    });
    return made;
  };

  const showNear = async (turn, query) => {
    const { queries, records } = await near(await index, query);
    if (turn !== latest) return;
    const items = queries.map((offered) => {
      const link = element("a");
      link.href = address(offered.query);
      link.textContent = said[offered.how].replace("%s", offered.dropped || offered.query).replace("%s", offered.count);
      return link;
    });
    for (const record of records) {
      const link = element("a");
      link.href = new URL(`${record.library.id}/${record.id}/`, site).href;
      link.append(`${said.similar}`, ...marked(record.name, found.wanted));
      items.push(link);
    }
    nearly.replaceChildren(...items.map((link) => {
      const item = element("li");
      item.append(link);
      return item;
    }));
  };

  const address = (query) => {
    const url = new URL(location.href);
    for (const [name, value] of [["q", query.trim()], ["kind", chosen.kind], ["area", chosen.area]]) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    return url.href;
  };

  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (address(field.value) !== location.href) history.pushState(null, "", address(field.value));
    run(field.value);
  });
  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.isComposing) return;
    timer = setTimeout(() => {
      history.replaceState(null, "", address(field.value));
      run(field.value);
    }, PAUSE);
  });
  field.addEventListener("compositionend", () => field.dispatchEvent(new Event("input")));
  field.addEventListener("focus", () => (index ??= open(folder)).catch(() => (index = undefined)), { once: true });
  more.addEventListener("click", async () => {
    const turn = latest;
    const items = await next();
    if (turn !== latest) return;
    put(items);
    items[0]?.item.querySelector("a").focus();
  });
  root.parentElement.addEventListener("keydown", walk);
  field.addEventListener("keydown", walk);
  const restore = () => {
    const asked = new URL(location.href).searchParams;
    field.value = asked.get("q") ?? "";
    chosen = { kind: asked.get("kind") ?? "", area: asked.get("area") ?? "" };
    run(field.value);
  };
  addEventListener("popstate", restore);
  if (field.value && !new URL(location.href).searchParams.has("q")) run(field.value); // written while this was loading
  else restore();

  /** Down and up walk from the field through the hits and back; Esc returns to the field. */
  function walk(event) {
    if (event.isComposing || !["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) return;
    const links = [field, ...list.querySelectorAll("a.hit-title")];
    const at = links.indexOf(document.activeElement);
    if (at < 0 || (event.key === "Escape" && at === 0)) return;
    event.preventDefault();
    (event.key === "Escape" ? field : links[at + (event.key === "ArrowDown" ? 1 : -1)])?.focus();
  }
}

// The search page: reads the address, asks the index as one types, shows the hits by library, keeps the address.

import { BY_TEXT, ask, named, open, plain, together } from "./index.js";
import { addressOf, element, marked, shownHit, stateBadge } from "./hit.js";
import { near } from "./near.js";
import { parts, squashed } from "./words.js";
import { filled } from "../listing/filled.js";

const SHOWN = 20;
const OVERVIEW = 4; // of each library, before more are asked for
const FEW = 3; // hits, none of them by name, beside which one is shown what else might be meant
const PAUSE = 120; // milliseconds after the last key
const HAS = {
  kind: (record, id) => record.library.id === id,
  area: (record, id) => record.areas.includes(id),
  site: (record, id) => record.site.id === id,
}; // what hits can be narrowed to, by its name in the address

export default async function search(root) {
  const said = root.dataset;
  const part = (name) => root.querySelector(`#search-${name}`);
  const [count, filters, list, more, nearly] = ["count", "filters", "results", "more", "near"].map(part);
  const field = document.querySelector('input[name="q"]');
  const folder = new URL(said.bundle, location.href).href;
  let own; // the site of this page, and with those that are ticked the index that is asked
  let index;
  let found = { hits: [], wanted: [], instead: [] };
  let chosen = {};
  let order = [];
  let shown = 0;
  let latest = 0;
  let timer;

  const beside = part("beside") && (await import("./beside.js")).default(part("beside"), () => {
    index = undefined;
    chosen = { ...chosen, site: "" };
    history.pushState(null, "", address(field.value));
    run(field.value);
  });

  const opened = () => {
    own ??= open(folder).then((site) => Object.assign(site, { id: "./" }));
    return (index ??= own.then(async (site) => together([site, ...((await beside?.sites(site)) ?? [])])));
  };
  const forget = () => (own = index = undefined);

  /** Asks again without another site that failed; of the own one it is told. */
  const failed = (failure) => {
    console.error(failure);
    if (beside?.without(failure.site)) {
      index = undefined;
      return run(field.value);
    }
    forget();
    count.textContent = said.failed;
  };

  const run = async (query) => {
    const turn = ++latest;
    list.setAttribute("aria-busy", "true");
    try {
      const answer = query.trim() ? await ask(await opened(), query) : { hits: [], wanted: [], instead: [] };
      if (turn !== latest) return;
      found = answer;
      await present(turn, query.trim());
    } catch (failure) {
      if (turn !== latest) return;
      await failed(failure);
    }
    if (turn === latest) list.setAttribute("aria-busy", "false");
  };

  /** Shows what was found under the chosen filters. */
  const present = async (turn, query) => {
    const hits = found.hits.filter(fits());
    const read = hits.filter((hit) => hit.read).length;
    const words = plain(query);
    order = chosen.kind ? hits : byLibrary(hits);
    shown = 0;
    const items = await next();
    if (turn !== latest) return;
    list.replaceChildren();
    put(items);
    filters.replaceChildren(...(query ? filterRows(await opened()) : []));
    count.dataset.count = query ? hits.length : "";
    count.textContent = !query ? "" : told(words, hits.length, read);
    if (read && read < hits.length) count.append(exactly(words, hits.length - read));
    if (query && !hits.length) searched(await opened());
    document.title = query ? `${query} - ${said.title}` : said.title;
    nearly.replaceChildren(...(query ? listsOf(await opened(), words) : []));
    for (const link of root.querySelectorAll("[data-prefill]")) link.href = link.dataset.prefill + encodeURIComponent(words);
    for (const link of root.querySelectorAll("[data-carry]")) link.href = carrying(link, words);
    if (query && hits.length < FEW && !hits.some(({ rank }) => rank < BY_TEXT)) showNear(turn, words);
  };

  /** How much was found, and how the query was understood. */
  const told = (words, all, read) => {
    const direct = all - read;
    const also = found.instead.length ? filled(said.also, found.instead.join("、")) : "";
    if (!read) return (direct ? filled(said.found, direct) : filled(said.none, words)) + also;
    const reading = found.reading.join(" ");
    if (direct) return filled(said.readMore, direct, reading, read) + also;
    const isWritten = found.hits.some((hit) => !hit.read); // in what the filters leave out
    return (isWritten ? "" : filled(said.unwritten, words)) + filled(said.read, reading, read) + also;
  };

  const exactly = (words, number) => {
    const link = element("a", "search-exact");
    link.href = address(`“${words}”`);
    link.textContent = filled(said.exact, words, number);
    return link;
  };

  /** What was looked through in vain, with links into it. */
  const searched = ({ records, libraries, sites }) => {
    const where = part("where");
    where.textContent = filled(where.dataset.said, libraries.length, records.length.toLocaleString("en"), where.dataset.built);
    part("libraries").replaceChildren(...libraries.map(({ id, label }) => {
      const link = element("a", "ways-link");
      link.href = new URL(`${id}/`, sites[0].root).href;
      link.append(`${label} `, Object.assign(element("span", "ways-count"), { textContent: sizeOf(records, id) }));
      return listed(link);
    }));
  };

  /** The lists by whose name a part of the query ends: who types 盂县站点 is after stations, few of which call themselves so. */
  const listsOf = ({ records, libraries, sites }, query) => {
    const called = ({ label, item }) => parts(query).some((one) => [label, item].some((name) => one.endsWith(squashed(name))));
    return libraries.filter(called).map(({ id, label }) => {
      const link = element("a");
      link.href = new URL(`${id}/`, sites[0].root).href;
      link.textContent = filled(said.list, label, sizeOf(records, id));
      return listed(link);
    });
  };

  const sizeOf = (records, id) => records.filter((record) => record.library.id === id).length;

  const listed = (link) => {
    const item = element("li");
    item.append(link);
    return item;
  };

  /** Whether a hit is what was chosen, whatever was chosen of one kind. */
  const fits = (but) => ({ record }) => Object.keys(HAS).every((name) => name === but || !chosen[name] || HAS[name](record, chosen[name]));

  const next = async () => {
    const some = order.slice(shown, shown + SHOWN);
    await named(some.map(({ record }) => record));
    return Promise.all(some.map((hit) => shownHit(hit, found.wanted).then((item) => ({ hit, item }))));
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
    heading.textContent = `${library.label} ${found.hits.filter(fits("kind")).filter(({ record }) => HAS.kind(record, library.id)).length}`;
    const hits = element("ol", "hits");
    section.append(heading, hits);
    list.append(section);
    return hits;
  };

  /** A first look into each library, the best first; then the rest of each. */
  const byLibrary = (hits) => {
    const libraries = new Map();
    for (const hit of hits) libraries.set(hit.record.library.id, [...(libraries.get(hit.record.library.id) ?? []), hit]);
    const all = [...libraries.values()];
    return all.length < 2 ? hits : [...all.flatMap((some) => some.slice(0, OVERVIEW)), ...all.flatMap((some) => some.slice(OVERVIEW))];
  };

  const filterRows = ({ libraries, areas, sites }) => {
    const rows = [];
    for (const [name, values, label, all] of [["kind", libraries, said.kinds, said.allKinds], ["area", areas, said.areas, said.allAreas], ["site", sites, said.sites, said.allSites]]) {
      const others = found.hits.filter(fits(name));
      const counted = values.map((value) => [value, others.filter(({ record }) => HAS[name](record, value.id)).length]).filter(([value, number]) => number || chosen[name] === value.id);
      if (counted.length < 2 && !chosen[name]) continue;
      const row = element("div", "search-filter");
      row.setAttribute("role", "group");
      row.setAttribute("aria-label", label);
      row.append(button(name, "", all, others.length), ...counted.map(([value, number]) => button(name, value.id, value.label ?? said.own, number)));
      rows.push(row);
    }
    return rows;
  };

  const button = (name, value, label, number) => {
    const made = element("button", "search-choice");
    made.type = "button";
    made.setAttribute("aria-pressed", String((chosen[name] ?? "") === value));
    made.append(`${label} `, Object.assign(element("span", "search-number"), { textContent: number }));
    made.addEventListener("click", async () => {
      chosen = { ...chosen, [name]: value };
      history.pushState(null, "", address(field.value));
      await present(++latest, field.value.trim()).catch(failed);
      list.setAttribute("aria-busy", "false");
      filters.querySelector(`[aria-label="${made.parentElement?.getAttribute("aria-label") ?? ""}"] [aria-pressed="true"]`)?.focus();
    });
    return made;
  };

  const showNear = async (turn, query) => {
    const { queries, alike } = await near(await opened(), query, found.hits.length);
    if (turn !== latest) return;
    const items = queries.map((offered) => {
      const link = element("a");
      link.href = address(offered.query);
      link.textContent = filled(said[offered.how], offered.dropped || offered.query, offered.count);
      return link;
    });
    for (const { name, records } of alike) {
      const link = element("a");
      link.href = records.length > 1 ? address(name) : addressOf(records[0]);
      link.append(said.similar, ...marked(name, found.wanted), records.length > 1 ? filled(said.several, records.length) : "");
      if (records.length === 1 && records[0].state) link.append(" ", stateBadge(records[0]));
      items.push(link);
    }
    nearly.append(...items.map(listed));
  };

  const address = (query) => {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries({ q: query.trim(), ...chosen })) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    beside?.write(url.searchParams);
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
  field.addEventListener("focus", () => opened().catch(forget), { once: true });
  more.addEventListener("click", async () => {
    const turn = latest;
    const items = await next().catch(failed);
    if (!items || turn !== latest) return;
    put(items);
    items[0]?.item.querySelector("a").focus();
  });
  root.parentElement.addEventListener("keydown", walk);
  field.addEventListener("keydown", walk);
  const restore = () => {
    const asked = new URL(location.href).searchParams;
    field.value = asked.get("q") ?? "";
    chosen = Object.fromEntries(Object.keys(HAS).map((name) => [name, asked.get(name) ?? ""]));
    if (beside?.read(asked)) index = undefined;
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

/** Where a link leads with the words as what its `data-carry` names. */
function carrying(link, words) {
  const url = new URL(link.href);
  url.searchParams.set(link.dataset.carry, words);
  return url.href;
}

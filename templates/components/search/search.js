// The search page: reads ?q=, asks the index as one types, shows the hits, keeps the address.

import { ask, open } from "./index.js";
import { readable, squashed, withT } from "./words.js";

const SHOWN = 20;
const PAUSE = 120; // milliseconds after the last key
const EXCERPT = 70; // words

export default function search(root) {
  const said = root.dataset;
  const count = root.querySelector("#search-count");
  const list = root.querySelector("#search-results");
  const more = root.querySelector("#search-more");
  const field = document.querySelector('input[name="q"]');
  const folder = new URL(said.bundle, location.href).href;
  const site = new URL("../", folder);
  let index;
  let hits = [];
  let wanted = [];
  let shown = 0;
  let latest = 0;
  let timer;

  const run = async (query) => {
    const turn = ++latest;
    list.setAttribute("aria-busy", "true");
    try {
      index ??= open(folder);
      const found = query.trim() ? await ask(await index, query) : { hits: [], wanted: [] };
      if (turn !== latest) return;
      ({ hits, wanted } = found);
      shown = 0;
      list.replaceChildren();
      await show(turn);
      count.dataset.count = query.trim() ? hits.length : "";
      count.textContent = !query.trim() ? "" : hits.length ? said.found.replace("%s", hits.length) : said.none.replace("%s", query.trim());
      document.title = query.trim() ? `${query.trim()} - ${said.title}` : said.title;
    } catch (failure) {
      if (turn !== latest) return;
      index = undefined;
      console.error(failure);
      count.textContent = said.failed;
    }
    if (turn === latest) list.setAttribute("aria-busy", "false");
  };

  const show = async (turn) => {
    const next = hits.slice(shown, shown + SHOWN);
    const items = await Promise.all(next.map((hit) => item(hit, site, wanted)));
    if (turn !== latest) return;
    let hitList = list.querySelector("ol");
    if (!hitList && items.length) list.append((hitList = element("ol", "hits")));
    hitList?.append(...items);
    shown += items.length;
    more.hidden = shown >= hits.length;
  };

  const address = (query) => {
    const url = new URL(location.href);
    if (query.trim()) url.searchParams.set("q", query.trim());
    else url.searchParams.delete("q");
    return url;
  };

  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (address(field.value).href !== location.href) history.pushState(null, "", address(field.value));
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
    const first = shown;
    await show(latest);
    list.querySelectorAll("a")[first]?.focus();
  });
  const restore = () => {
    field.value = new URL(location.href).searchParams.get("q") ?? "";
    run(field.value);
  };
  addEventListener("popstate", restore);
  restore();
}

async function item({ record, result }, site, wanted) {
  const made = element("li", "hit");
  const link = element("a", "hit-title");
  link.href = new URL(`${record.library.id}/${record.id}/`, site).href;
  link.append(...marked(record.name, wanted));
  const kind = element("span", "hit-kind");
  kind.textContent = record.library.item;
  made.append(link, " ", kind);
  const text = result && excerpt(await result.data(), result.words, record, wanted);
  if (text) {
    const line = element("p", "hit-excerpt");
    line.append(...text);
    made.append(line);
  }
  return made;
}

/** The text around the first match that lies beyond the name; the beginning where there is none. */
function excerpt({ content }, places, record, wanted) {
  const words = content.split(" ");
  const start = firstBeyond(words, record.name);
  const beyond = (places ?? []).filter((place) => place >= start);
  const centre = beyond.length ? Math.max(start, Math.min(...beyond) - 12) : start;
  const text = readable(words, new Set(), centre, centre + EXCERPT).map((piece) => piece.text).join("").trim();
  if (!text) return null;
  return [centre > start ? "…" : "", ...marked(text, wanted), centre + EXCERPT < words.length ? "…" : ""];
}

/** The number of the word at which the name, which comes first, is over. */
function firstBeyond(words, name) {
  const length = squashed(name).length;
  let seen = 0;
  let place = 0;
  while (place < words.length && seen < length) {
    seen += squashed(readable(words, new Set(), place, place + 1)[0].text).length;
    place++;
  }
  return place;
}

/** A text as nodes, each part of the query in it marked, whatever spaces and joiners stand between its signs. */
export function marked(text, wanted) {
  const signs = [...text];
  const plain = signs.map((sign) => squashed(sign));
  const at = [];
  plain.forEach((sign, place) => { for (let n = 0; n < sign.length; n++) at.push(place); });
  const joined = plain.join("");
  const hit = new Set();
  for (const part of wanted.flatMap((one) => [...new Set([one, withT(one)])])) {
    for (let from = joined.indexOf(part); from >= 0 && part; from = joined.indexOf(part, from + 1)) {
      for (let place = at[from]; place <= at[from + part.length - 1]; place++) hit.add(place);
    }
  }
  const nodes = [];
  for (let place = 0; place < signs.length; ) {
    const on = hit.has(place);
    let end = place;
    while (end < signs.length && hit.has(end) === on) end++;
    const piece = signs.slice(place, end).join("");
    if (on) {
      const mark = element("mark");
      mark.textContent = piece;
      nodes.push(mark);
    } else nodes.push(piece);
    place = end;
  }
  return nodes;
}

function element(name, block) {
  const made = document.createElement(name);
  if (block) made.className = block;
  return made;
}

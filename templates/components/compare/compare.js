// The comparison: ids from the address (they win) or from the device, records from shares of data, a table of lines.

import { day } from "../badge/badge.js";
import { ids, keep, sound } from "../shortlist/store.js";
import { lines } from "./align.js";
import { download } from "./csv.js";

export default async function compare(root) {
  const said = root.dataset;
  const part = (name) => root.querySelector(`.compare-${name}`);
  const [message, empty, tools, box, foot] = ["message", "empty", "tools", "box", "foot"].map(part);
  const shares = new Map();
  let index;
  let table;

  const load = (address) => {
    if (!shares.has(address)) shares.set(address, fetchJson(address).catch((failure) => { shares.delete(address); throw failure; }));
    return shares.get(address);
  };

  /** A record by its id; null when none of that id is public. */
  const record = async (key) => {
    const [library, id] = key.split("/");
    const first = Object.hasOwn(index.libraries, library) ? index.libraries[library].first : [];
    const share = first.findLastIndex((start) => start <= id);
    if (share < 0) return null;
    const found = await load(new URL(`${library}/${share}.json`, new URL(said.index, location.href)).href);
    return Object.hasOwn(found, id) ? found[id] : null;
  };

  const wanted = () => {
    const fragment = location.hash.slice(1);
    return fragment ? sound(fragment.split(",").map(decoded)) : ids(said.root);
  };

  const show = async () => {
    const keys = wanted();
    if (!location.hash && keys.length) history.replaceState(null, "", `#${keys.join(",")}`);
    if (!keys.length) for (const place of [tools, box, foot]) place.hidden = true;
    empty.hidden = keys.length > 0;
    document.dispatchEvent(new Event("shortlist"));
    if (!keys.length) return;
    try {
      index ??= await load(new URL(said.index, location.href).href);
      const records = await Promise.all(keys.map(record));
      if (wanted().join() !== keys.join()) return;
      table = rowsOf(keys, records);
      box.replaceChildren(drawn(keys, records));
      foot.querySelector("dl").replaceChildren(...origin().map(([label, text]) => element("div", {}, element("dt", {}, label), element("dd", {}, text))));
      tools.querySelector('[name="keep"]').hidden = ids(said.root).join() === keys.join();
      for (const place of [tools, box, foot]) place.hidden = false; // all at once: nothing on the page moves
      message.textContent = "";
    } catch (failure) {
      console.error("compare:", failure);
      message.textContent = location.protocol === "file:" ? said.disk : said.failed;
    }
  };

  /** Instruments have no official list to be looked up in. */
  const hasOfficial = (records) => records.some((found) => found?.official.length);

  const origin = () => [[said.address, location.href], [said.asOf, index.date], [said.printed, day(new Date())]];

  /** Validity on the visitor's clock: a state and words. */
  const validity = (found) => {
    if (!found?.validity) return null;
    const [state, word, until] = found.validity;
    const late = state !== "halted" && until && until < day(new Date());
    return { state: late ? "expired" : state, word: late ? said.expired : word, until };
  };

  /** The whole comparison as text: heads, and lines of cells. */
  const rowsOf = (keys, records) => {
    const status = records.map((found) => (found ? [validity(found)?.word, validity(found)?.until, found.sample && said.sample].filter(Boolean).join(" ") : said.gone));
    const facts = lines(records, index.units).map(({ label, cells }) => [label, ...cells.map((cell) => (cell ? cell.text + (cell.aligned ? `（${said.aligned.replace("%s", cell.aligned)}）` : "") : ""))]);
    return [
      [said.item, ...keys.map((key, place) => records[place]?.title ?? key)],
      [said.status, ...status],
      ...facts,
      [said.record, ...records.map((found) => (found ? new URL(found.address, new URL(said.root, location.href)).href : ""))],
      ...(hasOfficial(records) ? [[said.official, ...records.map((found) => found?.official.map(([, url]) => url).join(" ") ?? "")]] : []),
      [said.digest, ...records.map((found) => found?.digest ?? "")],
      ...origin(),
    ];
  };

  const drawn = (keys, records) => {
    const table = element("table", { class: "compare-table" }, element("caption", { class: "hidden" }, said.caption));
    const line = (label, cells, attributes = {}) => element("tr", attributes, element("th", { scope: "row" }, label), ...cells.map((cell) => element("td", {}, ...[cell].flat())));
    const head = keys.map((key, place) => {
      const found = records[place];
      const title = found ? element("a", { class: "rows-title", href: said.root + found.address }, found.title) : key;
      const remove = element("button", { class: "compare-remove screen-only", type: "button", "aria-label": said.remove.replace("%s", found?.title ?? key) }, "✕");
      remove.addEventListener("click", () => drop(key));
      return element("th", { scope: "col" }, element("span", { class: "compare-kind" }, found?.kind ?? "", remove), title);
    });
    const badges = records.map((found) => {
      if (!found) return [badge("halted", said.gone), element("span", { class: "compare-aligned" }, said.goneText)];
      const now = validity(found);
      return [now ? badge(now.state, now.word, now.until) : "—", ...(found.sample ? [element("span", { class: "compare-aligned" }, said.sample)] : [])];
    });
    const facts = lines(records, index.units).map(({ label, cells, same }) => line(label, cells.map((cell, place) => (cell ? fact(cell) : none(records[place]))), same ? { "data-same": "" } : {}));
    const proofs = records.map((found) => (found ? element("span", { class: "compare-digest" }, found.digest) : "—"));
    const official = records.map((found) => (found?.official.length ? found.official.map(([text, url]) => element("a", { class: "value-link", href: url, rel: "external noopener" }, text)) : "—"));
    table.append(element("thead", {}, element("tr", {}, element("td", {}, said.item), ...head)), element("tbody", {}, line(said.status, badges), ...facts, ...(hasOfficial(records) ? [line(said.official, official)] : []), line(said.digest, proofs)));
    return table;
  };

  const fact = ({ text, address, aligned }) => [address ? element("a", { href: said.root + address }, text) : text, ...(aligned ? [element("span", { class: "compare-aligned" }, said.aligned.replace("%s", aligned))] : [])];
  const none = (found) => (found ? [element("span", { "aria-hidden": "true" }, "—"), element("span", { class: "hidden" }, said.none)] : "");

  const drop = (key) => {
    const left = wanted().filter((other) => other !== key);
    keep(said.root, ids(said.root).filter((other) => other !== key));
    history.replaceState(null, "", left.length ? `#${left.join(",")}` : location.pathname);
    show();
  };

  tools.addEventListener("click", async ({ target }) => {
    if (target.name === "print") print();
    if (target.name === "csv") download(table, `compare-${day(new Date())}.csv`);
    if (target.name === "keep") {
      keep(said.root, wanted());
      target.hidden = true;
      message.textContent = said.kept;
    }
    if (target.name === "share") {
      await navigator.clipboard?.writeText(location.href).then(() => { message.textContent = said.shared; }, () => { message.textContent = location.href; });
    }
  });
  addEventListener("hashchange", show);
  await show();
}

/** A piece of a fragment; what cannot be decoded is no id. */
function decoded(piece) {
  try {
    return decodeURIComponent(piece);
  } catch {
    return "";
  }
}

function badge(state, word, until) {
  return element("span", { class: "badge", "data-state": state }, element("span", { class: "badge-word" }, word), ...(until ? [" ", element("time", { class: "badge-date", datetime: until }, until)] : []));
}

function element(tag, attributes, ...inner) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inner);
  return made;
}

async function fetchJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

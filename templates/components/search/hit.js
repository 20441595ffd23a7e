// One hit as an item of the list: its name, its library, and the place in its text that was meant.

import { blaming } from "./index.js";
import { readable, squashed, withT } from "./words.js";

const EXCERPT = 60; // words
const BEFORE = 12;

export async function shownHit({ record, result }, wanted) {
  const made = element("li", "hit");
  const link = element("a", "hit-title");
  link.href = addressOf(record);
  link.append(...marked(record.name, wanted));
  made.append(link);
  for (const said of [record.library.item, record.site.label]) {
    if (said) made.append(" ", Object.assign(element("span", "hit-kind"), { textContent: said }));
  }
  if (record.state) made.append(" ", stateBadge(record));
  const text = result && excerpt((await blaming(record.site, result.data())).content, record, wanted);
  if (text) {
    const line = element("p", "hit-excerpt");
    line.append(...text);
    made.append(line);
  }
  return made;
}

/** Its state as a badge, unless it is in force. */
export function stateBadge({ state: [state, word] }) {
  const made = element("span", "badge");
  made.dataset.state = state;
  made.append(Object.assign(element("span", "badge-word"), { textContent: word }));
  return made;
}

export const addressOf = ({ site, library, id }) => new URL(`${library.id}/${id}/`, site.root).href;

/** The text around the best place beyond the name; its beginning where there is none. */
function excerpt(content, record, wanted) {
  const words = content.split(" ");
  const start = firstBeyond(words, record.name);
  const from = Math.max(start, bestPlace(words, start, wanted) - BEFORE);
  const text = readable(words, from, from + EXCERPT).trim();
  if (!text) return null;
  return [from > start ? "…" : "", ...marked(text, wanted), from + EXCERPT < words.length ? "…" : ""];
}

/** Where most parts of the query stand together; of places that are alike where the longest does: 加油机 tells more than 检定. */
function bestPlace(words, start, wanted) {
  const found = wanted.map((part) => ({ part, at: placeOf(words, start, part) })).filter(({ at }) => at >= 0);
  const beside = ({ at }) => found.filter((other) => other.at >= at && other.at < at + EXCERPT - BEFORE).length;
  const [best] = found.sort((one, other) => beside(other) - beside(one) || other.part.length - one.part.length || one.at - other.at);
  return best?.at ?? 0;
}

/** The number of the word at which a part of the query begins, or -1. */
function placeOf(words, start, part) {
  let text = "";
  const at = [];
  for (let place = start; place < words.length; place++) {
    const more = squashed(readable(words, place, place + 1));
    text += more;
    for (let sign = 0; sign < more.length; sign++) at.push(place);
  }
  const found = [part, withT(part)].map((one) => text.indexOf(one)).filter((one) => one >= 0);
  return found.length ? at[Math.min(...found)] : -1;
}

/** The number of the word at which the name, which comes first, is over. */
function firstBeyond(words, name) {
  const length = squashed(name).length;
  let seen = 0;
  let place = 0;
  while (place < words.length && seen < length) seen += squashed(readable(words, place, ++place)).length;
  return place;
}

/** A text as nodes, each part of the query in it marked, whatever spaces and joiners stand between its signs. */
export function marked(text, wanted) {
  const signs = [...text];
  const at = [];
  const plain = signs.map((sign, place) => {
    const small = squashed(sign);
    for (let n = 0; n < small.length; n++) at.push(place);
    return small;
  }).join("");
  const hit = new Set();
  for (const part of new Set(wanted.flatMap((one) => [one, withT(one)]))) {
    for (let from = plain.indexOf(part); part && from >= 0; from = plain.indexOf(part, from + 1)) {
      for (let place = at[from]; place <= at[from + part.length - 1]; place++) hit.add(place);
    }
  }
  const nodes = [];
  for (let place = 0; place < signs.length; ) {
    const on = hit.has(place);
    let end = place;
    while (end < signs.length && hit.has(end) === on) end++;
    const piece = signs.slice(place, end).join("");
    nodes.push(on ? Object.assign(element("mark"), { textContent: piece }) : piece);
    place = end;
  }
  return nodes;
}

export function element(name, block) {
  const made = document.createElement(name);
  if (block) made.className = block;
  return made;
}

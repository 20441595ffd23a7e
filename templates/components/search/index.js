// Asking the index: which records match, and how well. No interface here.

import { IS_LETTERS, isHan, parts, searches, squashed, withoutT } from "./words.js";

const LETTERS = [..."0123456789abcdefghijklmnopqrstuvwxyz"];
const HAN_CUTS = Array.from({ length: 28 }, (_, step) => String.fromCodePoint(0x4e00 + step * 0x300));
export const BY_TEXT = 5; // see rank
const INSIDE = 6; // what a short word was found inside of another word ("Cr" in PCR)
const DENSE = 3; // characters of a term after which so many words may begin alike that two further ones are looked at
const BY_SYNONYM = 20;
const BY_PINYIN = 40;
const SHORT = /^[a-z]{2,4}$/;
const WHOLE = "ж"; // see engine/index.py
const BY_CUT = 4; // as if all parts had been typed apart
const LONGEST_CUT = 10;
const ALTERNATIVES = 8;

/** Loads the index in `folder` (an absolute address ending in "/"). */
export async function open(folder) {
  const [pagefind, register] = await Promise.all([import(`${folder}pagefind.js`), fetch(`${folder}names.json`).then((answer) => answer.json())]);
  const instance = await start(pagefind, folder);
  const records = register.names.map(([hash, library, id, name, past, ...areas], order) => {
    const plain = squashed(name);
    return { hash, order, name, id, past, areas: areas.map((place) => register.areas[place].id), library: register.libraries[library], plain, loose: withoutT(plain) };
  });
  const known = new Map(records.map((record) => [record.hash, record]));
  const digits = records.length ? records[0].hash.length : 0;
  return {
    instance, records, folder,
    libraries: register.libraries,
    areas: register.areas,
    same: groups(register.same, (group) => group),
    also: groups(register.also, ([label]) => [label]),
    spoken: new Map([...register.same, ...register.also].flat().map((word) => [squashed(word), word])),
    labels: [...new Set([...register.same, ...register.also].map(([label]) => label))],
    asked: new Map(),
    find: (result) => known.get(result.id.slice(result.id.lastIndexOf("_") + 1).slice(0, digits)),
  };
}

// Pagefind takes the language of the page, and would cut Chinese into words of its own: for the moment of its start the page has none.
async function start(pagefind, folder) {
  const page = document.documentElement;
  const language = page.lang;
  page.lang = "unknown";
  let instance;
  try {
    instance = pagefind.createInstance({ basePath: folder, noWorker: true });
  } finally {
    page.lang = language;
  }
  await instance.init();
  return instance;
}

/** For each spelling of each group, the other words to try. */
function groups(said, meant) {
  const found = new Map();
  for (const group of said) {
    for (const word of group) {
      const key = squashed(word);
      found.set(key, [...(found.get(key) ?? []), ...meant(group).map(squashed).filter((other) => other !== key)]);
    }
  }
  return found;
}

/**
 * Hits for a query, best first: `{ record, rank, result }`; `result` is Pagefind's, or undefined where only the name matched. With them the
 * parts by which they were found, for marking, and the words that were understood instead of those typed.
 */
export async function ask(index, query) {
  const found = new Map();
  const wanted = new Set();
  const instead = [];
  const whole = squashed(query);
  const add = async (list, level) => {
    const before = found.size;
    const hits = (await matching(index, list, whole)).filter((hit) => !level || hit.rank < INSIDE); // "Cu" instead of 铜 must be a word of its own
    for (const hit of hits) if (!found.has(hit.record)) found.set(hit.record, { ...hit, rank: hit.rank + level });
    if (hits.length) for (const part of list) wanted.add(part);
    if (level && found.size > before) instead.push(list.map((part) => index.spoken.get(part) ?? part).join(" "));
    return hits.length;
  };

  let list = parts(query);
  let direct = await add(list, 0);
  const apart = parts(query, true);
  if (!direct && apart.length > list.length) direct = await add((list = apart), 0);
  if (list.length === 1 && !direct) {
    const { two, records } = cut(index, list[0]);
    for (const record of records) found.set(record, { record, rank: BY_CUT });
    for (const one of two) wanted.add(one);
  }
  for (const other of variants(list, index.same)) await add(other, BY_SYNONYM);
  if (!found.size) for (const other of variants(list, index.also)) await add(other, BY_SYNONYM);
  if (list.length && list.every((part) => IS_LETTERS.test(part) || isHan(part)) && list.some((part) => IS_LETTERS.test(part))) {
    const { read } = await import("./pinyin.js");
    const readings = new Map();
    for (const part of list) if (IS_LETTERS.test(part)) readings.set(part, await read(index, part, direct > 0));
    for (const other of variants(list, readings)) {
      await add(other, BY_PINYIN);
      for (const another of variants(other, index.same)) await add(another, BY_PINYIN + BY_SYNONYM);
    }
  }
  const hits = [...found.values()].sort((one, other) => one.rank - other.rank || one.record.past - other.record.past || one.record.order - other.record.order);
  return { hits, wanted: [...wanted], instead };
}

/** Chinese is typed without spaces: a run may be two parts of names ("不锈钢铬"). The cut by which most names have both. */
export function cut(index, part) {
  const signs = [...part];
  let best = { two: [], records: [] };
  if (signs.length < 3 || signs.length > LONGEST_CUT || !signs.every(isHan)) return best;
  for (let at = 1; at < signs.length; at++) {
    const two = [signs.slice(0, at).join(""), signs.slice(at).join("")];
    const records = index.records.filter((record) => two.every((one) => names(record, one)));
    if (records.length > best.records.length) best = { two, records };
  }
  return best;
}

/** The lists that one gets by taking another word for a part. */
function variants(list, others) {
  const found = [];
  list.forEach((part, place) => {
    for (const other of others.get(part) ?? []) found.push(list.map((same, at) => (at === place ? other : same)));
  });
  return found.slice(0, ALTERNATIVES);
}

/** The records that have all the parts. */
export async function matching(index, wanted, whole) {
  if (!wanted.length) return index.records.filter((record) => whole && names(record, whole)).map((record) => ({ record, rank: 2 }));
  const sets = await Promise.all(wanted.map((part) => having(index, part)));
  const [first, ...rest] = sets.sort((one, other) => one.size - other.size);
  const hits = [];
  for (const [record, result] of first) {
    if (!rest.every((set) => set.has(record))) continue;
    const inside = sets.some((set) => set.exact && !set.exact.has(record)) ? INSIDE : 0;
    hits.push({ record, result: result ?? rest.map((set) => set.get(record)).find(Boolean), rank: rank(record, wanted, whole) + inside });
  }
  return hits;
}

/**
 * The records that contain a part, by name or by what the index says of their text, as a map to Pagefind's results; for a short word
 * with the set of those that have it as a word of its own. Remembered: people go on typing.
 */
function having(index, part) {
  if (!index.asked.has(part)) {
    const answer = look(index, part);
    answer.catch(() => index.asked.delete(part));
    index.asked.set(part, answer);
  }
  return index.asked.get(part);
}

async function look(index, part) {
  const found = new Map();
  const asked = searches(part);
  const answers = await Promise.all(asked.map((search) => results(index, search)));
  if (answers.length) {
    const others = answers.slice(1).map((answer) => new Set(answer.map((result) => result.id)));
    for (const result of answers[0]) {
      const record = index.find(result);
      if (record && others.every((ids) => ids.has(result.id))) found.set(record, result);
    }
  }
  for (const record of index.records) if (names(record, part) && !found.has(record)) found.set(record, undefined);
  if (SHORT.test(part)) found.exact = new Set((await index.instance.search(`"${WHOLE}${part}"`)).results.map(index.find));
  return found;
}

async function results({ instance }, { term, phrase }) {
  if (phrase) return (await instance.search(term)).results;
  // A prefix search loads only the chunk of the term itself: ask for its neighbours too, or words that lie there are missed.
  await instance.preload(neighbours(term).join(" "));
  const { results } = await instance.search(term);
  if (!results.length) return results;
  // A term that no word begins with falls back to the longest word that begins it: one record tells.
  const { content, meta } = await results[0].data();
  const words = [content, ...Object.values(meta)].join(" ").normalize("NFKC").toLowerCase().split(/[^0-9a-z\u00c0-\u024f\u0370-\u03ff\u3005\u3007\u3400-\u9fff\uf900-\ufaff]+/);
  return words.some((word) => word.startsWith(term)) ? results : [];
}

/** Words spread so closely over what may follow a term that each chunk between them is loaded: the shorter the term, the more. */
function neighbours(term) {
  const next = (start) => (isHan(term) ? HAN_CUTS : LETTERS.concat(HAN_CUTS)).map((sign) => start + sign);
  const further = next(term);
  return [term, ...further, ...(term.length <= DENSE ? further.flatMap(next) : [])];
}

const names = (record, part) => record !== undefined && (record.plain.includes(part) || record.loose.includes(part));

/** 0 the name is the query, 1 begins with it, 2 contains it, 3 the same but for a T left out, 4 contains all its parts, 5 the text does. */
function rank(record, wanted, whole) {
  if (record.plain === whole) return 0;
  if (record.plain.startsWith(whole)) return 1;
  if (record.plain.includes(whole)) return 2;
  if (record.loose.includes(whole)) return 3;
  return wanted.every((part) => names(record, part)) ? 4 : BY_TEXT;
}

// Asking the index: which records match, and how well. No interface here.

import { isHan, parts, searches, squashed, withoutT } from "./words.js";

const LETTERS = [..."0123456789abcdefghijklmnopqrstuvwxyz"];
const HAN_CUTS = Array.from({ length: 28 }, (_, step) => String.fromCodePoint(0x4e00 + step * 0x300));
const CHECKED = 60; // records whose text is read to make sure that the parts of a mixed word stand together

/** Loads the index in `folder` (an absolute address ending in "/"). */
export async function open(folder) {
  const [pagefind, register] = await Promise.all([import(`${folder}pagefind.js`), fetch(`${folder}names.json`).then((answer) => answer.json())]);
  const instance = await start(pagefind, folder);
  const records = register.names.map(([hash, library, id, name, past], order) => {
    const plain = squashed(name);
    return { hash, order, name, id, past, library: register.libraries[library], plain, loose: withoutT(plain) };
  });
  const known = new Map(records.map((record) => [record.hash, record]));
  const digits = records.length ? records[0].hash.length : 0;
  return { instance, records, find: (result) => known.get(result.id.slice(result.id.lastIndexOf("_") + 1).slice(0, digits)) };
}

// Pagefind takes the language of the page, and would cut Chinese into words of its own: for the moment of its start the page has none.
async function start(pagefind, folder) {
  const page = document.documentElement;
  const language = page.lang;
  try {
    page.lang = "unknown";
    var instance = pagefind.createInstance({ basePath: folder });
  } finally {
    page.lang = language;
  }
  await instance.init();
  return instance;
}

/**
 * Hits for a query, best first: `{ record, rank, result }`, and the parts by which they were found. `result` is Pagefind's, or undefined
 * where only the name matched.
 */
export async function ask(index, query) {
  let wanted = parts(query);
  const whole = squashed(query);
  let hits = await matching(index, wanted, whole);
  const apart = parts(query, true);
  if (!hits.length && apart.length > wanted.length) {
    wanted = apart;
    hits = await matching(index, wanted, whole);
  }
  return { hits, wanted };
}

async function matching(index, wanted, whole) {
  if (!wanted.length) return index.records.filter((record) => whole && names(record, whole)).map((record) => ({ record, rank: 2 }));
  const sets = await Promise.all(wanted.map((part) => having(index, part)));
  const [first, ...rest] = sets.sort((one, other) => one.size - other.size);
  const hits = [];
  for (const [record, result] of first) {
    if (rest.every((set) => set.has(record))) hits.push({ record, result: result ?? rest.map((set) => set.get(record)).find(Boolean), rank: rank(record, wanted, whole) });
  }
  return hits.sort((one, other) => one.rank - other.rank || one.record.past - other.record.past || one.record.order - other.record.order);
}

/** The records that contain a part, by name or by what the index says of their text. */
async function having(index, part) {
  const found = new Map();
  const asked = searches(part);
  const answers = await Promise.all(asked.map((search) => results(index, search)));
  if (answers.length) {
    const others = answers.slice(1).map((answer) => new Set(answer.map((result) => result.id)));
    let both = answers[0].filter((result) => others.every((ids) => ids.has(result.id)));
    if (asked.length > 1) both = await standingTogether(index, both, part);
    for (const result of both) {
      const record = index.find(result);
      if (record) found.set(record, result);
    }
  }
  for (const record of index.records) if (names(record, part) && !found.has(record)) found.set(record, undefined);
  return found;
}

async function results({ instance }, { term, phrase }) {
  if (phrase) return (await instance.search(term)).results;
  // A prefix search loads only the chunk of the term itself: ask for its neighbours too, or words that lie there are missed.
  await instance.preload([term, ...(isHan(term) ? HAN_CUTS : LETTERS).map((sign) => term + sign)].join(" "));
  const { results } = await instance.search(term);
  if (!results.length) return results;
  // A term that no word begins with falls back to the longest word that begins it: one record tells.
  const { content, meta } = await results[0].data();
  const words = [content, ...Object.values(meta)].join(" ").normalize("NFKC").toLowerCase().split(/[^0-9a-z\u00c0-\u024f\u0370-\u03ff\u3005\u3007\u3400-\u9fff\uf900-\ufaff]+/);
  return words.some((word) => word.startsWith(term)) ? results : [];
}

/** Of records that have every run of a mixed word ("第3期"), those in which the runs stand together. */
async function standingTogether(index, found, part) {
  const named = (result) => names(index.find(result), part);
  const doubtful = found.filter((result) => !named(result));
  const kept = new Set(found.filter(named));
  await Promise.all(doubtful.slice(0, CHECKED).map(async (result) => {
    const { content } = await result.data();
    const text = squashed(content.split(" ").map((word) => (isHan(word) && isHan([...word][1] ?? "") ? [...word][0] + [...word].slice(2).join("") : word)).join("").replaceAll("\u2060", ""));
    if (text.includes(part)) kept.add(result);
  }));
  return found.filter((result) => kept.has(result) || doubtful.indexOf(result) >= CHECKED);
}

const names = (record, part) => record !== undefined && (record.plain.includes(part) || record.loose.includes(part));

/** 0 the name is the query, 1 begins with it, 2 contains it, 3 the same but for a T left out, 4 contains all its parts, 5 the text does. */
function rank(record, wanted, whole) {
  if (record.plain === whole) return 0;
  if (record.plain.startsWith(whole)) return 1;
  if (record.plain.includes(whole)) return 2;
  if (record.loose.includes(whole)) return 3;
  return wanted.every((part) => names(record, part)) ? 4 : 5;
}

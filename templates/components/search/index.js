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
const RANKED = 3000; // hits by name that are put in their order: whoever finds more will type on
const ALTERNATIVES = 12;

/**
 * Opens the index of a site, in `folder` (an absolute address ending in "/"): its shards, and of its records what is needed before their names.
 * A site `beside` one that is open is read by that one's program, and must have been made alike.
 */
export async function open(folder, beside) {
  const [{ PagefindInstance }, register] = await Promise.all([beside ?? import(`${folder}pagefind.js`), fetched(`${folder}names.json`)]);
  const { made, block, libraries, areas, same, also } = register;
  if (beside && beside.made !== made) throw new Error(`${folder} was made by ${made}, not ${beside.made}`);
  const site = { folder, root: new URL("../", folder), PagefindInstance, made, block, blocks: new Map(), libraries, areas, same, also };
  site.records = libraries.flatMap((library) => Array.from({ length: library.count }, () => ({ site, library })));
  site.records.forEach((record, order) => Object.assign(record, { order, past: Number(register.past[order]), length: parseInt(register.lengths[order], 36), areas: register.placed[order].map((place) => areas[place].id) }));
  site.shards = await start(site, register.shards, !beside);
  return site;
}

/** Some sites as one index, of which queries are asked. By the words of the first, the page's own, libraries and areas are called. */
export function together(sites) {
  const all = (part) => sites.flatMap((site) => site[part]);
  const [same, also] = [all("same"), all("also")];
  return {
    sites,
    records: all("records"),
    shards: all("shards"),
    libraries: unlike(all("libraries")),
    areas: unlike(all("areas")),
    same: groups(same, (group) => group),
    also: groups(also, ([label]) => [label]),
    spoken: new Map([...same, ...also].flat().map((word) => [squashed(word), word])),
    labels: [...new Set([...same, ...also].map(([label]) => label))],
    asked: new Map(),
  };
}

const unlike = (list) => list.filter(({ id }, place) => list.findIndex((one) => one.id === id) === place);

export const fetched = (address) => fetch(address).then((answer) => answer.json());

/** A promise whose failure names the site, so that the others can be asked without it. */
export const blaming = (site, promise) => promise.catch((failure) => {
  throw Object.assign(new Error(site.folder, { cause: failure }), { site });
});

/** Each shard with its records by the name that Pagefind has for them, which its own list of pages gives in their order. */
async function start(site, shards, isFirst) {
  class Shard extends site.PagefindInstance {
    async loadEntry() {
      this.languages = { unknown: { hash: this.metaCacheTag } }; // so that Pagefind does not cut Chinese into words of its own
    }

    async throttledFetch(address) {
      const answer = await super.throttledFetch(address).catch((failure) => ({ failure }));
      if (answer.ok) return answer;
      throw (this.failure = answer.failure ?? new Error(`${answer.status}: ${address}`)); // Pagefind goes on without a part of the index that it could not load
    }
  }
  const made = shards.map(({ folder, hash }) => new Shard({ basePath: `${site.folder}${folder}`, metaCacheTag: hash }));
  const [first, ...others] = made;
  await first?.init("unknown", { load_wasm: isFirst });
  await Promise.all(others.map((shard) => shard.init("unknown", { load_wasm: false })));
  let begin = 0;
  return made.map((shard, place) => {
    const pages = new TextDecoder("latin1").decode(shard.searchMeta).match(/unknown_[0-9a-f]+/g)?.slice(0, shards[place].count) ?? [];
    const known = new Map(pages.map((page, at) => [page, site.records[begin + at]]));
    begin += pages.length;
    return { site, shard, known };
  });
}

/** Sees to it that some records have their names, which come in blocks. */
export const named = (records) => Promise.all(new Set(records.map(({ site, order }) => block(site, Math.floor(order / site.block)))));

function block(site, place) {
  if (!site.blocks.has(place)) site.blocks.set(place, blaming(site, load(site, place)));
  return site.blocks.get(place);
}

async function load(site, place) {
  try {
    const [ids, names] = await fetched(`${site.folder}names/${place}.json`);
    names.forEach((name, at) => {
      const plain = squashed(name);
      Object.assign(site.records[place * site.block + at], { id: ids[at], name, plain, loose: withoutT(plain) });
    });
  } catch (failure) {
    site.blocks.delete(place);
    throw failure;
  }
}

/** For each spelling of each group, the other words to try. */
function groups(said, meant) {
  const found = new Map();
  for (const group of said) {
    for (const word of group) {
      const key = squashed(word);
      found.set(key, [...new Set([...(found.get(key) ?? []), ...meant(group).map(squashed).filter((other) => other !== key)])]);
    }
  }
  return found;
}

/**
 * Hits for a query, best first: `{ record, rank, result }`; `result` is Pagefind's, or undefined where names alone were cut. With them the
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
    const { two, records } = await cut(index, list[0]);
    for (const record of records) found.set(record, { record, rank: BY_CUT });
    for (const one of two) wanted.add(one);
  }
  for (const other of variants(list, index.same)) await add(other, BY_SYNONYM);
  if (!found.size) for (const other of variants(list, index.also)) await add(other, BY_SYNONYM);
  if (list.length && list.every((part) => IS_LETTERS.test(part) || isHan(part)) && list.some((part) => IS_LETTERS.test(part))) {
    const [{ read }] = await Promise.all([import("./pinyin.js"), named(index.records)]);
    const readings = new Map();
    for (const part of list) if (IS_LETTERS.test(part)) readings.set(part, await read(index, part, direct > 0));
    for (const other of variants(list, readings)) {
      await add(other, BY_PINYIN);
      for (const another of variants(other, index.same)) await add(another, BY_PINYIN + BY_SYNONYM);
    }
  }
  const place = ({ record }) => index.sites.indexOf(record.site);
  const hits = [...found.values()].sort((one, other) => one.rank - other.rank || one.record.past - other.record.past || place(one) - place(other) || one.record.order - other.record.order);
  return { hits, wanted: [...wanted], instead };
}

/** Chinese is typed without spaces: a run may be two parts of names ("不锈钢铬"). The cut by which most names have both. */
export async function cut(index, part) {
  const signs = [...part];
  let best = { two: [], records: [] };
  if (signs.length < 3 || signs.length > LONGEST_CUT || !signs.every(isHan)) return best;
  await named(index.records);
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
  if (!wanted.length) return [];
  const sets = await Promise.all(wanted.map((part) => having(index, part)));
  const [first, ...rest] = sets.sort((one, other) => one.size - other.size);
  const both = [...first].filter(([record]) => rest.every((set) => set.has(record)));
  await named(both.filter(([record]) => sets.every((set) => byName(record, set.get(record)))).slice(0, RANKED).map(([record]) => record));
  return both.map(([record, result]) => {
    const inside = sets.some((set) => set.exact && !set.exact.has(record)) ? INSIDE : 0;
    return { record, result, rank: rank(record, wanted, whole) + inside };
  });
}

/**
 * The records that contain a part, as a map to Pagefind's results; for a short word with the set of those that have it as a word of
 * its own. Remembered: people go on typing.
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
  const [first, ...others] = await Promise.all(searches(part).map((search) => everywhere(index, search)));
  const found = new Map([...(first ?? [])].filter(([record]) => others.every((other) => other.has(record))));
  if (SHORT.test(part)) found.exact = await everywhere(index, { term: `"${WHOLE}${part}"`, phrase: true });
  return found;
}

/** What all shards have for a search: Pagefind's results by record. */
async function everywhere({ shards }, search) {
  const answers = await Promise.all(shards.map(({ site, shard }) => blaming(site, results(shard, search))));
  return new Map(answers.flatMap((answer, place) => answer.map((result) => [shards[place].known.get(result.id), result])));
}

async function results(shard, { term, phrase }) {
  // A prefix search loads only the chunk of the term itself: ask for its neighbours too, or words that lie there are missed.
  if (!phrase) await shard.preload(neighbours(term).join(" "));
  const { results } = await shard.search(term);
  if (shard.failure) throw shard.failure;
  if (phrase || !results.length) return results;
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

const names = (record, part) => record.plain.includes(part) || record.loose.includes(part);

/** Whether the name may be what was found: the first words of the text are the name's, and the codes of a name are apart. */
const byName = (record, { words, matchedMetaFields }) => words.some((place) => place < record.length) || matchedMetaFields?.includes("name");

/** 0 the name is the query, 1 begins with it, 2 contains it, 3 the same but for a T left out, 4 contains all its parts, 5 the text does. */
function rank(record, wanted, whole) {
  if (record.plain === undefined) return BY_TEXT;
  if (record.plain === whole) return 0;
  if (record.plain.startsWith(whole)) return 1;
  if (record.plain.includes(whole)) return 2;
  if (record.loose.includes(whole)) return 3;
  return wanted.every((part) => names(record, part)) ? 4 : BY_TEXT;
}

// Asking the index: which records match, and how well. No interface here.

import { day } from "../badge/badge.js";
import { IS_LETTERS, isHan, parts, searches, squashed, withoutT } from "./words.js";

const LETTERS = [..."0123456789abcdefghijklmnopqrstuvwxyz"];
const HAN_CUTS = Array.from({ length: 28 }, (_, step) => String.fromCodePoint(0x4e00 + step * 0x300));
export const BY_TEXT = 5; // see rank
const AN_ALIAS = 0.5; // what an alias says stands just behind what a name says so
const INSIDE = 6; // what a short word was found inside of another word ("Cr" in PCR)
const DENSE = 3; // characters of a term after which so many words may begin alike that two further ones are looked at
const BY_SYNONYM = 20;
const BY_PINYIN = 40;
const BY_READING = 60; // what was typed in one run, understood as words apart
const SHORT = /^[a-z]{2,4}$/;
const WHOLE = "ж"; // see engine/index.py
const QUOTED = /^\s*["“”「](.+)["“”」]\s*$/; // as it stands, and in no other way
const MANY = 20; // hits that need no other reading of the query
const RANKED = 3000; // hits by name that are put in their order: whoever finds more will type on
const TURNS = 60; // hits by text whose names are looked at, so that those of one name take turns with others
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
  site.records.forEach((record, order) => Object.assign(record, { order, state: stateOf(register, order), length: parseInt(register.lengths.slice(2 * order, 2 * order + 2), 16), cited: register.cited[order] ?? 0, areas: register.placed[order].map((place) => areas[place].id) }));
  site.shards = await start(site, register.shards, !beside);
  return site;
}

/** State and word of a record that is past, by the visitor's clock if it ran out since the site was made. */
function stateOf({ states, past, soon }, order) {
  const place = past[order] ?? (soon[order] < day(new Date()) ? 0 : undefined);
  return states[place];
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
    const [ids, names, aliases] = await fetched(`${site.folder}names/${place}.json`);
    names.forEach((name, at) => Object.assign(site.records[place * site.block + at], { id: ids[at], name, ...spelled(name), aliases: (aliases[at] ?? []).map(spelled) }));
  } catch (failure) {
    site.blocks.delete(place);
    throw failure;
  }
}

/** A name in the form in which it is compared. */
function spelled(name) {
  const plain = squashed(name);
  return { plain, loose: withoutT(plain) };
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
 * Hits for a query, best first: `{ record, rank, result, read }`; `result` is Pagefind's. With them the parts by which they were found, for
 * marking, the words that were understood instead of those typed, and, where hits were only found by it (they say `read`), the reading: the
 * words that were understood as standing apart.
 */
export async function ask(index, query) {
  const found = new Map();
  const wanted = new Set();
  const instead = [];
  const asked = plain(query);
  const whole = squashed(asked);
  const add = async (list, level, read) => {
    const before = found.size;
    const hits = (await matching(index, list, whole)).filter((hit) => !level || hit.rank < INSIDE); // "Cu" instead of 铜 must be a word of its own
    for (const hit of hits) if (!found.has(hit.record)) found.set(hit.record, { ...hit, rank: hit.rank + level, read });
    if (hits.length) for (const part of list) wanted.add(part);
    if (level && !read && found.size > before) instead.push(list.map((part) => index.spoken.get(part) ?? part).join(" "));
    return hits.length;
  };
  const spelledOtherwise = async (list, direct) => {
    if (!list.length || !list.every((part) => IS_LETTERS.test(part) || isHan(part)) || !list.some((part) => IS_LETTERS.test(part))) return;
    const [{ read }] = await Promise.all([import("./pinyin.js"), named(index.records)]);
    const readings = new Map();
    for (const part of list) if (IS_LETTERS.test(part)) readings.set(part, await read(index, part, direct > 0));
    for (const other of variants(list, readings)) {
      await add(other, BY_PINYIN);
      for (const another of variants(other, index.same)) await add(another, BY_PINYIN + BY_SYNONYM);
    }
  };

  let list = parts(asked);
  let direct = await add(list, 0);
  const apart = parts(asked, true);
  if (!direct && apart.length > list.length) direct = await add((list = apart), 0);
  for (const other of variants(list, index.same)) await add(other, BY_SYNONYM);
  if (!found.size) for (const other of variants(list, index.also)) await add(other, BY_SYNONYM);
  await spelledOtherwise(list, direct);
  if (!found.size && list.length > 1 && list.every((part) => IS_LETTERS.test(part))) await spelledOtherwise([list.join("")], 0); // "lian qiao"
  let reading;
  if (asked === query && list.length && found.size < MANY && [...found.values()].every(({ rank }) => rank > 0)) {
    reading = await (await import("./apart.js")).reading(index, list, [...found.values()]);
    const before = found.size;
    if (reading) for (const other of [reading, ...variants(reading, index.same)]) await add(other, BY_READING, true);
    if (found.size === before) reading = undefined;
  }
  if (found.size <= TURNS) await named([...found.keys()]);
  return { hits: ordered(index, [...found.values()]), wanted: [...wanted], instead, reading };
}

/** A query without the marks that ask for it as it stands. */
export const plain = (query) => query.replace(QUOTED, "$1");

/**
 * By rank, then what is in force, then by site and library. Of one library those come first whose names have most parts of the query, then the most
 * cited standards, and records of one name take turns with others, the commonest names first.
 */
function ordered({ sites }, hits) {
  const alike = new Map();
  const past = ({ record }) => Number(Boolean(record.state));
  for (const hit of hits.sort((one, other) => past(one) - past(other) || one.record.order - other.record.order)) {
    const { site, library, plain, order } = hit.record;
    const where = [sites.indexOf(site), site.libraries.indexOf(library), -hit.inName];
    hit.place = [hit.rank, past(hit), ...where];
    const name = [hit.rank, ...where, hit.isNamed || hits.length <= TURNS ? plain : order].join();
    if (!alike.has(name)) alike.set(name, []);
    hit.turn = (hit.alike = alike.get(name)).push(hit);
  }
  for (const hit of hits) hit.place.push(-hit.record.cited, hit.turn, -hit.alike.length, hit.record.order);
  return hits.sort((one, other) => one.place.map((number, at) => number - other.place[at]).find(Boolean) ?? 0);
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
  const byNames = new Set(both.map(([record]) => record).filter((record) => sets.every((set) => byName(record, set.get(record)))).slice(0, RANKED));
  await named([...byNames]);
  return both.map(([record, result]) => {
    const inside = sets.some((set) => set.exact && !set.exact.has(record)) ? INSIDE : 0;
    const isNamed = byNames.has(record);
    return { record, result, isNamed, inName: sets.filter((set) => byName(record, set.get(record))).length, rank: (isNamed ? rank(record, wanted, whole) : BY_TEXT) + inside };
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

export const names = (record, part) => record.plain.includes(part) || record.loose.includes(part);

/** Whether the name or an alias may be what was found: the first words of the text are theirs, and the codes of a name are apart. */
const byName = (record, { words, matchedMetaFields }) => words.some((place) => place < record.length) || matchedMetaFields?.includes("name");

/** 0 the name is the query, 1 begins with it, 2 contains it, 3 the same but for a T left out, 4 contains all its parts, 5 the text does; a half more for an alias. */
function rank(record, wanted, whole) {
  const own = rung(record, wanted, whole);
  return Math.min(own, ...record.aliases.map((alias) => rung(alias, wanted, whole) + AN_ALIAS), BY_TEXT);
}

function rung(name, wanted, whole) {
  if (name.plain === whole) return 0;
  if (name.plain.startsWith(whole)) return 1;
  if (name.plain.includes(whole)) return 2;
  if (name.loose.includes(whole)) return 3;
  return wanted.every((part) => names(name, part)) ? 4 : BY_TEXT;
}

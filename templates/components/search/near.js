// When nothing was found: what nearly was. No interface here.

import { matching, named, names } from "./index.js";
import { cutAtActs, isAct } from "./apart.js";
import { readingsOf, runsOf } from "./pinyin.js";
import { isHan, parts, squashed } from "./words.js";

const QUERIES = 4;
const SIMILAR = 3;
const ALIKE = 0.45; // share of pairs of characters that two names must have in common
const MEANT = 2; // other words for one that is nowhere
const LONGEST = 12; // characters of a part of which shorter ones are looked for

/**
 * Queries that would find more than the `found` hits, each with how it came about and how much it finds; and names that look alike, each with its records.
 */
export async function near(index, query, found) {
  const wanted = cutAtActs(parts(query));
  const queries = [];
  const offer = async (how, text, dropped = "") => {
    const hits = await matching(index, parts(text), squashed(text));
    if (hits.length > found) queries.push({ how, query: text, dropped, count: hits.length });
  };
  await named(index.records);
  for (const part of wanted) {
    const others = wanted.filter((other) => other !== part);
    if (isHan(part) && !(await matching(index, [part], part)).length) {
      for (const [how, word] of await instead(index, part)) await offer(how, wanted.map((one) => (one === part ? word : one)).join(" "));
    }
    if (others.length && !others.every(isAct)) await offer("without", others.join(" "), part);
  }
  const undated = query.trim().replace(/\s*[-—–:：]?\s*(19|20)\d{2}$/, "");
  if (undated !== query.trim() && /\d/.test(undated)) await offer("edition", undated);
  const best = (how) => queries.filter((one) => (one.how === "meant") === how).sort((one, other) => other.count - one.count);
  return { queries: [...best(true), ...best(false)].slice(0, QUERIES), alike: alike(index.records, squashed(query)) };
}

/** Other words for one that is nowhere, with how they came about. */
async function instead(index, part) {
  const words = await meant(index, part);
  return words.length ? words.map((word) => ["meant", word]) : shorter(index.records, part).map((word) => ["shorter", word]);
}

/** Words of names that sound like one that is nowhere (天枰, 連翹), or differ from it in one of several characters: of those with most of its characters the commonest. */
async function meant(index, part) {
  const [readings, { default: sounds }] = await Promise.all([readingsOf(index), import("./sounds.js")]);
  const heard = new Map(sounds.trim().split(/\s+/).flatMap((some) => [...some.replace(/^[a-z]+/, "")].map((sign) => [sign, some.match(/^[a-z]+/)[0]])));
  const signs = [...part];
  const sound = signs.map((sign) => new Set([...(readings.get(sign) ?? []), heard.get(sign)]));
  const found = new Map();
  for (const run of runsOf(index)) {
    for (let start = 0; start + signs.length <= run.length; start++) {
      let same = 0;
      let alike = 0;
      for (let at = 0; at < signs.length; at++) {
        if (run[start + at] === signs[at]) same++;
        else if ([...(readings.get(run[start + at]) ?? [])].some((one) => sound[at].has(one))) alike++;
      }
      if (same + alike < signs.length && (signs.length < 3 || same < signs.length - 1)) continue;
      const word = run.slice(start, start + signs.length);
      found.set(word, { score: 2 * same + alike, count: (found.get(word)?.count ?? 0) + 1 });
    }
  }
  const most = Math.max(...[...found.values()].map(({ score }) => score));
  return [...found].filter(([, { score }]) => score === most).sort(([, one], [, other]) => other.count - one.count).slice(0, MEANT).map(([word]) => word);
}

/** The longest of its parts that stand in names, if they are at least half of it: 拉伸试验 for 钢材拉伸试验. */
function shorter(records, part) {
  const signs = [...part].slice(0, LONGEST);
  for (let length = signs.length - 1; length >= Math.max(2, signs.length / 2); length--) {
    const parts = Array.from({ length: signs.length - length + 1 }, (_, start) => signs.slice(start, start + length).join(""));
    const found = parts.filter((one) => !isAct(one) && records.some((record) => names(record, one)));
    if (found.length) return found;
  }
  return [];
}

function alike(records, text) {
  const wanted = pairs(text);
  if (wanted.size < 2) return [];
  const named = new Map();
  for (const record of records) named.set(record.name, [...(named.get(record.name) ?? []), record]);
  return [...named]
    .map(([name, some]) => {
      const had = pairs(some[0].plain);
      let shared = 0;
      for (const pair of wanted) if (had.has(pair)) shared++;
      return { name, records: some, score: (2 * shared) / (wanted.size + Math.min(had.size, wanted.size * 2)) };
    })
    .filter(({ score }) => score >= ALIKE)
    .sort((one, other) => other.score - one.score)
    .slice(0, SIMILAR);
}

function pairs(text) {
  const signs = [...text];
  return new Set(signs.slice(0, -1).map((sign, place) => sign + signs[place + 1]));
}

// When nothing was found: what nearly was. No interface here.

import { cut, matching, named } from "./index.js";
import { parts, squashed } from "./words.js";

const QUERIES = 4;
const SIMILAR = 3;
const ALIKE = 0.45; // share of pairs of characters that two names must have in common

/** Queries that would find something, each with how it came about and how much it finds; and records whose names look alike. */
export async function near(index, query) {
  const wanted = parts(query);
  const queries = [];
  const offer = async (how, text, dropped = "") => {
    const hits = await matching(index, parts(text), squashed(text));
    if (hits.length) queries.push({ how, query: text, dropped, count: hits.length });
  };
  if (wanted.length > 1) for (const part of wanted) await offer("without", wanted.filter((other) => other !== part).join(" "), part);
  const undated = query.trim().replace(/\s*[-—–:：]?\s*(19|20)\d{2}$/, "");
  if (undated !== query.trim() && /\d/.test(undated)) await offer("edition", undated);
  for (const part of wanted) {
    const { two, records } = await cut(index, part);
    if (records.length) queries.push({ how: "apart", query: [...wanted.filter((other) => other !== part), ...two].join(" "), dropped: "", count: records.length });
  }
  await named(index.records);
  return { queries: queries.sort((one, other) => other.count - one.count).slice(0, QUERIES), records: alike(index.records, squashed(query)) };
}

function alike(records, text) {
  const wanted = pairs(text);
  if (wanted.size < 2) return [];
  return records
    .map((record) => {
      const had = pairs(record.plain);
      let shared = 0;
      for (const pair of wanted) if (had.has(pair)) shared++;
      return { record, score: (2 * shared) / (wanted.size + Math.min(had.size, wanted.size * 2)) };
    })
    .filter(({ score }) => score >= ALIKE)
    .sort((one, other) => other.score - one.score)
    .slice(0, SIMILAR)
    .map(({ record }) => record);
}

function pairs(text) {
  const signs = [...text];
  return new Set(signs.slice(0, -1).map((sign, place) => sign + signs[place + 1]));
}

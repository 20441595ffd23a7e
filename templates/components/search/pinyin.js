// Pinyin and initials: which Han words of the directory may be meant by letters. No interface here.

import { blaming, fetched } from "./index.js";

const INITIALS = 3; // so many letters are taken for initials: fewer would mean almost anything
const WORDS = 12;
const HAN_RUN = /[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff]{2,}/gu;

/**
 * Han words, the commonest first, that are read as `letters`: whole syllables, the last of which may be unfinished ("lianq"), or, where
 * nothing is read so and nothing else was found, initials ("lqc").
 */
export async function read(index, letters, isFound) {
  const readings = await readingsOf(index);
  const runs = runsOf(index);
  const full = commonest(runs, (run, start) => syllables(run, start, letters, readings));
  if (full.length || isFound || letters.length < INITIALS) return full;
  return commonest(runs, (run, start) => initials(run, start, letters, readings));
}

/** The syllables of each Han character of the site's names and labels. */
export const readingsOf = (index) => (index.readings ??= Promise.all(index.sites.map((site) => blaming(site, fetched(`${site.folder}pinyin.json`)))).then(bySign));

/** The runs of Han characters in names and labels; all names must be there. */
export const runsOf = (index) => (index.runs ??= [...index.labels, ...index.records.map((record) => record.name)].flatMap((text) => text.match(HAN_RUN) ?? []));

function bySign(lists) {
  const readings = new Map();
  for (const [syllable, signs] of lists.flatMap(Object.entries)) {
    for (const sign of signs) readings.set(sign, (readings.get(sign) ?? new Set()).add(syllable));
  }
  return readings;
}

function commonest(runs, end) {
  const count = new Map();
  for (const run of runs) {
    for (let start = 0; start + 1 < run.length; start++) {
      const stop = end(run, start);
      if (stop > start + 1) count.set(run.slice(start, stop), (count.get(run.slice(start, stop)) ?? 0) + 1);
    }
  }
  return [...count].sort((one, other) => other[1] - one[1]).slice(0, WORDS).map(([word]) => word);
}

/** Where in the run the reading ends, or 0. */
function syllables(run, start, letters, readings) {
  if (!letters) return start;
  for (const syllable of readings.get(run[start]) ?? []) {
    if (syllable.startsWith(letters)) return start + 1;
    if (letters.startsWith(syllable)) {
      const end = syllables(run, start + 1, letters.slice(syllable.length), readings);
      if (end) return end;
    }
  }
  return 0;
}

function initials(run, start, letters, readings) {
  for (let place = 0; place < letters.length; place++) {
    if (![...(readings.get(run[start + place]) ?? [])].some((syllable) => syllable[0] === letters[place])) return 0;
  }
  return start + letters.length;
}

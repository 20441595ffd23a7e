// What a visitor types, in the words of the index. The other half of engine/index.py; a test holds the two together.

const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const ALNUM = "0-9a-z\\u00c0-\\u024f\\u0370-\\u03ff";
const JOINERS = "\\-\\/._·~";
const HARD = new RegExp(`[^${ALNUM}${HAN}${JOINERS}\\s]+`, "u");
const SOFT = new RegExp(`[${JOINERS}\\s]+`, "gu");
const RUNS = new RegExp(`[${HAN}]+|[${ALNUM}]+`, "gu");
const IS_HAN = new RegExp(`^[${HAN}]`, "u");
const JOINED = new RegExp(`([${ALNUM}])[${JOINERS}\\s]+(?=[${ALNUM}])`, "gu");
// Joiners between Han characters, as the index hides them: see HIDDEN in engine/index.py.
const SHOWN = { "\u2060": " ", "\u2061": "-", "\u2062": "/", "\u2063": ".", "\u2064": "_", "\u206a": "·", "\u206b": "~" };
const HIDDEN = /[\u2060-\u2064\u206a\u206b]/g;
const BESIDE = 12;
const LONGEST = 24;

export const IS_LETTERS = /^[a-z]{2,}$/;

export const isHan = (text) => IS_HAN.test(text);

/** One spelling of a text: NFKC, lower case, without spaces and the joiners of codes. */
export const squashed = (text) => text.normalize("NFKC").toLowerCase().replace(SOFT, "");

/** The same without the T of recommended standards, which people leave out: GB 11170 for GB/T 11170. */
export const withoutT = (plain) => plain.replace(/(gb|db\d{2,4}|[a-z]{2})t(?=\d)/g, "$1");

export const withT = (plain) => plain.replace(/^(gb|db\d{2,4}|[a-z]{2})(?=\d)/, "$1t");

/**
 * The parts of a query, all of which a hit must contain. Spaces and punctuation divide; between letters and digits a space is a
 * joiner first ("GB 11170"), and divides only when `apart` is set ("cnas gb11170").
 */
export function parts(query, apart = false) {
  const text = query.normalize("NFKC").toLowerCase().trim();
  const joined = apart ? text : text.replace(JOINED, "$1");
  return [...new Set(joined.split(HARD).flatMap((piece) => piece.split(/\s+/)).map(squashed).filter(Boolean))];
}

/**
 * The searches that together find a part: an exact phrase of pairs for Han, a prefix for a code or a single character, and where Han and a
 * code meet the word that the index has for their meeting.
 */
export function searches(part) {
  const runs = part.match(RUNS) ?? [];
  const found = runs.map((run) => {
    const signs = [...run];
    if (!isHan(run)) return { term: run.slice(0, LONGEST), phrase: false };
    if (signs.length === 1) return { term: run, phrase: false };
    return { term: `"${signs.slice(0, -1).map((sign, place) => sign + signs[place + 1]).join(" ")}"`, phrase: true };
  });
  for (let place = 1; place < runs.length; place++) {
    const [before, after] = [runs[place - 1], runs[place]];
    if (isHan(before)) found.push({ term: [...before].pop() + after.slice(0, BESIDE), phrase: false });
    else found.push({ term: `"${before.slice(-BESIDE)}${[...after][0]}"`, phrase: true });
  }
  return found;
}

/** The text of one word of the index: of a pair of Han characters the first, with what stood after it. */
function readableWord(word) {
  const signs = [...word];
  return signs.length > 1 && isHan(signs[0]) && isHan(signs[signs.length - 1]) ? signs.slice(0, -1).join("") : word;
}

/** Readable text from some words of the index. */
export const readable = (words, from = 0, to = words.length) => words.slice(from, to).map(readableWord).join("").replace(HIDDEN, (sign) => SHOWN[sign]);

// Words with what they speak of. Pure: no page.

/** Each %s in turn; quotes within quotes turn, “…‘…’…” (GB/T 15834). The same as `filled` of engine/strings.py; a test holds the two together. */
export function filled(pattern, ...values) {
  const [first, ...parts] = pattern.split("%s");
  return parts.reduce((text, part, place) => text + within(text, String(values[place])) + part, first);
}

const within = (text, said) => (text.lastIndexOf("“") > text.lastIndexOf("”") ? said.replace(/[“”‘’]/g, (quote) => TURNED[quote]) : said);

const TURNED = { "“": "‘", "”": "’", "‘": "“", "’": "”" };

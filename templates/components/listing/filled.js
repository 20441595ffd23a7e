// Words with what they speak of. Pure: no page.

/** Each %s in turn; quotes within quotes turn, “…‘…’…” (GB/T 15834), as `filled` of engine/strings.py has it. */
export const filled = (pattern, ...values) => values.reduce((text, value) => text.replace("%s", (sign, start) => (text.lastIndexOf("“", start) > text.lastIndexOf("”", start) ? turned(String(value)) : value)), pattern);

const TURNED = { "“": "‘", "”": "’", "‘": "“", "’": "”" };
const turned = (text) => text.replace(/[“”‘’]/g, (quote) => TURNED[quote]);

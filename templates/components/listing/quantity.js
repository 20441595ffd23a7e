// Quantities. A unit is [label, kind, factor, offset, names]; base = value × factor + offset, and a difference (an uncertainty) has no offset.

const ALIKE = 1e-9; // what is written in another unit must not differ by a rounding

export const isAtMost = (one, other) => one <= other || Math.abs(one - other) <= ALIKE * Math.max(Math.abs(one), Math.abs(other));

export const base = (value, unit) => Number(value) * Number(unit[2]) + Number(unit[3]);

/** A number in few digits, as one would write it. */
export const digits = (number) => String(Number(number.toPrecision(6)));

/** "150 g" → { value, unit: its id }; null for what is no number with a known unit. */
export function parse(text, units) {
  const parts = /^([+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,2})?)\s*(.+)$/i.exec(plain(text));
  const unit = parts && unitOf(parts[2], units);
  return unit ? { value: Number(parts[1]), unit } : null;
}

export const plain = (text) => text.normalize("NFKC").replace(/[−–—]/g, "-").replace(/(\d),(?=\d{3})/g, "$1").trim();

function unitOf(text, units) {
  const named = plain(text);
  return Object.keys(units).find((id) => id === named || [units[id][0], ...units[id][4]].some((name) => plain(name) === named));
}

/** How a range answers what is asked: { state, doubt } with doubt = U for k = 2 in base units at the asked value.
 *  asked: { value, unit, limit: { value, unit } or null }; range: [low, high, unit, u, u's unit, k]. */
export function judge([low, high, unit, u, doubtUnit, k], asked, { units, relative }) {
  const own = units[unit];
  if (own[1] !== units[asked.unit][1]) return { state: "other" };
  const value = base(asked.value, units[asked.unit]);
  const inside = (low === null || isAtMost(base(low, own), value)) && (high === null || isAtMost(value, base(high, own)));
  if (!inside) return { state: "outside" };
  if (!asked.limit) return { state: "covers" };
  if (u === null) return { state: "unsaid" };
  const doubt = (absolute(u, doubtUnit, value - Number(own[3]), { units, relative }) * 2) / Number(k);
  const limit = absolute(asked.limit.value, asked.limit.unit, value - Number(units[asked.unit][3]), { units, relative });
  if (!relative.includes(doubtUnit) && units[doubtUnit][1] !== own[1]) return { state: "unsaid" };
  return { state: isAtMost(doubt, limit) ? "covers" : "coarse", doubt };
}

/** An uncertainty as a difference in base units; a relative one is a share of the value, counted from the zero of its own scale. */
function absolute(u, unit, value, { units, relative }) {
  return relative.includes(unit) ? Number(u) * Number(units[unit][2]) * Math.abs(value) : Number(u) * Number(units[unit][2]);
}

/** A range in words; must say what `range_text` of engine/show.py says. */
export function rangeText(low, high, label) {
  return low === null ? `≤ ${high} ${label}` : high === null ? `≥ ${low} ${label}` : `${low}~${high} ${label}`;
}

export function doubtText(u, unit, k, { units, relative }) {
  return `${relative.includes(unit) ? "Urel" : "U"} = ${u} ${units[unit][0]} (k=${k})`;
}

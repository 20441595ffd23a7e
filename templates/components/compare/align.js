// Facts of several records in lines: equal labels share a line, quantities of one kind are said in one unit too. Pure: no page.

import { base, digits, rangeText } from "../listing/quantity.js";

/** The lines of the table: { label, cells: [{ text, address, aligned } or null], same }, in the order in which records say them. */
export function lines(records, units) {
  const order = [];
  const found = new Map();
  records.forEach((record, place) => {
    let before = -1;
    for (const [label, text, address, numbers] of record?.facts ?? []) {
      if (!found.has(label)) {
        found.set(label, new Array(records.length).fill(null));
        order.splice(before + 1, 0, label); // beside its neighbour, not at the end
      }
      before = order.indexOf(label);
      found.get(label)[place] ??= { text, address, numbers };
    }
  });
  return order.map((label) => {
    const cells = aligned(found.get(label), units);
    const said = records.map((record, place) => (record ? cells[place]?.text ?? "" : null)).filter((text) => text !== null);
    return { label, cells, same: said.length > 1 && new Set(said).size === 1 };
  });
}

/** What is said in another unit of the same kind as the first is said in that unit too. */
function aligned(cells, units) {
  const first = cells.find((cell) => cell?.numbers)?.numbers;
  if (!first) return cells;
  const own = units[first[2]];
  return cells.map((cell) => {
    const unit = cell?.numbers && units[cell.numbers[2]];
    if (!unit || !own || cell.numbers[2] === first[2] || unit[1] !== own[1]) return cell;
    const [low, high, , single] = cell.numbers;
    const told = (number) => (number === null ? null : digits(single ? (Number(number) * Number(unit[2])) / Number(own[2]) : (base(number, unit) - Number(own[3])) / Number(own[2])));
    return { ...cell, aligned: single ? `${told(low)} ${own[0]}` : rangeText(told(low), told(high), own[0]) };
  });
}

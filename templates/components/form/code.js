// A QR code (ISO/IEC 18004) of a short text as one path. Pure, and drawn as the build draws its own (engine/qr.py): octets, level M, mask 2,
// versions 1 to 9. Only here can the number of an application, which the browser makes, come into the code.

const DATA = [16, 28, 44, 64, 86, 108, 124, 154, 182]; // codewords of data in versions 1 to 9 at level M (table 7)
const CHECKS = [10, 16, 26, 18, 24, 16, 18, 22, 22]; // codewords of correction in each block (table 9)
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5];
const ALIGNED = [[], [18], [22], [26], [30], [34], [22, 38], [24, 42], [26, 46]]; // besides 6 (annex E)
const VERSIONS = { 7: 0x07c94, 8: 0x085bc, 9: 0x09a99 }; // annex D
const FORMAT = 0x5e7c; // level M, mask 2 (annex C)
const QUIET = 4;

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1, value = (value << 1) ^ (value > 127 ? 0x11d : 0)) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
}
const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);

/** { size, path } of the code with its quiet zone; null for what is too long. */
export function code(text) {
  const octets = new TextEncoder().encode(text);
  const version = DATA.findIndex((room) => octets.length <= room - 2) + 1;
  if (!version) return null;
  const { cells, size } = grid(version);
  place(cells, size, codewords(octets, version));
  return { size: size + 2 * QUIET, path: stroked(cells, size) };
}

// ── the words ──

function codewords(octets, version) {
  const room = DATA[version - 1];
  const bits = [...bitsOf(4, 4), ...bitsOf(octets.length, 8)];
  for (const octet of octets) bits.push(...bitsOf(octet, 8));
  bits.push(...bitsOf(0, Math.min(4, room * 8 - bits.length)));
  if (bits.length < room * 8) bits.push(...bitsOf(0, 8)); // segno ends with an octet of zeros, so the build's codes do too
  const data = [];
  for (let at = 0; at < bits.length; at += 8) data.push(Number.parseInt(bits.slice(at, at + 8).join(""), 2));
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);
  return interleaved(data, version);
}

const bitsOf = (number, length) => [...number.toString(2).padStart(length, "0")].map(Number);

function interleaved(data, version) {
  const count = BLOCKS[version - 1];
  const short = Math.floor(data.length / count);
  const longer = data.length % count; // the last blocks have one more
  const blocks = [];
  for (let block = 0, at = 0; block < count; block += 1) {
    const length = short + (block >= count - longer ? 1 : 0);
    blocks.push(data.slice(at, (at += length)));
  }
  const checks = blocks.map((block) => rest(block, CHECKS[version - 1]));
  return [...columns(blocks), ...columns(checks)];
}

function* columns(rows) {
  const longest = Math.max(...rows.map((row) => row.length));
  for (let place = 0; place < longest; place += 1) for (const row of rows) if (place < row.length) yield row[place];
}

// The remainder of a block by the generator of that degree (Reed and Solomon).
function rest(block, degree) {
  let generator = [1];
  for (let root = 0; root < degree; root += 1) {
    const next = [...generator, 0];
    generator.forEach((value, place) => { next[place + 1] ^= times(value, EXP[root]); });
    generator = next;
  }
  const left = [...block, ...new Array(degree).fill(0)];
  for (let place = 0; place < block.length; place += 1) {
    const lead = left[place];
    generator.forEach((value, step) => { left[place + step] ^= times(value, lead); });
  }
  return left.slice(block.length);
}

// ── the picture: what is fixed is 0 or 1, what is free is undefined ──

function grid(version) {
  const size = 17 + 4 * version;
  const cells = Array.from({ length: size }, () => new Array(size));
  const draw = (x, y, radius, isDark) => {
    for (let dy = -radius; dy <= radius; dy += 1) {
      for (let dx = -radius; dx <= radius; dx += 1) {
        if (y + dy >= 0 && y + dy < size && x + dx >= 0 && x + dx < size) cells[y + dy][x + dx] = isDark(Math.max(Math.abs(dx), Math.abs(dy))) ? 1 : 0;
      }
    }
  };
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) draw(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  const centres = [6, ...ALIGNED[version - 1]];
  for (const y of centres) for (const x of centres) if (cells[y][x] === undefined) draw(x, y, 2, (ring) => ring !== 1);
  for (let place = 8; place < size - 8; place += 1) cells[6][place] = cells[place][6] = 1 - (place % 2);
  const format = bitsOf(FORMAT, 15).reverse();
  format.forEach((bit, place) => {
    cells[place < 6 ? place : place < 8 ? place + 1 : size - 15 + place][8] = bit;
    cells[8][place < 8 ? size - 1 - place : place < 9 ? 7 : 14 - place] = bit;
  });
  cells[size - 8][8] = 1;
  if (VERSIONS[version]) {
    bitsOf(VERSIONS[version], 18).reverse().forEach((bit, place) => {
      const [far, near] = [size - 11 + (place % 3), Math.floor(place / 3)];
      cells[near][far] = cells[far][near] = bit;
    });
  }
  return { cells, size };
}

function place(cells, size, words) {
  const bits = words.flatMap((word) => bitsOf(word, 8));
  let at = 0;
  for (let right = size - 1, goesUp = true; right > 0; right -= 2, goesUp = !goesUp) {
    if (right === 6) right = 5; // the column of the timing pattern
    for (let step = 0; step < size; step += 1) {
      const y = goesUp ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (cells[y][x] !== undefined) continue;
        cells[y][x] = (bits[at] ?? 0) ^ (x % 3 === 0 ? 1 : 0);
        at += 1;
      }
    }
  }
}

function stroked(cells, size) {
  const rows = cells.map((row) => `\n${Array.from({ length: size }, (_, x) => (row[x] ? 1 : 0)).join("")}`).join("");
  const path = rows.replace(/1+0*|\n0*/g, (run) => {
    const dark = run.lastIndexOf("1") + 1;
    return dark ? `h${dark}v1h-${dark}zm${run.length} 0` : `m${run.length - 1 - size} 1`;
  });
  return `M${size + QUIET} ${QUIET - 1}${path}`;
}

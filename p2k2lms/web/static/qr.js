/* Draws a text as QR on the phone itself, for what must never pass through a server (ISO/IEC 18004: bytes, level L).

   qr(text) gives {size, mask, dark(x, y)} in the smallest version that holds it, up to 20 (858 bytes); null beyond. */

const CHECKS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];
const MASKS = [(x, y) => (x + y) % 2, (x, y) => y % 2, (x) => x % 3, (x, y) => (x + y) % 3, (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2, (x, y) => x * y % 2 + x * y % 3, (x, y) => (x * y % 2 + x * y % 3) % 2, (x, y) => ((x + y) % 2 + x * y % 3) % 2];
const sizeOf = (version) => version * 4 + 17, aligned = (version) => version < 2 ? 0 : Math.floor(version / 7) + 2;

// Whole codewords that fit beside the patterns.
function room(version) {
  const at = aligned(version);
  return (16 * version + 128) * version + 64 - (at && (25 * at - 10) * at - 55) - (version > 6 ? 36 : 0) >> 3;
}
const capacity = (version) => room(version) - CHECKS[version - 1] * BLOCKS[version - 1];

export function qr(text, wanted) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = CHECKS.findIndex((_, n) => bytes.length <= capacity(n + 1) - (n < 9 ? 2 : 3)) + 1;
  if (!version) return null;
  const board = patterns(version), { size, cells, fixed } = board;
  place(board, interleaved(version, codewords(version, bytes)));
  let best = null;
  for (const [mask, flips] of MASKS.entries()) {
    if (Number.isInteger(wanted) && wanted !== mask) continue;
    const tried = cells.map((cell, at) => fixed[at] ? cell : cell ^ !flips(at % size, Math.floor(at / size)));
    format({ size, cells: tried }, mask);
    const cost = unevenness(tried, size);
    if (!best || cost < best.cost) best = { cost, mask, tried };
  }
  return { size, mask: best.mask, dark: (x, y) => Boolean(best.tried[y * size + x]) };
}

function codewords(version, bytes) {
  const bits = [], put = (value, length) => { for (let n = length - 1; n >= 0; n--) bits.push(value >> n & 1); };
  put(4, 4); put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  const most = capacity(version) * 8;
  put(0, Math.min(4, most - bits.length)); put(0, -bits.length & 7);
  for (let pad = 0xec; bits.length < most; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: most / 8 }, (_, n) => bits.slice(n * 8, n * 8 + 8).reduce((byte, bit) => byte << 1 | bit, 0));
}

// Reed-Solomon over GF(256) with 0x11d.
function times(a, b) {
  let product = 0;
  for (let n = 7; n >= 0; n--) product = product << 1 ^ (product >> 7) * 0x11d ^ (b >> n & 1) * a;
  return product;
}
function divisor(degree) {
  const made = Array(degree).fill(0); made[degree - 1] = 1;
  for (let n = 0, root = 1; n < degree; n++, root = times(root, 2)) for (let at = 0; at < degree; at++) made[at] = times(made[at], root) ^ (made[at + 1] || 0);
  return made;
}
function checks(data, by) {
  const rest = by.map(() => 0);
  for (const byte of data) { const factor = byte ^ rest.shift(); rest.push(0); by.forEach((one, n) => { rest[n] ^= times(one, factor); }); }
  return rest;
}
function interleaved(version, data) {
  const blocks = BLOCKS[version - 1], length = CHECKS[version - 1], all = room(version), short = blocks - all % blocks, by = divisor(length);
  const parts = [];
  for (let n = 0, from = 0; n < blocks; n++) { const to = from + Math.floor(all / blocks) - length + (n < short ? 0 : 1); parts.push(data.slice(from, to)); from = to; }
  const tails = parts.map((part) => checks(part, by)), longest = Math.max(...parts.map((part) => part.length));
  const across = (rows, count) => Array.from({ length: count }, (_, n) => rows.filter((row) => n < row.length).map((row) => row[n])).flat();
  return [...across(parts, longest), ...across(tails, length)];
}

function patterns(version) {
  const size = sizeOf(version), board = { size, cells: Array(size * size).fill(0), fixed: Array(size * size).fill(0) };
  const set = (x, y, dark) => { if (x >= 0 && y >= 0 && x < size && y < size) { board.cells[y * size + x] = Number(dark); board.fixed[y * size + x] = 1; } };
  const square = (x, y, reach, dark) => { for (let dy = -reach; dy <= reach; dy++) for (let dx = -reach; dx <= reach; dx++) set(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy)))); };
  for (let n = 0; n < size; n++) { set(6, n, n % 2 === 0); set(n, 6, n % 2 === 0); }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(x, y, 4, (far) => far !== 2 && far !== 4);
  const count = aligned(version), step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const at = count ? [6, ...Array.from({ length: count - 1 }, (_, n) => size - 7 - (count - 2 - n) * step)] : [];
  at.forEach((y, i) => at.forEach((x, j) => { if (!(i === 0 && j === 0 || i === 0 && j === count - 1 || i === count - 1 && j === 0)) square(x, y, 2, (far) => far !== 1); }));
  if (version > 6) {
    let rest = version;
    for (let n = 0; n < 12; n++) rest = rest << 1 ^ (rest >>> 11) * 0x1f25;
    for (let n = 0, bits = version << 12 | rest; n < 18; n++) { set(size - 11 + n % 3, Math.floor(n / 3), bits >> n & 1); set(Math.floor(n / 3), size - 11 + n % 3, bits >> n & 1); }
  }
  format({ size, set }, 0);
  return board;
}

function format({ size, cells, set = (x, y, dark) => { cells[y * size + x] = Number(dark); } }, mask) {
  let rest = 8 | mask;
  for (let n = 0; n < 10; n++) rest = rest << 1 ^ (rest >>> 9) * 0x537;
  const bits = ((8 | mask) << 10 | rest) ^ 0x5412, bit = (n) => bits >> n & 1;
  for (let n = 0; n < 6; n++) set(8, n, bit(n));
  set(8, 7, bit(6)); set(8, 8, bit(7)); set(7, 8, bit(8));
  for (let n = 9; n < 15; n++) set(14 - n, 8, bit(n));
  for (let n = 0; n < 8; n++) set(size - 1 - n, 8, bit(n));
  for (let n = 8; n < 15; n++) set(8, size - 15 + n, bit(n));
  set(8, size - 8, 1);
}

function place({ size, cells, fixed }, data) {
  let n = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) for (const x of [right, right - 1]) {
      const at = (right + 1 & 2 ? step : size - 1 - step) * size + x;
      if (!fixed[at] && n < data.length * 8) { cells[at] = data[n >> 3] >> 7 - (n & 7) & 1; n++; }
    }
  }
}

// What makes a drawing hard to read: long runs of one colour, blocks of four, and more of one colour than of the other.
function unevenness(cells, size) {
  let cost = Math.abs(cells.reduce((sum, cell) => sum + cell, 0) * 20 / (size * size) - 10) * 10;
  const line = (read) => { for (let n = 1, run = 1; n <= size; n++) { if (n < size && read(n) === read(n - 1)) run++; else { if (run > 4) cost += run - 2; run = 1; } } };
  for (let k = 0; k < size; k++) { line((n) => cells[k * size + n]); line((n) => cells[n * size + k]); }
  for (let at = 0; at < cells.length - size; at++) if (at % size < size - 1 && cells[at] === cells[at + 1] && cells[at] === cells[at + size] && cells[at] === cells[at + size + 1]) cost += 3;
  return cost;
}

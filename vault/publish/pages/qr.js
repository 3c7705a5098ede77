// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a QR code (ISO/IEC 18004, versions 1 to 6, which hold a key) out of a picture: browsers
// that can do this themselves are few.
"use strict";

// For each version: bytes in all; for L, M, Q, H: bytes of correction of a block, and blocks.
const QR_VERSIONS = [
  [26, [7, 10, 13, 17], [1, 1, 1, 1]], [44, [10, 16, 22, 28], [1, 1, 1, 1]], [70, [15, 26, 18, 22], [1, 1, 2, 2]],
  [100, [20, 18, 26, 16], [1, 2, 2, 4]], [134, [26, 24, 18, 22], [1, 2, 4, 4]], [172, [18, 16, 24, 28], [2, 4, 4, 4]],
];

// Dark is what is darker than what is around it.
function darkParts(rgba, width, height) {
  const light = new Uint8Array(width * height);
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0, i = 0; y < height; ++y) {
    let row = 0;
    for (let x = 0; x < width; ++x, ++i) {
      light[i] = (rgba[4 * i] * 77 + rgba[4 * i + 1] * 151 + rgba[4 * i + 2] * 28) >> 8;
      row += light[i];
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  const around = Math.max(8, Math.max(width, height) >> 4);
  const dark = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; ++y) {
    const [top, bottom] = [Math.max(0, y - around), Math.min(height, y + around + 1)];
    for (let x = 0; x < width; ++x, ++i) {
      const [left, right] = [Math.max(0, x - around), Math.min(width, x + around + 1)];
      const sum = sums[bottom * (width + 1) + right] - sums[top * (width + 1) + right] -
        sums[bottom * (width + 1) + left] + sums[top * (width + 1) + left];
      dark[i] = light[i] < 0.88 * sum / ((bottom - top) * (right - left)) ? 1 : 0;
    }
  }
  return { width, height, at: (x, y) => x >= 0 && y >= 0 && x < width && y < height && dark[y * width + x] === 1 };
}

// Whether these lengths are 1:1:3:1:1, and of which unit.
function finderUnit(runs) {
  const unit = runs.reduce((sum, run) => sum + run, 0) / 7;
  const fits = unit >= 1 && runs.every((run, i) => Math.abs(run - (i === 2 ? 3 : 1) * unit) <= (i === 2 ? 1.2 : 0.7) * unit);
  return fits ? unit : 0;
}

// Along a line through (x, y), which is dark: the middle of the corner's square there, or null.
function acrossFinder(picture, x, y, dx, dy) {
  const runs = [0, 0, 0, 0, 0];
  const walk = (sign, places) => {
    let [px, py, place] = [x, y, 0];
    if (sign < 0) [px, py] = [px - dx, py - dy];
    while (px >= 0 && py >= 0 && px < picture.width && py < picture.height) {
      if (picture.at(px, py) === (place === 1)) if (++place > 2) break;
      ++runs[places[place]];
      [px, py] = [px + sign * dx, py + sign * dy];
    }
  };
  walk(-1, [2, 1, 0]);
  const before = runs[2];
  walk(1, [2, 3, 4]);
  const unit = finderUnit(runs);
  return unit === 0 ? null : { unit, shift: (runs[2] - 2 * before) / 2 };
}

// The middles of the three squares in the corners, and of what looks like one.
function findFinders(picture) {
  const found = [];
  for (let y = 0; y < picture.height; ++y) {
    let runs = [];
    for (let x = 0, begin = 0; x <= picture.width; ++x) {
      if (x < picture.width && x > 0 && picture.at(x, y) === picture.at(x - 1, y)) continue;
      if (x > 0) runs.push(x - begin);
      runs = runs.slice(-5);
      begin = x;
      if (runs.length < 5 || !picture.at(x - 1, y) || finderUnit(runs) === 0) continue;
      const middle = Math.floor(x - runs[4] - runs[3] - runs[2] / 2);
      const down = acrossFinder(picture, middle, y, 0, 1);
      if (down === null) continue;
      const across = acrossFinder(picture, middle, Math.floor(y + down.shift), 1, 0);
      if (across === null) continue;
      const one = { x: middle + across.shift, y: y + down.shift, unit: (across.unit + down.unit) / 2, count: 1 };
      const same = found.find((each) => Math.hypot(each.x - one.x, each.y - one.y) < 3 * one.unit);
      if (same === undefined) found.push(one);
      else {
        for (const name of ["x", "y", "unit"]) same[name] = (same[name] * same.count + one[name]) / (same.count + 1);
        ++same.count;
      }
    }
  }
  return found.sort((a, b) => b.count - a.count).slice(0, 9);
}

// Three of them that can be the corners of one code: above left, above right, below left; likely ones first.
function cornersOf(finders) {
  const triples = [];
  const length = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
  for (const a of finders) for (const b of finders) for (const c of finders) {
    if (a === b || a === c || b === c) continue;
    if ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) <= 0) continue;
    const [ab, ac, bc] = [length(a, b), length(a, c), length(b, c)];
    const units = [a.unit, b.unit, c.unit];
    const odd = Math.abs(Math.log(ab / ac)) + Math.abs(Math.log(bc / Math.hypot(ab, ac))) + Math.log(Math.max(...units) / Math.min(...units));
    // Units were measured along rows and columns, which cross a turned code aslant.
    const slant = Math.max(Math.abs(b.x - a.x), Math.abs(b.y - a.y)) / ab;
    const unit = (units[0] + units[1] + units[2]) / 3 * slant;
    if (odd < 1.2) triples.push({ a, b, c, odd, modules: (ab + ac) / 2 / unit + 7 });
  }
  return triples.sort((one, other) => one.odd - other.odd).slice(0, 12);
}

// From four places in the code to four in the picture: x = (h0 u + h1 v + h2) / (h6 u + h7 v + 1).
function projection(from, to) {
  const rows = [];
  from.forEach(([u, v], i) => {
    const [x, y] = to[i];
    rows.push([u, v, 1, 0, 0, 0, -u * x, -v * x, x], [0, 0, 0, u, v, 1, -u * y, -v * y, y]);
  });
  for (let i = 0; i < 8; ++i) {
    const pivot = rows.slice(i).reduce((best, row) => (Math.abs(row[i]) > Math.abs(best[i]) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(i, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[i] / pivot[i];
      for (let k = i; k < 9; ++k) row[k] -= factor * pivot[k];
    }
  }
  const h = rows.map((row, i) => row[8] / row[i]);
  return (u, v) => {
    const w = h[6] * u + h[7] * v + 1;
    return [(h[0] * u + h[1] * v + h[2]) / w, (h[3] * u + h[4] * v + h[5]) / w];
  };
}

// Where the small square below right is, looked for around where it would be on flat paper.
function findAlignment(picture, { a, b, c }, size) {
  const right = [(b.x - a.x) / (size - 7), (b.y - a.y) / (size - 7)];
  const down = [(c.x - a.x) / (size - 7), (c.y - a.y) / (size - 7)];
  const place = (u, v) => [a.x + right[0] * u + down[0] * v, a.y + right[1] * u + down[1] * v];
  let best = { score: 21, far: 0, at: null };
  for (let v = -5; v <= 5; v += 0.25) for (let u = -5; u <= 5; u += 0.25) {
    let score = 0;
    for (let j = -2; j <= 2; ++j) for (let i = -2; i <= 2; ++i) {
      const [x, y] = place(size - 10 + u + i, size - 10 + v + j);
      score += picture.at(Math.floor(x), Math.floor(y)) === (Math.max(Math.abs(i), Math.abs(j)) !== 1) ? 1 : 0;
    }
    const far = Math.hypot(u, v);
    if (score > best.score || (score === best.score && best.at !== null && far < best.far)) best = { score, far, at: place(size - 10 + u, size - 10 + v) };
  }
  return best.at;
}

function sampled(picture, size, corners, fourth) {
  const { a, b, c } = corners;
  const to = [[a.x, a.y], [b.x, b.y], [c.x, c.y], fourth ?? [b.x + c.x - a.x, b.y + c.y - a.y]];
  const last = fourth === null ? size - 3.5 : size - 6.5;
  const place = projection([[3.5, 3.5], [size - 3.5, 3.5], [3.5, size - 3.5], [last, last]], to);
  return (x, y) => {
    const [px, py] = place(x + 0.5, y + 0.5);
    return picture.at(Math.floor(px), Math.floor(py)) ? 1 : 0;
  };
}

// Level of correction and mask, or null.
function formatOf(bit, size) {
  const copies = [[], []];
  for (let i = 0; i < 15; ++i) {
    copies[0].push(i < 6 ? bit(8, i) : i < 8 ? bit(8, i + 1) : i === 8 ? bit(7, 8) : bit(14 - i, 8));
    copies[1].push(i < 8 ? bit(size - 1 - i, 8) : bit(8, size - 15 + i));
  }
  let best = { wrong: 4 };
  for (let data = 0; data < 32; ++data) {
    let rest = data;
    for (let i = 0; i < 10; ++i) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    const bits = ((data << 10) | rest) ^ 0x5412;
    for (const copy of copies) {
      const wrong = copy.reduce((sum, each, i) => sum + (each ^ ((bits >> i) & 1)), 0);
      if (wrong < best.wrong) best = { wrong, level: [1, 0, 3, 2][data >> 3], mask: data & 7 };
    }
  }
  return best.wrong < 4 ? best : null;
}

function bytesOfCode(bit, size, version, mask) {
  const masks = [
    (x, y) => (x + y) % 2, (x, y) => y % 2, (x) => x % 3, (x, y) => (x + y) % 3, (x, y) => ((x / 3 | 0) + (y / 2 | 0)) % 2,
    (x, y) => (x * y) % 2 + (x * y) % 3, (x, y) => ((x * y) % 2 + (x * y) % 3) % 2, (x, y) => ((x + y) % 2 + (x * y) % 3) % 2,
  ];
  const isFixed = (x, y) => x === 6 || y === 6 || (x < 9 && (y < 9 || y >= size - 8)) || (x >= size - 8 && y < 9) ||
    (version > 1 && Math.abs(x - size + 7) <= 2 && Math.abs(y - size + 7) <= 2);
  const bits = [];
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let i = 0; i < size; ++i) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - i : i;
      for (const x of [right, right - 1]) if (!isFixed(x, y)) bits.push(bit(x, y) ^ (masks[mask](x, y) === 0 ? 1 : 0));
    }
  }
  return Array.from({ length: QR_VERSIONS[version - 1][0] }, (_, i) => bits.slice(8 * i, 8 * i + 8).reduce((sum, each) => 2 * sum + each, 0));
}

// GF(256) by 0x11D.
const QR_EXP = new Uint8Array(510);
const QR_LOG = new Uint8Array(256);
for (let i = 0, value = 1; i < 255; ++i) {
  QR_EXP[i] = QR_EXP[i + 255] = value;
  QR_LOG[value] = i;
  value = (value << 1) ^ (value & 0x80 ? 0x11D : 0);
}
const qrTimes = (a, b) => (a === 0 || b === 0 ? 0 : QR_EXP[QR_LOG[a] + QR_LOG[b]]);
const qrOver = (a, b) => (a === 0 ? 0 : QR_EXP[QR_LOG[a] + 255 - QR_LOG[b]]);
const qrValue = (polynomial, x) => polynomial.reduceRight((sum, each) => qrTimes(sum, x) ^ each, 0); // lowest power first

// Reed-Solomon: the block put right, or null.
function corrected(block, count) {
  const syndromes = Array.from({ length: count }, (_, i) => block.reduce((sum, each) => qrTimes(sum, QR_EXP[i]) ^ each, 0));
  if (syndromes.every((each) => each === 0)) return block;
  let [locator, former, errors, since, scale] = [[1], [1], 0, 1, 1]; // Berlekamp and Massey
  for (let n = 0; n < count; ++n, ++since) {
    let wrong = syndromes[n];
    for (let i = 1; i <= errors; ++i) wrong ^= qrTimes(locator[i] ?? 0, syndromes[n - i]);
    if (wrong === 0) continue;
    const before = locator;
    const factor = qrOver(wrong, scale);
    locator = Array.from({ length: Math.max(locator.length, former.length + since) },
      (_, i) => (locator[i] ?? 0) ^ qrTimes(factor, former[i - since] ?? 0));
    if (2 * errors <= n) [errors, former, scale, since] = [n + 1 - errors, before, wrong, 0];
  }
  if (2 * errors > count) return null;
  const evaluator = syndromes.map((_, i) => locator.reduce((sum, each, k) => sum ^ (k <= i ? qrTimes(each, syndromes[i - k]) : 0), 0));
  const slope = locator.map((each, i) => (i % 2 === 1 ? each : 0)).slice(1);
  const right = block.slice();
  let mended = 0;
  for (let i = 0; i < block.length; ++i) {
    const inverse = QR_EXP[(255 - (block.length - 1 - i)) % 255];
    if (qrValue(locator, inverse) !== 0) continue;
    right[i] ^= qrTimes(QR_EXP[block.length - 1 - i], qrOver(qrValue(evaluator, inverse), qrValue(slope, inverse)));
    ++mended;
  }
  return mended === errors ? right : null;
}

function dataOf(bytes, version, level) {
  const [all, corrections, counts] = QR_VERSIONS[version - 1];
  const [correction, count] = [corrections[level], counts[level]];
  const short = Math.floor(all / count) - correction;
  const shorts = count - all % count;
  const blocks = Array.from({ length: count }, () => []);
  let at = 0;
  for (let i = 0; i <= short; ++i) blocks.forEach((block, b) => { if (i < short || b >= shorts) block.push(bytes[at++]); });
  for (let i = 0; i < correction; ++i) for (const block of blocks) block.push(bytes[at++]);
  const data = [];
  for (const block of blocks) {
    const right = corrected(block, correction);
    if (right === null) return null;
    data.push(...right.slice(0, -correction));
  }
  return data;
}

function textOfData(data) {
  const bits = data.flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1));
  let at = 0;
  const take = (count) => bits.slice(at, at += count).reduce((sum, each) => 2 * sum + each, 0);
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  const out = [];
  while (at + 4 <= bits.length) {
    const mode = take(4);
    if (mode === 0) break;
    if (mode === 4) {
      for (let count = take(8); count > 0; --count) out.push(take(8));
    } else if (mode === 2) {
      for (let count = take(9); count > 0; count -= 2) {
        const pair = count === 1 ? take(6) : take(11);
        for (const each of count === 1 ? [pair] : [pair / 45 | 0, pair % 45]) out.push(letters.charCodeAt(each));
      }
    } else if (mode === 1) {
      for (let count = take(10); count > 0; count -= 3) {
        const digits = Math.min(count, 3);
        for (const each of String(take([4, 7, 10][digits - 1])).padStart(digits, "0")) out.push(each.charCodeAt(0));
      }
    } else return "";
    if (at > bits.length) return "";
  }
  return new TextDecoder().decode(new Uint8Array(out));
}

// What the first code in the picture says; "" if there is none that can be read.
function readQr(rgba, width, height) {
  const picture = darkParts(rgba, width, height);
  for (const corners of cornersOf(findFinders(picture))) {
    const near = Math.round((corners.modules - 17) / 4);
    for (const version of [near, near + 1, near - 1]) {
      if (version < 1 || version > QR_VERSIONS.length) continue;
      const size = 17 + 4 * version;
      const fourths = version === 1 ? [null] : [findAlignment(picture, corners, size), null];
      for (const fourth of new Set(fourths)) {
        const bit = sampled(picture, size, corners, fourth);
        const format = formatOf(bit, size);
        if (format === null) continue;
        const data = dataOf(bytesOfCode(bit, size, version, format.mask), version, format.level);
        const text = data === null ? "" : textOfData(data);
        if (text !== "") return text;
      }
    }
  }
  return "";
}

// SPDX-License-Identifier: GPL-3.0-or-later
// BLAKE2b-512 (RFC 7693) without a key. Words of 64 bits are pairs of 32: low, high.
"use strict";

const BLAKE2B_IV = new Uint32Array([
  0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a,
  0xade682d1, 0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19,
]);

const BLAKE2B_SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

function blake2b512(input) {
  const h = new Uint32Array(BLAKE2B_IV);
  h[0] ^= 0x01010040; // 64 bytes of digest, no key, no tree
  const v = new Uint32Array(32);
  const block = new Uint8Array(128);
  const view = new DataView(block.buffer);
  const m = new Uint32Array(32);

  // v[a] += v[b] + (low, high)
  function add(a, b, low, high) {
    const sum = v[2 * a] + v[2 * b] + low;
    v[2 * a + 1] += v[2 * b + 1] + high + ((sum / 0x100000000) | 0);
    v[2 * a] = sum;
  }
  // v[d] = (v[d] ^ v[a]) turned right by `bits`
  function turn(d, a, bits) {
    let low = v[2 * d] ^ v[2 * a];
    let high = v[2 * d + 1] ^ v[2 * a + 1];
    if (bits >= 32) {
      const swapped = low;
      low = high;
      high = swapped;
    }
    const rest = bits & 31; // a shift by 32 would be one by 0
    v[2 * d] = rest === 0 ? low : (low >>> rest) | (high << (32 - rest));
    v[2 * d + 1] = rest === 0 ? high : (high >>> rest) | (low << (32 - rest));
  }
  function mix(a, b, c, d, x, y) {
    add(a, b, m[2 * x], m[2 * x + 1]);
    turn(d, a, 32);
    add(c, d, 0, 0);
    turn(b, c, 24);
    add(a, b, m[2 * y], m[2 * y + 1]);
    turn(d, a, 16);
    add(c, d, 0, 0);
    turn(b, c, 63);
  }
  function compress(count, last) {
    for (let i = 0; i < 32; i++) m[i] = view.getUint32(4 * i, true);
    v.set(h, 0);
    v.set(BLAKE2B_IV, 16);
    v[24] ^= count;
    v[25] ^= Math.floor(count / 0x100000000);
    if (last) {
      v[28] = ~v[28];
      v[29] = ~v[29];
    }
    for (let round = 0; round < 12; round++) {
      const s = BLAKE2B_SIGMA[round % 10];
      mix(0, 4, 8, 12, s[0], s[1]);
      mix(1, 5, 9, 13, s[2], s[3]);
      mix(2, 6, 10, 14, s[4], s[5]);
      mix(3, 7, 11, 15, s[6], s[7]);
      mix(0, 5, 10, 15, s[8], s[9]);
      mix(1, 6, 11, 12, s[10], s[11]);
      mix(2, 7, 8, 13, s[12], s[13]);
      mix(3, 4, 9, 14, s[14], s[15]);
    }
    for (let i = 0; i < 16; i++) h[i] ^= v[i] ^ v[i + 16];
  }

  let at = 0;
  for (; input.length - at > 128; at += 128) {
    block.set(input.subarray(at, at + 128));
    compress(at + 128, false);
  }
  block.fill(0);
  block.set(input.subarray(at));
  compress(input.length, true);

  const digest = new DataView(new ArrayBuffer(64));
  h.forEach((word, i) => digest.setUint32(4 * i, word, true));
  return new Uint8Array(digest.buffer);
}

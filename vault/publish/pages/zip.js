// SPDX-License-Identifier: GPL-3.0-or-later
// A package as one file: ZIP by the same rules as `custos verify` has (docs/formats/package.md). What
// could be read in two ways is not read.
"use strict";

const ZIP_ENTRIES_MAX = 1024;
const ZIP_SMALL = 1024 * 1024;
const ZIP_RATIO_MAX = 100;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

// Exactly `size` bytes from one stream of deflate, or null.
async function inflated(bytes, size) {
  const out = new Uint8Array(size);
  let at = 0;
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return at === size ? out : null;
      if (at + value.length > size) return null;
      out.set(value, at);
      at += value.length;
    }
  } catch {
    return null;
  }
}

// A Map of names to bytes; throws an Error that says why it cannot be read, and its `file`: of which
// file in it that is said.
async function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const refuse = (why, file = "") => { throw Object.assign(new Error(why), { file }); };
  const end = bytes.length - 22;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) refuse("it is no ZIP file, or has a comment");
  const count = view.getUint16(end + 10, true);
  const begin = view.getUint32(end + 16, true);
  if (view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count || view.getUint16(end + 20, true) !== 0)
    refuse("it is one part of several, or has a comment");
  if (count > ZIP_ENTRIES_MAX) refuse("it has more than 1024 files");
  if (begin + view.getUint32(end + 12, true) !== end) refuse("its directory is not where it says");
  const files = new Map();
  const lower = new Set();
  let at = begin; // in the directory
  let next = 0; // where the next file begins
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) refuse("its directory is damaged");
    const length = view.getUint16(at + 28, true);
    if (at + 46 + length > end) refuse("its directory is damaged");
    const name = String.fromCharCode(...bytes.subarray(at + 46, at + 46 + length));
    if (!isFileName(name)) refuse("a name in it is no name of a file");
    if (lower.has(name.toLowerCase())) refuse("two files in it have one name");
    lower.add(name.toLowerCase());
    const type = view.getUint16(at + 40, true) & 0o170000;
    if ((bytes[at + 38] & 0x10) !== 0 || (bytes[at + 5] === 3 && type !== 0 && type !== 0o100000)) refuse("it is no file", name);
    if (view.getUint16(at + 30, true) !== 0 || view.getUint32(at + 32, true) !== 0) refuse("there is more than files in it", name);
    const method = view.getUint16(at + 10, true);
    if (view.getUint16(at + 6, true) > 20 || (view.getUint16(at + 8, true) & ~0x0806) !== 0 || (method !== 0 && method !== 8))
      refuse("it is encrypted, streamed or compressed in a way not known here", name);
    const [crc, stored, size] = [16, 20, 24].map((offset) => view.getUint32(at + offset, true));
    if (method === 0 && stored !== size) refuse("it has two sizes", name);
    if (size > ZIP_SMALL && size > stored * ZIP_RATIO_MAX) refuse("it would become more than 100 times as long", name);
    if ((total += size) > FILE_MAX) refuse("more than 1 GiB is in it");
    const data = next + 30 + length;
    if (view.getUint32(at + 42, true) !== next || data + stored > begin) refuse("it is not where the directory says", name);
    const same =
      view.getUint32(next, true) === 0x04034b50 &&
      equal(bytes.subarray(next + 4, next + 30), bytes.subarray(at + 6, at + 32)) &&
      equal(bytes.subarray(next + 30, data), bytes.subarray(at + 46, at + 46 + length));
    if (!same) refuse("the directory says of it what its beginning does not", name);
    const file = method === 0 ? bytes.slice(data, data + stored) : await inflated(bytes.subarray(data, data + stored), size);
    if (file === null || crc32(file) !== crc) refuse("it is damaged", name);
    files.set(name, file);
    next = data + stored;
    at += 46 + length;
  }
  if (at !== end || next !== begin) refuse("there is something between its files");
  return files;
}

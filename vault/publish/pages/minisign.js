// SPDX-License-Identifier: GPL-3.0-or-later
// minisign: keys and signatures as its programs write them, prehashed form ("ED") only.
"use strict";

const UNTRUSTED = "untrusted comment: ";
const TRUSTED = "trusted comment: ";

// The key in a line such as "RW...", in a key file, or null. {id, key}: Uint8Arrays.
function readKey(text) {
  const lines = text.replace(/\r/g, "").split("\n").map((line) => line.trim());
  const line = lines.filter((each) => each !== "" && !each.startsWith("untrusted comment:"));
  if (line.length !== 1) return null;
  const bytes = fromBase64(line[0]);
  if (bytes === null || bytes.length !== 42 || bytes[0] !== 0x45 || bytes[1] !== 0x64) return null;
  return { line: line[0], bytes, id: bytes.slice(2, 10), key: bytes.slice(10) };
}

// As minisign writes it and nothing else: four lines, each ended by LF. Null for anything else.
function readSignature(text) {
  const lines = text.split("\n");
  if (lines.length !== 5 || lines[4] !== "" || text.includes("\r")) return null;
  if (!lines[0].startsWith(UNTRUSTED) || !lines[2].startsWith(TRUSTED)) return null;
  const signature = fromBase64(lines[1]);
  const global = fromBase64(lines[3]);
  if (signature === null || signature.length !== 74 || global === null || global.length !== 64) return null;
  if (signature[0] !== 0x45 || signature[1] !== 0x44) return null;
  return {
    untrusted: lines[0].slice(UNTRUSTED.length),
    comment: lines[2].slice(TRUSTED.length),
    id: signature.slice(2, 10),
    signature: signature.slice(10),
    global,
  };
}

async function hasEd25519() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

async function isEd25519(key, signature, bytes) {
  const ed25519 = { name: "Ed25519" };
  const imported = await crypto.subtle.importKey("raw", key, ed25519, false, ["verify"]);
  return crypto.subtle.verify(ed25519, imported, signature, bytes);
}

// Whether `signature` is that of `file` by `key`, its trusted comment included.
async function isSignedBy(key, signature, file) {
  if (!equal(key.id, signature.id)) return false;
  const comment = joined(signature.signature, utf8(signature.comment));
  return (
    (await isEd25519(key.key, signature.signature, blake2b512(file))) &&
    (await isEd25519(key.key, signature.global, comment))
  );
}

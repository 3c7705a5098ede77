// SPDX-License-Identifier: GPL-3.0-or-later
// Signed notes (c2sp.org/signed-note), how keys followed from each other, and the register of all
// publications: docs/formats/register.md.
"use strict";

const HISTORY_MAX = 64;
const REGISTER_SCHEMA = "custos.register/1";
const KEYS_SIGNER = "custos-publication";

// {text, signatures: [{name, hash, signature}]}, or null.
function readNote(note) {
  const gap = note.lastIndexOf("\n\n");
  if (gap < 0 || !note.endsWith("\n")) return null;
  const signatures = [];
  for (const line of note.slice(gap + 2, -1).split("\n")) {
    const match = /^\u2014 ([^ +\s]+) (\S+)$/.exec(line);
    const bytes = match === null ? null : fromBase64(match[2]);
    if (bytes === null || bytes.length !== 68) return null;
    signatures.push({ name: match[1], hash: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { text: note.slice(0, gap + 1), signatures };
}

// The key of a note's signer as its line says it, "name+hash+base64": {name, key}, or null.
function readNoteKey(text) {
  const name = text.slice(0, text.indexOf("+"));
  const bytes = fromBase64(text.slice(text.indexOf("+", name.length + 1) + 1)); // base64 may hold "+"
  return bytes === null || bytes.length !== 33 || bytes[0] !== 1 ? null : { name, key: bytes.slice(1) };
}

async function isNoteSigned(note, name, key) {
  const hash = (await sha256(joined(utf8(name + "\n"), Uint8Array.of(1), key))).slice(0, 4);
  for (const each of note.signatures) {
    if (each.name === name && equal(each.hash, hash)) return isEd25519(key, each.signature, utf8(note.text));
  }
  return false;
}

// The values behind `names` if the text is exactly those lines, or null.
function linesOf(text, names) {
  const lines = text.split("\n");
  if (lines.length !== names.length + 1 || lines[names.length] !== "") return null;
  return lines.slice(0, -1).every((line, i) => line.startsWith(names[i]))
    ? names.map((name, i) => lines[i].slice(name.length)) : null;
}

async function openRotation(text) {
  const note = readNote(text);
  const lines = note === null ? null : linesOf(note.text, ["custos.key-rotation/1", "old ", "new ", "date "]);
  const [from, to] = lines === null ? [null, null] : [readKey(lines[1]), readKey(lines[2])];
  if (from === null || to === null || lines[0] !== "" || note.signatures.length !== 2) return null;
  const good = (await isNoteSigned(note, KEYS_SIGNER, from.key)) && (await isNoteSigned(note, KEYS_SIGNER, to.key));
  return good && !equal(from.key, to.key) ? { from, to, date: lines[3] } : null;
}

async function openRevocation(text) {
  const note = readNote(text);
  const lines = note === null ? null : linesOf(note.text, ["custos.key-revocation/1", "key ", "date ", "reason "]);
  const key = lines === null ? null : readKey(lines[1]);
  if (key === null || lines[0] !== "" || note.signatures.length !== 1) return null;
  return (await isNoteSigned(note, KEYS_SIGNER, key.key)) ? { key, date: lines[2], reason: lines[3] } : null;
}

const notesIn = (value) =>
  Array.isArray(value) && value.length <= HISTORY_MAX ? value.filter((each) => typeof each === "string") : [];

// The keys that may be believed by whoever believes `first`, and those that were revoked. A revoked
// key is believed in nothing, also not about what follows it.
async function followKeys(first, histories) {
  const rotations = [];
  const revoked = [];
  for (const history of histories) {
    for (const note of notesIn(history.rotations)) rotations.push(await openRotation(note));
    for (const note of notesIn(history.revocations)) revoked.push(await openRevocation(note));
  }
  const revocationOf = (key) => revoked.find((each) => each !== null && equal(each.key.key, key.key)) || null;
  const keys = [first];
  for (const key of keys) {
    if (revocationOf(key) !== null) continue;
    for (const each of rotations) {
      const leads = each !== null && equal(each.from.key, key.key);
      if (leads && !keys.some((known) => equal(known.bytes, each.to.bytes))) keys.push(each.to);
    }
  }
  return { keys, revocationOf };
}

function readHistory(bytes) {
  try {
    const history = JSON.parse(asText(bytes));
    return history.schema === "custos.key-history/1" ? history : null;
  } catch {
    return null;
  }
}

// A register from its file and signature, believed by whoever believes `key` (null: the key that it
// names itself). {register} or {why, history}: revocations sign themselves and count in any case.
async function openRegister(bytes, signatureBytes, given) {
  let register;
  let signature;
  try {
    register = JSON.parse(asText(bytes));
    signature = readSignature(asText(signatureBytes));
  } catch {
    return { why: "it is none that this page can read" };
  }
  const good =
    register !== null && register.schema === REGISTER_SCHEMA && typeof register.as_of === "string" &&
    Array.isArray(register.entries) && register.entries.every((line, i) => line !== null && line.number === i + 1);
  const first = given === null && good ? readKey(String(register.public_key)) : given;
  if (!good || first === null || signature === null) return { why: "it is none that this page can read" };
  const trusted = await followKeys(first, [register]);
  for (const key of trusted.keys) {
    if (!(await isSignedBy(key, signature, bytes))) continue;
    const comment = /^custos\.package\/1 file:register\.json date:\S+ index:register$/;
    if (!comment.test(signature.comment)) return { why: "it is signed as something else" };
    if (trusted.revocationOf(key) !== null) return { why: "it is signed by a key that was revoked", history: register };
    return { register, history: register };
  }
  return { why: "it is not signed by the publisher’s key", history: register };
}

// What a register says of the package whose manifest has this SHA-256.
function standingOf(register, digest) {
  const out = { listed: false, retraction: null, newer: null };
  const withdrawn = new Map(); // by package
  let index = "";
  for (const line of register.entries) {
    const retracts = line.act === "retraction";
    if (retracts) {
      withdrawn.set(line.package, line);
    } else if (line.package === digest) {
      out.listed = true;
      index = line.index;
    } else if (out.listed && (line.replaces === index || line.index === index)) {
      out.newer = line;
      index = line.index;
    }
  }
  const later = out.newer === null ? undefined : withdrawn.get(out.newer.package);
  out.retraction = withdrawn.get(digest) || later || null;
  if (later !== undefined) out.newer = null; // nothing is in force any more
  return out;
}

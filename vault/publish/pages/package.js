// SPDX-License-Identifier: GPL-3.0-or-later
// Is a published package what its publisher signed? The same answers as `custos verify`, from files
// in memory: a Map of names to Uint8Arrays. Nothing in them is trusted before a signature covers it.
"use strict";

const MANIFEST = "manifest.json";
const SIGNATURE = ".minisig";
const PACKAGE_SCHEMA = "custos.package/1";
const MANIFEST_MAX = 1024 * 1024;
const FILES_MAX = 256;
const TEXT_MAX = 4096;
const AGAIN = "get the statement again from its publisher";

const isFileName = (name) => /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/.test(name);
const isShortText = (value) => typeof value === "string" && utf8(value).length <= TEXT_MAX;
const isSignature = (name) => name.endsWith(SIGNATURE) && name !== SIGNATURE;

// Null if it is no manifest that this page can read.
function readManifest(bytes) {
  if (bytes.length > MANIFEST_MAX) return null;
  let manifest;
  try {
    manifest = JSON.parse(asText(bytes));
  } catch {
    return null;
  }
  if (manifest === null || typeof manifest !== "object" || manifest.schema !== PACKAGE_SCHEMA) return null;
  const texts = ["index", "title", "date", "language", "public_key"];
  if (!texts.every((name) => isShortText(manifest[name]))) return null;
  if (!Array.isArray(manifest.files) || manifest.files.length > FILES_MAX) return null;
  const good = manifest.files.every(
    (file, i) =>
      file !== null && typeof file === "object" && isShortText(file.name) && isFileName(file.name) &&
      Number.isSafeInteger(file.size) && file.size >= 0 && /^[0-9a-f]{64}$/.test(file.sha256) &&
      (i === 0 || manifest.files[i - 1].name < file.name));
  return good ? manifest : null;
}

// What the signature of `file` says beside it.
function trustedComment(manifest, file) {
  const printable = (text, space) =>
    text === "" ? "-" : text.replace(/[\u0000-\u0020\u007f]/g, space);
  return (
    PACKAGE_SCHEMA + " file:" + printable(file, "_") + " date:" + printable(manifest.date, "_") +
    " index:" + printable(manifest.index, " ")
  );
}

const KEYS = "keys.json";
const CLAIMS = "statement.sd-jwt";
const PROOF = "statement.tlog-proof";
const APPROVAL = "statement.approval";

// `given` is the key that the reader trusts, or null; `opened` what openRegister() gave, or null.
// `result` is "authentic", "unknown_key", "altered", "revoked", "retracted" or "replaced".
async function verifyPackage(files, given, opened = null) {
  let register = (opened && opened.register) || null;
  const out = {
    result: "altered", key: given, manifest: null, files: [], doubts: [],
    claims: null, logged: "", revocation: null, retraction: null, newer: null,
  };
  const states = new Map();
  const order = ["intact", "altered", "missing", "extra"];
  const mark = (name, state) => {
    const now = states.get(name);
    if (now === undefined || order.indexOf(now) < order.indexOf(state)) states.set(name, state);
  };
  const doubt = (file, what, next = AGAIN) => out.doubts.push({ file, what, next });
  const altered = (name, what) => {
    mark(name, "altered");
    doubt(name, what);
  };
  const finish = () => {
    out.files = Array.from(states, ([name, state]) => ({ name, state }));
    out.files.sort((a, b) => (a.name < b.name ? -1 : 1));
    if (out.doubts.length === 0) {
      out.result = given === null ? "unknown_key" : "authentic";
      if (out.newer !== null && given !== null) out.result = "replaced";
      if (out.retraction !== null) out.result = "retracted";
      if (out.revocation !== null) out.result = "revoked";
    }
    return out;
  };
  // The signed comment, or null after saying what is wrong.
  async function checkSignature(name) {
    const file = files.get(name);
    const signature = files.get(name + SIGNATURE);
    for (const [each, bytes] of [[name, file], [name + SIGNATURE, signature]]) {
      if (bytes !== undefined) continue;
      mark(each, "missing");
      doubt(each, "it is missing", "get the whole statement again from its publisher");
    }
    if (file === undefined || signature === undefined) return null;
    let read = null;
    try {
      read = readSignature(asText(signature));
    } catch {
      // not UTF-8
    }
    if (read === null || read.untrusted !== "signature made by custos") {
      altered(name + SIGNATURE, "it is no signature");
      return null;
    }
    if (!equal(read.id, out.key.id)) {
      mark(name, "altered");
      const which = given === null
        ? "it was signed by another key than the one in key.pub" : "it was signed by another key than the one given";
      doubt(name, which, "ask the publisher which key is theirs");
      return null;
    }
    if (!(await isSignedBy(out.key, read, file))) {
      altered(name, "it is not what was signed");
      return null;
    }
    return read.comment;
  }

  const histories = [readHistory(files.get(KEYS) || new Uint8Array()), opened && opened.history].filter(Boolean);
  // The key that signed, where it follows from the one that is trusted.
  async function followTo() {
    const trusted = await followKeys(out.key, histories);
    let id = null;
    try {
      id = readSignature(asText(files.get(MANIFEST + SIGNATURE))).id;
    } catch {
      // said later
    }
    const follower = id === null ? undefined : trusted.keys.find((key) => equal(key.id, id));
    if (follower !== undefined) out.key = follower;
    out.revocation = trusted.revocationOf(out.key);
  }

  if (out.key === null) {
    const bytes = files.get("key.pub");
    if (bytes === undefined) {
      mark("key.pub", "missing");
      doubt("key.pub", "there is no key to check with", "give the publisher’s key");
      return finish();
    }
    try {
      out.key = readKey(asText(bytes));
    } catch {
      // not UTF-8
    }
    if (out.key === null) {
      altered("key.pub", "it is no key");
      return finish();
    }
  }
  await followTo();
  // Without a key that the reader vouches for, whoever signed the package must have signed it.
  if (given === null && register !== null) {
    const publisher = readKey(String(register.public_key));
    const trusted = await followKeys(out.key, histories);
    if (publisher === null || !trusted.keys.some((each) => equal(each.bytes, publisher.bytes))) {
      register = null;
      doubt("", "the register is of another publisher than the one who signed this", "give the publisher’s key");
    }
  }
  const comment = await checkSignature(MANIFEST);
  if (comment === null) return finish();
  const manifest = readManifest(files.get(MANIFEST));
  if (manifest === null) {
    doubt(MANIFEST, "it is signed, but is none that this page can read", "get a newer verify.html");
    return finish();
  }
  if (comment !== trustedComment(manifest, MANIFEST)) {
    doubt(MANIFEST, "it is signed as something else");
    return finish();
  }
  out.manifest = manifest;
  mark(MANIFEST, "intact");
  mark(MANIFEST + SIGNATURE, "intact");
  for (const { name, size, sha256: digest } of manifest.files) {
    const bytes = files.get(name);
    if (bytes === undefined) {
      mark(name, "missing");
      doubt(name, "it is missing", "get the whole statement again from its publisher");
    } else if (bytes.length !== size || toHex(await sha256(bytes)) !== digest) {
      altered(name, "it is not what the manifest says");
    } else {
      mark(name, "intact");
    }
  }
  for (const { name } of manifest.files) {
    if (isSignature(name) || states.get(name) !== "intact") continue;
    const signed = await checkSignature(name);
    if (signed !== null && signed !== trustedComment(manifest, name)) altered(name, "it is signed as something else");
  }
  const listed = new Set([MANIFEST, MANIFEST + SIGNATURE, ...manifest.files.map((file) => file.name)]);
  const digest = toHex(await sha256(files.get(MANIFEST)));
  if (typeof manifest.log_key === "string" && manifest.log_key !== "") {
    listed.add(PROOF).add(PROOF + SIGNATURE);
    const signed = await checkSignature(PROOF);
    if (signed !== null) {
      const proof = await openProof(files.get(PROOF), manifest.log_key, digest);
      if (signed !== trustedComment(manifest, PROOF) || proof === null) {
        altered(PROOF, "it does not prove that these files were logged");
      } else {
        out.logged = proof.time;
        mark(PROOF, "intact");
        mark(PROOF + SIGNATURE, "intact");
      }
    }
  }
  const approver = typeof manifest.approver === "string" ? manifest.approver : "";
  if (approver === "" && states.has(APPROVAL)) altered(APPROVAL, "the manifest knows nothing of an approval");
  if (approver !== "") {
    const [word, sums] = [files.get(APPROVAL), files.get("SHA256SUMS")];
    const good = states.has(APPROVAL) && word && sums && (await isApproval(word, approver, manifest.index, sums));
    if (!good) altered(APPROVAL, "it does not approve these files");
  }
  if (states.get(CLAIMS) === "intact") {
    const { claims, why } = await openSdJwt(files.get(CLAIMS), out.key.key);
    if (why !== "") altered(CLAIMS, why);
    else if (claims.index !== manifest.index || claims.date !== manifest.date) altered(CLAIMS, "it is of another statement");
    else out.claims = claims;
  }
  if (register !== null) {
    const standing = standingOf(register, digest);
    out.retraction = standing.retraction;
    out.newer = standing.newer;
    if (!standing.listed && register.as_of >= (out.logged || manifest.date)) {
      doubt(MANIFEST, "the publisher’s register does not list it", "ask the publisher whether it is theirs, or get a newer register");
    }
  }
  for (const name of files.keys()) {
    if (listed.has(name)) continue;
    mark(name, "extra");
    doubt(name, "it does not belong to the statement", "do not take it for a part of it");
  }
  return finish();
}

// SHA-256 of the key in groups of four digits, and the first half of it in words.
async function fingerprintOf(key) {
  const digest = await sha256(key.bytes);
  const even = PGP_EVEN.split(" ");
  const odd = PGP_ODD.split(" ");
  const words = Array.from(digest.slice(0, 16), (byte, i) => (i % 2 === 0 ? even : odd)[byte]);
  return { hex: toHex(digest).match(/.{4}/g).join(" "), words: words.join(" ") };
}

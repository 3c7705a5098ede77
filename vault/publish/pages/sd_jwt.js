// SPDX-License-Identifier: GPL-3.0-or-later
// statement.sd-jwt (RFC 9901, docs/formats/sd-jwt.md): which paragraphs are disclosed, and that they
// are what was signed. A disclosure that nothing signed refers to, or that is there twice, is an error.
"use strict";

const SD_JWT_MAX = 32 * 1024 * 1024;
const SD_JWT_DEPTH_MAX = 16;
const RESERVED_CLAIMS = ["_sd", "...", "_sd_alg"];

function fromBase64Url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  return fromBase64(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4));
}
const toBase64Url = (bytes) => toBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

function jsonOf(part) {
  const bytes = fromBase64Url(part);
  if (bytes === null) throw new Error("it is no SD-JWT");
  return JSON.parse(asText(bytes));
}
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

// {claims, why}: with `why` it is not to be believed. What is kept back in a list is null.
async function openSdJwt(bytes, key) {
  try {
    const text = asText(bytes);
    const parts = text.split("~");
    const jws = parts[0].split(".");
    if (text.length > SD_JWT_MAX || jws.length !== 3 || parts.length < 2 || parts.pop() !== "") throw new Error("it is no SD-JWT");
    const header = jsonOf(jws[0]);
    if (!["EdDSA", "Ed25519"].includes(header.alg) || "crit" in header) throw new Error("it is signed in a way that is not accepted");
    const signature = fromBase64Url(jws[2]);
    const signed = signature !== null && signature.length === 64 && (await isEd25519(key, signature, utf8(jws[0] + "." + jws[1])));
    if (!signed) throw new Error("it is not signed by this key");
    const payload = jsonOf(jws[1]);
    if (!isObject(payload) || !["sha-256", undefined].includes(payload._sd_alg)) throw new Error("it is signed in a way that is not accepted");
    delete payload._sd_alg;
    const disclosures = new Map();
    for (const written of parts.slice(1)) {
      const digest = toBase64Url(await sha256(utf8(written)));
      if (disclosures.has(digest)) throw new Error("a disclosure is there twice");
      disclosures.set(digest, jsonOf(written));
    }
    return { claims: resolved(payload, disclosures), why: "" };
  } catch (error) {
    return { claims: null, why: error instanceof SyntaxError || error instanceof TypeError ? "it is no SD-JWT" : error.message };
  }
}

// The claims with what is disclosed in its place. Every disclosure must have one, and one only.
function resolved(payload, disclosures) {
  const seen = new Set();
  const taken = new Set();
  const take = (digest, length) => {
    if (typeof digest !== "string" || seen.has(digest)) throw new Error("a digest is there twice");
    seen.add(digest);
    const disclosure = disclosures.get(digest);
    if (disclosure === undefined) return null;
    if (!Array.isArray(disclosure) || disclosure.length !== length) throw new Error("a disclosure does not fit its place");
    taken.add(digest);
    return disclosure;
  };
  const walk = (value, depth) => {
    if (depth > SD_JWT_DEPTH_MAX) throw new Error("it is nested too deep");
    if (Array.isArray(value)) {
      return value.map((each) => {
        if (!isObject(each) || !("..." in each)) return walk(each, depth + 1);
        if (Object.keys(each).length !== 1) throw new Error("it is no SD-JWT");
        const disclosure = take(each["..."], 2);
        return disclosure === null ? null : walk(disclosure[1], depth + 1);
      });
    }
    if (!isObject(value)) return value;
    const out = {};
    for (const [name, each] of Object.entries(value)) {
      if (name === "_sd") continue;
      if (RESERVED_CLAIMS.includes(name)) throw new Error("a claim has a name that is not allowed");
      out[name] = walk(each, depth + 1);
    }
    for (const digest of value._sd === undefined ? [] : value._sd) {
      const disclosure = take(digest, 3);
      if (disclosure === null) continue;
      const name = disclosure[1];
      if (typeof name !== "string" || RESERVED_CLAIMS.includes(name) || Object.hasOwn(out, name)) {
        throw new Error("a disclosed claim has a name that is not allowed");
      }
      out[name] = walk(disclosure[2], depth + 1);
    }
    return out;
  };
  const claims = walk(payload, 1);
  if (taken.size !== disclosures.size) throw new Error("a disclosure is not part of what was signed");
  return claims;
}

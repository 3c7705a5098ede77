// SPDX-License-Identifier: GPL-3.0-or-later
// statement.tlog-proof (c2sp.org/tlog-proof): that the manifest stood in the publisher's log.
"use strict";

// Whether a second person's word is for these very files (docs/formats/package.md).
async function isApproval(bytes, approver, index, sums) {
  try {
    const by = readNoteKey(approver);
    const note = readNote(asText(bytes));
    const lines = linesOf(note.text, ["custos.approval/1", "index ", "sums ", "rules ", "passed-over "]);
    return (
      by.name === "custos-approval" && note.signatures.length === 1 && lines[0] === "" && lines[1] === index &&
      lines[2] === toHex(await sha256(sums)) && (await isNoteSigned(note, by.name, by.key))
    );
  } catch {
    return false;
  }
}

// The time of the log's entry and the line of it, or null if it proves nothing of this package.
async function openProof(bytes, logKey, packageDigest) {
  try {
    const log = readNoteKey(logKey);
    const text = asText(bytes);
    const gap = text.indexOf("\n\n");
    const lines = text.slice(0, gap).split("\n");
    if (lines[0] !== "c2sp.org/tlog-proof@v1" || !lines[1].startsWith("extra ") || !/^index (0|[1-9][0-9]{0,14})$/.test(lines[2])) return null;
    const extra = JSON.parse(asText(fromBase64(lines[1].slice(6))));
    const [entry, salt, body] = [extra.entry, extra.salt, extra.body].map(fromBase64);
    const note = readNote(text.slice(gap + 2));
    if (!(await isNoteSigned(note, log.name, log.key))) return null;
    const [origin, size, root] = note.text.split("\n");
    let index = Number(lines[2].slice(6));
    let last = Number(size) - 1;
    const said = JSON.parse(asText(entry));
    const line = JSON.parse(asText(body));
    if (index > last || said.index !== index || said.verb !== "publish" || origin !== "custos/" + said.log) return null;
    if (toHex(await sha256(joined(salt, body))) !== said.body) return null;
    if (line.act !== "publication" || line.package !== packageDigest) return null;
    // RFC 9162, 2.1.3.2
    let hash = await sha256(joined(Uint8Array.of(0), entry));
    for (const each of lines.slice(3)) {
      const sibling = fromBase64(each);
      if (last === 0 || sibling.length !== 32) return null;
      const isRight = index % 2 === 1 || index === last;
      hash = await sha256(isRight ? joined(Uint8Array.of(1), sibling, hash) : joined(Uint8Array.of(1), hash, sibling));
      while (isRight && index % 2 === 0 && index !== 0) {
        index /= 2;
        last = Math.floor(last / 2);
      }
      index = Math.floor(index / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 && toBase64(hash) === root ? { time: said.time, line } : null;
  } catch {
    return null;
  }
}

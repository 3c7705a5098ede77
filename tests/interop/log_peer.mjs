// SPDX-License-Identifier: GPL-3.0-or-later
// An independent reader and writer of signed notes, checkpoints and proof files, by node:crypto alone.
//   node log_peer.mjs open VKEY FILE              prints the note's text
//   node log_peer.mjs prove VKEY FILE ENTRY       checks a .tlog-proof for the entry in a file
//   node log_peer.mjs sign NAME SEEDHEX TEXT      prints the vkey, then the signed note
import { createHash, createPublicKey, createPrivateKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const fail = (why) => { console.error(why); process.exit(1); };
const keyId = (name, typed) => sha256(Buffer.from(name + '\n'), typed).subarray(0, 4);

function open(vkey, note) {
    const [, name, id, rest] = /^([^+]+)\+([0-9a-f]{8})\+(.*)$/.exec(vkey);
    const typed = Buffer.from(rest, 'base64');
    if (typed[0] !== 1 || keyId(name, typed).toString('hex') !== id) fail('bad vkey');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519',
        x: typed.subarray(1).toString('base64url') }, format: 'jwk' });
    const at = note.lastIndexOf('\n\n');
    const text = note.slice(0, at + 1);
    const good = note.slice(at + 2).split('\n').filter(Boolean).some((line) => {
        const [dash, signer, blob] = line.split(' ');
        const bytes = Buffer.from(blob, 'base64');
        return dash === '\u2014' && signer === name && bytes.subarray(0, 4).toString('hex') === id &&
            verify(null, Buffer.from(text), key, bytes.subarray(4));
    });
    return good ? text : fail('not signed');
}

function prove(vkey, file, entry) {
    const at = file.indexOf('\n\n');
    const [first, ...lines] = file.slice(0, at).split('\n');
    if (first !== 'c2sp.org/tlog-proof@v1') fail('not a proof');
    if (lines[0].startsWith('extra ')) lines.shift();
    const [, size, root] = open(vkey, file.slice(at + 2)).split('\n');
    // RFC 9162 section 2.1.3.2
    let fn = Number(/^index (\d+)$/.exec(lines.shift())[1]), sn = Number(size) - 1;
    if (fn > sn) fail('index out of range');
    let hash = sha256(Buffer.from([0]), entry);
    for (const sibling of lines.map((line) => Buffer.from(line, 'base64'))) {
        if (sn === 0) fail('proof too long');
        if (fn % 2 === 1 || fn === sn) {
            hash = sha256(Buffer.from([1]), sibling, hash);
            while (fn % 2 === 0 && fn !== 0) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); }
        } else hash = sha256(Buffer.from([1]), hash, sibling);
        fn = Math.floor(fn / 2); sn = Math.floor(sn / 2);
    }
    return sn === 0 && hash.toString('base64') === root ? 'included\n' : fail('not included');
}

function signNote(name, seed, text) {
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const secret = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const x = createPublicKey(secret).export({ format: 'jwk' }).x;
    const typed = Buffer.concat([Buffer.from([1]), Buffer.from(x, 'base64url')]);
    const id = keyId(name, typed);
    const blob = Buffer.concat([id, sign(null, Buffer.from(text), secret)]);
    return `${name}+${id.toString('hex')}+${typed.toString('base64')}\n` +
        `${text}\n\u2014 ${name} ${blob.toString('base64')}\n`;
}

const [verb, a, b, c] = process.argv.slice(2);
if (verb === 'open') process.stdout.write(open(a, readFileSync(b, 'utf8')));
else if (verb === 'prove') process.stdout.write(prove(a, readFileSync(b, 'utf8'), readFileSync(c)));
else if (verb === 'sign') process.stdout.write(signNote(a, Buffer.from(b, 'hex'), readFileSync(c, 'utf8')));
else fail('no such verb');

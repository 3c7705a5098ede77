// SPDX-License-Identifier: GPL-3.0-or-later
// SD-JWTs by the npm packages @sd-jwt/core and jose, with keys by node:crypto:
//   node sd_jwt_peer.mjs PACKAGES issue SEEDHEX CLAIMS FRAME       prints the SD-JWT
//   node sd_jwt_peer.mjs PACKAGES present SD_JWT FRAME             prints a presentation
//   node sd_jwt_peer.mjs PACKAGES verify KEYHEX SD_JWT             prints the claims
//   node sd_jwt_peer.mjs PACKAGES jose KEYHEX SD_JWT               prints the signed payload
//   node sd_jwt_peer.mjs PACKAGES cases FOLDER                     prints specification.yml files as JSON
// CLAIMS, FRAME and SD_JWT are file names. A claim that can be kept back is {"!sd": value} in a list, and
// has "!sd " before its name in an object.
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, verb, a, b, c] = process.argv.slice(2);
const bring = (file) => import(pathToFileURL(resolve(packages, 'node_modules', file)));
const text = (file) => readFileSync(file, 'utf8');

function secretOf(seed) {
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

function publicOf(key) {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') }, format: 'jwk' });
}

async function core(signer, verifier) {
    const { SDJwtInstance } = await bring('@sd-jwt/core/dist/index.mjs');
    return new SDJwtInstance({
        signer, verifier, signAlg: 'EdDSA', hashAlg: 'sha-256',
        hasher: (data) => createHash('sha256').update(data).digest(),
        saltGenerator: () => randomBytes(16).toString('base64url'),
    });
}

// One specification as plain JSON: marks of what can be kept back become names that JSON can hold.
function plain(yaml, node) {
    const tagged = node.tag === '!sd';
    if (yaml.isMap(node)) {
        const object = {};
        for (const { key, value } of node.items) {
            const name = (key.tag === '!sd' ? '!sd ' : '') + String(key.value ?? key);
            object[name] = value === null ? null : plain(yaml, value);
        }
        return tagged ? { '!sd': object } : object;
    }
    if (yaml.isSeq(node)) {
        const list = node.items.map((item) => plain(yaml, item));
        return tagged ? { '!sd': list } : list;
    }
    const value = tagged ? yaml.parse(node.source === undefined || node.type === 'QUOTE_DOUBLE'
        ? JSON.stringify(node.value) : node.source) : node.value;
    return tagged ? { '!sd': value } : value ?? null;
}

async function cases(folder) {
    const yaml = await bring('yaml/dist/index.js');
    const out = [];
    for (const name of readdirSync(folder).sort()) {
        if (name.includes('.')) continue;
        const document = yaml.parseDocument(text(join(folder, name, 'specification.yml')), { logLevel: 'silent' });
        out.push({ name, ...plain(yaml, document.contents) });
    }
    return JSON.stringify(out);
}

let answer;
if (verb === 'issue') {
    const secret = secretOf(Buffer.from(a, 'hex'));
    const instance = await core((data) => sign(null, Buffer.from(data), secret).toString('base64url'));
    answer = await instance.issue(JSON.parse(text(b)), JSON.parse(text(c)));
} else if (verb === 'present') {
    answer = await (await core()).present(text(a), JSON.parse(text(b)));
} else if (verb === 'verify') {
    const key = publicOf(Buffer.from(a, 'hex'));
    const instance = await core(null, (data, signature) =>
        verify(null, Buffer.from(data), key, Buffer.from(signature, 'base64url')));
    answer = JSON.stringify((await instance.verify(text(b))).payload);
} else if (verb === 'jose') {
    const { compactVerify } = await bring('jose/dist/webapi/index.js');
    const { payload } = await compactVerify(text(b).split('~')[0], publicOf(Buffer.from(a, 'hex')));
    answer = Buffer.from(payload).toString();
} else if (verb === 'cases') {
    answer = await cases(a);
} else throw new Error('no such verb');
process.stdout.write(answer);

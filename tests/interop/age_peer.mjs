// SPDX-License-Identifier: GPL-3.0-or-later
// age files by the npm package age-encryption:
//   node age_peer.mjs PACKAGES seal RECIPIENT|passphrase:TEXT IN OUT
//   node age_peer.mjs PACKAGES open IDENTITY|passphrase:TEXT IN OUT
//   node age_peer.mjs PACKAGES recipient IDENTITY            prints it
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, verb, key, from, to] = process.argv.slice(2);
const module = resolve(packages, "node_modules/age-encryption/dist/index.js");
const age = await import(pathToFileURL(module));

const passphrase = key.startsWith("passphrase:") ? key.slice("passphrase:".length) : null;

if (verb === "recipient") {
    process.stdout.write(await age.identityToRecipient(key));
} else if (verb === "seal") {
    const encrypter = new age.Encrypter();
    if (passphrase === null) {
        encrypter.addRecipient(key);
    } else {
        encrypter.setScryptWorkFactor(4);
        encrypter.setPassphrase(passphrase);
    }
    writeFileSync(to, await encrypter.encrypt(readFileSync(from)));
} else if (verb === "open") {
    const decrypter = new age.Decrypter();
    if (passphrase === null) decrypter.addIdentity(key);
    else decrypter.addPassphrase(passphrase);
    writeFileSync(to, await decrypter.decrypt(readFileSync(from)));
} else {
    throw new Error("unknown verb");
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The page's hands: takes a key and files, shows what package.js says of them.
"use strict";

const FILE_MAX = 1024 * 1024 * 1024;
const DROPPED_MAX = 1024;

const RESULTS = {
  authentic: ["✓", "Authentic", "Every file is as its publisher signed it, with the key that you gave."],
  unknown_key: ["?", "Intact, but whose key is it?",
    "The files belong together and nothing was changed since they were signed. Anybody can sign: give the publisher’s key above, or compare the fingerprint below with one that you trust."],
  altered: ["✗", "Not as published", "Something is not as it was signed, or another key signed it. Do not rely on it."],
  revoked: ["✗", "Signed by a revoked key", "The publisher has revoked this key. Do not rely on it."],
  retracted: ["!", "Authentic, but withdrawn", "The publisher has withdrawn this statement."],
  replaced: ["!", "Authentic, but there is a newer version", "The publisher has replaced this statement by a corrected one."],
  nothing: ["✗", "No statement is in there", "Choose the folder that the statement was published as; it holds a file manifest.json."],
};

// The page's own words, in the reader's language where it has them: an English one stands for itself.
function say(text, ...values) {
  const known = WORDS[state.language];
  const words = known !== undefined && Object.hasOwn(known, text) ? known[text] : text;
  return words.replace(/\{(\d)\}/g, (_, i) => String(values[i]));
}

const element = (id) => document.getElementById(id);
const state = { language: "en", key: null, files: null, unread: null, isNew: false, register: null, run: 0 };

function make(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

async function keyChanged() {
  const text = element("key").value.trim();
  state.key = text === "" ? null : readKey(text);
  const box = element("key-state");
  box.replaceChildren();
  if (state.key !== null) {
    const { hex, words } = await fingerprintOf(state.key);
    box.append(make("p", say("Its fingerprint (SHA-256), and the first half of it in words; compare them:")),
      make("p", hex, { class: "hex" }), make("p", words));
  } else if (text !== "") {
    box.append(make("p", say("This is no minisign public key. It has 56 characters and begins with RW.")));
  }
  await check();
}

async function takeRegister(list) {
  const named = (name) => list.find((file) => file.name === name);
  const [file, signature] = [named("register.json"), named("register.json.minisig")];
  state.register = file && signature && file.size <= FILE_MAX
    ? [new Uint8Array(await file.arrayBuffer()), new Uint8Array(await signature.arrayBuffer())] : [];
  await check();
}

// What openRegister() gives, or null; says in the page which it is.
async function registerNow() {
  if (state.register === null) return null;
  const opened = state.register.length === 2
    ? await openRegister(state.register[0], state.register[1], state.key) : { why: "choose both files of it, together" };
  const text = opened.register
    ? say("The register is of {0}; entries: {1}.", opened.register.as_of.slice(0, 10), opened.register.entries.length)
    : say("The register cannot be used: {0}.", say(opened.why));
  element("register-state").replaceChildren(make("p", text));
  return opened;
}

async function keyFromFile(file) {
  if (file === undefined) return;
  const key = file.size > 4096 ? null : readKey(await file.text());
  note(key === null ? "There is no key in that file." : "");
  if (key !== null) element("key").value = key.line;
  await keyChanged();
}

// Files by name, or one ZIP file of them. A folder in the folder cannot belong to a package: its files keep their path.
async function take(list) {
  const files = new Map();
  for (const [name, file] of list.slice(0, DROPPED_MAX)) {
    files.set(name, file.size > FILE_MAX ? new Uint8Array() : new Uint8Array(await file.arrayBuffer()));
  }
  state.files = files;
  state.unread = null;
  state.isNew = true;
  const [name] = files.size === 1 ? files.keys() : [""];
  if (/\.zip$/i.test(name)) {
    try {
      state.files = await readZip(files.get(name));
    } catch (error) {
      state.unread = { file: name + (error.file ? ", " + error.file : ""), what: error.message, next: "get it again from its publisher, or unpack it and choose the folder" };
    }
  }
  await check();
}

function withoutFolder(path) {
  const slash = path.indexOf("/");
  return slash < 0 ? path : path.slice(slash + 1);
}

async function filesOfEntry(entry, path) {
  if (entry.isFile) {
    return [[path, await new Promise((done, failed) => entry.file(done, failed))]];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return found;
    for (const each of some) {
      if (found.length > DROPPED_MAX) return found;
      found.push(...(await filesOfEntry(each, path === "" ? each.name : path + "/" + each.name)));
    }
  }
}

// A picture alone is one of the key's QR code: no package is only that.
async function dropped(transfer) {
  const alone = transfer.files.length === 1 ? transfer.files[0] : null;
  if (alone !== null && alone.type.startsWith("image/")) return keyFromPicture(alone);
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (entries.length === 0) return take(Array.from(transfer.files, (file) => [file.name, file]));
  const found = [];
  for (const entry of entries) {
    const alone = entries.length === 1 && entry.isDirectory;
    found.push(...(await filesOfEntry(entry, alone ? "" : entry.name)));
  }
  return take(found);
}

function showFacts(answer, fingerprint) {
  const facts = element("facts");
  facts.replaceChildren();
  const add = (name, value, attributes = {}) => {
    if (value) facts.append(make("dt", say(name)), make("dd", value, attributes));
  };
  if (answer.manifest !== null) {
    add("Title", answer.manifest.title, { lang: answer.manifest.language, dir: "auto" });
    add("Index", answer.manifest.index);
    add("Date", answer.manifest.date);
    add("Approved by", say(String(answer.manifest.approved_by)));
    add("In the publisher’s log since", answer.logged && answer.logged.replace(/^(\S{10})T(\d\d:\d\d).*Z$/, "$1 $2 UTC"));
    if (answer.revocation) add("Key revoked", answer.revocation.date + ": " + answer.revocation.reason);
    if (answer.retraction) add("Withdrawn", answer.retraction.date + ": " + answer.retraction.reason);
    if (answer.newer) add("Newer version", answer.newer.index + ", " + answer.newer.date + ": " + answer.newer.title);
  }
  if (answer.key !== null) {
    add(state.key === null ? "Signed with (not vouched for)" : "Signed with", answer.key.line, { class: "code" });
    add("Fingerprint", fingerprint.hex, { class: "hex" });
    add("In words", fingerprint.words);
  }
}

const WORDS_FOR_STATES = { intact: "as signed", altered: "NOT as signed", missing: "missing", extra: "does not belong to it" };

function tableOf(files) {
  const table = make("table");
  const head = make("tr");
  head.append(make("th", say("File"), { scope: "col" }), make("th", say("State"), { scope: "col" }));
  table.append(head);
  for (const { name, state: how } of files) {
    const row = make("tr", undefined, { "data-file": name, "data-state": how });
    row.append(make("td", name), make("td", say(WORDS_FOR_STATES[how])));
    table.append(row);
  }
  return table;
}

// What is wrong in the open, all that is right behind its number.
function showParts(answer) {
  const parts = element("parts");
  parts.replaceChildren();
  if (answer.files.length === 0) return;
  const wrong = answer.files.filter((file) => file.state !== "intact");
  const right = answer.files.filter((file) => file.state === "intact");
  parts.append(make("h3", say("Files")));
  if (wrong.length > 0) parts.append(tableOf(wrong));
  if (right.length === 0) return;
  const more = make("details");
  more.append(make("summary", say("{0} files are as they were signed", right.length)), tableOf(right));
  parts.append(more);
}

// Only what is signed, and only if nothing speaks against it.
function showParagraphs(answer) {
  const box = element("paragraphs");
  box.replaceChildren();
  if (answer.result === "altered" || answer.result === "nothing" || answer.result === "revoked") return;
  let statement = answer.claims;
  try {
    if (statement === null) statement = JSON.parse(asText(state.files.get("statement.json")));
  } catch {
    return;
  }
  if (!Array.isArray(statement.paragraphs)) return;
  showText(box, say("What was signed"), statement.paragraphs, answer.manifest.language);
  for (const other of Array.isArray(statement.translations) ? statement.translations : []) {
    if (isObject(other) && Array.isArray(other.paragraphs)) {
      showText(box, say("What was signed ({0})", nameOfLanguage(String(other.language))), other.paragraphs, String(other.language));
    }
  }
}

function nameOfLanguage(tag) {
  try {
    return new Intl.DisplayNames([state.language], { type: "language" }).of(tag);
  } catch {
    return tag; // none of BCP 47
  }
}

function showText(box, heading, paragraphs, language) {
  let notes = 0;
  box.append(make("h3", heading));
  for (const paragraph of paragraphs) {
    const { number, kind, text } = paragraph === null ? { text: say("[signed, and not disclosed here]") } : paragraph;
    const line = make("div", undefined, { class: "paragraph", dir: "auto", ...(paragraph === null ? {} : { lang: language }) });
    const label = kind === "footnote" ? "[" + ++notes + "]" : number === undefined ? "" : String(number);
    line.append(make("b", label), make("span", String(text)));
    if (paragraph === null) line.classList.add("withheld");
    if (kind === "heading") line.classList.add("heading");
    box.append(line);
  }
}

async function check() {
  const run = ++state.run;
  const register = await registerNow();
  if (state.files === null) return;
  let answer = { result: "nothing", key: null, manifest: null, files: [], doubts: state.unread === null ? [] : [state.unread] };
  const names = Array.from(state.files.keys());
  if (names.some((name) => name === MANIFEST || isSignature(name))) {
    answer = await verifyPackage(state.files, state.key, register);
  }
  const fingerprint = answer.key === null ? null : await fingerprintOf(answer.key);
  if (run !== state.run) return; // something else was chosen meanwhile
  if (answer.revocation && register?.why)
    element("register-state").append(make("p", say("The revocation in it counts all the same: the revoked key itself signed it.")));
  const [mark, title, meaning] = RESULTS[answer.result];
  const box = element("answer");
  box.dataset.result = answer.result;
  box.querySelector(".mark").textContent = mark;
  element("result").textContent = say(title);
  element("meaning").textContent = say(meaning);
  showFacts(answer, fingerprint);
  element("doubts").replaceChildren(
    ...answer.doubts.map(({ file, what, next }) => make("li", (file === "" ? "" : file + ": ") + say(what) + "; " + say(next))));
  showParagraphs(answer);
  showParts(answer);
  box.hidden = false;
  if (state.isNew) element("verdict").scrollIntoView({ block: "center" });
  state.isNew = false;
  document.body.dataset.run = String(run); // for the tests: this answer is complete
}

// Every text that stands in the page from the beginning, with its English.
function textsOfPage() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
    /^(SCRIPT|OPTION)$/.test(node.parentElement.tagName) || node.data.trim() === "" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const texts = [];
  while (walker.nextNode()) texts.push([walker.currentNode, walker.currentNode.data]);
  return texts;
}

async function speak(language, texts) {
  state.language = language;
  document.documentElement.lang = language;
  document.title = say("Is this statement authentic?");
  for (const [node, english] of texts) node.data = english.replace(/\S.*\S|\S/s, (words) => say(words));
  await keyChanged(); // and all that is shown of what was chosen
}

function start() {
  const texts = textsOfPage();
  const known = (language) => language === "en" || Object.hasOwn(WORDS, language);
  element("language").value = navigator.languages.map((each) => each.slice(0, 2)).find(known) || "en";
  element("language").addEventListener("change", (event) => speak(event.target.value, texts));
  speak(element("language").value, texts);
  element("key").addEventListener("input", () => { note(""); keyChanged(); });
  element("key-file").addEventListener("change", (event) => keyFromFile(event.target.files[0]));
  element("qr-file").addEventListener("change", (event) => keyFromPicture(event.target.files[0]));
  element("scan").addEventListener("click", startCamera);
  element("stop").addEventListener("click", stopCamera);
  element("folder").addEventListener("change", (event) =>
    take(Array.from(event.target.files, (file) => [withoutFolder(file.webkitRelativePath), file])));
  element("register").addEventListener("change", (event) => takeRegister(Array.from(event.target.files)));
  element("files").addEventListener("change", (event) =>
    take(Array.from(event.target.files, (file) => [file.name, file])));
  const drop = element("drop");
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault(); // the browser would open the file in place of this page
      drop.classList.toggle("over", name === "dragenter" || name === "dragover");
    });
  }
  document.addEventListener("drop", (event) => dropped(event.dataTransfer));
  hasEd25519().then((able) => { element("unable").hidden = able; });
}

start();

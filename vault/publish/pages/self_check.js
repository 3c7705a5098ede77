// SPDX-License-Identifier: GPL-3.0-or-later
// The page checks that the text it shows is the text that was signed. Whoever can change the page
// can change this check with it: it says so.
"use strict";

function signedTextIsShown(signed) {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const same = (element, text) =>
    element !== null && withoutSpace(shownText(element)) === withoutSpace(text || "");
  const one = (selector, text) => same(document.querySelector(selector), text);
  const list = (elements, texts) =>
    elements.length === texts.length && elements.every((element, i) => same(element, texts[i]));
  const texts = (kind) =>
    signed.paragraphs.filter((each) => (each.kind === "footnote") === kind).map((each) => each.text);
  // A note is an item of a list that is not part of what was signed.
  const notes = all("#notes > ol > li").map((item) => {
    const copy = document.createElement("div");
    for (const child of item.childNodes) copy.append(child.cloneNode(true));
    return copy;
  });
  const sources = all("#sources > ol > li > p");
  const exhibits = signed.exhibits || [];
  const shown = all("#text > *").length + (document.querySelector("#notes") ? 1 : 0);
  return (
    one("#title", signed.title) &&
    one("#index", signed.index) &&
    one("#date", signed.date_text) &&
    (!signed.organisation || one("#organisation", signed.organisation)) &&
    list(all("#text > .block"), texts(false)) &&
    all("#text > :not(.block, hr)").length === 0 &&
    shown > 0 &&
    list(notes, texts(true)) &&
    list(sources, signed.sources.map((source) => source.text)) &&
    list(all("#exhibits > figure > figcaption > .caption"), exhibits.map((exhibit) => exhibit.text)) &&
    list(all("#exhibits > figure > figcaption > bdi"), exhibits.map((exhibit) => exhibit.file))
  );
}

// Each picture of the page is the exhibit that it stands for, byte by byte, with the signed words.
async function signedPicturesAreShown(signed) {
  const exhibits = new Map((signed.exhibits || []).map((exhibit) => [exhibit.file, exhibit]));
  for (const image of document.querySelectorAll("img")) {
    const exhibit = exhibits.get(image.parentNode.id);
    const begin = exhibit === undefined ? "" : "data:" + exhibit.media_type + ";base64,";
    if (begin === "" || !image.src.startsWith(begin) || image.alt !== exhibit.alt) return false;
    const bytes = Uint8Array.from(atob(image.src.slice(begin.length)), (c) => c.charCodeAt(0));
    if (toHex(await sha256(bytes)) !== exhibit.sha256) return false;
  }
  return true;
}

async function checkPage() {
  const box = document.getElementById("check");
  const say = (state) => {
    box.dataset.state = state;
    box.querySelector("p").textContent = box.getAttribute("data-" + state);
    box.hidden = false;
  };
  try {
    if (!globalThis.crypto || !crypto.subtle || !(await hasEd25519())) return say("cannot");
    const text = document.getElementById("signed").textContent;
    const signature = readSignature(document.getElementById("signature").textContent);
    const key = readKey(document.getElementById("key").textContent);
    const good =
      signature !== null &&
      key !== null &&
      (await isSignedBy(key, signature, utf8(text))) &&
      signedTextIsShown(JSON.parse(text)) &&
      (await signedPicturesAreShown(JSON.parse(text)));
    say(good ? "good" : "bad");
  } catch {
    say("bad");
  }
}

checkPage();

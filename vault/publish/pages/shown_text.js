// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader sees of a block, to be compared with the signed text of it: without white space,
// with the marks of lists, the bars of tables and the numbers of footnotes that the text has.
"use strict";

function shownText(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.matches(".footnote-backref")) return "";
  let before = "";
  if (node.matches("li")) {
    const list = node.parentNode;
    const place = Array.prototype.indexOf.call(list.children, node);
    if (list.matches("ol")) before = Number(list.getAttribute("start") || 1) + place + ".";
    if (list.matches("ul")) before = "-";
  }
  if (node.matches("td, th") && node.previousElementSibling) before = "|";
  const inner = Array.from(node.childNodes, shownText).join("");
  return before + (node.matches("sup.footnote-ref") ? "[" + inner + "]" : inner);
}

const withoutSpace = (text) => text.replace(/\s+/gu, "");

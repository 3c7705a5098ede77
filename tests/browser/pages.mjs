// SPDX-License-Identifier: GPL-3.0-or-later
// Opens pages in Chromium, offline, from file://. Reads a job from stdin and answers in JSON:
//   {"chromium": path, "page": file, "shots": [{width, height, file}],         a page by itself
//    "verify": [{"name", "key", "files": {name: base64}}]}                     or verify.html at work
//    "camera": file                                what its camera sees (Y4M), else there is none
// In "verify", "picture" is one of a QR code, chosen or, with "dropped", dropped; "scan" looks through the camera.
// usage: node pages.mjs FOLDER-OF-NPM-PACKAGES
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(process.argv[2] + "/");
const { chromium } = require("playwright-core");
const job = JSON.parse(readFileSync(0, "utf8"));
const answer = { requests: [], console: [], results: [] };

const browser = await chromium.launch({
  executablePath: job.chromium,
  args: ["--no-sandbox", "--disable-dev-shm-usage",
    ...(job.camera === undefined ? [] : ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
      "--use-file-for-fake-video-capture=" + job.camera])],
});
const context = await browser.newContext({ offline: true, javaScriptEnabled: job.script !== false });
const page = await context.newPage();
page.on("request", (request) => {
  if (!request.url().startsWith("file:")) answer.requests.push(request.url());
});
page.on("console", (message) => answer.console.push(message.text()));
page.on("pageerror", (error) => answer.console.push(String(error)));
const own = pathToFileURL(job.page).href;
await page.goto(own);

if (job.verify) {
  const uploads = (files) => Object.entries(files).map(([file, bytes]) => ({
    name: file, mimeType: "application/octet-stream", buffer: Buffer.from(bytes, "base64"),
  }));
  for (const { name, key, files, register, language, picture, dropped, scan } of job.verify) {
    await page.goto(own);
    if (language) await page.selectOption("#language", language);
    if (key !== undefined) await page.fill("#key", key);
    if (dropped) {
      await page.evaluate((base64) => {
        const transfer = new DataTransfer();
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        transfer.items.add(new File([bytes], "key.png", { type: "image/png" }));
        document.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer }));
      }, picture);
    } else if (picture) {
      await page.setInputFiles("#qr-file", { name: "key.png", mimeType: "image/png", buffer: Buffer.from(picture, "base64") });
    }
    if (scan) await page.click("#scan");
    if (picture || scan) await page.waitForFunction(() => document.getElementById("key-note").textContent !== "");
    if (register) {
      await page.setInputFiles("#register", uploads(register));
      await page.waitForFunction(() => document.getElementById("register-state").textContent !== "");
    }
    await page.setInputFiles("#files", uploads(files));
    await page.waitForSelector("#answer:not([hidden])");
    const seen = await page.evaluate(() => ({
      result: document.getElementById("answer").dataset.result,
      title: document.getElementById("result").textContent,
      page: document.body.innerText,
      language: document.documentElement.lang,
      doubts: Array.from(document.querySelectorAll("#doubts li"), (each) => each.textContent),
      bad: Array.from(document.querySelectorAll("[data-file]:not([data-state=intact])"), (row) => row.dataset.file),
      paragraphs: document.querySelectorAll(".paragraph").length,
      withheld: document.querySelectorAll(".paragraph.withheld").length,
      register: document.getElementById("register-state").textContent,
      key: document.getElementById("key").value,
      note: document.getElementById("key-note").textContent,
      inView: (({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.getElementById("verdict").getBoundingClientRect()),
      camera: !document.getElementById("camera").hidden,
    }));
    answer.results.push({ name, ...seen });
  }
} else {
  if (job.script !== false) await page.waitForSelector("#check:not([hidden])");
  answer.results.push({
    state: await page.evaluate(() => document.getElementById("check")?.dataset.state ?? ""),
    text: await page.evaluate(() => document.body.innerText),
    title: await page.title(),
    overflow: await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  });
}
for (const { width, height, file, print } of job.shots ?? []) {
  await page.setViewportSize({ width, height });
  if (print) await page.pdf({ path: file, format: print });
  else await page.screenshot({ path: file, fullPage: true });
}
if (!job.verify && job.script !== false) {
  await page.setViewportSize({ width: 390, height: 800 });
  answer.phone_overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
await browser.close();
console.log(JSON.stringify(answer));

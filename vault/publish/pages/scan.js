// SPDX-License-Identifier: GPL-3.0-or-later
// The key out of its QR code: from a picture of it, or in front of the camera. Nothing of either
// leaves the page.
"use strict";

// Longer sides, in pixels, to which a picture is made smaller: a code is easiest to see at one of them.
const SIDES_OF_PICTURE = [1000, 2000, 500];
const SIDES_OF_FRAME = [1000];
const BETWEEN_FRAMES_MS = 150;

let camera = null; // the stream that is looked at

function note(text) {
  element("key-note").textContent = text === "" ? "" : say(text);
}

function qrIn(source, width, height, sides) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const longer = Math.max(width, height);
  for (const side of new Set(sides.map((each) => Math.min(each, longer)))) {
    canvas.width = Math.max(1, Math.round(width * side / longer));
    canvas.height = Math.max(1, Math.round(height * side / longer));
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    const text = readQr(context.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height);
    if (text !== "") return text;
  }
  return "";
}

// Whether the text of a code was a key.
async function takeScanned(text) {
  const key = readKey(text);
  note(key === null ? "That QR code holds no key." : "The key was read from the QR code.");
  if (key === null) return false;
  element("key").value = key.line;
  await keyChanged();
  return true;
}

async function keyFromPicture(file) {
  if (file === undefined) return;
  let text = "";
  try {
    const picture = await createImageBitmap(file);
    text = qrIn(picture, picture.width, picture.height, SIDES_OF_PICTURE);
  } catch {
    // no picture
  }
  if (text === "") note("No QR code was found in that picture. Take it from nearer, flat and in good light.");
  else await takeScanned(text);
}

function stopCamera() {
  if (camera !== null) camera.getTracks().forEach((track) => track.stop());
  camera = null;
  element("viewfinder").srcObject = null;
  element("camera").hidden = true;
  element("scan").disabled = false;
}

async function startCamera() {
  note("");
  if (!navigator.mediaDevices?.getUserMedia) {
    note("This browser lets this page use no camera. Choose a picture of the QR code instead, or paste the key.");
    return;
  }
  element("scan").disabled = true;
  try {
    camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  } catch (error) {
    stopCamera();
    note(error.name === "NotAllowedError"
      ? "The camera was not allowed. Choose a picture of the QR code instead, or paste the key."
      : "No camera was found that works. Choose a picture of the QR code instead, or paste the key.");
    return;
  }
  const video = element("viewfinder");
  video.srcObject = camera;
  element("camera").hidden = false;
  element("camera").scrollIntoView({ block: "nearest" });
  await video.play().catch(() => {}); // stopped meanwhile
  await look(video, camera);
}

// Frame by frame, until there is a key or the camera is stopped.
async function look(video, stream) {
  while (camera === stream) {
    const text = video.videoWidth === 0 ? "" : qrIn(video, video.videoWidth, video.videoHeight, SIDES_OF_FRAME);
    if (text !== "" && (await takeScanned(text))) return stopCamera();
    await new Promise((done) => setTimeout(done, BETWEEN_FRAMES_MS));
  }
}

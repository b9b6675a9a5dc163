// Finds a member on the sheet by their card, and marks them paid. The code on a card is an address that ends in
// "register/card/12-…/"; 12 is whom the sheet knows as "pay-12". Nothing is asked of the server.
const scan = document.querySelector("[data-scan]");
const words = scan.dataset;
const field = scan.querySelector("#card"), view = scan.querySelector("[data-view]"), button = scan.querySelector("[data-camera]");
const form = scan.closest("form");
const LOOK_EVERY = 250, SAME_CARD_AGAIN = 4_000; // milliseconds

// A scanner at the USB port types as a keyboard does: where Thai is switched on, each key gives its Thai letter.
const LATIN = "1234567890-/.abcdefghijklmnopqrstuvwxyz";
const ON_THAI_KEYS = "ๅ/-ภถุึคตจขฝใฟิแกำดเ้ร่าสทืนยๆพหะีอไปัผ";
const typedOnThaiKeys = (text) => [...text.toLowerCase()].map((letter) => LATIN[ON_THAI_KEYS.indexOf(letter)] ?? letter).join("");
const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit));

const withoutZeros = (number) => number.replace(/^0+/, "");

const rows = () => [...form.querySelectorAll("li:has([name^='pay-'])")];
const tickOf = (row) => row.querySelector("[name^='pay-']");

// Who is meant: {row} on the sheet, {other} for a card of another fund, or nothing.
function meant(text) {
  const card = /\/f\/([\w-]+)\/register\/card\/(\d+)-[a-z2-7]+\/?$/.exec(text.toLowerCase());
  if (card) return card[1] === words.fund ? { row: rows().find((row) => tickOf(row).name === `pay-${card[2]}`) } : { other: true };
  const same = rows().filter((row) => row.dataset.no === text);
  const alike = same.length ? same : rows().filter((row) => withoutZeros(row.dataset.no) === withoutZeros(text));
  return { row: alike.length === 1 ? alike[0] : undefined };
}

function read(typed) {
  const text = arabic(typed.trim());
  const readings = [text, typedOnThaiKeys(text)].map(meant);
  const found = readings.find((one) => one.row || one.other);
  for (const row of form.querySelectorAll("[data-found]")) delete row.dataset.found;
  if (!found?.row) return say(found ? words.sayOther : words.sayNobody, true);
  const { row } = found, tick = tickOf(row), wasTicked = tick.checked;
  row.hidden = false;
  row.dataset.found = "";
  row.scrollIntoView({ block: "center" });
  tick.checked = true;
  tick.dispatchEvent(new Event("input", { bubbles: true }));
  const told = { name: row.querySelector("b").textContent, baht: row.querySelector(".money").value };
  say((wasTicked ? words.sayAlready : words.sayPaid).replace(/\{(\w+)\}/g, (_, name) => told[name]), false);
  navigator.vibrate?.(60);
}

function say(text, isWrong) {
  const said = scan.querySelector("[data-said]");
  said.textContent = text;
  said.className = `notice ${isWrong ? "wrong" : "done"}`;
}

field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // a scanner ends what it types with Enter: the sheet is not finished by it
  event.stopPropagation();
  if (field.value.trim()) read(field.value);
  field.value = "";
});
field.addEventListener("input", (event) => event.stopPropagation());

// The camera, where the browser itself reads codes ----------------------------------------------------------------------

let camera = null, last = { text: "", at: 0 };

async function look(detector) {
  while (camera) {
    const [code] = await detector.detect(view).catch(() => []);
    const isNew = code && (code.rawValue !== last.text || Date.now() - last.at > SAME_CARD_AGAIN);
    if (code) last = { text: code.rawValue, at: Date.now() };
    if (isNew) read(code.rawValue);
    await new Promise((done) => { setTimeout(done, LOOK_EVERY); });
  }
}

async function switched() {
  if (camera) return closed();
  try {
    camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return say(words.sayNoCamera, true);
  }
  view.srcObject = camera;
  view.hidden = false;
  await view.play();
  look(new BarcodeDetector({ formats: ["qr_code"] }));
}

function closed() {
  for (const track of camera?.getTracks() ?? []) track.stop();
  camera = null;
  view.hidden = true;
}

button.addEventListener("click", switched);
document.addEventListener("visibilitychange", () => document.hidden && closed());
form.addEventListener("submit", closed);
scan.hidden = false;
const kinds = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
button.hidden = !(kinds?.includes("qr_code") && navigator.mediaDevices);

// A photo is made small on the phone before it is sent: little data on a thin line, and nothing of what a phone writes
// beside the picture (where, when, whose phone). Where that fails the photo goes as it is, and the server makes it small.
const SIDE_MAX = 1280, AIM_BYTES = 150_000, QUALITIES = [0.75, 0.6, 0.45, 0.3];

async function small(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const part = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.max(1, Math.round(picture.width * part)), height: Math.max(1, Math.round(picture.height * part)) });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  let made = null;
  for (const quality of QUALITIES) {
    made = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", quality); });
    if (made.size <= AIM_BYTES) break;
  }
  return new File([made], "photo.jpg", { type: "image/jpeg" });
}

async function chosen(label, input) {
  const file = input.files[0], said = label.querySelector("[data-said]");
  said.dataset.say ??= said.textContent;
  label.querySelector("img")?.remove();
  said.textContent = file ? said.dataset.sayHas : said.dataset.say;
  if (!file) return;
  const made = await small(file).catch(() => null);
  if (!made || input.files[0] !== file) return; // no picture, or another one was chosen meanwhile
  const holds = new DataTransfer();
  holds.items.add(made);
  input.files = holds.files;
  label.prepend(Object.assign(document.createElement("img"), { src: URL.createObjectURL(made), alt: "" }));
}

const busy = new Set();
for (const label of document.querySelectorAll(".photo")) {
  const input = label.querySelector("input");
  label.classList.add("with-script");
  input.addEventListener("change", () => {
    const work = chosen(label, input).finally(() => busy.delete(work));
    busy.add(work);
  });
  if (input.files.length) input.dispatchEvent(new Event("change"));
}

// Whoever saves while a photo is still being made small waits for it.
document.querySelector("form:has(.photo)")?.addEventListener("submit", async (event) => {
  if (!busy.size) return;
  event.preventDefault();
  await Promise.all(busy);
  event.target.requestSubmit();
});

// Collecting without a signal. Villages and sheets live on this device; a sheet has its id before it is sent, and stays
// here until the server has answered that it has it.
const root = document.getElementById("offline");
const words = root.dataset;
const base = words.base;
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const list = part("list"), form = part("sheet");
const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
const DAYS_BACK = 31, EVERY = 5_000; // milliseconds: devices do not always tell when there is a signal again

// What is kept on the device ------------------------------------------------------------------------------------------

// People and payments are sealed with a key that never leaves this browser; receipt books and the device's own id tell
// of nobody.
const STORES = { villages: "moo", sheets: "id", books: "moo", device: "name" };
const SEALED = { villages: "people collectors", sheets: "typed payments" };

function opened() {
  return new Promise((done, failed) => {
    const wanted = indexedDB.open(`ombun ${base}`, 2);
    wanted.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) {
        if (!wanted.result.objectStoreNames.contains(name)) wanted.result.createObjectStore(name, { keyPath });
      }
    };
    wanted.onsuccess = () => done(wanted.result);
    wanted.onerror = () => failed(wanted.error);
  });
}

async function store(names, mode, work) {
  const database = await opened();
  try {
    return await new Promise((done, failed) => {
      const deed = database.transaction(names, mode, { durability: "strict" });
      const wanted = work(...[names].flat().map((name) => deed.objectStore(name)));
      deed.oncomplete = () => done(wanted?.result);
      deed.onerror = deed.onabort = () => failed(deed.error);
    });
  } finally {
    database.close();
  }
}

// The device's id and key; both are made anew after a wipe. Numbers of receipts belong to the id.
async function device() {
  const known = await store("device", "readonly", (rows) => rows.get("own"));
  if (known) return known;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const made = { name: "own", id: crypto.randomUUID(), key };
  await store("device", "readwrite", (rows) => rows.put(made));
  return made;
}

async function sealed(name, row) {
  if (!SEALED[name]) return row;
  const { key } = await device(), iv = crypto.getRandomValues(new Uint8Array(12)), open = { ...row }, hidden = {};
  for (const field of SEALED[name].split(" ")) {
    if (field in open) hidden[field] = open[field];
    delete open[field];
  }
  const bytes = new TextEncoder().encode(JSON.stringify(hidden));
  return { ...open, iv, hidden: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

async function unsealed(row) {
  if (!row?.hidden) return row;
  const { key } = await device(), { iv, hidden, ...open } = row;
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, hidden);
  return { ...open, ...JSON.parse(new TextDecoder().decode(bytes)) };
}

const all = async (name) => Promise.all((await store(name, "readonly", (rows) => rows.getAll())).map(unsealed));
const one = async (name, key) => unsealed(await store(name, "readonly", (rows) => rows.get(key)));
async function put(name, row) {
  const safe = await sealed(name, row);
  return store(name, "readwrite", (rows) => rows.put(safe));
}
const remove = (name, key) => store(name, "readwrite", (rows) => rows.delete(key));
const clear = (name) => store(name, "readwrite", (rows) => rows.clear());
const unsent = async () => (await all("sheets")).filter((sheet) => sheet.state !== "arrived");

function trouble(text) {
  const notice = list.querySelector("[data-trouble]");
  notice.textContent = text;
  notice.hidden = !text;
}

// A full disk is told, never hidden.
async function kept(name, row) {
  try {
    await put(name, row);
    return true;
  } catch (error) {
    return full(error);
  }
}

function full(error) {
  trouble(words.sayFull);
  reasons([words.sayFull]);
  console.error(error);
  return false;
}

// Money and days ------------------------------------------------------------------------------------------------------

const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit)).replace(/[,\s]/g, "");

function satang(text) {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(arabic(text));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0") || 0) : null;
}

const withSatang = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2 });
const baht = (amount) => withSatang.format(amount / 100);
const iso = (day) => `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
const language = document.documentElement.lang === "en" ? "en-GB" : "th-TH-u-ca-buddhist-nu-latn";
const dayWords = (day) => new Date(`${day}T12:00`).toLocaleDateString(language, { day: "numeric", month: "short", year: "numeric" });

// Whether the server can be reached: what the browser believes is not enough, the last question tells.
let isReached = navigator.onLine;

async function asked(path, options = {}) {
  const answer = await fetch(`${base}${path}`, { redirect: "manual", ...options }).catch(() => null);
  isReached = answer !== null;
  return answer;
}

// The list: villages, and the sheets of this device -------------------------------------------------------------------

async function show() {
  list.hidden = false;
  form.hidden = true;
  list.querySelector("[data-signal]").textContent = isReached ? words.sayOnline : words.sayNoSignal;
  const taken = new Map((await all("villages")).map((village) => [String(village.moo), village]));
  for (const row of list.querySelectorAll("[data-moo]")) {
    const village = taken.get(row.dataset.moo);
    row.querySelector("[data-people]").textContent = village
      ? filled(words.sayPeople, { n: village.people.length, day: village.on_words }) : words.sayNoPeople;
    row.querySelector("[data-open]").hidden = !village;
    row.querySelector("[data-take]").textContent = village ? words.sayRenew : words.sayTake;
  }
  const sheets = (await all("sheets")).sort((a, b) => b.changed_at - a.changed_at);
  list.querySelector("[data-no-sheets]").hidden = sheets.length > 0;
  list.querySelector("[data-sheets]").replaceChildren(...sheets.map(line));
}

function line(sheet) {
  const item = document.createElement("li");
  const label = { draft: words.sayDraft, waits: words.sayWaits, arrived: words.sayArrived, refused: words.sayRefused }[sheet.state];
  const look = { draft: "plain", waits: "waits", arrived: "done", refused: "wrong" }[sheet.state];
  const text = document.createElement("span");
  const head = document.createElement("b");
  head.textContent = dayWords(sheet.collected_on);
  const facts = document.createElement("small");
  facts.className = "muted";
  facts.textContent = filled(words.sayCount, { moo: sheet.moo, n: sheet.count, baht: baht(sheet.total) });
  text.append(head, document.createElement("br"), facts);
  for (const more of [sheet.book && filled(words.sayNumbers, numbers(sheet)),
    sheet.answer?.set_aside && filled(words.sayAside, { n: sheet.answer.set_aside }), ...(sheet.reasons ?? [])].filter(Boolean)) {
    const small = document.createElement("small");
    small.textContent = more;
    text.append(document.createElement("br"), small);
  }
  const end = document.createElement("span");
  end.className = "row-end";
  const badge = document.createElement("span");
  badge.className = `badge ${look}`;
  badge.textContent = label;
  end.append(badge);
  const row = document.createElement(sheet.state === "draft" || sheet.state === "refused" ? "button" : "div");
  row.className = "row plain";
  if (row.tagName === "BUTTON") {
    row.type = "button";
    row.addEventListener("click", () => fill(sheet.moo, sheet));
  }
  row.append(text, end);
  item.append(row);
  return item;
}

const numbers = ({ book, first, count }) => ({ book, numbers: count > 1 ? `${first}–${first + count - 1}` : `${first}` });

// A village comes with the receipt book of this device; what was numbered here already stays numbered.
async function take(moo) {
  const door = await asked("signed-in/");
  if (!door?.ok) return asksToSignIn(door);
  const answer = await posted(`village/${moo}/`, (await door.json()).token, { device: (await device()).id });
  if (answer?.status === 422) return trouble((await answer.json()).reasons.join(" "));
  if (!answer?.ok) return asksToSignIn(answer);
  const { book, ...found } = await answer.json();
  if (await kept("villages", found) && await kept("books", await furthest(book))) await show();
}

async function furthest(book) {
  const mine = await one("books", book.moo);
  return mine?.no === book.no ? { ...book, next: Math.max(mine.next, book.next) } : book;
}

const posted = (path, token, told) => asked(path, {
  method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(told) });

// No answer is no signal; an answer that leads elsewhere wants a sign-in.
async function asksToSignIn(answer) {
  list.querySelector("[data-sign-in]").hidden = answer === null;
  if (form.hidden) await show();
}

// One sheet -----------------------------------------------------------------------------------------------------------

// A line for each person: its row on the screen and what stands in it, so that a key touches one line and not all. Rows
// stand in parts: the browser lays out the parts in sight, and paints again the part in which something changed.
const PART = 10, QUIET = 250; // milliseconds that a writing waits for the next key
// Looked for once: what stands behind thousands of rows is far to look for at every key.
const total = form.querySelector("[data-total]"), count = form.querySelector("[data-count]");
const { on: onDay, by: collector } = form.elements;
let sheet = null, village = null, lines = [], parts = [], sifting = null, lineOf = new Map(), unwritten = null, writing = Promise.resolve(), isFinishing = false;

async function fill(moo, known) {
  if (!await one("villages", Number(moo))) await take(moo); // somebody signed out since the sheet was begun
  village = await one("villages", Number(moo));
  if (!village) return;
  const drafts = (await all("sheets")).filter((other) => other.state === "draft" && other.moo === village.moo);
  sheet = known ?? drafts[0] ?? {
    id: crypto.randomUUID(), moo: village.moo, centre: village.centre, state: "draft", collected_on: iso(new Date()),
    collected_by: village.collector, typed: {} };
  form.querySelector("[data-village]").textContent = root.querySelector(`[data-moo="${moo}"] b`).textContent;
  form.elements.on.replaceChildren(...days().map((day) => new Option(dayWords(day), day)));
  form.elements.by.replaceChildren(...village.collectors.map(([id, name]) => new Option(name, id)));
  form.elements.on.value = sheet.collected_on;
  form.elements.by.value = sheet.collected_by;
  form.elements.find.value = "";
  Object.assign(sheet, { count: 0, total: 0 });
  lines = village.people.map(person);
  lineOf = new Map(lines.map((line) => [line.row, line]));
  parts = parted();
  form.querySelector("[data-rows]").replaceChildren(...parts.map((one) => one.list));
  reasons(sheet.reasons ?? []);
  list.hidden = true;
  form.hidden = false;
  scrollTo(0, 0);
  showTotal();
}

function parted() {
  return Array.from({ length: Math.ceil(lines.length / PART) }, (_, n) => {
    const those = lines.slice(n * PART, (n + 1) * PART);
    const shown = Object.assign(document.createElement("ul"), { className: "sheet part" });
    shown.append(...those.map((line) => line.row));
    return { list: shown, lines: those };
  });
}

function days() {
  const found = new Set([sheet.collected_on]);
  for (let back = 0; back < DAYS_BACK; back += 1) {
    const day = new Date();
    day.setDate(day.getDate() - back);
    found.add(iso(day));
  }
  return [...found].sort().reverse();
}

function person(who, place) {
  const row = document.getElementById("row").content.firstElementChild.cloneNode(true);
  const [tick, amount] = row.querySelectorAll("input");
  const typed = sheet.typed[who.id] ?? [who.ticked, who.amount];
  row.dataset.id = who.id;
  row.dataset.no = who.no;
  tick.name = `pay-${who.id}`;
  tick.checked = typed[0];
  amount.value = typed[1];
  amount.ariaLabel = `${words.sayAmountOf} ${who.name}`;
  row.querySelector("b").textContent = who.name;
  row.querySelector("small").textContent = [
    who.no, who.house && `${words.sayHouse} ${who.house}`, who.behind && filled(words.sayBehind, { n: who.behind }),
    who.free ? words.sayFree : who.ahead && words.sayAhead].filter(Boolean).join(" · ");
  const find = `${who.name} ${who.no} ${who.house}`.toLowerCase();
  const line = { row, tick, amount, find, place, isPaying: false, paid: 0 };
  reckon(line);
  return line;
}

// What the line adds to the sheet, in place of what it added before.
function reckon(line) {
  const isPaying = line.tick.checked, paid = isPaying ? satang(line.amount.value) ?? 0 : 0;
  sheet.count += isPaying - line.isPaying;
  sheet.total += paid - line.paid;
  Object.assign(line, { isPaying, paid });
  line.row.classList.toggle("unpaid", !isPaying);
}

function showTotal() {
  total.textContent = baht(sheet.total);
  count.textContent = sheet.count;
}

function reasons(found) {
  const notice = form.querySelector("[data-reasons]");
  notice.replaceChildren(...found.map((reason) => Object.assign(document.createElement("li"), { textContent: reason })));
  notice.hidden = found.length === 0;
}

async function changed(event) {
  if (event.target.name === "find") return sift(event.target.value);
  const line = lineOf.get(event.target.closest("[data-id]"));
  if (line) wrote(line);
  await keepSheet();
}

function wrote(line) {
  sheet.typed[line.row.dataset.id] = [line.tick.checked, line.amount.value];
  reckon(line);
}

// Everybody, or nobody, has paid.
async function tickAll(isPaid) {
  for (const line of lines) {
    line.tick.checked = isPaid;
    wrote(line);
  }
  await keepSheet();
}

// What was changed last stands: writings follow one another, and what was typed meanwhile is written in one go.
async function keepSheet() {
  showTotal();
  if (isFinishing) return;
  Object.assign(sheet, { collected_on: onDay.value, collected_by: collector.value });
  const isDue = unwritten !== null;
  unwritten = { ...sheet, changed_at: Date.now() };
  if (!isDue) writing = writing.then(quiet).then(writeSheet);
  await writing;
}

async function writeSheet() {
  const now = unwritten;
  unwritten = null;
  if (now) await kept("sheets", now);
}

// The screen answers first. A page that nobody sees paints nothing.
const painted = () => new Promise((done) => {
  if (document.hidden) return done();
  requestAnimationFrame(() => setTimeout(done));
});

// The hand goes first; a sheet that is finished or put away is written at once.
let hasten = () => {};
const quiet = () => new Promise((done) => {
  hasten = done;
  setTimeout(done, document.hidden ? 0 : QUIET);
});

// The letter stands on the screen first; then the lines that differ are shown or hidden, unless another letter came.
async function sift(text) {
  const wanted = text.trim().toLowerCase(), mine = {};
  sifting = mine;
  await painted();
  if (sifting !== mine) return;
  for (const { list: shown, lines: those } of parts) {
    let isEmpty = true;
    for (const { row, find } of those) {
      const isHidden = !find.includes(wanted);
      if (row.hidden !== isHidden) row.hidden = isHidden;
      isEmpty &&= isHidden;
    }
    if (shown.hidden !== isEmpty) shown.hidden = isEmpty;
  }
}

function move(event) {
  const step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
  const from = lineOf.get(event.target.closest?.("[data-id]"));
  if (!step || !from) return;
  event.preventDefault();
  let next = lines[from.place + step];
  while (next?.row.hidden) next = lines[next.place + step];
  const field = event.target.type === "checkbox" ? next?.tick : next?.amount;
  field?.focus();
  field?.select?.();
}

// Once, however often it is pressed: a sheet that went through twice would use up numbers of the book twice.
async function finish(event) {
  event.preventDefault();
  if (isFinishing) return;
  isFinishing = true;
  const done = await finished().finally(() => { isFinishing = false; });
  if (!done) return;
  await show();
  await send();
}

// Whether the sheet is finished; otherwise it says why not.
async function finished() {
  const paying = lines.filter((line) => line.isPaying);
  const isWrong = ({ isPaying, paid }) => isPaying && !(paid && paid <= Number(words.most));
  const wrong = paying.filter(isWrong);
  for (const line of lines) line.amount.ariaInvalid = isWrong(line) ? "true" : null;
  if (wrong.length || !paying.length) {
    reasons(wrong.length ? wrong.map(({ row }) => `${row.querySelector("b").textContent}: ${words.sayNotMoney}`) : [words.sayNobody]);
    scrollTo(0, 0);
    return false;
  }
  const again = sheet.state === "refused" ? { id: crypto.randomUUID() } : {};
  const done = { ...sheet, ...again, state: "waits", reasons: [], changed_at: Date.now(),
    payments: paying.map(({ row, paid }) => [Number(row.dataset.id), paid]) };
  hasten();
  await writing;
  if (!await numbered(done, sheet)) return false;
  if (again.id) await remove("sheets", sheet.id);
  return true;
}

// The sheet gets its receipt numbers, and the book moves on, in one transaction: no number is ever given twice here.
// A sheet that was refused gets its numbers back where none was given after it.
const numbered = (done, refused) => navigator.locks.request(`number ${base}`, async () => {
  const book = await one("books", done.moo);
  if (book && refused.book === book.no && refused.first + refused.payments?.length === book.next) book.next = refused.first;
  if (!book || book.next + done.count - 1 > book.last) {
    reasons([words.sayNoBook]);
    scrollTo(0, 0);
    return false;
  }
  const safe = await sealed("sheets", { ...done, device: (await device()).id, book: book.no, first: book.next });
  try {
    await store(["sheets", "books"], "readwrite", (sheets, books) => {
      sheets.put(safe);
      return books.put({ ...book, next: book.next + done.count });
    });
    return true;
  } catch (error) {
    return full(error);
  }
});

// Sending -------------------------------------------------------------------------------------------------------------

const send = () => navigator.locks.request(`send ${base}`, async () => {
  const waiting = (await all("sheets")).filter((other) => other.state === "waits")
    .sort((a, b) => a.book - b.book || a.first - b.first);
  const door = await asked(`signed-in/?device=${(await device()).id}`);
  if (!door?.ok) return waiting.length && asksToSignIn(door);
  const { token, today, wiped } = await door.json();
  list.querySelector("[data-sign-in]").hidden = true;
  trouble(today === iso(new Date()) ? "" : words.sayWrongClock);
  for (const one of waiting) if (!await sent(one, token)) break;
  if (wiped) await forget();
  if (form.hidden) await show();
});

const told = ({ id, centre, collected_on, collected_by, payments, device, book, first }) => (
  { id, centre, collected_on, collected_by, payments, device, book, first });

async function sent(one, token) {
  const answer = await posted("sheets/", token, told(one));
  if (answer?.status === 422) {
    await put("sheets", { ...one, state: "refused", reasons: (await answer.json()).reasons });
  } else if (answer?.status === 409) { // a sheet before it has not arrived: this one waits on
    await put("sheets", { ...one, reasons: (await answer.json()).reasons });
  } else if (answer?.ok) {
    const { payments: _, typed: __, ...rest } = one; // what has arrived need not tell of people here any longer
    const arrived = await answer.json();
    await put("sheets", { ...rest, state: "arrived", reasons: [], answer: arrived, first: arrived.first });
    await moveOn(rest.moo, arrived);
  } else {
    await asksToSignIn(answer);
    return false;
  }
  return true;
}

async function moveOn(moo, { book, last }) {
  const mine = await one("books", moo);
  if (mine?.no === book && mine.next <= last) await put("books", { ...mine, next: last + 1 });
}

async function rescue() {
  const text = JSON.stringify({ ombun: 1, sheets: (await unsent()).filter((other) => other.payments).map(told) });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `ombun-${iso(new Date())}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function wipe() {
  const waiting = (await unsent()).length > 0;
  list.querySelector("[data-wipe-first]").hidden = !waiting;
  if (waiting) return;
  await forget();
  for (const name of ["sheets", "device"]) await clear(name);
  await show();
}

// People are forgotten, and the device is a new one. Its sheets stay: what has arrived tells of nobody.
async function forget() {
  for (const name of ["villages", "books"]) await clear(name);
  await put("device", { ...await device(), id: crypto.randomUUID() });
}

// At work -------------------------------------------------------------------------------------------------------------

list.addEventListener("click", (event) => {
  const moo = event.target.closest("[data-moo]")?.dataset.moo;
  if (event.target.closest("[data-take]")) take(moo);
  else if (event.target.closest("[data-open]")) fill(moo);
  else if (event.target.closest("[data-send]")) send();
  else if (event.target.closest("[data-rescue]")) rescue();
  else if (event.target.closest("[data-wipe]")) wipe();
});
form.addEventListener("input", changed);
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tick]");
  if (button) tickAll(button.dataset.tick === "all");
});
form.addEventListener("keydown", move);
form.addEventListener("submit", finish);
form.querySelector("[data-back]").addEventListener("click", (event) => {
  event.preventDefault();
  hasten();
  writing.then(show);
});
addEventListener("online", send);
addEventListener("offline", () => {
  isReached = false;
  if (form.hidden) show();
});
document.addEventListener("visibilitychange", () => document.hidden ? hasten() : send());
setInterval(async () => (await unsent()).some((other) => other.state === "waits") && send(), EVERY);
navigator.storage?.persist?.();
navigator.serviceWorker?.register(`${base}worker.js`, { scope: base })
  .then((found) => found.active?.postMessage("keep"));
await show();
await send();

// The running total of the sheet, and quick hands: arrows go from line to line, Enter goes on to the next amount.
const sheet = document.getElementById("sheet");
const ticks = [...sheet.querySelectorAll("input[type=checkbox]")];
const amountOf = (tick) => sheet.elements[tick.name.replace("pay-", "amount-")];
const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit)).replace(/[,\s]/g, "");

function satang(text) {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(arabic(text));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0") || 0) : 0;
}

function count() {
  const paying = ticks.filter((tick) => tick.checked);
  const total = paying.reduce((sum, tick) => sum + satang(amountOf(tick).value), 0);
  sheet.querySelector("[data-total]").textContent = (total / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
  sheet.querySelector("[data-count]").textContent = paying.length;
  number();
  compare(total);
}

// The number that each receipt will have: read off the paper beside a name, or the next free one of the book.
function number() {
  if (!sheet.elements.first) return;
  const numberOf = (tick) => sheet.elements[tick.name.replace("pay-", "number-")];
  const read = (text) => Number.parseInt(arabic(text), 10);
  const taken = new Set(ticks.filter((tick) => tick.checked).map((tick) => read(numberOf(tick).value)));
  for (const [, first, last] of arabic(sheet.elements.spoiled.value.replace(/[\s,;]+/g, " ").replace(/ /g, ";")).matchAll(/(\d+)(?:[-–](\d+))?/g)) {
    for (let one = Number(first); one <= Math.min(Number(last ?? first), Number(first) + 200); one += 1) taken.add(one);
  }
  let next = read(sheet.elements.first.value);
  for (const tick of ticks) {
    const field = numberOf(tick);
    if (tick.checked && !field.value.trim()) {
      while (taken.has(next)) next += 1;
      field.placeholder = Number.isNaN(next) ? "" : next++;
    } else field.placeholder = "";
  }
}

// The money counted note by note, against the sheet.
function compare(total) {
  const notes = [...sheet.querySelectorAll("[data-satang]")];
  const counted = notes.reduce((sum, note) => sum + Number(note.dataset.satang) * (Number(arabic(note.value)) || 0), 0);
  const badge = sheet.querySelector("[data-difference]"), over = counted - total;
  const baht = (amount) => (amount / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
  sheet.querySelector("[data-counted]").textContent = baht(counted);
  badge.textContent = (over === 0 ? badge.dataset.saySame : over > 0 ? badge.dataset.sayOver : badge.dataset.sayShort).replace("{baht}", baht(Math.abs(over)));
  badge.className = `badge ${over === 0 ? "done" : "waits"}`;
}

function move(event, step) {
  const field = event.target;
  const column = field.type === "checkbox" ? ticks : ticks.map(amountOf);
  const next = column[column.indexOf(field) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select?.();
}

sheet.addEventListener("input", count);
sheet.addEventListener("keydown", (event) => {
  if (!event.target.closest(".sheet")) return;
  if (event.key === "ArrowDown" || event.key === "Enter") move(event, 1);
  if (event.key === "ArrowUp") move(event, -1);
});
sheet.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tick]");
  if (!button) return;
  for (const tick of ticks) tick.checked = button.dataset.tick === "all";
  count();
});
for (const part of sheet.querySelectorAll("[data-with-script]")) part.hidden = false;
count();

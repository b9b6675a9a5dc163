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

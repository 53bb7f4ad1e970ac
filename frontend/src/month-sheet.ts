/** A month on one sheet: keys and paste of a spreadsheet, a draft, and seven days on a phone. */
import { drop, keep, kept } from "./month/draft";
import { Keys } from "./month/keys";
import type { Placed } from "./month/placing";
import { type Field, Sheet } from "./month/sheet";
import { countWords, pasteWords } from "./month/words";
import { offerWeeks } from "./month/weeks";

const form = document.querySelector<HTMLFormElement>("form[data-sheet]");
const table = form?.querySelector("table");
if (form && table) start(form, new Sheet(table));

function start(form: HTMLFormElement, sheet: Sheet): void {
  new Keys(sheet, (placed) => {
    sayPasted(form, placed);
  });
  sheet.onChange(() => {
    count(form, sheet);
  });
  keepDraft(form, sheet);
  offerWeeks(form);
  for (const help of document.querySelectorAll<HTMLElement>("[data-keys]"))
    help.hidden = false;
}

function sayPasted(form: HTMLFormElement, placed: Placed): void {
  const line = form.querySelector<HTMLElement>("[data-paste]");
  if (!line) return;
  line.textContent = pasteWords(placed);
  line.classList.toggle("err", placed.unknown.length > 0 || placed.outside > 0);
  line.hidden = false;
}

function count(form: HTMLFormElement, sheet: Sheet): void {
  const line = form.querySelector<HTMLElement>("[data-count]");
  if (!line) return;
  let times = 0;
  for (const fields of sheet.fields) {
    for (const field of fields.slice(0, sheet.days)) {
      const number = /^\d{1,2}$/.test(field.value.trim()) ? Number(field.value) : 0;
      times += Math.max(0, number - Number(field.dataset.logged ?? 0));
    }
  }
  line.textContent = countWords(times, Number(line.dataset.logged));
}

function keepDraft(form: HTMLFormElement, sheet: Sheet): void {
  const name = form.dataset.sheet ?? "";
  const save = form.dataset.lastSave ?? "";
  const fields = new Map<string, Field>();
  const opened = new Map<string, string>();
  for (const field of form.querySelectorAll<Field>(
    "table input, table select, .brass input",
  )) {
    if (field.type === "hidden") continue;
    fields.set(field.name, field);
    opened.set(field.name, field.value);
  }
  const old = form.hasAttribute("data-typed") ? null : kept(name, save, Date.now());
  if (old) putBack(form, sheet, fields, old.cells);
  const note = () => {
    const typed = [...fields].filter(([key, field]) => field.value !== opened.get(key));
    const cells = Object.fromEntries(typed.map(([key, field]) => [key, field.value]));
    keep(name, { save, at: Date.now(), cells });
  };
  // A sheet that came back from the server holds what was typed before: it stays kept.
  if (!form.hasAttribute("data-typed")) {
    sheet.onChange(note);
    form.addEventListener("input", note);
  }
  form.querySelector("[data-draft-away]")?.addEventListener("click", () => {
    drop(name);
    window.location.reload();
  });
}

function putBack(
  form: HTMLFormElement,
  sheet: Sheet,
  fields: Map<string, Field>,
  cells: Readonly<Record<string, string>>,
): void {
  const edits = [];
  let others = 0;
  for (const [key, text] of Object.entries(cells)) {
    const field = fields.get(key);
    const spot = field && sheet.spotOf(field);
    if (spot) edits.push({ ...spot, after: text });
    else if (field) {
      field.value = text;
      others++;
    }
  }
  sheet.write(edits);
  const note = form.querySelector<HTMLElement>("[data-draft]");
  if (note && edits.length + others) note.hidden = false;
}

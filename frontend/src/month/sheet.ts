/** The table of fields as lines and columns; the fields stay what they are without scripts. */
import { type Edit, History } from "./history";
import type { Size } from "./moving";
import type { LineName, Spot } from "./placing";

export type Field = HTMLInputElement | HTMLSelectElement;

const MOST_TIMES = 50;

export class Sheet {
  readonly lines: LineName[] = [];
  readonly fields: Field[][] = [];
  readonly days: number;
  private readonly spots = new Map<Field, Spot>();
  private readonly history = new History();
  private readonly listeners: (() => void)[] = [];

  constructor(readonly table: HTMLTableElement) {
    this.days = table.querySelectorAll("thead th[data-day]").length;
    for (const [row, line] of [
      ...table.querySelectorAll<HTMLElement>("tbody tr"),
    ].entries()) {
      const fields = [...line.querySelectorAll<Field>("td input, td select")];
      this.lines.push({
        name: line.dataset.name ?? "",
        words: line.dataset.words ?? "",
      });
      this.fields.push(fields);
      for (const [column, field] of fields.entries())
        this.spots.set(field, { row, column });
    }
  }

  get size(): Size {
    return { rows: this.fields.length, columns: this.days + 2, days: this.days };
  }

  at(spot: Spot): Field | undefined {
    return this.fields[spot.row]?.[spot.column];
  }

  spotOf(target: EventTarget | null): Spot | undefined {
    return this.spots.get(target as Field);
  }

  isOpen(spot: Spot): boolean {
    const field = this.at(spot);
    return field !== undefined && !field.disabled;
  }

  text(spot: Spot): string {
    return this.at(spot)?.value ?? "";
  }

  /** Writes cells as one step, which can be taken back. */
  write(edits: readonly Omit<Edit, "before">[]): void {
    const step = edits
      .filter((edit) => this.isOpen(edit))
      .map((edit) => ({ ...edit, before: this.text(edit) }));
    for (const edit of step) this.put(edit, edit.after);
    // What a field did not take, such as a word in a list of answers, is no change.
    this.history.record(step.map((edit) => ({ ...edit, after: this.text(edit) })));
    this.tell();
  }

  /** Notes what somebody typed into a field by hand. */
  typed(spot: Spot, before: string): void {
    this.history.record([{ ...spot, before, after: this.text(spot) }]);
    this.show(spot);
    this.tell();
  }

  undo(): Spot | undefined {
    return this.replay(this.history.undo());
  }

  redo(): Spot | undefined {
    return this.replay(this.history.redo());
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private replay(edits: Edit[]): Spot | undefined {
    for (const edit of edits) this.put(edit, edit.after);
    if (edits.length) this.tell();
    return edits[0];
  }

  private put(spot: Spot, text: string): void {
    const field = this.at(spot);
    if (!field) return;
    field.value = field instanceof HTMLSelectElement ? answer(field, text) : text;
    this.show(spot);
  }

  /** Marks a field as filled, and as one to look at where no number of times stands in it. */
  private show(spot: Spot): void {
    const field = this.at(spot);
    if (!(field instanceof HTMLInputElement)) return;
    const text = field.value.trim();
    field.classList.toggle("set", text !== "");
    const most = spot.column < this.days ? MOST_TIMES : Infinity;
    const fits = /^\d{0,5}$/.test(text) && Number(text) <= most;
    if (fits) field.removeAttribute("aria-invalid");
    else field.setAttribute("aria-invalid", "true");
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** The value of an answer that is written as its value or as its words. */
function answer(field: HTMLSelectElement, text: string): string {
  const asked = text.trim().toLowerCase();
  const found = [...field.options].find(
    (option) => option.value === asked || option.text.toLowerCase() === asked,
  );
  return found ? found.value : field.value;
}

/** Keys, copying and pasting on the sheet, as in a spreadsheet. */
import { isTable, readTable, writeTable } from "./clipboard";
import { between, moved } from "./moving";
import { place, type Placed, type Spot } from "./placing";
import type { Sheet } from "./sheet";

export class Keys {
  private anchor: Spot | null = null;
  private corner: Spot | null = null;
  private before = "";
  private inside = false; // the arrows move inside the field

  constructor(
    private readonly sheet: Sheet,
    private readonly say: (placed: Placed) => void,
  ) {
    const { table } = sheet;
    table.addEventListener("focusin", (event) => {
      this.entered(event.target);
    });
    table.addEventListener("focusout", (event) => {
      this.left(event);
    });
    table.addEventListener("keydown", (event) => {
      this.pressed(event);
    });
    table.addEventListener("mousedown", (event) => {
      this.clicked(event);
    });
    table.addEventListener("copy", (event) => {
      this.copied(event);
    });
    table.addEventListener("paste", (event) => {
      this.pasted(event);
    });
    table.addEventListener("change", (event) => {
      this.changed(event);
    });
    // A cell that needs another look has the focus before this script is there.
    this.entered(document.activeElement);
  }

  private entered(target: EventTarget | null): void {
    const spot = this.sheet.spotOf(target);
    if (!spot) return;
    this.before = this.sheet.text(spot);
    this.inside = false;
    if (target instanceof HTMLInputElement) target.select();
    if (
      !this.corner ||
      this.corner.row !== spot.row ||
      this.corner.column !== spot.column
    ) {
      this.choose(spot, spot);
    }
  }

  private left(event: FocusEvent): void {
    const spot = this.sheet.spotOf(event.target);
    if (spot) this.commit(spot);
  }

  private changed(event: Event): void {
    const spot = this.sheet.spotOf(event.target);
    if (spot && event.target instanceof HTMLSelectElement) this.commit(spot);
  }

  private commit(spot: Spot): void {
    if (this.sheet.text(spot) !== this.before) this.sheet.typed(spot, this.before);
    this.before = this.sheet.text(spot);
  }

  private clicked(event: MouseEvent): void {
    const spot = this.sheet.spotOf(event.target);
    if (!spot || !event.shiftKey || !this.anchor) return;
    event.preventDefault();
    this.choose(this.anchor, spot);
  }

  private pressed(event: KeyboardEvent): void {
    const spot = this.sheet.spotOf(event.target);
    if (!spot || event.altKey || event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && /^[zy]$/i.test(event.key)) {
      event.preventDefault();
      this.replay(spot, event.key.toLowerCase() === "y" || event.shiftKey);
    } else if (this.hasEdited(event, spot)) event.preventDefault();
    else if (!this.inside && this.goes(event, spot, command)) event.preventDefault();
  }

  private replay(spot: Spot, again: boolean): void {
    this.commit(spot);
    const first = again ? this.sheet.redo() : this.sheet.undo();
    this.before = this.sheet.text(spot);
    if (first) this.go(first);
  }

  /** Enter, Delete, Escape, F2. */
  private hasEdited(event: KeyboardEvent, spot: Spot): boolean {
    const field = this.sheet.at(spot);
    if (event.key === "Enter") {
      this.commit(spot);
      this.step(spot, event.shiftKey ? "ArrowUp" : "ArrowDown");
      return true;
    }
    if (event.key === "Escape" && field) {
      field.value = this.before;
      this.inside = false;
      return true;
    }
    if (event.key === "F2" && field instanceof HTMLInputElement) {
      this.inside = true;
      field.setSelectionRange(field.value.length, field.value.length);
      return true;
    }
    const many = this.chosen.length > 1;
    if (
      (event.key === "Delete" && !this.inside) ||
      (event.key === "Backspace" && many)
    ) {
      this.commit(spot);
      this.sheet.write(this.chosen.map((one) => ({ ...one, after: "" })));
      this.before = this.sheet.text(spot);
      return true;
    }
    return false;
  }

  private goes(event: KeyboardEvent, spot: Spot, command: boolean): boolean {
    const upDown = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (event.target instanceof HTMLSelectElement && upDown) return false;
    const from = event.shiftKey && this.corner ? this.corner : spot;
    const next = this.next(from, event.key, command);
    if (!next) return false;
    if (event.shiftKey) this.choose(this.anchor ?? spot, next);
    else {
      this.commit(spot);
      this.go(next);
    }
    return true;
  }

  private next(from: Spot, key: string, jump: boolean): Spot | null {
    const { size } = this.sheet;
    return moved(from, key, { jump, size, isOpen: (spot) => this.sheet.isOpen(spot) });
  }

  private step(from: Spot, key: string): void {
    const next = this.next(from, key, false);
    if (next) this.go(next);
  }

  private go(spot: Spot): void {
    this.choose(spot, spot);
    const field = this.sheet.at(spot);
    field?.focus();
    if (field instanceof HTMLInputElement) field.select();
  }

  private get chosen(): Spot[] {
    return this.anchor && this.corner ? between(this.anchor, this.corner) : [];
  }

  private choose(anchor: Spot, corner: Spot): void {
    for (const spot of this.chosen) this.sheet.at(spot)?.classList.remove("chosen");
    this.anchor = anchor;
    this.corner = corner;
    if (this.chosen.length < 2) return;
    for (const spot of this.chosen) this.sheet.at(spot)?.classList.add("chosen");
  }

  private copied(event: ClipboardEvent): void {
    if (this.chosen.length < 2 || !this.anchor || !this.corner) return;
    const width = Math.abs(this.anchor.column - this.corner.column) + 1;
    const texts = this.chosen.map((spot) => this.sheet.text(spot));
    const rows: string[][] = [];
    for (let at = 0; at < texts.length; at += width)
      rows.push(texts.slice(at, at + width));
    event.clipboardData?.setData("text/plain", writeTable(rows));
    event.preventDefault();
  }

  private pasted(event: ClipboardEvent): void {
    const spot = this.sheet.spotOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!spot || !isTable(text)) return;
    event.preventDefault();
    this.commit(spot);
    const corner = this.chosen[0] ?? spot;
    const placed = place(readTable(text), corner, this.sheet.lines, this.sheet.days);
    this.sheet.write(placed.edits);
    this.before = this.sheet.text(spot);
    this.say(placed);
  }
}

// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";

import { readFragment } from "../../src/dom";
import { drop, keep, kept } from "../../src/month/draft";
import { Keys } from "../../src/month/keys";
import type { Placed } from "../../src/month/placing";
import { Sheet } from "../../src/month/sheet";

const DAYS = 7;

function line(name: string, disabled = 0): string {
  const days = Array.from(
    { length: DAYS },
    (_, day) => `<td><input${day >= DAYS - disabled ? " disabled" : ""}></td>`,
  );
  const rating = '<option value="">Not said</option><option value="4">Good</option>';
  return `<tr data-name="${name}" data-words="${name}, they come"><th></th>${days.join("")}<td><input></td><td><select>${rating}</select></td></tr>`;
}

function open(disabled = 0) {
  const head = Array.from(
    { length: DAYS },
    (_, day) => `<th data-day="${day + 1}"></th>`,
  );
  const html = `<table><thead><tr>${head.join("")}</tr></thead><tbody>${line("Choir", disabled)}${line("School", disabled)}</tbody></table>`;
  document.body.replaceChildren(...readFragment(html));
  const table = document.querySelector("table");
  if (!table) throw new Error("no table");
  const sheet = new Sheet(table);
  const said: Placed[] = [];
  new Keys(sheet, (placed) => said.push(placed));
  return { sheet, said };
}

function press(
  target: Element | null,
  key: string,
  options: KeyboardEventInit = {},
): void {
  target?.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }),
  );
}

function paste(target: Element | null | undefined, text: string): void {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => text } });
  target?.dispatchEvent(event);
}

describe("the keys of a spreadsheet", () => {
  it("goes down with Enter and does not send the form", () => {
    const { sheet } = open();
    sheet.at({ row: 0, column: 2 })?.focus();
    press(document.activeElement, "Enter");

    expect(document.activeElement).toBe(sheet.at({ row: 1, column: 2 }));
  });

  it("empties what is chosen, and takes that back", () => {
    const { sheet } = open();
    sheet.write([
      { row: 0, column: 0, after: "1" },
      { row: 0, column: 1, after: "2" },
    ]);
    sheet.at({ row: 0, column: 0 })?.focus();
    press(document.activeElement, "ArrowRight", { shiftKey: true });
    press(document.activeElement, "Delete");
    expect(sheet.text({ row: 0, column: 1 })).toBe("");

    press(document.activeElement, "z", { ctrlKey: true });
    expect(sheet.text({ row: 0, column: 0 })).toBe("1");
    expect(sheet.text({ row: 0, column: 1 })).toBe("2");
  });

  it("lets one write over the cell that had the focus already", () => {
    const { sheet } = open();
    const field = sheet.at({ row: 0, column: 0 }) as HTMLInputElement;
    field.value = "1e9";
    field.focus();
    field.setSelectionRange(3, 3);
    new Keys(sheet, () => undefined);

    expect(field.selectionEnd).toBe(3);
    expect(field.selectionStart).toBe(0);
  });

  it("puts back what a cell said with Escape", () => {
    const { sheet } = open();
    const field = sheet.at({ row: 0, column: 0 });
    field?.focus();
    if (field) field.value = "9";
    press(field ?? null, "Escape");

    expect(field?.value).toBe("");
  });
});

describe("pasting", () => {
  it("fills a block, takes words for an answer, and is one step", () => {
    const { sheet, said } = open();
    const first = sheet.at({ row: 0, column: 0 });
    first?.focus();
    paste(first, "1\t2\n3\t4\n");
    expect(sheet.text({ row: 1, column: 1 })).toBe("4");
    expect(said[0]?.edits).toHaveLength(4);

    press(document.activeElement, "z", { metaKey: true });
    expect(sheet.fields.flat().every((field) => field.value === "")).toBe(true);

    const people = sheet.at({ row: 0, column: DAYS });
    people?.focus();
    paste(people, "12\tgood\n");
    expect(sheet.text({ row: 0, column: DAYS + 1 })).toBe("4");
  });

  it("leaves days that are to come alone", () => {
    const { sheet } = open(2);
    const first = sheet.at({ row: 0, column: 0 });
    first?.focus();
    paste(first, `${Array.from({ length: DAYS }, () => "1").join("\t")}\n`);

    expect(sheet.text({ row: 0, column: 4 })).toBe("1");
    expect(sheet.text({ row: 0, column: 5 })).toBe("");
  });

  it("marks what is no number of times, as text and nothing else", () => {
    const { sheet } = open();
    const first = sheet.at({ row: 0, column: 0 });
    first?.focus();
    paste(first, "=1+1\t<img src=x onerror=alert(1)>\t51\t50\n");

    const marked = sheet.fields[0]
      ?.slice(0, 4)
      .map((field) => field.getAttribute("aria-invalid"));
    expect(marked).toEqual(["true", "true", "true", null]);
    expect(document.querySelector("img")).toBeNull();
  });
});

describe("a draft", () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it("is there until it was saved, and for a week", () => {
    keep("1-2", { save: "7", at: 1000, cells: { "tie-1-in-3": "2" } });

    expect(kept("1-2", "7", 2000)?.cells).toEqual({ "tie-1-in-3": "2" });
    expect(kept("1-3", "7", 2000)).toBeNull();
    expect(kept("1-2", "8", 2000)).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  it("goes once nothing differs any more", () => {
    keep("1-2", { save: "7", at: 1000, cells: { a: "1" } });
    keep("1-2", { save: "7", at: 1000, cells: {} });
    expect(localStorage.length).toBe(0);

    keep("1-2", { save: "7", at: 0, cells: { a: "1" } });
    expect(kept("1-2", "7", 8 * 24 * 3600 * 1000)).toBeNull();
    drop("1-2");
  });
});

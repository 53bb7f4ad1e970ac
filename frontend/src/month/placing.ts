/**
 * Where a block from a spreadsheet goes: line by line from a cell on, or by the names in
 * its first column and the days in its first row.
 */
import type { Edit } from "./history";

export interface Spot {
  readonly row: number;
  readonly column: number;
}

/** A line of the sheet as somebody may call it. */
export interface LineName {
  readonly name: string; // Canal Side Garden
  readonly words: string; // Canal Side Garden, we go
}

export interface Placed {
  readonly edits: Omit<Edit, "before">[];
  readonly unknown: string[]; // names that no line has
  readonly outside: number; // cells that lie beyond the sheet
}

/** So many days in a row, counted up by one, are a head and no numbers of times. */
const HEAD_DAYS = 5;
const NUMBER = /^-?\d*[.,]?\d*$/;

/** `days`: how many the month has; then come people in all, and how it went. */
export function place(
  block: string[][],
  start: Spot,
  lines: readonly LineName[],
  days: number,
): Placed {
  const head = headOf(block[0] ?? [], days);
  const body = head ? block.slice(1) : block;
  const named = hasNames(body);
  const edits: Omit<Edit, "before">[] = [];
  const unknown: string[] = [];
  let outside = 0;
  for (const [index, cells] of body.entries()) {
    const name = cells[0] ?? "";
    const row = named ? lineCalled(name, lines) : start.row + index;
    if (row === undefined || row >= lines.length) {
      if (named && name) unknown.push(name);
      else outside += cells.filter(Boolean).length;
      continue;
    }
    for (const [at, text] of cells.entries()) {
      if (named && at === 0) continue;
      const column = head ? head[at] : named ? at - 1 : start.column + at;
      const last = start.column >= days && !named && !head ? days + 2 : days;
      if (column === undefined || (!head && column >= last)) outside += text ? 1 : 0;
      else edits.push({ row, column, after: text });
    }
  }
  return { edits, unknown, outside };
}

/** Which column each cell of a first row stands for, if it is a row of days. */
function headOf(cells: string[], days: number): (number | undefined)[] | null {
  const numbers = cells.map((cell) => (/^\d{1,2}$/.test(cell) ? Number(cell) : 0));
  const from = numbers.findIndex((number) => number > 0);
  const run = numbers
    .slice(from)
    .findIndex((number, at) => number !== (numbers[from] ?? 0) + at);
  const length = run === -1 ? numbers.length - from : run;
  if (from === -1 || from > 1 || length < HEAD_DAYS) return null;
  return cells.map((cell, at) => {
    const day = numbers[at] ?? 0;
    if (day > 0 && day <= days) return day - 1;
    if (/^people/i.test(cell)) return days;
    if (/^how/i.test(cell)) return days + 1;
    return undefined;
  });
}

function hasNames(lines: string[][]): boolean {
  return lines.some((cells) => {
    const first = cells[0] ?? "";
    return cells.length > 1 && !NUMBER.test(first) && !first.startsWith("=");
  });
}

/** By its name with the way, or by its name where only one line has that. */
function lineCalled(name: string, lines: readonly LineName[]): number | undefined {
  const asked = plain(name);
  const exact = lines.findIndex((line) => plain(line.words) === asked);
  if (exact !== -1) return exact;
  const alike = [...lines.keys()].filter(
    (at) => plain(lines[at]?.name ?? "") === asked,
  );
  return alike.length === 1 ? alike[0] : undefined;
}

function plain(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim();
}

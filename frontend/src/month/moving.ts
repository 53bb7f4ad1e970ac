/** Which cell a key leads to, as in a spreadsheet. */
import type { Spot } from "./placing";

export interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly days: number;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The next cell that `isOpen`; where there is none, the one it came from. */
export function moved(
  from: Spot,
  key: string,
  {
    jump,
    size,
    isOpen,
  }: { jump: boolean; size: Size; isOpen: (spot: Spot) => boolean },
): Spot | null {
  if (key === "Home") {
    return firstOpen(jump ? 0 : from.row, 0, 1, size, isOpen) ?? from;
  }
  if (key === "End") {
    return (
      firstOpen(jump ? size.rows - 1 : from.row, size.days - 1, -1, size, isOpen) ??
      from
    );
  }
  const step = STEPS[key];
  if (!step) return null;
  let { row, column } = from;
  let last = from;
  for (;;) {
    row += step[0];
    column += step[1];
    if (row < 0 || column < 0 || row >= size.rows || column >= size.columns)
      return last;
    if (!isOpen({ row, column })) continue;
    last = { row, column };
    if (!jump) return last;
  }
}

function firstOpen(
  row: number,
  from: number,
  step: number,
  size: Size,
  isOpen: (spot: Spot) => boolean,
): Spot | null {
  for (let column = from; column >= 0 && column < size.days; column += step) {
    if (isOpen({ row, column })) return { row, column };
  }
  return null;
}

/** Every cell of the block between two corners. */
export function between(one: Spot, other: Spot): Spot[] {
  const spots: Spot[] = [];
  const rows = [Math.min(one.row, other.row), Math.max(one.row, other.row)] as const;
  const columns = [
    Math.min(one.column, other.column),
    Math.max(one.column, other.column),
  ] as const;
  for (let row = rows[0]; row <= rows[1]; row++) {
    for (let column = columns[0]; column <= columns[1]; column++)
      spots.push({ row, column });
  }
  return spots;
}

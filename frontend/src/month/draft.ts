/**
 * What is typed and not saved yet stays in this browser: a page that closes, or a session
 * that ends, takes nothing along. Counts alone; saving or signing out deletes them.
 */

/** Named on the page about cookies. */
const PREFIX = "month-sheet";
const KEPT_MS = 7 * 24 * 3600 * 1000;

export interface Kept {
  /** The last save of this month by this person when it was typed: once that is another,
   * it was saved. */
  readonly save: string;
  readonly at: number;
  readonly cells: Readonly<Record<string, string>>;
}

export function keep(sheet: string, kept: Kept): void {
  try {
    if (Object.keys(kept.cells).length) {
      localStorage.setItem(`${PREFIX} ${sheet}`, JSON.stringify(kept));
    } else drop(sheet);
  } catch {
    // A browser that keeps nothing: then it is on the page alone.
  }
}

export function drop(sheet: string): void {
  try {
    localStorage.removeItem(`${PREFIX} ${sheet}`);
  } catch {
    // Nothing was kept either.
  }
}

/** What is kept of all sheets goes when somebody signs out. */
export function dropAll(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`${PREFIX} `)) localStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept either.
  }
}

/** What is kept of a sheet, unless it was saved or is old. */
export function kept(sheet: string, save: string, now: number): Kept | null {
  try {
    const text = localStorage.getItem(`${PREFIX} ${sheet}`);
    const found = text === null ? null : (JSON.parse(text) as Kept);
    if (found && found.save === save && now - found.at < KEPT_MS) return found;
  } catch {
    // Not ours, or not to be read: as if it were not there.
  }
  drop(sheet);
  return null;
}

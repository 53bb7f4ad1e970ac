/** What the sheet says below itself, and after a paste. */
import type { Placed } from "./placing";

const MOST_NAMES = 3;

export function countWords(times: number, logged: number): string {
  const sheet = `${times} time${times === 1 ? "" : "s"} from sheets`;
  return `${sheet}, ${logged} logged in another way. Nothing is counted twice.`;
}

export function pasteWords(placed: Placed): string {
  const cells = placed.edits.length;
  const said = [`Pasted ${cells} cell${cells === 1 ? "" : "s"}. Ctrl+Z takes it back.`];
  const names = placed.unknown
    .slice(0, MOST_NAMES)
    .map((name) => `“${name.slice(0, 40)}”`);
  const more = placed.unknown.length - names.length;
  if (names.length) {
    const others = more > 0 ? ` and ${more} more` : "";
    said.push(`No line is called ${names.join(", ")}${others}: add a tie first.`);
  }
  if (placed.outside) {
    const many = placed.outside === 1 ? "1 cell lies" : `${placed.outside} cells lie`;
    said.push(
      `${many} outside the sheet, and ${placed.outside === 1 ? "was" : "were"} left out.`,
    );
  }
  return said.join(" ");
}

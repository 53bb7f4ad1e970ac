/**
 * Text as spreadsheets put it on the clipboard: cells apart by tabs, lines by line ends,
 * cells with either of them in quotes.
 */

/** More than a sheet could hold is cut off before anything is done with it. */
const MOST_LINES = 200;
const MOST_CELLS = 60;
const MOST_TEXT = 1_000_000;

export function isTable(text: string): boolean {
  return /[\t\n\r]/.test(text);
}

export function readTable(text: string): string[][] {
  const lines: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const plain = text.slice(0, MOST_TEXT).replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const end = () => {
    lines.at(-1)?.push(cell.trim());
    cell = "";
  };
  for (let index = 0; index < plain.length; index++) {
    const sign = plain.charAt(index);
    if (quoted && sign === '"' && plain.charAt(index + 1) === '"') {
      cell += '"';
      index++;
    } else if (sign === '"' && (quoted || cell === "")) quoted = !quoted;
    else if (sign === "\t" && !quoted) end();
    else if (sign === "\n" && !quoted) {
      end();
      if (lines.length === MOST_LINES) return cut(lines);
      lines.push([]);
    } else cell += sign;
  }
  end();
  return cut(lines);
}

function cut(lines: string[][]): string[][] {
  return lines.map((line) => line.slice(0, MOST_CELLS));
}

export function writeTable(lines: string[][]): string {
  return lines.map((line) => line.join("\t")).join("\n");
}

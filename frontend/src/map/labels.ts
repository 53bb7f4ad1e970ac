/** Chooses which place names fit on the map without covering each other. Pure. */
import type { Pixel } from "../geo";

export interface Label extends Pixel {
  text: string;
  /** How many people live there: the larger place goes first. */
  population: number;
}

const LINE_PX = 18;
const LETTER_PX = 8.5;
const GAP_PX = 6;

/** The labels that fit, largest place first; the same name is written once. */
export function fittingLabels(labels: Label[], most = 40): Label[] {
  const chosen: Label[] = [];
  const names = new Set<string>();
  const bySize = [...labels].sort(
    (a, b) => b.population - a.population || a.text.localeCompare(b.text),
  );
  for (const label of bySize) {
    if (chosen.length >= most) break;
    if (names.has(label.text)) continue;
    if (chosen.some((other) => overlap(label, other))) continue;
    chosen.push(label);
    names.add(label.text);
  }
  return chosen;
}

function overlap(a: Label, b: Label): boolean {
  const width = ((a.text.length + b.text.length) * LETTER_PX) / 2 + GAP_PX;
  return Math.abs(a.x - b.x) < width && Math.abs(a.y - b.y) < LINE_PX + GAP_PX;
}

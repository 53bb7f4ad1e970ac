/**
 * Lines between areas, each once: two neighbours share theirs, and drawn twice its
 * dashes would fill each other's gaps. Pure.
 */
import type { Pixel } from "../geo";
import type { TileShape } from "../mvt";

/** True where one side of a segment is water: the coast is drawn in its own way. */
export type OnCoast = (from: Pixel, to: Pixel) => boolean;

/** Runs of points to draw a line through. */
export function borderLines(shapes: TileShape[], onCoast: OnCoast): Pixel[][] {
  const drawn = new Set<string>();
  return shapes
    .flatMap(({ rings }) => rings)
    .flatMap((ring) => linesOf(ring, drawn, onCoast));
}

function linesOf(ring: Pixel[], drawn: Set<string>, onCoast: OnCoast): Pixel[][] {
  const lines: Pixel[][] = [];
  let line: Pixel[] = [];
  for (const [from, to] of pairsOf(ring)) {
    const key = keyOf(from, to);
    if (drawn.has(key) || onCoast(from, to)) {
      line = [];
      continue;
    }
    drawn.add(key);
    if (line.length === 0) {
      line = [from];
      lines.push(line);
    }
    line.push(to);
  }
  return lines;
}

/** The segments of a ring, each from a point to the next. */
export function pairsOf(ring: Pixel[]): [Pixel, Pixel][] {
  return ring.slice(1).map((to, index) => [ring[index] ?? to, to]);
}

function keyOf(from: Pixel, to: Pixel): string {
  const ends = [from, to].map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`);
  return ends.sort().join(" ");
}

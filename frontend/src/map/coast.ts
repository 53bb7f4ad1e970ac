/**
 * Where land ends: lines of the coast, how softly they are drawn, and what of a town lies
 * beyond them. The outlines that come with the project are right to a kilometre or so, and
 * a sharp line would say more than they know. Pure.
 */
import { DRAWN_PX, type Pixel } from "../geo";
import type { TileShape } from "../mvt";
import { pairsOf, type OnCoast } from "./borders";

/** How far over its edge a tile's shapes go: there they are cut, which is no coast. */
const BUFFER_PX = (DRAWN_PX * 320) / 4096;
const SOFT_FROM = 10;
/** At `SOFT_FROM`; it doubles with each zoom, as what is not known does. */
const SOFT_PX = 5;
const SOFTEST_PX = 34;
/** Around a postcode that the outline leaves in the sea, this much is land. */
const LAND_PX = 5;
/** The borders that come with the project fade out as one comes closer. */
const FAINTER: Record<number, number> = { 13: 0.55, 14: 0.3 };
const GONE_FROM = 15;

/** How wide the coast's uncertain strip is at a zoom; 0 draws a line. */
export function softness(zoom: number): number {
  if (zoom < SOFT_FROM) return 0;
  return Math.min(SOFTEST_PX, SOFT_PX * 2 ** (zoom - SOFT_FROM));
}

/** The radius of the land around a postcode, at most `most`. */
export function landAround(zoom: number, most: number): number {
  if (zoom < SOFT_FROM) return 0;
  return Math.min(most, LAND_PX * 1.6 ** (zoom - SOFT_FROM));
}

/** How strongly a rough border is drawn at a zoom, 0 to 1. */
export function roughInk(zoom: number): number {
  return zoom >= GONE_FROM ? 0 : (FAINTER[zoom] ?? 1);
}

export function isRough({ properties }: TileShape): boolean {
  return properties.rough === true;
}

/** Runs of points along the coast, without what only a tile's edge cuts. */
export function coastLines(shapes: TileShape[], onCoast: OnCoast): Pixel[][] {
  return shapes
    .flatMap(({ rings }) => rings)
    .flatMap((ring) =>
      runs(pairsOf(ring), ([from, to]) => !isCut(from, to) && onCoast(from, to)),
    );
}

function runs(
  pairs: [Pixel, Pixel][],
  wanted: (pair: [Pixel, Pixel]) => boolean,
): Pixel[][] {
  const lines: Pixel[][] = [];
  let line: Pixel[] | null = null;
  for (const pair of pairs) {
    if (!wanted(pair)) {
      line = null;
      continue;
    }
    if (!line) {
      line = [pair[0]];
      lines.push(line);
    }
    line.push(pair[1]);
  }
  return lines;
}

function isCut(from: Pixel, to: Pixel): boolean {
  const [least, most] = [-BUFFER_PX + 0.5, DRAWN_PX + BUFFER_PX - 0.5];
  const both = (side: (point: Pixel) => boolean) => side(from) && side(to);
  return (
    both(({ x }) => x <= least) ||
    both(({ x }) => x >= most) ||
    both(({ y }) => y <= least) ||
    both(({ y }) => y >= most)
  );
}

/** The spots that lie in no shape: a harbour, a pier, a town behind a coarse outline. */
export function outside<Spot extends Pixel>(
  spots: Spot[],
  shapes: TileShape[],
): Spot[] {
  return spots.filter((spot) => !shapes.some(({ rings }) => isIn(spot, rings)));
}

/** By the even-odd rule, as shapes are filled. */
function isIn({ x, y }: Pixel, rings: Pixel[][]): boolean {
  let inside = false;
  for (const [from, to] of rings.flatMap(pairsOf)) {
    if (from.y > y === to.y > y) continue;
    if (x < from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x)) {
      inside = !inside;
    }
  }
  return inside;
}

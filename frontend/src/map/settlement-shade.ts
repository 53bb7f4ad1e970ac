/** How strongly postcodes are drawn at a zoom, and where ground counts as built up. Pure. */
import type { Pixel } from "../geo";

export interface Spot extends Pixel {
  /** How many postcodes it stands for. */
  count: number;
}

export interface Shade {
  /** Radius in pixels of the shade around a spot. */
  radius: number;
  /** Postcodes in the neighbourhood from which ground is built up, or dense. */
  builtFrom: number;
  denseFrom: number;
  /** A neighbourhood is this wide, in pixels, and as much to either side. */
  reach: number;
  /** The tokens of their colours. */
  built: `--${string}`;
  dense: `--${string}`;
  dot: (count: number) => number;
  /** How strongly dots are drawn, 0 to 1. */
  dotInk: number;
}

/** How far the shade of a spot near the edge may reach over the next tile. */
export const MARGIN_PX = 32;
/** From the next zoom on the shade is this one's, enlarged. */
export const SHADED_UP_TO = 15;

const NEVER = Infinity;
const none = () => 0;
const upTo = (most: number, least: number, per: number) => (count: number) =>
  Math.min(most, least + count / per);

const far = {
  built: "--map-built",
  dense: "--map-dense",
  dot: none,
  dotInk: 1,
} as const;
/** Close by, shade takes up most of the map: quieter. */
const near = { built: "--map-built-close", dense: "--map-built", dotInk: 1 } as const;
const closest = { ...near, radius: 30, reach: 48, builtFrom: 5, denseFrom: NEVER };

/** By the zoom up to which they hold. Up to 7 a spot stands for whole sectors. */
const SHADES: [zoom: number, Shade][] = [
  [5, { ...far, radius: 2.2, reach: 3, builtFrom: 3000, denseFrom: 14_000 }],
  [6, { ...far, radius: 2.6, reach: 4, builtFrom: 1300, denseFrom: 6500 }],
  [7, { ...far, radius: 3.2, reach: 5, builtFrom: 800, denseFrom: 3600 }],
  [8, { ...far, radius: 3, reach: 5, builtFrom: 130, denseFrom: 800 }],
  [9, { ...far, radius: 3.2, reach: 5, builtFrom: 40, denseFrom: 260 }],
  [10, { ...far, radius: 4, reach: 5, builtFrom: 15, denseFrom: 150 }],
  [11, { ...far, radius: 5, reach: 7, builtFrom: 10, denseFrom: 140 }],
  [
    12,
    {
      ...far,
      radius: 7,
      reach: 10,
      builtFrom: 7,
      denseFrom: 110,
      dot: upTo(1.2, 0.6, 20),
      dotInk: 0.5,
    },
  ],
  [
    13,
    {
      ...far,
      radius: 10,
      reach: 16,
      builtFrom: 6,
      denseFrom: 110,
      dot: upTo(1.5, 0.9, 10),
      dotInk: 0.7,
    },
  ],
  [
    14,
    {
      ...near,
      radius: 17,
      reach: 28,
      builtFrom: 6,
      denseFrom: 90,
      dot: upTo(1.8, 1.2, 8),
      dotInk: 0.85,
    },
  ],
  [15, { ...closest, dot: () => 2 }],
  [NEVER, { ...closest, dot: () => 2.4 }],
];

export function shadeAt(zoom: number): Shade {
  const row = SHADES.find(([last]) => zoom <= last);
  if (!row) throw new RangeError(`There is no zoom ${String(zoom)}.`);
  return row[1];
}

/**
 * The spots around which at least `least` postcodes lie: a farm by itself is no town.
 * Beyond `edge` nothing is known: what lies there is reckoned as on this side.
 */
export function crowded(
  spots: Spot[],
  reach: number,
  least: number,
  edge: [number, number] = [-Infinity, Infinity],
): Spot[] {
  if (least === NEVER) return [];
  const squares = new Map<string, number>();
  const square = (value: number) => Math.floor(value / reach);
  for (const { x, y, count } of spots) {
    const key = `${String(square(x))} ${String(square(y))}`;
    squares.set(key, (squares.get(key) ?? 0) + count);
  }
  const known = (value: number) => {
    const [from, to] = [(square(value) - 1) * reach, (square(value) + 2) * reach];
    return (Math.min(to, edge[1]) - Math.max(from, edge[0])) / (3 * reach);
  };
  const around = ({ x, y }: Spot) =>
    SIDES.flatMap((dx) =>
      SIDES.map((dy) => `${String(square(x) + dx)} ${String(square(y) + dy)}`),
    ).reduce((sum, key) => sum + (squares.get(key) ?? 0), 0);
  return spots.filter((spot) => around(spot) >= least * known(spot.x) * known(spot.y));
}

const SIDES = [-1, 0, 1];

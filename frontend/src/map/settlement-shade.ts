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

/** Built-up ground and, over it, the dense: what is drawn in which colour. */
export function groundOf(
  spots: Spot[],
  { reach, built, builtFrom, dense, denseFrom }: Shade,
  edge: [number, number],
): { colour: `--${string}`; built: Spot[] }[] {
  const crowd = new Crowd(spots, reach, edge);
  return [
    { colour: built, built: crowd.from(builtFrom) },
    { colour: dense, built: crowd.from(denseFrom) },
  ];
}

interface Square {
  column: number;
  row: number;
  /** Postcodes in it. */
  count: number;
  /** Postcodes in it and the eight around it. */
  around: number;
  /** Which share of the nine is known: less at the edge of a tile. */
  known: number;
}

/** Further squares than this from the tile's corner there are none. */
const FAR = 2 ** 20;
const SIDES = [-1, 0, 1];

/**
 * How many postcodes lie around each spot: a farm by itself is no town. Beyond `edge`
 * nothing is known: what lies there is reckoned as on this side.
 */
export class Crowd {
  private readonly spots: Spot[];
  private readonly squareOf: Square[];

  constructor(
    spots: Spot[],
    reach: number,
    edge: [number, number] = [-Infinity, Infinity],
  ) {
    this.spots = spots;
    const squares = new Map<number, Square>();
    const at = (column: number, row: number) => column * FAR + row;
    this.squareOf = spots.map(({ x, y, count }) => {
      const [column, row] = [Math.floor(x / reach), Math.floor(y / reach)];
      let square = squares.get(at(column, row));
      if (!square) {
        square = { column, row, count: 0, around: 0, known: 1 };
        squares.set(at(column, row), square);
      }
      square.count += count;
      return square;
    });
    const known = (number: number) => {
      const [from, to] = [(number - 1) * reach, (number + 2) * reach];
      return (Math.min(to, edge[1]) - Math.max(from, edge[0])) / (3 * reach);
    };
    for (const square of squares.values()) {
      const { column, row } = square;
      square.known = known(column) * known(row);
      for (const dx of SIDES) {
        for (const dy of SIDES) {
          square.around += squares.get(at(column + dx, row + dy))?.count ?? 0;
        }
      }
    }
  }

  /** The spots around which at least `least` postcodes lie. */
  from(least: number): Spot[] {
    if (least === NEVER) return [];
    return this.spots.filter((_, index) => {
      const square = this.squareOf[index];
      return square !== undefined && square.around >= least * square.known;
    });
  }
}

/**
 * Puts what the tiles hold together into signs that do not cover each other: a place
 * by itself, or "23 places". Pure: points in, signs out.
 */
import { fromPixel, toPixel, type LonLat, type Pixel } from "../geo";
import type { Properties, TilePoint } from "../mvt";
import { NearIndex } from "./near";

export interface Place {
  id: number;
  name: string;
  category: string;
  checkState: string;
}
/** Homes and places are counted apart: "12 homes" beside "23 places". */
export type Layer = "assets" | "homes";

export interface Sign {
  layer: Layer;
  at: LonLat;
  /** How many places the sign stands for. */
  count: number;
  /** Set where the sign stands for one place that may be named. */
  place: Place | null;
  /** Those on one spot, more than can be fanned out: to be named when pressed. */
  together?: Place[];
}

/** Two signs nearer than this, in pixels, would touch: they are wider than high. */
const SIGN: Pixel = { x: 112, y: 46 };
/** What each figure beyond the second adds to a sign: "1,204 places". */
const FIGURE_PX = 10;
/** No sign is wider than "1,000,000 places". */
const REACH: Pixel = { x: 190, y: 46 };
/** From here on every place stands by itself; those on one spot are fanned out. */
export const EACH_BY_ITSELF = 17;
const FAN_PX = 26;
/** More on one spot make a circle that nobody would read as one spot. */
const FAN_MOST = 6;
/** This near to each other, places are on one spot. */
const SPOT_PX = 4;
const MOST_ROUNDS = 40;
/** Nearer than this, one ring would leave too little of another to press. */
const RING_PX = 30;
const STEP_PX = 8;
const FARTHEST_STEP = 12;
/** Where so many found no room the map is full, and looking on would only take time. */
const MOST_STUCK = 40;
/** As far as a sign that has moved can meet another. */
const FAR: Pixel = {
  x: FARTHEST_STEP * STEP_PX + REACH.x,
  y: FARTHEST_STEP * STEP_PX + REACH.y,
};
/** Where a sign may move to, nearest first: whole steps around its own place. */
const STEPS: Pixel[] = stepsAround();

interface Item extends Pixel {
  layer: Layer;
  count: number;
  place: Place | null;
  together?: Place[];
  /** How wide its sign is: worked out once, since it is asked for at every step. */
  width: number;
}

/**
 * `subject`, a place that the page is about, is never joined with its neighbours.
 * `scale`: how much larger than planned signs are drawn, for those who read large type.
 */
export function gatherSigns(
  points: Record<Layer, TilePoint[]>,
  zoom: number,
  subject = "",
  scale = 1,
): Sign[] {
  const gather = zoom >= EACH_BY_ITSELF ? setApart : mergeAll;
  const own: Item[] = [];
  const items = (["homes", "assets"] as const).flatMap((layer) => {
    const all = points[layer].map((point) => toItem(layer, point, zoom, scale));
    const isSubject = ({ place }: Item) =>
      place !== null && placeKey(layer, place.id) === subject;
    own.push(...all.filter(isSubject));
    return [
      ...gather(all.filter((item) => !isSubject(item))),
      ...all.filter(isSubject),
    ];
  });
  return moveApart(items, own).map(({ layer, count, place, together, x, y }) => ({
    layer,
    at: fromPixel({ x: x * scale, y: y * scale }, zoom),
    count,
    place,
    ...(together && { together }),
  }));
}

function stepsAround(): Pixel[] {
  const range = Array.from(
    { length: 2 * FARTHEST_STEP + 1 },
    (_, index) => (index - FARTHEST_STEP) * STEP_PX,
  );
  const steps = range.flatMap((x) => range.map((y) => ({ x, y })));
  return steps.sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
}

export function placeKey(layer: string, id: number): string {
  return `${layer} ${String(id)}`;
}

function toItem(
  layer: Layer,
  { at, properties }: TilePoint,
  zoom: number,
  scale: number,
): Item {
  const { x, y } = toPixel(at, zoom);
  const [count, place] = [countOf(properties), placeOf(properties)];
  const width = widthOf(count, place);
  return { layer, x: x / scale, y: y / scale, count, place, width };
}

function countOf(properties: Properties): number {
  const count = Number(properties.n ?? 1);
  return Number.isFinite(count) && count > 0 ? count : 1;
}

function placeOf({ id, name, c, s }: Properties): Place | null {
  if (id === undefined || name === undefined) return null;
  return {
    id: Number(id),
    name: String(name),
    category: String(c ?? ""),
    checkState: String(s ?? ""),
  };
}

/** Joined signs stand elsewhere than their parts, so joining goes on until all clear. */
function mergeAll(items: Item[]): Item[] {
  let signs = items;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const fewer = merge(signs);
    if (fewer.length === signs.length) return fewer;
    signs = fewer;
  }
  return signs;
}

/** Greedy, from the fullest sign down, so that the same items give the same signs. */
function merge(items: Item[]): Item[] {
  const waiting = [...items].sort(
    (a, b) => b.count - a.count || a.y - b.y || a.x - b.x,
  );
  const index = new NearIndex(waiting);
  const taken = new Set<Item>();
  const signs: Item[] = [];
  for (const first of waiting) {
    if (taken.has(first)) continue;
    const near = [first];
    for (const item of index.around(first, REACH)) {
      if (item !== first && !taken.has(item) && touch(first, item)) near.push(item);
    }
    for (const item of near) taken.add(item);
    signs.push(joined(first, near));
  }
  return signs;
}

/** A single place is a ring, and takes less room than "23 places". */
function touch(a: Item, b: Item): boolean {
  return Math.abs(a.y - b.y) < SIGN.y && Math.abs(a.x - b.x) < (a.width + b.width) / 2;
}

function widthOf(count: number, place: Place | null): number {
  if (place) return SIGN.y;
  const figures = Math.floor(Math.log10(count)) + 1;
  return SIGN.x + FIGURE_PX * Math.max(0, figures - 2);
}

function joined(first: Item, items: Item[]): Item {
  if (items.length === 1) return first;
  const count = items.reduce((sum, item) => sum + item.count, 0);
  const mean = (axis: "x" | "y") =>
    items.reduce((sum, item) => sum + item[axis] * item.count, 0) / count;
  const width = widthOf(count, null);
  return { layer: first.layer, x: mean("x"), y: mean("y"), count, place: null, width };
}

/** Close up only what a tile has counted already is still joined. */
function setApart(items: Item[]): Item[] {
  const counted = items.filter(({ place }) => !place);
  return [...mergeAll(counted), ...fanOut(items.filter(({ place }) => place))];
}

/** Places in one building share a point: each gets its own spot on a small circle. */
function fanOut(items: Item[]): Item[] {
  const spots = new Map<string, Item[]>();
  for (const item of items) {
    const spot = [item.x, item.y].map((pixel) => Math.round(pixel / SPOT_PX)).join();
    const known = spots.get(spot);
    if (known) known.push(item);
    else spots.set(spot, [item]);
  }
  return [...spots.values()].flatMap((together) =>
    together.length > FAN_MOST
      ? [stacked(together)]
      : together.map((item, index) => moved(item, index, together.length)),
  );
}

function stacked(items: Item[]): Item {
  const [first] = items as [Item];
  const together = items.flatMap(({ place }) => place ?? []);
  together.sort((a, b) => a.name.localeCompare(b.name, "en-GB"));
  const count = items.length;
  return { ...first, count, place: null, together, width: widthOf(count, null) };
}

function moved(item: Item, index: number, of: number): Item {
  if (of === 1) return item;
  const angle = (2 * Math.PI * index) / of - Math.PI / 2;
  const radius = FAN_PX * Math.max(1, of / FAN_MOST);
  return {
    ...item,
    x: item.x + radius * Math.cos(angle),
    y: item.y + radius * Math.sin(angle),
  };
}

/**
 * Homes and places are gathered apart and may meet. The page's own subject stays put;
 * single places come next and give way a little; signs that stand for several are
 * nowhere exactly, and take the nearest room that is left.
 */
function moveApart(items: Item[], subject: Item[]): Item[] {
  const rank = (item: Item) => (subject.includes(item) ? 0 : item.place ? 1 : 2);
  const order = [...items].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
  const placed = new Map<Item, Item>();
  const index = new NearIndex<Item>();
  let stuck = 0;
  for (const item of order) {
    const isSettled = subject.includes(item) || stuck > MOST_STUCK;
    const room = isSettled ? item : nearestRoom(item, index);
    if (!room) stuck += 1;
    const spot = room ?? item; // better covered than out of place
    placed.set(item, spot);
    index.add(spot);
  }
  return items.map((item) => placed.get(item) ?? item);
}

/** Null where there is none anywhere near. */
function nearestRoom(item: Item, placed: NearIndex<Item>): Item | null {
  const near = [...placed.around(item, FAR)];
  const spot = { ...item };
  let inTheWay: Item | undefined;
  for (const step of STEPS) {
    spot.x = item.x + step.x;
    spot.y = item.y + step.y;
    if (inTheWay && covers(spot, inTheWay)) continue; // most often still the same
    inTheWay = near.find((other) => covers(spot, other));
    if (!inTheWay) return spot;
  }
  return null;
}

/** Two rings may touch, as long as a finger finds each; a wide sign needs its room. */
function covers(a: Item, b: Item): boolean {
  if (!a.place || !b.place) return touch(a, b);
  return Math.hypot(a.x - b.x, a.y - b.y) < RING_PX;
}

/**
 * Puts what the tiles hold together into signs that do not cover each other: a place
 * by itself, or "23 places". Pure: points in, signs out.
 */
import { fromPixel, toPixel, type LonLat, type Pixel } from "../geo";
import type { Properties, TilePoint } from "../mvt";

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
}

/** Two signs nearer than this, in pixels, would touch: they are wider than high. */
const SIGN: Pixel = { x: 112, y: 46 };
/** From here on every place stands by itself; those on one spot are fanned out. */
export const EACH_BY_ITSELF = 17;
const FAN_PX = 26;
const MOST_ROUNDS = 40;
/** Nearer than this, one ring would leave too little of another to press. */
const RING_PX = 30;
const STEP_PX = 8;
const FARTHEST_STEP = 18;
/** Where a sign may move to, nearest first: whole steps around its own place. */
const STEPS: Pixel[] = stepsAround();

interface Item extends Pixel {
  layer: Layer;
  count: number;
  place: Place | null;
}

/** `subject`, a place that the page is about, is never joined with its neighbours. */
export function gatherSigns(
  points: Record<Layer, TilePoint[]>,
  zoom: number,
  subject = "",
): Sign[] {
  const gather = zoom >= EACH_BY_ITSELF ? fanOut : mergeAll;
  const own: Item[] = [];
  const items = (["homes", "assets"] as const).flatMap((layer) => {
    const all = points[layer].map((point) => toItem(layer, point, zoom));
    const isSubject = ({ place }: Item) =>
      place !== null && placeKey(layer, place.id) === subject;
    own.push(...all.filter(isSubject));
    return [
      ...gather(all.filter((item) => !isSubject(item))),
      ...all.filter(isSubject),
    ];
  });
  return moveApart(items, own).map(({ layer, x, y, count, place }) => ({
    layer,
    at: fromPixel({ x, y }, zoom),
    count,
    place,
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

function toItem(layer: Layer, { at, properties }: TilePoint, zoom: number): Item {
  return {
    layer,
    ...toPixel(at, zoom),
    count: countOf(properties),
    place: placeOf(properties),
  };
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
  const taken = new Set<Item>();
  const signs: Item[] = [];
  for (const first of waiting) {
    if (taken.has(first)) continue;
    const near = waiting.filter((item) => !taken.has(item) && touch(first, item));
    for (const item of near) taken.add(item);
    signs.push(joined(first, near));
  }
  return signs;
}

/** A single place is a ring, and takes less room than "23 places". */
function touch(a: Item, b: Item): boolean {
  const narrow = a.place && b.place ? SIGN.y : a.place || b.place ? 80 : SIGN.x;
  return Math.abs(a.x - b.x) < narrow && Math.abs(a.y - b.y) < SIGN.y;
}

function joined(first: Item, items: Item[]): Item {
  if (items.length === 1) return first;
  const count = items.reduce((sum, item) => sum + item.count, 0);
  const mean = (axis: "x" | "y") =>
    items.reduce((sum, item) => sum + item[axis] * item.count, 0) / count;
  return { layer: first.layer, x: mean("x"), y: mean("y"), count, place: null };
}

/** Places in one building share a point: each gets its own spot on a small circle. */
function fanOut(items: Item[]): Item[] {
  const spots = new Map<string, Item[]>();
  for (const item of items) {
    const key = `${String(Math.round(item.x / 4))},${String(Math.round(item.y / 4))}`;
    spots.set(key, [...(spots.get(key) ?? []), item]);
  }
  return [...spots.values()].flatMap((together) =>
    together.map((item, index) => moved(item, index, together.length)),
  );
}

function moved(item: Item, index: number, of: number): Item {
  if (of === 1) return item;
  const angle = (2 * Math.PI * index) / of - Math.PI / 2;
  const radius = FAN_PX * Math.max(1, of / 6);
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
  for (const item of order) {
    placed.set(
      item,
      subject.includes(item) ? item : nearestRoom(item, [...placed.values()]),
    );
  }
  return items.map((item) => placed.get(item) ?? item);
}

function nearestRoom(item: Item, placed: Item[]): Item {
  for (const { x, y } of STEPS) {
    const spot = { ...item, x: item.x + x, y: item.y + y };
    if (!placed.some((other) => covers(spot, other))) return spot;
  }
  return item; // no room anywhere near: better covered than out of place
}

/** Two rings may touch, as long as a finger finds each; a wide sign needs its room. */
function covers(a: Item, b: Item): boolean {
  if (!a.place || !b.place) return touch(a, b);
  return Math.hypot(a.x - b.x, a.y - b.y) < RING_PX;
}

/**
 * Puts what the tiles hold together into signs that do not cover each other: a place
 * by itself, or "23 places". Pure: pixels in, signs out.
 */
import { fromPixel, toPixel, type LonLat, type Pixel } from "../geo";
import type { Properties, TilePoint } from "../mvt";

export interface Place {
  id: number;
  name: string;
  category: string;
  checkState: string;
}
export interface Sign {
  at: LonLat;
  /** How many places the sign stands for. */
  count: number;
  /** Set where the sign stands for one place that may be named. */
  place: Place | null;
}

/** A sign takes in what lies this near, in pixels: signs are wider than high. */
const REACH: Pixel = { x: 84, y: 48 };
/** From here on every place stands by itself; those on one spot are fanned out. */
export const EACH_BY_ITSELF = 17;
const FAN_PX = 26;

interface Item extends Pixel {
  count: number;
  place: Place | null;
}

export function gatherSigns(points: TilePoint[], zoom: number): Sign[] {
  const items = points.map((point) => ({
    ...toPixel(point.at, zoom),
    count: countOf(point.properties),
    place: placeOf(point.properties),
  }));
  const gathered = zoom >= EACH_BY_ITSELF ? fanOut(items) : merge(items);
  return gathered.map(({ x, y, count, place }) => ({
    at: fromPixel({ x, y }, zoom),
    count,
    place,
  }));
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

/** Greedy, from the fullest sign down, so that the same items give the same signs. */
function merge(items: Item[]): Item[] {
  const waiting = [...items].sort(
    (a, b) => b.count - a.count || a.y - b.y || a.x - b.x,
  );
  const taken = new Set<Item>();
  const signs: Item[] = [];
  for (const first of waiting) {
    if (taken.has(first)) continue;
    const near = waiting.filter((item) => !taken.has(item) && within(first, item));
    for (const item of near) taken.add(item);
    signs.push(joined(near));
  }
  return signs;
}

function within(a: Item, b: Item): boolean {
  return Math.abs(a.x - b.x) < REACH.x && Math.abs(a.y - b.y) < REACH.y;
}

function joined(items: Item[]): Item {
  const [only] = items;
  if (only && items.length === 1) return only;
  const count = items.reduce((sum, item) => sum + item.count, 0);
  const mean = (axis: "x" | "y") =>
    items.reduce((sum, item) => sum + item[axis] * item.count, 0) / count;
  return { x: mean("x"), y: mean("y"), count, place: null };
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

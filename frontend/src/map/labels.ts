/**
 * Chooses which names fit on the map without covering each other. Pure: what could be
 * written goes in with its measured size, what is written where comes out.
 */
import type { Pixel } from "../geo";

/** How a name is set: the largest towns of a view first, postcodes last. */
export type Rank = "first" | "second" | "third" | "code";

export interface Label extends Pixel {
  text: string;
  rank: Rank;
  /** How many people live there, or a tie-break: the larger goes first. */
  weight: number;
  /** Of the text as it will be set, in pixels. */
  width: number;
  height: number;
}
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
export interface Room {
  /** What of the map can be seen: no name runs over its edge. */
  view: Box;
  /** Signs and buttons, which a name makes way for. */
  taken: Box[];
  most: number;
  /** Share of the usual way that a name may step aside: from afar it would mislead. */
  stray: number;
}
export interface PlacedLabel {
  label: Label;
  box: Box;
}

const GAP_PX = 5;
/** Steps aside for a sign: up and down, and to the sides past the name's half. */
const DOWN_PX = Array.from({ length: 13 }, (_, index) => 12 * (index - 6));
const PAST_PX = [4, 24, 48, 80];
/** How far a name may step aside; a large town's is missed most. */
const FARTHEST_PX: Record<Rank, number> = {
  first: 110,
  second: 80,
  third: 56,
  code: 56,
};
/** Of the map for each name, in square pixels. */
const ROOM_PX2 = 16_000;
const RANKS: Rank[] = ["first", "second", "third", "code"];
/** People from which a name is of the first, second rank; by the zoom up to which. */
const POPULATION: [zoom: number, first: number, second: number][] = [
  [7, 400_000, 180_000],
  [9, 250_000, 60_000],
  [11, 100_000, 25_000],
  [Infinity, 45_000, 10_000],
];

export function rankOf(population: number, zoom: number): Rank {
  const [, first, second] = POPULATION.find(([last]) => zoom <= last) ?? [0, 0, 0];
  if (population >= first) return "first";
  return population >= second ? "second" : "third";
}

/** How many names a map of a size carries: fewer on a phone. */
export function mostLabels(width: number, height: number): number {
  return Math.min(60, Math.max(6, Math.round((width * height) / ROOM_PX2)));
}

export function strayAt(zoom: number): number {
  return zoom <= 7 ? 0.7 : 1;
}

/** The labels that fit, most important first; the same name is written once. */
export function placeLabels(labels: Label[], room: Room): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const names = new Set<string>();
  for (const label of [...labels].sort(byImportance)) {
    if (placed.length >= room.most) break;
    if (names.has(label.text)) continue;
    const box = findRoom(label, placed, room);
    if (!box) continue;
    placed.push({ label, box });
    names.add(label.text);
  }
  return placed;
}

function byImportance(a: Label, b: Label): number {
  return (
    RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank) ||
    b.weight - a.weight ||
    a.text.localeCompare(b.text)
  );
}

/** A name makes way for signs, but not for a larger name: there it would mislead. */
function findRoom(label: Label, placed: PlacedLabel[], room: Room): Box | null {
  const crosses = (box: Box) => placed.some((other) => touch(box, other.box));
  if (crosses(boxOf(label, { x: 0, y: 0 }))) return null;
  for (const step of stepsOf(label, room.stray)) {
    const box = boxOf(label, step);
    if (!within(box, room.view) || crosses(box)) continue;
    if (!room.taken.some((other) => touch(box, other))) return box;
  }
  return null;
}

const stepsKnown = new Map<string, Pixel[]>();

/** Where a name may stand, nearest to its place first: the same for names as wide. */
function stepsOf({ width, rank }: Label, stray: number): Pixel[] {
  const key = [width, FARTHEST_PX[rank] * stray].join();
  const known = stepsKnown.get(key);
  if (known) return known;
  const steps = stepsWithin(width, FARTHEST_PX[rank] * stray);
  stepsKnown.set(key, steps);
  return steps;
}

function stepsWithin(width: number, farthest: number): Pixel[] {
  const aside = [width / 3, ...PAST_PX.map((past) => width / 2 + past)];
  return [0, ...aside, ...aside.map((x) => -x)]
    .flatMap((x) => DOWN_PX.map((y) => ({ x, y, far: Math.hypot(x, y) })))
    .filter(({ far }) => far <= farthest)
    .sort((a, b) => a.far - b.far);
}

function boxOf({ x, y, width, height }: Label, step: Pixel): Box {
  const left = Math.round(x - width / 2 + step.x);
  const top = Math.round(y - height / 2 + step.y);
  return { left, top, right: left + width, bottom: top + height };
}

function touch(a: Box, b: Box): boolean {
  return (
    a.left < b.right + GAP_PX &&
    b.left < a.right + GAP_PX &&
    a.top < b.bottom + GAP_PX &&
    b.top < a.bottom + GAP_PX
  );
}

function within(box: Box, view: Box): boolean {
  return (
    box.left >= view.left &&
    box.right <= view.right &&
    box.top >= view.top &&
    box.bottom <= view.bottom
  );
}

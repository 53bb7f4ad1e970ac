import { expect, it } from "vitest";

import { coastLines, landAround, outside, roughInk, softness } from "../src/map/coast";
import { touching, unpack } from "../src/map/neighbours";
import type { TileShape } from "../src/mvt";

const box = (left: number, top: number, right: number, bottom: number): TileShape => ({
  properties: {},
  rings: [
    [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
      { x: left, y: top },
    ],
  ],
});

it("draws a line from afar, and a wider strip the closer one comes, up to a limit", () => {
  expect([5, 9].map(softness)).toEqual([0, 0]);
  expect(softness(11)).toBe(2 * softness(10));
  expect(softness(18)).toBe(softness(14));
  expect(softness(18)).toBeLessThan(40); // as far as a tile's shapes reach over its edge
});

it("fades rough borders out before one stands at a door", () => {
  expect([8, 12].map(roughInk)).toEqual([1, 1]);
  expect(roughInk(13)).toBeGreaterThan(roughInk(14));
  expect([15, 18].map(roughInk)).toEqual([0, 0]);
});

it("takes for coast what has water beside it, not where a tile's edge cuts", () => {
  const land = box(100, -40, 552, 552); // cut above, on the right and below
  const lines = coastLines([land], () => true);

  expect(lines).toHaveLength(1);
  expect(lines[0]?.every(({ x }) => x === 100)).toBe(true);
  expect(coastLines([land], () => false)).toEqual([]);
});

it("finds the postcodes that an outline leaves in the sea", () => {
  const pier = { x: 50, y: 50 };
  const inland = { x: 200, y: 50 };
  const island = { ...box(100, 0, 300, 300) };
  island.rings.push(...box(150, 100, 250, 200).rings); // a lake
  const boat = { x: 200, y: 150 };

  expect(outside([pier, inland, boat], [island])).toEqual([pier, boat]);
  expect(landAround(9, 32)).toBe(0);
  expect(landAround(12, 32)).toBeGreaterThan(0);
  expect(landAround(18, 32)).toBe(32);
});

it("unpacks the neighbours' coasts, and finds those near", () => {
  const coasts = unpack({
    unit: 0.1,
    rings: [
      [-60, 530, 10, 0, 0, 10],
      [20, 500, 1, 1],
    ],
  });

  expect(coasts[0]?.ring.map((point) => point.map(Math.round))).toEqual([
    [-6, 53],
    [-5, 53],
    [-5, 54],
  ]);
  expect(touching(coasts, [-7, 52, -5.5, 53.5])).toEqual([coasts[0]]);
  expect(touching(coasts, [0, 52, 1, 53])).toEqual([]);
});

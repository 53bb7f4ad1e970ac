import { expect, it } from "vitest";

import { toPixel, type BBox } from "../src/geo";
import { gatheredBox, pointsIn, signTiles } from "../src/map/sign-tiles";

const SALE: BBox = [-2.36, 53.4, -2.29, 53.44];

it("draws counts from wide tiles, and places from those that name them", () => {
  expect(signTiles(SALE, 12).map(({ z }) => z)).toContain(10);
  expect(signTiles(SALE, 13).map(({ z }) => z)).toContain(11);
  expect(signTiles(SALE, 14).map(({ z }) => z)).toContain(13);
  expect(signTiles(SALE, 18).map(({ z }) => z)).toContain(17);
});

it("gathers around a view by whole steps, so that a small move changes nothing", () => {
  const box = gatheredBox(SALE, 14);
  const nudged = SALE.map((degrees) => degrees + 0.00001) as BBox;

  expect(gatheredBox(nudged, 14)).toEqual(box);
  const [west, north] = [
    toPixel([box[0], box[3]], 14),
    toPixel([SALE[0], SALE[3]], 14),
  ];
  expect(north.x - west.x).toBeGreaterThanOrEqual(256);
  expect(north.y - west.y).toBeGreaterThanOrEqual(256);
});

it("keeps what lies in a box", () => {
  const inside = { at: [-2.3, 53.42] as [number, number], properties: { id: 1 } };
  const outside = { at: [-2.5, 53.42] as [number, number], properties: { id: 2 } };

  const kept = pointsIn(SALE, { assets: [inside, outside], homes: [outside] });

  expect(kept).toEqual({ assets: [inside], homes: [] });
});

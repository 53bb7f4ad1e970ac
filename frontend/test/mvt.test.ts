import { expect, it } from "vitest";

import { fromPixel } from "../src/geo";
import { readPoints, readShapes, readSpots } from "../src/mvt";
import { makeTile } from "./make-tile";

const TILE = { z: 14, x: 8086, y: 5302 };

it("reads a point's place and what it says", () => {
  const data = makeTile("assets", [
    { x: 2048, y: 1024, properties: { id: 7, name: "The Copper Kettle", s: "due" } },
  ]);

  const [point] = readPoints(data, "assets", TILE);

  expect(point?.properties).toEqual({ id: 7, name: "The Copper Kettle", s: "due" });
  const expected = fromPixel({ x: (8086 + 0.5) * 256, y: (5302 + 0.25) * 256 }, 14);
  expect(point?.at[0]).toBeCloseTo(expected[0], 9);
  expect(point?.at[1]).toBeCloseTo(expected[1], 9);
});

it("finds nothing in an empty tile or under another name", () => {
  const data = makeTile("assets", [{ x: 0, y: 0, properties: { n: 3 } }]);

  expect(readPoints(new ArrayBuffer(0), "assets", TILE)).toEqual([]);
  expect(readPoints(data, "homes", TILE)).toEqual([]);
});

it("brings outlines to a canvas of a drawn tile", () => {
  const data = makeTile("areas", [{ x: 4096, y: 2048, properties: { name: "Sale" } }]);

  expect(readShapes(data, "areas")).toEqual([
    { rings: [[{ x: 512, y: 256 }]], properties: { name: "Sale" } },
  ]);
});

it("reads spots as parts of their tile, once for all who ask", () => {
  const data = makeTile("postcodes", [
    { x: 2048, y: 1024, properties: { n: 12 } },
    { x: 0, y: 4096, properties: { code: "M332DH" } },
  ]);

  const spots = readSpots(data, "postcodes");

  expect(spots).toEqual([
    { x: 0.5, y: 0.25, count: 12 },
    { x: 0, y: 1, count: 1 },
  ]);
  expect(readSpots(data, "postcodes")).toBe(spots);
});

import { expect, it } from "vitest";

import { borderLines } from "../src/map/borders";
import type { TileShape } from "../src/mvt";

const square = (left: number): TileShape => ({
  properties: {},
  rings: [
    [
      { x: left, y: 0 },
      { x: left + 10, y: 0 },
      { x: left + 10, y: 10 },
      { x: left, y: 10 },
      { x: left, y: 0 },
    ],
  ],
});
const segments = (lines: { x: number; y: number }[][]) =>
  lines.reduce((sum, line) => sum + line.length - 1, 0);

it("draws the line that two neighbours share once", () => {
  const lines = borderLines([square(0), square(10)], () => false);

  expect(segments(lines)).toBe(7);
});

it("leaves out what lies on the coast, and nothing else", () => {
  const lines = borderLines([square(0), square(10)], (from, to) => {
    return from.y === 0 && to.y === 0;
  });

  expect(segments(lines)).toBe(5);
  expect(lines.flat().filter(({ y }) => y === 0).length).toBeGreaterThan(0);
});

it("goes on in one line as long as nothing interrupts it", () => {
  expect(borderLines([square(0)], () => false)).toHaveLength(1);
});

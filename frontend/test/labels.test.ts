import { expect, it } from "vitest";

import { fittingLabels } from "../src/map/labels";

const label = (text: string, x: number, y: number, population: number) => ({
  text,
  x,
  y,
  population,
});

it("writes the larger of two names that would cover each other", () => {
  const chosen = fittingLabels([
    label("Brooklands", 10, 5, 12_000),
    label("Sale", 0, 0, 134_000),
  ]);

  expect(chosen.map(({ text }) => text)).toEqual(["Sale"]);
});

it("writes names that stand clear of each other", () => {
  const chosen = fittingLabels([
    label("Sale", 0, 0, 134_000),
    label("Urmston", 0, 60, 41_000),
  ]);

  expect(chosen.map(({ text }) => text)).toEqual(["Sale", "Urmston"]);
});

it("writes a name once, though two tiles may carry it", () => {
  const twice = [label("Sale", 0, 0, 134_000), label("Sale", 300, 300, 134_000)];

  expect(fittingLabels(twice)).toHaveLength(1);
});

it("stops at a readable number of names", () => {
  const many = Array.from({ length: 100 }, (_, index) =>
    label(`Town ${String(index)}`, 0, index * 50, index),
  );

  expect(fittingLabels(many, 12)).toHaveLength(12);
});
